"""Golden values of isotonic regression: python isotonic.py > isotonic.json

From scikit-learn's IsotonicRegression(out_of_bounds="clip"). The samples are in the file, so that the tests read the same
numbers; `at` reaches beyond both ends of each sample and between its points.
"""
import json
import sys

import numpy as np
import sklearn
from sklearn.isotonic import IsotonicRegression

rng = np.random.default_rng(20261123)
scores = np.round(rng.beta(1, 3, 400), 3)
cases = {
    "rising": (np.array([0.1, 0.4, 0.5, 0.9]), np.array([1.0, 2.0, 3.0, 5.0]), None),
    "falling": (np.array([0.1, 0.4, 0.5, 0.9]), np.array([5.0, 3.0, 2.0, 1.0]), None),
    "one point": (np.array([0.3]), np.array([0.7]), None),
    "one x": (np.full(5, 0.3), np.array([0.0, 1.0, 0.0, 0.0, 1.0]), None),
    "noisy": (rng.uniform(-3, 3, 60), rng.normal(0, 1, 60), None),
    "trend": (rng.normal(0, 1, 80), rng.normal(0, 1, 80), None),
    "ties": (rng.integers(0, 12, 150) / 4, rng.normal(0, 1, 150), None),
    "labels": (scores, (rng.uniform(size=400) < scores**1.5).astype(float), None),
    "weights": (rng.integers(0, 20, 120) / 7, rng.normal(0, 1, 120), np.round(rng.uniform(0.1, 5, 120), 2)),
    "weights of 0": (rng.uniform(0, 1, 40), rng.normal(0, 1, 40), rng.integers(0, 3, 40).astype(float)),
}
x, y, _ = cases["trend"]
cases["trend"] = (x, x + y, None)

written = []
for name, (x, y, weights) in cases.items():
    model = IsotonicRegression(out_of_bounds="clip").fit(x, y, weights)
    at = np.concatenate([np.linspace(x.min() - 0.5, x.max() + 0.5, 41), x[:20]])
    written.append(
        {
            "name": name,
            "x": x.tolist(),
            "targets": y.tolist(),
            **({} if weights is None else {"weights": weights.tolist()}),
            "at": at.tolist(),
            "values": model.predict(at).tolist(),
        }
    )

json.dump(
    {
        "versions": {"scikit-learn": sklearn.__version__, "numpy": np.__version__, "python": sys.version.split()[0]},
        "seed": 20261123,
        "cases": written,
    },
    sys.stdout,
)
sys.stdout.write("\n")
