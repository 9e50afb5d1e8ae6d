"""Binary classification metrics by scikit-learn: binary-metrics-sklearn.py ROWS FILE

FILE holds the arrays that binary-metrics.mjs wrote: scores (doubles), labels, predictions (bytes).
"""

import sys
import time

import numpy as np
import usage  # noqa: F401
from sklearn.calibration import calibration_curve
from sklearn.metrics import (
    accuracy_score,
    brier_score_loss,
    f1_score,
    log_loss,
    precision_recall_curve,
    precision_score,
    recall_score,
    roc_auc_score,
    roc_curve,
)

rows = int(sys.argv[1])
scores = np.fromfile(sys.argv[2], np.float64, rows)
labels = np.fromfile(sys.argv[2], np.uint8, rows, offset=8 * rows).astype(np.int64)
predictions = np.fromfile(sys.argv[2], np.uint8, rows, offset=9 * rows).astype(np.int64)


def evaluate():
    values = [
        accuracy_score(labels, predictions),
        precision_score(labels, predictions),
        recall_score(labels, predictions),
        f1_score(labels, predictions),
        roc_auc_score(labels, scores),
        brier_score_loss(labels, scores),
        log_loss(labels, scores),
    ]
    curves = [
        roc_curve(labels, scores),
        precision_recall_curve(labels, scores),
        calibration_curve(labels, scores, n_bins=10),
    ]
    return values, curves


times = []
for _ in range(3):
    before = time.process_time()
    values, curves = evaluate()
    times.append((time.process_time() - before) * 1000)
print(
    "scikit-learn",
    *(f"{value:.6f}" for value in values),
    *(f"{len(curve[0])} points" for curve in curves),
    f"CPU {times[0]:.0f} ms first, {min(times):.0f} ms best",
)
