"""Makes interventional-shap.json: what shap's TreeExplainer(feature_perturbation="interventional") gives.

    python -m pip install xgboost-cpu==3.2.0 shap==0.51.0
    python test/golden/explain/interventional-shap.py

Trees of depth 6 on five features, so that features come again on a path, with missing values; shap is given them as plain
arrays. It weighs leaves in single precision: for values to 1e-9, its ExactExplainer asks all coalitions of the same trees.
"""

import json
import pathlib
import platform

import numpy as np
import shap
import xgboost as xgb

HERE = pathlib.Path(__file__).parent


def walk(trees, data):
    total = np.zeros(len(data))
    for tree in trees:
        for row, cells in enumerate(data):
            node = 0
            while tree["children_left"][node] != -1:
                cell = cells[tree["features"][node]]
                if np.isnan(cell):
                    node = tree["children_default"][node]
                else:
                    node = tree["children_left" if cell <= tree["thresholds"][node] else "children_right"][node]
            total[row] += tree["values"][node, 0]
    return total


def main():
    draw = np.random.default_rng(13)
    data = draw.normal(size=(500, 5)).round(2).astype(np.float32).astype(np.float64)
    data[draw.random(data.shape) < 0.06] = np.nan
    filled = np.nan_to_num(data)
    target = np.sin(3 * filled[:, 0]) * filled[:, 1] + np.abs(filled[:, 2]) + 0.3 * filled[:, 3] ** 2
    parameters = {"objective": "reg:squarederror", "max_depth": 6, "eta": 0.5, "nthread": 1, "base_score": 0.5}
    booster = xgb.train(parameters, xgb.DMatrix(data, target), 6)
    model = json.loads(booster.save_raw("json").decode())
    trees = []
    for tree in model["learner"]["gradient_booster"]["model"]["trees"]:
        left, right = np.array(tree["left_children"]), np.array(tree["right_children"])
        conditions = np.array(tree["split_conditions"], dtype=np.float32)
        # shap sends value <= threshold to the left, XGBoost value < threshold.
        below = np.nextafter(conditions, np.float32(-np.inf), dtype=np.float32).astype(np.float64)
        trees.append(
            {
                "children_left": left,
                "children_right": right,
                "children_default": np.where(np.array(tree["default_left"]) == 1, left, right),
                "features": np.array(tree["split_indices"]),
                "thresholds": np.where(left < 0, 0.0, below),
                "values": np.where(left < 0, conditions.astype(np.float64), 0.0)[:, None],
                "node_sample_weight": np.array(tree["sum_hessian"], dtype=np.float32).astype(np.float64),
            }
        )
    background, rows = data[:60], data[200:220]
    explainer = shap.TreeExplainer({"trees": trees}, background, feature_perturbation="interventional")
    values = np.asarray(explainer.shap_values(rows, check_additivity=False)).reshape(rows.shape)

    masker = shap.maskers.Independent(background, max_samples=1000)
    exact = shap.ExactExplainer(lambda x: walk(trees, x), masker)(rows).values

    def cells(table):
        return [[None if np.isnan(cell) else cell for cell in row] for row in table.tolist()]

    result = {
        "versions": {
            "python": platform.python_version(),
            "numpy": np.__version__,
            "shap": shap.__version__,
            "xgboost": xgb.__version__,
        },
        "model": model,
        "background": cells(background),
        "rows": cells(rows),
        # The base score is not in the trees that shap was given.
        "expected_value": float(np.atleast_1d(explainer.expected_value)[0]) + 0.5,
        "values": values.tolist(),
        "exact": exact.tolist(),
    }
    (HERE / "interventional-shap.json").write_text(json.dumps(result, separators=(",", ":")) + "\n")


main()
