"""Golden values of groups of rows against the rest: python segments.py > segments.json

600 rows of attributions of four features, 90 of them in a group. Of both sides, NumPy: each feature's share of all absolute
attributions, and its error by linearisation (the standard error, SciPy `sem`, of (|a| - share t) / mean t, t the row's sum);
the mean answer and its `sem`. Of the difference: its value, its error, the larger of that with each side's own variance and
that with the variance of both together, and the two-sided p-value of SciPy's t distribution with the smaller side's n - 1
degrees of freedom. `by`: SciPy `false_discovery_control(method="by")`.
"""
import json
import sys
from importlib.metadata import version

import numpy as np
from scipy import stats

random = np.random.default_rng(20261123)
rows = 600
group = np.arange(rows) % 20 < 3
values = random.normal(size=(rows, 4)) * [1.0, 0.5, 2.0, 0.2]
values[group, 1] *= 3
values[group, 2] += 0.4
values = np.round(values, 5)


def side(rows):
    sizes = np.abs(rows)
    totals = sizes.sum(axis=1)
    share = sizes.sum(axis=0) / totals.sum()
    influence = (sizes - np.outer(totals, share)) / totals.mean()
    answers = rows.sum(axis=1)
    return {
        "share": share,
        "share_error": stats.sem(influence, axis=0),
        "answer": answers.mean(),
        "answer_error": stats.sem(answers),
        "n": len(rows),
    }


def difference(one, other, name):
    n, m = one["n"], other["n"]
    a, b = one[name + "_error"], other[name + "_error"]
    own = np.sqrt(a**2 + b**2)
    pooled = ((n - 1) * n * a**2 + (m - 1) * m * b**2) / (n + m - 2)
    error = np.maximum(own, np.sqrt(pooled * (1 / n + 1 / m)))
    value = one[name] - other[name]
    return {"value": value, "error": error, "p": 2 * stats.t.sf(np.abs(value) / error, min(n, m) - 1)}


def plain(entry):
    return {key: np.asarray(value).tolist() for key, value in entry.items()}


segment, rest = side(values[group]), side(values[~group])
p_values = [0.0001, 0.2, 0.011, 0.003, 0.0001, 0.9, 0.04]
json.dump(
    {
        "versions": {name: version(name) for name in ("numpy", "scipy")},
        "group": np.flatnonzero(group).tolist(),
        "rows": values.tolist(),
        "segment": plain(segment),
        "rest": plain(rest),
        "share": plain(difference(segment, rest, "share")),
        "answer": plain(difference(segment, rest, "answer")),
        "p_values": p_values,
        "by": stats.false_discovery_control(p_values, method="by").tolist(),
    },
    sys.stdout,
)
