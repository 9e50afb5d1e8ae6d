"""Golden values of regression metrics: python regression.py > regression.json

Rows are in the file, so that the tests read the same numbers. Metrics from scikit-learn, the interval of the median from
SciPy's `quantile_test`. null: no value. r2 is taken as having none where the labels do not vary (scikit-learn: 1, 0 or
NaN there); without weights it is computed in whole fractions, since scikit-learn's is off by 6e-7 around 1e15.
"""
import json
import sys
import warnings
from fractions import Fraction

import numpy as np
import scipy
import sklearn
from scipy.stats import quantile_test
from sklearn import metrics

warnings.filterwarnings("ignore")
rng = np.random.default_rng(20260323)
cases = []


def r_squared(labels, predictions, weights):
    rounded = metrics.r2_score(labels, predictions, sample_weight=weights)
    if weights is not None:
        return rounded
    y, p = [Fraction(value) for value in labels], [Fraction(value) for value in predictions]
    mean = sum(y) / len(y)
    exact = float(1 - sum((a - b) ** 2 for a, b in zip(y, p)) / sum((a - mean) ** 2 for a in y))
    assert abs(exact - rounded) <= 1e-6 * abs(exact)
    return exact


def golden(labels, predictions, weights):
    w = {"sample_weight": weights}
    varies = len(set(labels[weights > 0] if weights is not None else labels)) > 1
    values = {
        "mae": metrics.mean_absolute_error(labels, predictions, **w),
        "mse": metrics.mean_squared_error(labels, predictions, **w),
        "rmse": metrics.root_mean_squared_error(labels, predictions, **w),
        "r2": r_squared(labels, predictions, weights) if varies else None,
        "mape": metrics.mean_absolute_percentage_error(labels, predictions, **w),
        "median_absolute_error": metrics.median_absolute_error(labels, predictions, **w),
    }
    for share in (0.1, 0.5, 0.9):
        name = f"pinball_loss_{share}".replace(".", "_")
        values[name] = metrics.mean_pinball_loss(labels, predictions, alpha=share, **w)
    return {name: None if value is None else float(value) for name, value in values.items()}


def median_interval(labels, predictions):
    low, high = quantile_test(np.abs(labels - predictions), q=0, p=0.5).confidence_interval(0.95)
    return None if np.isnan(low) else [float(low), float(high)]


def case(name, labels, predictions, weights=None):
    labels, predictions = np.asarray(labels, dtype=float), np.asarray(predictions, dtype=float)
    weights = None if weights is None else np.asarray(weights, dtype=float)
    cases.append(
        {
            "name": name,
            "labels": labels.tolist(),
            "predictions": predictions.tolist(),
            "weights": None if weights is None else weights.tolist(),
            "values": golden(labels, predictions, weights),
            "medianInterval": median_interval(labels, predictions) if weights is None else None,
        }
    )


def simulated(rows, noise=1.0, offset=0.0, scale=3.0):
    labels = offset + scale * rng.normal(size=rows)
    return np.round(labels, 6), np.round(labels + noise * rng.standard_t(4, size=rows), 6)


case("many rows", *simulated(400))
case("an odd number of rows", *simulated(301))
case("labels far from 0", *simulated(300, offset=1e6))
labels, predictions = simulated(300)
case("weights", labels, predictions, np.round(rng.gamma(2, 1, 300), 3) + 0.001)
case("equal weights", labels, predictions, np.full(300, 2.5))
case("whole weights, some 0", labels, predictions, rng.integers(0, 4, 300))
case("weights that split in halves", [1, 2, 3, 4], [1.5, 3, 4.5, 6], [1, 1, 1, 1])
case("a middle row of weight 0", [1, 2, 3, 4], [1.5, 3, 4.5, 6], [1, 1, 0, 2])
case("worse than the mean", labels, -predictions)
case("predictions far off", labels, predictions + 1e5)
case("labels of 0", [0, 0, 1, 2], [0, 0.5, 1, 4])
case("labels of 0 and 1", rng.integers(0, 2, 250), rng.integers(0, 2, 250))
case("no error", labels[:20], labels[:20])
case("constant labels", np.full(30, 0.1), np.round(rng.normal(size=30), 6))
case("constant predictions", labels, np.full(300, 0.7))
case("labels that vary only without weight", [3, 3, 5], [2, 4, 4], [1, 2, 0])
case("one row", [2], [3.5])
case("two rows", [2, 5], [3.5, 4])
case("two equal labels", [2, 2], [3.5, 4])
for rows in (5, 6, 9, 17):
    case(f"{rows} rows", *simulated(rows))
case("labels around 1e9 with little spread", *simulated(100, noise=0.01, offset=-1e9, scale=0.05))
labels = 1e15 + np.round(50 * rng.normal(size=100))
case("labels around 1e15", labels, labels + np.round(20 * rng.normal(size=100)))
labels, predictions = simulated(100)
case("tiny numbers", labels * 1e-140, predictions * 1e-140)
case("negative zero", [-0.0, 0.0, 1.0, -1.0, -0.0], [0.0, -0.0, 1.5, -1.0, 0.5])

json.dump(
    {
        "versions": {
            "numpy": np.__version__,
            "scipy": scipy.__version__,
            "scikit-learn": sklearn.__version__,
            "python": sys.version.split()[0],
        },
        "cases": cases,
    },
    sys.stdout,
)
sys.stdout.write("\n")
