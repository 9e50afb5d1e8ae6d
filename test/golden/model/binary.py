"""Golden values of binary quality metrics: python binary.py > binary.json

Rows are in the file, so that the tests read the same numbers. Metrics from scikit-learn; DeLong's variance from all
pairs, as the paper writes it (DeLong, DeLong and Clarke-Pearson 1988, equations 4 to 6). null: no value.
"""
import json
import math
import sys
import warnings

import numpy as np
import sklearn
from sklearn import metrics
from sklearn.calibration import calibration_curve

warnings.filterwarnings("ignore")
rng = np.random.default_rng(20260311)


def simulated(rows, prevalence, separation, digits=6, miscalibration=1.0):
    labels = (rng.uniform(size=rows) < prevalence).astype(int)
    logit = rng.normal(size=rows) + separation * (labels - 0.5) + math.log(prevalence / (1 - prevalence))
    scores = 1 / (1 + np.exp(-miscalibration * logit))
    return labels, np.round(scores, digits)


def predicted(scores, threshold=0.5):
    return (np.asarray(scores) > threshold).astype(int)


cases = {}


def case(name, labels, scores, predictions=None, weights=None):
    scores = np.asarray(scores, dtype=float)
    predictions = predicted(scores) if predictions is None else predictions
    cases[name] = (np.asarray(labels, dtype=int), np.asarray(predictions, dtype=int), scores, weights)


case("few rows", [0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8])
labels, scores = simulated(300, 0.4, 1.5)
case("no ties", labels, scores)
case("weights", labels, scores, weights=np.round(rng.gamma(2, 1, 300), 3) + 0.001)
case("equal weights", labels, scores, weights=np.full(300, 2.5))
labels, scores = simulated(400, 0.3, 1.2, digits=1)
case("ties", labels, scores)
case("ties and weights", labels, scores, weights=rng.integers(1, 5, 400).astype(float))
labels, scores = simulated(500, 0.05, 1.0, miscalibration=3)
case("rare positives, badly calibrated", labels, scores)
case("predictions that do not follow the scores", labels, scores, predictions=rng.integers(0, 2, 500))
labels, scores = simulated(120, 0.5, 1.0)
case("constant scores", labels, np.full(120, 0.25))
case("no predicted positives", labels, scores * 0.5)
case("no predicted negatives", labels, 0.5 + scores * 0.5 + 1e-9)
case("scores of exactly 0 and 1", labels, (labels ^ (rng.uniform(size=120) < 0.2)).astype(float))
case("scores on the edges of bins", rng.integers(0, 2, 110), np.repeat(np.arange(11), 10) / 10)
apart = np.concatenate([rng.uniform(0, 0.4, 20), rng.uniform(0.6, 1, 20)])
case("apart", np.repeat([0, 1], 20), np.round(apart, 6))
case("positives only", np.ones(12), rng.uniform(size=12))
case("negatives only", np.zeros(12), rng.uniform(size=12))
case("one positive row", [1], [0.7])
case("one negative row", [0], [0.7])
case("one positive among negatives", [0, 0, 0, 1, 0], [0.2, 0.6, 0.1, 0.5, 0.3])


def share(hits, among, weights):
    total = weights[among].sum()
    return None if total == 0 else float(weights[hits & among].sum() / total)


def delong(labels, scores):
    x, y = scores[labels == 1], scores[labels == 0]
    m, n = len(x), len(y)
    if m < 2 or n < 2:
        return None
    psi = np.array([[1.0 if a > b else 0.5 if a == b else 0.0 for b in y] for a in x])
    area, v10, v01 = psi.mean(), psi.mean(axis=1), psi.mean(axis=0)
    s10 = sum((v10 - area) ** 2) / (m - 1)
    s01 = sum((v01 - area) ** 2) / (n - 1)
    return float(s10 / m + s01 / n)


def lift(labels, scores):
    """Mean over all orders of tied rows: each row counts its score's share of positives."""
    n = len(labels)
    order = np.argsort(-scores, kind="stable")
    shares = np.array([labels[scores == scores[row]].mean() for row in order])
    edges = [(d * n) // 10 for d in range(11)]
    return [float(shares[a:b].mean()) for a, b in zip(edges, edges[1:])]


def calibration_error(labels, scores, weights):
    bins = np.searchsorted(np.linspace(0, 1, 11)[1:-1], scores)
    total = 0.0
    for b in range(10):
        held = bins == b
        if held.any():
            observed = np.average(labels[held], weights=weights[held])
            total += weights[held].sum() * abs(observed - np.average(scores[held], weights=weights[held]))
    return float(total / weights.sum())


def golden(labels, predictions, scores, weights):
    w = np.ones(len(labels)) if weights is None else weights
    both = 0 < labels.sum() < len(labels)
    options = {"sample_weight": weights}
    everywhere = np.ones(len(labels), dtype=bool)
    constant = np.ones(len(labels), dtype=int)
    values = {
        "recall": share(predictions == 1, labels == 1, w),
        "precision": share(labels == 1, predictions == 1, w),
        "accuracy": float(metrics.accuracy_score(labels, predictions, **options)),
        "true_negative_rate": share(predictions == 0, labels == 0, w),
        "false_positive_rate": share(predictions == 1, labels == 0, w),
        "false_negative_rate": share(predictions == 0, labels == 1, w),
        "recall_best_constant_classifier": share(everywhere, labels == 1, w),
        "precision_best_constant_classifier": float(
            metrics.precision_score(labels, constant, zero_division=0, **options)
        ),
        "accuracy_best_constant_classifier": float(metrics.accuracy_score(labels, constant, **options)),
        "auc": float(metrics.roc_auc_score(labels, scores, **options)) if both else None,
        "log_loss": float(metrics.log_loss(labels, scores, **options)) if both else None,
        "brier_score": float(metrics.brier_score_loss(labels, scores, **options)),
        "average_precision": float(metrics.average_precision_score(labels, scores, **options)) if both else None,
        "expected_calibration_error": calibration_error(labels, scores, w),
    }
    values["true_positive_rate"] = values["recall"]
    if values["recall"] is not None:
        assert abs(values["recall"] - metrics.recall_score(labels, predictions, **options)) < 1e-12
    if values["precision"] is not None:
        assert abs(values["precision"] - metrics.precision_score(labels, predictions, **options)) < 1e-12
    for name, beta in (("f0_5", 0.5), ("f1", 1), ("f2", 2)):
        answered = labels.any() or predictions.any()
        score = {"beta": beta, "zero_division": 0, **options}
        values[name] = float(metrics.fbeta_score(labels, predictions, **score)) if answered else None
        values[f"{name}_best_constant_classifier"] = float(metrics.fbeta_score(labels, constant, **score))
    result = {
        "values": values,
        "confusion": metrics.confusion_matrix(labels, predictions, labels=[0, 1], **options).tolist(),
        "delongVariance": delong(labels, scores) if weights is None else None,
    }
    # Longer curves are thinned.
    if both and len(set(scores)) < 200:
        fpr, tpr, _ = metrics.roc_curve(labels, scores, drop_intermediate=False, **options)
        precision, recall, _ = metrics.precision_recall_curve(labels, scores, **options)
        result["roc"] = {"x": fpr.tolist(), "y": tpr.tolist()}
        result["precisionRecall"] = {"x": recall[::-1].tolist(), "y": precision[::-1].tolist()}
    if weights is None and len(set(labels)) == 2:
        observed, mean = calibration_curve(labels, scores, n_bins=10)
        result["calibration"] = {"observed": observed.tolist(), "predicted": mean.tolist()}
    if weights is None and len(labels) >= 10 and labels.any():
        result["lift"] = lift(labels, scores)
    return result


def rows_of(labels, predictions, scores, weights):
    return {
        "labels": labels.tolist(),
        "predictions": predictions.tolist(),
        "scores": scores.tolist(),
        "weights": None if weights is None else weights.tolist(),
    }


json.dump(
    {
        "versions": {"numpy": np.__version__, "scikit-learn": sklearn.__version__, "python": sys.version.split()[0]},
        "cases": [{"name": name, **rows_of(*data), **golden(*data)} for name, data in cases.items()],
    },
    sys.stdout,
)
sys.stdout.write("\n")
