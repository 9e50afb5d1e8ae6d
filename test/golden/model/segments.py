"""Golden values of the tests and intervals of the segment search: python segments.py > segments.json

Rates from counts of errors and rows, means from samples in the file. SciPy; Newcombe's interval from statsmodels, and
once again from SciPy's Wilson intervals by Newcombe's formula (method 10); the fitted tables by a few thousand plain
rounds of iterative proportional fitting in NumPy.
"""
import json
import math
import sys

import numpy as np
import scipy
import statsmodels
from scipy import stats
from statsmodels.stats.proportion import confint_proportions_2indep

rng = np.random.default_rng(20260307)

rates = []
for a, n, b, m in [
    (0, 30, 0, 30),
    (0, 35, 4, 30),
    (24, 2030, 4, 30),
    (30, 30, 30, 30),
    (29, 30, 30, 30),
    (3, 40, 20, 40),
    (147, 2153, 191, 764),
    (21, 937, 136, 496),
    (600, 5000, 590, 5000),
    (20000, 200000, 21000, 200000),
    (120, 1000, 40, 900),
]:
    wilson = [stats.binomtest(x, t).proportion_ci(method="wilson") for x, t in ((a, n), (b, m))]
    p, q = a / n, b / m
    lower = q - p - math.hypot(q - wilson[1].low, wilson[0].high - p)
    upper = q - p + math.hypot(wilson[1].high - q, p - wilson[0].low)
    theirs = confint_proportions_2indep(b, m, a, n, method="newcomb", compare="diff")
    assert np.allclose([lower, upper], theirs, atol=1e-9), (lower, upper, theirs)
    fisher = float(stats.fisher_exact([[b, m - b], [a, n - a]], alternative="greater").pvalue)
    rates.append({"counts": [a, n, b, m], "fisher": fisher, "change": [float(lower), float(upper)]})

means = []
for baseline, current in [
    (rng.exponential(2, 40), rng.exponential(3, 35)),
    (np.abs(rng.normal(0, 10, 200)), np.abs(rng.normal(0, 14, 60))),
    (rng.lognormal(0, 1, 30), rng.lognormal(0.1, 1, 90)),
    (rng.integers(0, 4, 50).astype(float), rng.integers(0, 3, 50).astype(float)),
]:
    baseline, current = np.round(baseline, 4), np.round(current, 4)
    tests = [stats.ttest_ind(current, baseline, equal_var=equal, alternative="greater") for equal in (False, True)]
    test = max(tests, key=lambda test: test.pvalue)
    change = stats.ttest_ind(current, baseline, equal_var=False).confidence_interval(0.95)
    mean = stats.ttest_1samp(baseline, 0).confidence_interval(0.95)
    means.append(
        {
            "baseline": baseline.tolist(),
            "current": current.tolist(),
            "statistic": float(test.statistic),
            "pValue": float(test.pvalue),
            "change": [float(change.low), float(change.high)],
            "mean": [float(mean.low), float(mean.high)],
        }
    )

student = [
    [t, df, float(stats.t.sf(t, df))] for t in (-3.0, 0.0, 0.5, 2.0, 5.0, 9.0) for df in (1.0, 4.5, 30.0, 1000.0, 1e6)
]
quantiles = [[tail, df, float(stats.t.isf(tail, df))] for tail in (0.5, 0.025, 1e-5) for df in (1.0, 4.5, 30.0, 1e6)]

# The difference of two changes of means: Student's t with Satterthwaite's degrees of freedom over four samples, or with
# one variance for the first two, whichever is less sure.
def excess_test(groups):
    sizes = [len(g) for g in groups]
    parts = [(g.var(ddof=1) / len(g), len(g) - 1) for g in groups]
    squares = sum(((g - g.mean()) ** 2).sum() for g in groups[:2])
    pooled_df = sizes[0] + sizes[1] - 2
    pooled = (squares / pooled_df * (1 / sizes[0] + 1 / sizes[1]), pooled_df)
    excess = (groups[1].mean() - groups[0].mean()) - (groups[3].mean() - groups[2].mean())
    found = []
    for used in (parts, [pooled, *parts[2:]]):
        square = sum(part for part, _ in used)
        df = square**2 / sum(part**2 / freedom for part, freedom in used)
        t = excess / math.sqrt(square)
        found.append({"statistic": float(t), "pValue": float(stats.t.sf(t, df))})
    return {"samples": [g.tolist() for g in groups], **max(found, key=lambda test: test["pValue"])}


excess = [
    excess_test([np.round(rng.exponential(scale, size), 4) for scale, size in sizes])
    for sizes in (((1, 60), (1.9, 45), (1.2, 400), (1.3, 180)), ((1, 40), (1.9, 150), (1.2, 400), (1.3, 180)))
]

# Rows with three yes-or-no features, the loss of each, and the fitted 2 x 2 x 2 tables of rows and losses.
n = 500
hidden = rng.normal(size=n)
features = [(hidden + rng.normal(size=n) > cut).astype(int) for cut in (0.0, 0.5, -0.3)]
losses = ((features[0] & features[1]) * (rng.random(n) < 0.6) | (rng.random(n) < 0.1)).astype(float)


def fit(weights):
    observed = np.zeros((2, 2, 2))
    np.add.at(observed, tuple(features), weights)
    cells = np.ones((2, 2, 2))
    for _ in range(5000):
        for axis in range(3):
            cells = cells * (observed.sum(axis, keepdims=True) / cells.sum(axis, keepdims=True))
    return cells


fitted = {
    "features": [f.tolist() for f in features],
    "losses": losses.tolist(),
    "rows": fit(np.ones(n)).ravel().tolist(),
    "sums": fit(losses).ravel().tolist(),
}

json.dump(
    {
        "versions": {"python": sys.version.split()[0], "scipy": scipy.__version__, "statsmodels": statsmodels.__version__, "numpy": np.__version__},
        "rates": rates,
        "means": means,
        "student": student,
        "quantiles": quantiles,
        "excess": excess,
        "fitted": fitted,
    },
    sys.stdout,
)
print()
