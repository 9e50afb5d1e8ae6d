"""Golden values of multiclass quality metrics: python multiclass.py > multiclass.json

Rows are in the file, so that the tests read the same numbers; classes are 0, 1, ... and may lack rows. Metrics from
scikit-learn with zero_division=0 and all classes as labels, as Spark's MulticlassMetrics counts them. null: no value.
"""
import json
import sys
import warnings

import numpy as np
import sklearn
from sklearn import metrics

warnings.filterwarnings("ignore")
rng = np.random.default_rng(20260322)
cases = {}


def case(name, classes, labels, predictions):
    cases[name] = (classes, np.asarray(labels, dtype=int), np.asarray(predictions, dtype=int))


def wrong(labels, classes, share):
    other = rng.integers(0, classes, len(labels))
    return np.where(rng.uniform(size=len(labels)) < share, other, labels)


labels = rng.integers(0, 3, 300)
case("three classes", 3, labels, wrong(labels, 3, 0.4))
labels = rng.choice(5, 400, p=[0.6, 0.2, 0.1, 0.07, 0.03])
case("unequal classes", 5, labels, wrong(labels, 5, 0.3))
case("all right", 5, labels, labels)
case("all wrong", 5, labels, (labels + 1) % 5)
case("one class predicted", 5, labels, np.zeros(400))
case("the last class predicted", 5, labels, np.full(400, 4))
case("a class that is never predicted", 5, labels, np.where(labels == 2, 1, wrong(labels, 2, 0.2)))
case("a class without rows", 4, np.where(labels == 3, 0, np.minimum(labels, 2)), wrong(np.minimum(labels, 2), 4, 0.5))
case("a class neither actual nor predicted", 6, labels, wrong(labels, 5, 0.2))
case("no rows of the last class", 3, np.minimum(labels, 1), wrong(np.minimum(labels, 1), 3, 0.2))
case("one class", 1, np.zeros(50), np.zeros(50))
case("one class with rows", 3, np.ones(50), np.ones(50))
case("two classes", 2, labels > 1, wrong(labels > 1, 2, 0.3))
labels = rng.integers(0, 60, 900)
case("sixty classes", 60, labels, wrong(labels, 60, 0.4))
case("one row", 3, [1], [1])
case("one wrong row", 3, [1], [2])
case("two rows", 3, [1, 0], [1, 2])


def golden(classes, labels, predictions):
    everything = list(range(classes))
    options = {"labels": everything, "zero_division": 0}
    last = np.full(len(labels), classes - 1)
    values = {}
    for suffix, given in (("", predictions), ("_best_constant_classifier", last)):
        values[f"accuracy{suffix}"] = metrics.accuracy_score(labels, given)
        values[f"weighted_recall{suffix}"] = metrics.recall_score(labels, given, average="weighted", **options)
        values[f"weighted_precision{suffix}"] = metrics.precision_score(labels, given, average="weighted", **options)
        for name, beta in (("f0_5", 0.5), ("f1", 1), ("f2", 2)):
            score = metrics.fbeta_score(labels, given, beta=beta, average="weighted", **options)
            values[f"weighted_{name}{suffix}"] = score
    values["macro_recall"] = metrics.recall_score(labels, predictions, average="macro", **options)
    values["macro_precision"] = metrics.precision_score(labels, predictions, average="macro", **options)
    values["macro_f1"] = metrics.f1_score(labels, predictions, average="macro", **options)
    if classes <= 30:
        recall = metrics.recall_score(labels, predictions, average=None, **options)
        precision = metrics.precision_score(labels, predictions, average=None, **options)
        f1 = metrics.f1_score(labels, predictions, average=None, **options)
        for index in everything:
            actual, predicted = (labels == index).any(), (predictions == index).any()
            values[f"recall:{index}"] = recall[index] if actual else None
            values[f"precision:{index}"] = precision[index] if predicted else None
            values[f"f1:{index}"] = f1[index] if actual or predicted else None
    return {
        "values": {name: None if value is None else float(value) for name, value in values.items()},
        "confusion": metrics.confusion_matrix(labels, predictions, labels=everything).tolist(),
    }


json.dump(
    {
        "versions": {"numpy": np.__version__, "scikit-learn": sklearn.__version__, "python": sys.version.split()[0]},
        "cases": [
            {
                "name": name,
                "classes": classes,
                "labels": labels.tolist(),
                "predictions": predictions.tolist(),
                **golden(classes, labels, predictions),
            }
            for name, (classes, labels, predictions) in cases.items()
        ],
    },
    sys.stdout,
)
sys.stdout.write("\n")
