"""Makes tree-shap.json: attributions that XGBoost (pred_contribs, single precision) and shap give for models and rows.

    python -m pip install xgboost-cpu==3.2.0 pandas==3.1.1 shap==0.51.0
    python test/golden/explain/tree-shap.py

The models are those of test/golden/models (all of small-models.json; the census model with every eighth row of
census-predictions.json, missing values and unseen categories among them), and one with trees of depth 9 on five
features, so that features come again on a path. shap hands XGBoost models back to XGBoost; for an answer of its own,
in double precision, the trees are given to its TreeExplainer(feature_perturbation="tree_path_dependent") as plain
arrays, which it takes for numeric splits only.
"""

import json
import pathlib
import platform
import tempfile
import warnings

import numpy as np
import pandas as pd
import shap
import xgboost as xgb

HERE = pathlib.Path(__file__).parent
MODELS = HERE.parent / "models"
DEMO = HERE.parent.parent.parent / "kernel-lib" / "demo"
warnings.filterwarnings("ignore")


def load(model):
    with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
        json.dump(model, file)
        file.flush()
        booster = xgb.Booster(model_file=file.name)
    booster.set_param({"nthread": 1})
    return booster


def tables(model):
    """The categories of each feature as they stand in the model, None for numeric ones and for codes."""
    found = []
    for encoded in model["learner"]["gradient_booster"]["model"].get("cats", {}).get("enc", []):
        values, offsets = encoded["values"], encoded.get("offsets")
        if not values:
            found.append(None)
        elif offsets is None:
            found.append(list(values))
        else:
            text = bytes(values).decode()
            found.append([text[begin:end] for begin, end in zip(offsets, offsets[1:])])
    return found


def matrix(model, rows):
    """Rows as XGBoost sees them: a category as its code, what is missing or unseen as NaN."""
    known = tables(model)
    data = np.full((len(rows), len(rows[0])), np.nan)
    for i, row in enumerate(rows):
        for j, cell in enumerate(row):
            table = known[j] if j < len(known) else None
            if cell is None:
                continue
            if table is None:
                data[i, j] = cell
            elif cell in table:
                data[i, j] = table.index(cell)
    return data


def contributions(model, rows):
    types = model["learner"]["feature_types"] or None
    names = model["learner"]["feature_names"] or None
    data = xgb.DMatrix(
        matrix(model, rows), feature_types=types, feature_names=names, enable_categorical=True, nthread=1
    )
    return load(model).predict(data, pred_contribs=True).astype(np.float64)


def by_shap(model, rows):
    trees = []
    for tree in model["learner"]["gradient_booster"]["model"]["trees"]:
        if tree["categories_nodes"]:
            return None
        left = np.array(tree["left_children"])
        right = np.array(tree["right_children"])
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
    explainer = shap.TreeExplainer({"trees": trees}, feature_perturbation="tree_path_dependent")
    data = matrix(model, rows).astype(np.float32).astype(np.float64)
    values = explainer.shap_values(data, check_additivity=False)
    return np.asarray(values).reshape(data.shape)


def deep():
    draw = np.random.default_rng(11)
    n = 600
    data = draw.normal(size=(n, 5)).round(2)
    data[draw.random((n, 5)) < 0.08] = np.nan
    filled = np.nan_to_num(data)
    target = np.sin(3 * filled[:, 0]) * filled[:, 1] + np.abs(filled[:, 2]) + 0.3 * filled[:, 3] ** 2
    parameters = {"objective": "reg:squarederror", "max_depth": 9, "min_child_weight": 3, "nthread": 1, "eta": 0.6}
    booster = xgb.train(parameters, xgb.DMatrix(data, target), 2)
    rows = [[None if np.isnan(cell) else cell for cell in row] for row in data[:40].tolist()]
    return json.loads(booster.save_raw("json").decode()), rows


def case(name, model, rows, keep_model):
    values = by_shap(model, rows)
    golden = {"name": name, "xgboost": contributions(model, rows).tolist()}
    if values is not None:
        golden["shap"] = values.tolist()
    if keep_model:
        golden |= {"model": model, "rows": rows}
    return golden


def main():
    census = json.loads((DEMO / "census-model.json").read_text())
    census_rows = json.loads((MODELS / "census-predictions.json").read_text())["rows"][::8]
    small = json.loads((MODELS / "small-models.json").read_text())["cases"]
    golden = {
        "versions": {
            "python": platform.python_version(),
            "xgboost": xgb.__version__,
            "shap": shap.__version__,
            "numpy": np.__version__,
            "pandas": pd.__version__,
        },
        "census": case("census", census, census_rows, False),
        "small": [case(entry["name"], entry["model"], entry["rows"], False) for entry in small],
        "deep": case("deep", *deep(), True),
    }
    (HERE / "tree-shap.json").write_text(json.dumps(golden) + "\n")


if __name__ == "__main__":
    main()
