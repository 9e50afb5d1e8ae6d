"""Golden values of moments, buckets and sketch accuracy: python sketch.py > sketch.json

Moments in exact rational arithmetic (fractions), rounded once; buckets by NumPy's histogram on the service's edges;
rank errors of the Apache DataSketches KLL (k = 2048) and HLL (lg k = 14) on the same kind of stream, to compare with.
"""
import json
import sys
from fractions import Fraction
from importlib.metadata import version

import datasketches
import numpy as np

rng = np.random.default_rng(7)


def exact_moments(values):
    exact = [Fraction(float(value)) for value in values]
    total = sum(exact)
    mean = total / len(exact)
    m2 = sum((value - mean) ** 2 for value in exact)
    return {
        "count": len(exact),
        "sum": float(total),
        "mean": float(mean),
        "m2": float(m2),
        "populationStd": float(m2 / len(exact)) ** 0.5,
        "min": float(min(exact)),
        "max": float(max(exact)),
    }


series = {
    "one": [42.0],
    "constant": [0.1] * 7,
    "zeros": [0.0, -0.0, 0.0],
    "normal": rng.normal(3, 2, 300).tolist(),
    "offset 1e9": (1e9 + rng.normal(0, 1e-3, 300)).tolist(),
    "offset 1e15": (1e15 + rng.integers(0, 9, 200)).astype(float).tolist(),
    "huge integers": [float(2**53), float(2**53 + 2), float(2**60), -float(2**60), 1.0, 3.0],
    "cancelling": [1e16, 1.0, -1e16, 1.0, 1e-3] * 20,
    "outlier first": [1e12, *rng.normal(0, 1, 200).tolist()],
}
buckets = []
for name in ("normal", "offset 1e9", "constant"):
    values = np.array(series[name])
    low, high = values.min(), values.max()
    edges = np.array([low + (high - low) * i / 10 for i in range(10)] + [high])
    counts = np.histogram(values, edges)[0] if low < high else np.array([0] * 9 + [len(values)])
    buckets.append({"series": name, "edges": edges.tolist(), "counts": counts.tolist()})

stream = rng.normal(0, 1, 200_000)
kll = datasketches.kll_doubles_sketch(2048)
kll.update(stream)
ordered = np.sort(stream)
worst = max(abs(kll.get_rank(float(x), True) - np.searchsorted(ordered, x, side="right") / len(ordered)) for x in ordered[::50])
hll = datasketches.hll_sketch(14, datasketches.tgt_hll_type.HLL_8)
for x in stream:
    hll.update(float(x))

out = {
    "versions": {"python": sys.version.split()[0], "numpy": np.__version__, "datasketches": version("datasketches")},
    "moments": [{"name": name, "values": values, **exact_moments(values)} for name, values in series.items()],
    "buckets": buckets,
    "datasketches": {
        "values": 200_000,
        "kllWorstRankError": float(worst),
        "kllNormalizedRankError": kll.normalized_rank_error(False),
        "hllRelativeError": abs(hll.get_estimate() / 200_000 - 1),
    },
}
print("{\n" + ",\n".join(f"{json.dumps(key)}: {json.dumps(value)}" for key, value in out.items()) + "\n}")
