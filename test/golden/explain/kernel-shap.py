"""Makes kernel-shap.json: what shap's KernelExplainer gives for a model of trees, all coalitions of which it asks.

    python -m pip install xgboost-cpu==3.2.0 shap==0.51.0
    python test/golden/explain/kernel-shap.py

XGBoost adds up in single precision; for values to 1e-9 the trees are walked here in double precision. Row 0 shares its
first two values with the whole background, row 1 all but one.
"""

import json
import pathlib
import platform

import numpy as np
import shap
import xgboost as xgb

HERE = pathlib.Path(__file__).parent


def margins(model, data):
    """Trees of a JSON model in double precision, thresholds and values in single, as XGBoost compares them."""
    learner = model["learner"]
    # The base score of 0.5 has no log-odds.
    total = np.zeros(len(data))
    data = data.astype(np.float32)
    for tree in learner["gradient_booster"]["model"]["trees"]:
        left, right = tree["left_children"], tree["right_children"]
        conditions = np.array(tree["split_conditions"], dtype=np.float32)
        for row in range(len(data)):
            node = 0
            while left[node] != -1:
                node = left[node] if data[row, tree["split_indices"][node]] < conditions[node] else right[node]
            total[row] += float(conditions[node])
    return total


def main():
    draw = np.random.default_rng(5)
    data = draw.normal(size=(400, 6)).round(3)
    margin = data[:, 0] + data[:, 1] * data[:, 2] - np.abs(data[:, 3]) + 0.5 * np.sin(3 * data[:, 4])
    label = (margin + draw.normal(size=400) > 0).astype(int)
    booster = xgb.train(
        {"objective": "binary:logistic", "max_depth": 4, "eta": 0.3, "nthread": 1, "base_score": 0.5},
        xgb.DMatrix(data, label),
        8,
    )
    model = json.loads(booster.save_raw("json").decode())
    background, rows = data[:12].copy(), data[100:105].copy()
    background[:, 0], background[:, 1], background[:, 5] = 0.25, -0.5, 0.75
    rows[0, :2] = [0.25, -0.5]
    one = background[:, :]
    rows[1, [0, 1, 5]] = [0.25, -0.5, 0.75]
    weights = np.arange(1, len(one) + 1, dtype=np.float64)
    weighted = shap.utils._legacy.DenseData(one, [f"x{i}" for i in range(6)], None, weights)

    def probability(x):
        return 1 / (1 + np.exp(-margins(model, np.asarray(x))))

    def both(x):
        positive = probability(x)
        return np.stack([1 - positive, positive], axis=1)

    cases = []
    for name, function, given, link in [
        ("margin", lambda x: margins(model, np.asarray(x)), one, "identity"),
        ("probability", probability, one, "identity"),
        ("log-odds of the probability", probability, one, "logit"),
        ("weighted background", probability, weighted, "identity"),
        ("two outputs", both, one, "identity"),
    ]:
        explainer = shap.KernelExplainer(function, given, link=link)
        values = np.asarray(explainer.shap_values(rows, nsamples=10_000, l1_reg=False, silent=True))
        values = values.reshape(len(rows), 6, -1).transpose(0, 2, 1)
        cases.append(
            {
                "name": name,
                "expected_values": np.atleast_1d(explainer.expected_value).tolist(),
                "values": values.tolist(),
            }
        )
    result = {
        "versions": {
            "python": platform.python_version(),
            "numpy": np.__version__,
            "shap": shap.__version__,
            "xgboost": xgb.__version__,
        },
        "model": model,
        "background": one.tolist(),
        "weights": weights.tolist(),
        "rows": rows.tolist(),
        "cases": cases,
    }
    (HERE / "kernel-shap.json").write_text(json.dumps(result, separators=(",", ":")) + "\n")


main()
