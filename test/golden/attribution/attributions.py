"""Golden values of aggregated attributions and their errors: python attributions.py > attributions.json

Two samples of attributions of five features, 400 and 300 rows. By sample:

- mean_abs, median, mean_sq, mean: NumPy.
- error of mean_abs, mean_sq and mean: SciPy `sem`.
- median_interval: SciPy `quantile_test(...).confidence_interval()`, exact binomial order statistics.
- share: of the sum of all |a|; share_error: SciPy `bootstrap` of whole rows, 20,000 resamples, its standard error.

Of both: `mean_change`, and its `p` by the smaller of the statistics of SciPy's `ttest_ind` with and without equal variances,
taken as normal; by aggregation, nDCG of scikit-learn, and of 4,000 pairs of resamples of both samples' rows (NumPy) their mean, standard deviation and 2.5 % and
97.5 % quantiles.
"""
import json
import sys
from importlib.metadata import version

import numpy as np
from scipy import stats
from sklearn.metrics import ndcg_score

random = np.random.default_rng(20261123)


def draw(rows, scales, shift):
    common = random.normal(size=(rows, 1))
    z = 0.6 * common + 0.8 * random.normal(size=(rows, 5))
    columns = [
        scales[0] * z[:, 0] + shift,
        scales[1] * (random.exponential(size=rows) - 1),
        scales[2] * np.where(random.random(rows) < 0.1, 3.0, -0.3),
        scales[3] * z[:, 3] ** 3,
        scales[4] * z[:, 4] - 0.05,
    ]
    return np.round(np.column_stack(columns), 5)


def share(rows):
    sizes = np.abs(rows).sum(axis=0)
    return sizes / sizes.sum()


def sample(rows):
    sizes, squares = np.abs(rows), rows**2
    indices = np.arange(len(rows))
    drawn = stats.bootstrap(
        (indices,), lambda i, axis=-1: share(rows[i]), n_resamples=20_000, vectorized=False, method="percentile",
        rng=np.random.default_rng(1),
    )
    intervals = [stats.quantile_test(column, p=0.5).confidence_interval() for column in rows.T]
    return {
        "mean_abs": sizes.mean(axis=0).tolist(),
        "median": np.median(rows, axis=0).tolist(),
        "mean_sq": squares.mean(axis=0).tolist(),
        "mean": rows.mean(axis=0).tolist(),
        "mean_abs_error": stats.sem(sizes).tolist(),
        "mean_sq_error": stats.sem(squares).tolist(),
        "mean_error": stats.sem(rows).tolist(),
        "median_interval": [[i.low, i.high] for i in intervals],
        "share": share(rows).tolist(),
        "share_error": np.asarray(drawn.standard_error).tolist(),
        "rows": rows.tolist(),
    }


def aggregate(rows, by):
    if by == "median":
        return np.abs(np.median(rows, axis=0))
    return np.abs(rows).mean(axis=0) if by == "mean_abs" else (rows**2).mean(axis=0)


def ndcg(baseline, current, by):
    value = ndcg_score([aggregate(baseline, by)], [aggregate(current, by)])
    pick = np.random.default_rng(2)
    drawn = []
    for _ in range(4000):
        one = baseline[pick.integers(len(baseline), size=len(baseline))]
        other = current[pick.integers(len(current), size=len(current))]
        drawn.append(ndcg_score([aggregate(one, by)], [aggregate(other, by)]))
    quantiles = np.quantile(drawn, [0.025, 0.975])
    return {"value": value, "mean": np.mean(drawn), "deviation": np.std(drawn), "quantiles": quantiles.tolist()}


baseline = draw(400, [1.0, 0.7, 0.5, 0.2, 0.1], 0.2)
current = draw(300, [0.55, 0.7, 0.5, 0.3, 0.65], 0.0)
statistics = [np.abs(stats.ttest_ind(current, baseline, equal_var=equal).statistic) for equal in (True, False)]
golden = {
    "versions": {name: version(name) for name in ("scikit-learn", "numpy", "scipy")},
    "baseline": sample(baseline),
    "current": sample(current),
    "mean_change": (current.mean(axis=0) - baseline.mean(axis=0)).tolist(),
    "mean_change_p": (2 * stats.norm.sf(np.minimum(*statistics))).tolist(),
    "ndcg": {by: ndcg(baseline, current, by) for by in ("mean_abs", "median", "mean_sq")},
}
json.dump(golden, sys.stdout)
print()
