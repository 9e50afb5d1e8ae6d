"""Golden values of weighted multiclass metrics: python multiclass.weights.py > multiclass.weights.json

As multiclass.py, with weights. Every class has rows and predictions of some weight.
"""
import json
import sys

import numpy as np
import sklearn
from sklearn import metrics

rng = np.random.default_rng(20260323)
cases = []


def case(name, classes, labels, predictions, weights):
    everything = list(range(classes))
    weighing = {"sample_weight": weights}
    options = {"labels": everything, "zero_division": 0, **weighing}
    last = np.full(len(labels), classes - 1)
    values = {}
    for suffix, given in (("", predictions), ("_best_constant_classifier", last)):
        values[f"accuracy{suffix}"] = metrics.accuracy_score(labels, given, **weighing)
        values[f"weighted_recall{suffix}"] = metrics.recall_score(labels, given, average="weighted", **options)
        values[f"weighted_precision{suffix}"] = metrics.precision_score(labels, given, average="weighted", **options)
        for key, beta in (("f0_5", 0.5), ("f1", 1), ("f2", 2)):
            score = metrics.fbeta_score(labels, given, beta=beta, average="weighted", **options)
            values[f"weighted_{key}{suffix}"] = score
    for key, function in (
        ("recall", metrics.recall_score),
        ("precision", metrics.precision_score),
        ("f1", metrics.f1_score),
    ):
        values[f"macro_{key}"] = function(labels, predictions, average="macro", **options)
        for index, value in enumerate(function(labels, predictions, average=None, **options)):
            values[f"{key}:{index}"] = value
    cases.append(
        {
            "name": name,
            "classes": classes,
            "labels": labels.tolist(),
            "predictions": predictions.tolist(),
            "weights": weights.tolist(),
            "values": {key: float(value) for key, value in values.items()},
            "confusion": metrics.confusion_matrix(labels, predictions, labels=everything, **weighing).tolist(),
        }
    )


labels = rng.choice(4, 300, p=[0.5, 0.3, 0.15, 0.05])
predictions = np.where(rng.uniform(size=300) < 0.3, rng.integers(0, 4, 300), labels)
case("uneven weights", 4, labels, predictions, np.round(rng.gamma(2, 1, 300), 3) + 0.001)
case("equal weights", 4, labels, predictions, np.full(300, 2.5))
case("whole weights, some 0", 4, labels, predictions, rng.integers(0, 4, 300).astype(float))
case("one class with almost all weight", 4, labels, predictions, np.where(labels == 3, 1000.0, 0.01))

json.dump(
    {
        "versions": {"numpy": np.__version__, "scikit-learn": sklearn.__version__, "python": sys.version.split()[0]},
        "cases": cases,
    },
    sys.stdout,
)
sys.stdout.write("\n")
