"""Makes gauss-legendre.json: points and weights of Gauss–Legendre rules on (0, 1).

    python -m pip install numpy==2.4.6
    python test/golden/explain/gauss-legendre.py
"""

import json
import pathlib
import platform

import numpy as np


def rule(count):
    points, weights = np.polynomial.legendre.leggauss(count)
    return {"count": count, "points": ((points + 1) / 2).tolist(), "weights": (weights / 2).tolist()}


golden = {
    "versions": {"python": platform.python_version(), "numpy": np.__version__},
    "rules": [rule(count) for count in [1, 2, 3, 4, 5, 8, 16, 33]],
}
target = pathlib.Path(__file__).parent / "gauss-legendre.json"
target.write_text(json.dumps(golden) + "\n")
