"""Golden values of distances and tests: python drift.py > drift.json

Samples and counts are in the file, so that the tests read the same numbers. All from SciPy; the change point by
direct evaluation of every start, Fisher's test in exact rationals.
"""
import json
import math
import sys
from fractions import Fraction

import numpy as np
import scipy
from scipy import stats
from scipy.spatial.distance import jensenshannon

rng = np.random.default_rng(20260305)


def numbers(values):
    return [float(value) for value in values]


samples = {
    "small": (rng.normal(0, 1, 12), rng.normal(0.5, 1, 9)),
    "equal size": (rng.normal(0, 1, 60), rng.normal(0.2, 1.5, 60)),
    "ties": (rng.integers(0, 6, 80), rng.integers(0, 7, 120)),
    "apart": (rng.uniform(0, 1, 30), rng.uniform(2, 3, 40)),
    "touching": (np.array([1.0]), np.array([1.0, 2.0])),
    "large": (np.round(rng.normal(0, 1, 700), 3), np.round(rng.normal(0.15, 1, 500), 3)),
    "large, same source": (np.round(rng.normal(0, 1, 600), 3), np.round(rng.normal(0, 1, 650), 3)),
    "large, far": (np.round(rng.normal(0, 1, 600), 3), np.round(rng.normal(0.9, 1, 500), 3)),
    "integers past 2^53": (np.array([2.0**60, 2.0**61, 2.0**62]), np.array([2.0**60, 2.0**62, 2.0**62])),
}
numerical = []
for name, (a, b) in samples.items():
    exact = len(a) * len(b) <= 10_000
    test = stats.ks_2samp(a, b, method="exact" if exact else "asymp")
    asymptotic = stats.ks_2samp(a, b, method="asymp")
    edges = np.unique(np.quantile(a, np.linspace(0, 1, 11)))
    p = q = None
    if len(edges) > 2:
        edges[0], edges[-1] = -np.inf, np.inf
        p, q = np.histogram(a, edges)[0], np.histogram(b, edges)[0]
    psi = None
    if p is not None:
        share = [np.where(c == 0, 1e-4, c / c.sum()) for c in (p, q)]
        psi = float(np.sum((share[1] - share[0]) * np.log(share[1] / share[0])))
    numerical.append(
        {
            "name": name,
            "baseline": numbers(a),
            "current": numbers(b),
            "ks": float(test.statistic),
            "pValue": float(test.pvalue),
            "asymptoticPValue": float(asymptotic.pvalue),
            "wasserstein": float(stats.wasserstein_distance(a, b)),
            "psiInteriorEdges": None if p is None else numbers(edges[1:-1]),
            "psiCounts": None if p is None else [numbers(p), numbers(q)],
            "psi": psi,
            "js2": None if p is None else float(jensenshannon(p, q, base=2)),
            "jsE": None if p is None else float(jensenshannon(p, q)),
        }
    )

u, v = np.sort(rng.normal(0, 3, 40)), np.sort(rng.normal(1, 2, 25))
uw, vw = 2.0 ** rng.integers(0, 6, 40), 2.0 ** rng.integers(0, 6, 25)
weighted = {
    "baseline": [numbers(u), numbers(uw)],
    "current": [numbers(v), numbers(vw)],
    "wasserstein": float(stats.wasserstein_distance(u, v, uw, vw)),
    "ks": float(stats.ks_2samp(np.repeat(u, uw.astype(int)), np.repeat(v, vw.astype(int)), method="asymp").statistic),
    "pValue": float(stats.ks_2samp(np.repeat(u, uw.astype(int)), np.repeat(v, vw.astype(int)), method="asymp").pvalue),
}

tables = {
    "two": ({"yes": 400, "no": 600}, {"yes": 45, "no": 55}),
    "four, one empty text": ({"": 120, "ä": 80, "b": 300, "\u65e5\u672c": 50}, {"": 100, "ä": 90, "b": 250, "\u65e5\u672c": 80}),
    "far": ({"a": 9000, "b": 1000}, {"a": 1000, "b": 9000}),
    "equal": ({"a": 30, "b": 70}, {"a": 30, "b": 70}),
}
categorical = []
for name, (a, b) in tables.items():
    test = stats.chi2_contingency([[a[key] for key in a], [b[key] for key in a]], correction=False)
    categorical.append({"name": name, "baseline": a, "current": b, "statistic": float(test.statistic), "degreesOfFreedom": int(test.dof), "pValue": float(test.pvalue)})

fisher = []
for a, b, c, d in ((10000, 0, 20, 20), (9990, 10, 45, 5), (5, 0, 0, 5), (1000000, 0, 39, 1), (30, 1, 2, 2), (100000, 40, 50, 0)):
    # Exact rationals: SciPy's value has only ten digits for the largest table; it must agree that far.
    row, column, everything = a + b, a + c, a + b + c + d
    weights = [math.comb(row, x) * math.comb(everything - row, column - x) for x in range(max(0, column - everything + row), min(row, column) + 1)]
    observed = math.comb(row, a) * math.comb(everything - row, column - a)
    exact = float(Fraction(sum(weight for weight in weights if weight <= observed), math.comb(everything, column)))
    assert abs(stats.fisher_exact([[a, b], [c, d]]).pvalue / exact - 1) < 1e-9
    fisher.append([a, b, c, d, exact])

# Deequ's test is a goodness of fit on regrouped counts; the regrouping is done here by hand.
deequ = [
    {"baseline": {"a": 100, "b": 50, "c": 50}, "current": {"a": 30, "b": 40, "c": 30, "new": 7}, "observed": [30, 40, 30], "expected": [50, 25, 25]},
    {"baseline": {"a": 500, "b": 490, "c": 10}, "current": {"a": 60, "b": 30, "c": 10}, "observed": [60, 40], "expected": [50, 50]},
    {"baseline": {"a": 50, "b": 20, "c": 20, "d": 6, "e": 4}, "current": {"a": 40, "b": 30, "c": 10, "d": 15, "e": 5}, "observed": [40, 30, 10, 15, 5], "expected": [50, 20, 20, 6, 4]},
    {"baseline": {"a": 52, "b": 20, "c": 20, "d": 4, "e": 4}, "current": {"a": 40, "b": 30, "c": 10, "d": 15, "e": 5}, "observed": [40, 30, 10, 20], "expected": [52, 20, 20, 8]},
]
for case in deequ:
    test = stats.chisquare(case["observed"], case["expected"])
    case["statistic"], case["pValue"] = float(test.statistic), float(test.pvalue)
    case["categories"] = len(case.pop("observed"))
    case.pop("expected")

p_values = [[0.01, 0.04, 0.03, 0.5], [0.05], [0.2, 0.2, 0.2], [1.0, 1e-300, 0.8, 1e-9, 0.04, 0.041, 0.02], [0.9, 0.95, 1.0, 0.0]]

totals = rng.integers(50, 200, 30)
successes = np.array([rng.binomial(t, 0.02 if i < 19 else 0.08) for i, t in enumerate(totals)])
ratios = []
for start in range(30):
    s, t = int(successes[start:].sum()), int(totals[start:].sum())
    ratios.append(float(stats.binom.logpmf(s, t, s / t) - stats.binom.logpmf(s, t, 0.02)))
best = int(np.argmax(ratios))

out = {
    "versions": {"python": sys.version.split()[0], "numpy": np.__version__, "scipy": scipy.__version__},
    "numerical": numerical,
    "weighted": weighted,
    "categorical": categorical,
    "fisher": fisher,
    "deequ": deequ,
    "benjaminiHochberg": [[case, numbers(stats.false_discovery_control(case))] for case in p_values],
    "exactTwoSample": [
        [h / math.lcm(n, m), n, m, float(stats._stats_py._attempt_exact_2kssamp(n, m, math.gcd(n, m), h / math.lcm(n, m), "two-sided")[2])]
        for n, m, h in ((1, 1, 1), (3, 5, 7), (3, 5, 15), (10, 10, 3), (10, 10, 9), (50, 40, 40), (50, 40, 90), (100, 100, 12), (99, 100, 2000))
    ],
    "changePoint": {"successes": numbers(successes), "totals": numbers(totals), "p0": 0.02, "index": best, "p1": float(successes[best:].sum() / totals[best:].sum()), "logLikelihoodRatio": ratios[best]},
}
print("{\n" + ",\n".join(f"{json.dumps(key)}: {json.dumps(value)}" for key, value in out.items()) + "\n}")
