"""Golden values of nDCG: python ndcg.py > ndcg.json

Each case: the baseline's global attributions as gains (`y_true`), the current ones as scores (`y_score`), and what
scikit-learn's `ndcg_score` says of them. No two current values are the same: it averages over the orders of a tie, Driftline
keeps the baseline's. Values with sign are given to it by their size.
"""
import json
import sys
from importlib.metadata import version

import numpy as np
from sklearn.metrics import ndcg_score

random = np.random.default_rng(20261123)


def case(name, baseline, current):
    gains, scores = np.abs([baseline]), np.abs([current])
    return {
        "name": name,
        "baseline": [float(x) for x in baseline],
        "current": [float(x) for x in current],
        "value": float(ndcg_score(gains, scores)),
    }


cases = [
    case("college admissions: SAT score, GPA, class rank", [0.70, 0.50, 0.05], [0.10, 0.20, 0.70]),
    case("the same ranking", [0.4, 0.3, 0.2, 0.1], [4.0, 3.0, 2.0, 1.0]),
    case("reversed", [0.4, 0.3, 0.2, 0.1], [1.0, 2.0, 3.0, 4.0]),
    case("a feature that fell to 0", [0.4, 0.3, 0.2, 0.1], [0.0, 0.3, 0.2, 0.1]),
    case("a feature that was 0 and is first", [0.4, 0.3, 0.0], [0.1, 0.2, 0.9]),
    case("with sign, by size", [-0.4, 0.3, -0.2, 0.1], [0.1, -0.2, 0.3, -0.4]),
]
for features in (2, 3, 8, 20, 100, 500):
    baseline = random.exponential(size=features)
    cases.append(case(f"{features} features, unrelated", baseline, random.exponential(size=features)))
    noisy = baseline * np.exp(random.normal(scale=0.5, size=features))
    cases.append(case(f"{features} features, noisy", baseline, noisy))

json.dump({"versions": {name: version(name) for name in ("scikit-learn", "numpy")}, "cases": cases}, sys.stdout)
print()
