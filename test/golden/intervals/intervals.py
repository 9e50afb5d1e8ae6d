"""Golden values of intervals: python intervals.py > intervals.json

- newcombe: statsmodels, [successes1, total1, successes2, total2, confidence, lower, upper].
- odds: SciPy's Wilson bounds as odds, [successes, failures, confidence, lower, upper]; null is infinite.
- ratio: the same rows as newcombe, the bounds of the ratio that the method of variance estimates recovery defines (Donner
  and Zou 2012, equation of the roots), found by bisection with mpmath in 60 digits from Wilson's bounds in 60 digits.
- difference: [value, lower, upper, value, lower, upper, lower, upper], the two ends with mpmath; null is infinite.
"""
import json
import warnings
from importlib.metadata import version

from mpmath import erfinv, inf, mp, mpf, sqrt
from scipy.stats import binomtest
from statsmodels.stats.proportion import confint_proportions_2indep

warnings.filterwarnings("ignore")
mp.dps = 60

SHARES = [
    (10, 100, 20, 100, 0.95), (0, 50, 3, 60, 0.95), (3, 60, 0, 50, 0.95), (0, 20, 0, 30, 0.95), (20, 20, 30, 30, 0.95),
    (5, 5, 0, 7, 0.95), (480, 1000, 430, 900, 0.99), (1, 1, 1, 2, 0.9), (250, 1000, 350, 1000, 0.95), (2, 9, 8, 9, 0.95),
    (12, 40, 900, 5000, 0.8), (56, 70, 48, 80, 0.95), (9, 10, 3, 10, 0.95), (123456, 1000000, 120000, 1000000, 0.95),
]


def wilson(successes, total, confidence):
    z = sqrt(mpf(2)) * erfinv(mpf(str(confidence)))
    p, n = mpf(successes) / total, mpf(total)
    centre = (p + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    return p, (mpf(0) if successes == 0 else centre - half), (mpf(1) if successes == total else centre + half)


def bisect(wrong, low, high):
    """Where `wrong` turns from true (at low) to false (at high)."""
    for _ in range(400):
        middle = (low + high) / 2
        low, high = (middle, high) if wrong(middle) else (low, middle)
    return low


def ratio(s1, n1, s2, n2, confidence):
    """The ratios r for which the interval of p - r q holds 0."""
    p, lp, up = wilson(s1, n1, confidence)
    q, lq, uq = wilson(s2, n2, confidence)
    below = lambda r: p - r * q - sqrt((p - lp) ** 2 + (r * (uq - q)) ** 2) > 0
    above = lambda r: p - r * q + sqrt((up - p) ** 2 + (r * (q - lq)) ** 2) < 0
    lower = bisect(below, mpf(0), mpf(10) ** 6) if below(mpf(0)) else mpf(0)
    upper = inf if s2 == 0 else bisect(lambda r: not above(r), mpf(0), mpf(10) ** 6)
    return lower, upper


def plain(value):
    return None if value in (inf, -inf) else float(value)


def odds(successes, failures, confidence):
    low, high = binomtest(successes, successes + failures).proportion_ci(confidence, method="wilson")
    return [successes, failures, confidence, float(low / (1 - low)), None if failures == 0 else float(high / (1 - high))]


def difference(one, other):
    (a, la, ua), (b, lb, ub) = [[{"-": -inf, "+": inf}.get(x) if isinstance(x, str) else mpf(x) for x in e] for e in (one, other)]
    lower = a - b - sqrt((a - la) ** 2 + (ub - b) ** 2)
    upper = a - b + sqrt((ua - a) ** 2 + (b - lb) ** 2)
    return [*map(plain, (a, la, ua, b, lb, ub, lower, upper))]


print(json.dumps({
    "versions": {name: version(name) for name in ("statsmodels", "scipy", "mpmath")},
    "newcombe": [[*row, *map(float, confint_proportions_2indep(*row[:4], compare="diff", method="newcomb", alpha=1 - row[4]))] for row in SHARES],
    "odds": [odds(*row) for row in ((3, 7, 0.95), (0, 12, 0.95), (12, 0, 0.95), (400, 40, 0.99), (7, 3, 0.9), (1, 1, 0.95))],
    "ratio": [[*row, *map(plain, ratio(*row))] for row in SHARES],
    "difference": [
        difference((0.3, 0.25, 0.4), (0.1, 0.05, 0.12)),
        difference((2, 0.5, "+"), (1, 0.25, 3)),
        difference((2, 0.5, 9), (1, "-", 3)),
        difference((2, "-", 9), (1, 0.5, "+")),
        difference((-0.125, -0.25, -0.125), (0.5, 0.5, 0.5)),
    ],
}))
