"""Golden values of special functions and distributions: python distributions.py > distributions.json

From SciPy, with two exceptions that it gets wrong in the far tail or near a zero, from mpmath (50 digits):
log-gamma near 1 and 2, and every value that SciPy gives with a relative error above 1e-13.
"""
import json
import sys

import mpmath as mp
import numpy as np
import scipy
from scipy import special, stats

mp.mp.dps = 50
checked = {"values": 0, "from_mpmath": 0}


def best(value, exact):
    """SciPy's value, or mpmath's where they differ by more than 1e-13 relative; None below the normal range."""
    exact = mp.mpf(exact)
    checked["values"] += 1
    if abs(exact) < 1e-300 and exact != 0:
        return None
    if exact != 0 and abs((mp.mpf(float(value)) - exact) / exact) > 1e-13:
        checked["from_mpmath"] += 1
        return float(exact)
    return float(value)


def rows(scipy_function, exact_function, inputs):
    found = [[*map(float, x), best(scipy_function(*x), exact_function(*map(mp.mpf, map(float, x))))] for x in inputs]
    return [row for row in found if row[-1] is not None]


def exact_kolmogorov(x):
    return 2 * mp.nsum(lambda k: (-1) ** (int(k) - 1) * mp.exp(-2 * k * k * x * x), [1, mp.inf]) if x > 0.6 else 1 - mp.sqrt(2 * mp.pi) / x * sum(
        mp.exp(-((2 * k - 1) ** 2) * mp.pi**2 / (8 * x * x)) for k in range(1, 40)
    )


gamma_inputs = [(a, a * f) for a in (0.1, 0.5, 1, 2.5, 9.5, 10, 50, 500.5, 20000) for f in (0.01, 0.3, 0.9, 0.999, 1, 1.001, 1.1, 1.5, 3)]
gamma_inputs += [(0.5, 300), (5, 300), (5, 650), (1, 600), (0.5, 1e-12), (50000, 52000)]
beta_inputs = [(a, b, x) for a in (0.5, 1, 3, 20.5, 400) for b in (0.5, 2, 7.5, 300) for x in (0.001, 0.2, 0.5, 0.8, 0.999)]
lower_normal = (0, -0.1, 0.1, -1, 1, -2.5, 3, -6, 6, -10, -20, -30, -37)

out = {
    "versions": {"python": sys.version.split()[0], "numpy": np.__version__, "scipy": scipy.__version__, "mpmath": mp.__version__},
    "logGamma": rows(special.gammaln, mp.loggamma, [(x,) for x in (1e-10, 0.01, 0.3, 0.5, 0.9, 0.999999, 1, 1.000001, 1.3, 1.5, 1.7, 1.999999, 2, 2.000001, 2.5, 3, 4.2, 7, 9.99, 10, 10.5, 50, 171.5, 1e4, 1e8, 1e15)]),
    "lowerGamma": rows(special.gammainc, lambda a, x: mp.gammainc(a, 0, x, regularized=True), gamma_inputs),
    "upperGamma": rows(special.gammaincc, lambda a, x: mp.gammainc(a, x, mp.inf, regularized=True), gamma_inputs),
    "erf": rows(special.erf, mp.erf, [(x,) for x in (-3, -1, -0.3, -1e-9, 1e-300, 1e-9, 1e-4, 0.1, 0.5, 0.9, 1, 1.5, 2, 4, 6)]),
    "erfc": rows(special.erfc, mp.erfc, [(x,) for x in (-6, -2, -0.5, 0, 1e-9, 0.1, 0.5, 0.9, 1, 1.2, 1.3, 2, 4, 8, 15, 26)]),
    "incompleteBeta": rows(special.betainc, lambda a, b, x: mp.betainc(a, b, 0, x, regularized=True), beta_inputs),
    "normalCdf": rows(stats.norm.cdf, mp.ncdf, [(x,) for x in lower_normal]),
    "normalQuantile": rows(stats.norm.ppf, lambda p: mp.findroot(lambda x: mp.log(mp.ncdf(x) / p), float(stats.norm.ppf(float(p)))) if p != 0.5 else mp.mpf(0), [(p,) for p in (1e-300, 1e-100, 1e-20, 1e-12, 1e-5, 0.001, 0.025, 0.1, 0.3, 0.399, 0.401, 0.45, 0.499999, 0.5, 0.500001, 0.6, 0.8, 0.975, 0.999, 0.9999999)]),
    "chiSquaredSf": rows(stats.chi2.sf, lambda x, k: mp.gammainc(k / 2, x / 2, mp.inf, regularized=True), [(x, k) for k in (1, 2, 3, 5, 10, 50, 1000) for x in (0.001, 0.5, 1, 3.84, 10, 100, 700, 1200)]),
    "kolmogorovSf": rows(special.kolmogorov, exact_kolmogorov, [(x,) for x in (0.2, 0.3, 0.5, 0.7, 0.9, 0.99, 1, 1.01, 1.2, 1.358, 1.8, 2.5, 5, 10, 18)]),
    "kolmogorovQuantile": [[p, float(special.kolmogi(p))] for p in (1e-12, 1e-5, 0.003, 0.01, 0.05, 0.1, 0.3, 0.5, 0.9)],
    "binomialPmf": rows(stats.binom.pmf, lambda k, n, p: mp.binomial(n, k) * p**k * (1 - p) ** (n - k), [(0, 10, 0.1), (10, 10, 0.9), (3, 10, 0.25), (500, 1000, 0.5), (700, 1000, 0.5), (2, 100000, 1e-5), (0, 100000, 1e-3), (99999, 100000, 0.999), (123456, 1000000, 0.12)]),
    "oneSampleSf": [[float(x), n, float(stats.kstwo.sf(x, n))] for n in (1, 2, 5, 10, 50, 140, 141, 500, 3000, 20000, 500000) for x in sorted({min(0.999, c / n**0.5) for c in (0.3, 0.5, 0.7, 0.9, 1.2, 1.45, 1.5, 1.8, 2.1, 3, 6, 12)} | {0.6 / n, 0.9 / n, 0.55})],
    "wilson": [[k, n, c, *map(float, stats.binomtest(k, n).proportion_ci(c, method="wilson"))] for k, n, c in ((0, 1, 0.95), (1, 1, 0.95), (0, 50, 0.95), (50, 50, 0.9), (3, 10, 0.95), (480, 1000, 0.99), (999999, 1000000, 0.95))],
}
out["source"] = checked
print("{\n" + ",\n".join(f"{json.dumps(key)}: {json.dumps(value)}" for key, value in out.items()) + "\n}")
