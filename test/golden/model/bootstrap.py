"""Golden values of bootstrap intervals: python bootstrap.py > bootstrap.json

Percentile intervals of SciPy's plain bootstrap with 100,000 resamples (4,000 for many rows, a batch at a time) and the
bootstrap's standard error. The rows of the long cases are computed from their number (exponential quantiles along a
Weyl sequence of the golden ratio), in the test as here; the others are in the file.
"""
import json
import sys

import numpy as np
import scipy
from scipy.stats import bootstrap

rng = np.random.default_rng(20260323)
statistics = {
    "mean": lambda x, y, axis: x.mean(axis=axis),
    "root mean square": lambda x, y, axis: np.sqrt((x * x).mean(axis=axis)),
    "ratio of means": lambda x, y, axis: x.mean(axis=axis) / y.mean(axis=axis),
}
cases = []


def case(name, x, y, resamples, formula=None):
    for statistic, function in statistics.items():
        found = bootstrap(
            (x, y),
            function,
            paired=True,
            vectorized=True,
            method="percentile",
            n_resamples=resamples,
            batch=100,
            rng=np.random.default_rng(7),
        )
        rows = {"rows": formula} if formula else {"x": x.tolist(), "y": y.tolist()}
        low, high = found.confidence_interval
        cases.append(
            {
                "name": f"{name}, {statistic}",
                "statistic": statistic,
                "lower": float(low),
                "upper": float(high),
                "standardError": float(found.standard_error),
                **rows,
            }
        )


x = np.round(rng.exponential(size=40), 6)
case("40 skewed rows", x, np.round(x + rng.normal(size=40) + 4, 6), 100_000)
x = np.round(rng.lognormal(size=300), 6)
case("300 very skewed rows", x, np.round(rng.uniform(1, 2, size=300), 6), 100_000)
case("2 rows", np.array([1.0, 4.0]), np.array([2.0, 3.0]), 100_000)
count = 10_000
weyl = (np.arange(1, count + 1) * 0.6180339887498949) % 1
x = -np.log1p(-weyl)
case("10,000 rows", x, 1 + (np.arange(1, count + 1) * 0.41421356237309515) % 1, 4_000, formula=count)

json.dump(
    {
        "versions": {"numpy": np.__version__, "scipy": scipy.__version__, "python": sys.version.split()[0]},
        "cases": cases,
    },
    sys.stdout,
)
sys.stdout.write("\n")
