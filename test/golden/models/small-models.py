"""Makes small-models.json: small XGBoost models of other shapes, with rows and what XGBoost itself answers for them.

    python -m pip install xgboost-cpu==3.2.0 pandas==3.1.1
    python test/golden/models/small-models.py

Regression with a base score given; numeric features only, with values exactly on a threshold; one-hot categorical
splits; whole-number categories; category codes without a table (trained from an array); a random forest of boosted
trees; and models that must be refused (two targets, an objective that is not read, category names outside ASCII:
XGBoost 3.2.0 stores a wrong table for those).
"""

import json
import pathlib
import platform
import warnings

import numpy as np
import pandas as pd
import xgboost as xgb

HERE = pathlib.Path(__file__).parent
warnings.filterwarnings("ignore")
draw = np.random.default_rng(7)
COMMON = {"nthread": 1, "seed": 1, "tree_method": "hist", "max_depth": 3, "eta": 0.5}


def fit(data, target, parameters, rounds=4, **options):
    matrix = xgb.DMatrix(data, target, enable_categorical=True, **options)
    booster = xgb.train(COMMON | parameters, matrix, rounds)
    return booster, json.loads(booster.save_raw("json").decode())


def cell(value):
    if value is None or value is pd.NA or (isinstance(value, float) and np.isnan(value)):
        return None
    return value.item() if isinstance(value, np.generic) else value


def case(name, data, target, parameters, rounds=4, **options):
    booster, model = fit(data, target, parameters, rounds, **options)
    matrix = xgb.DMatrix(data, enable_categorical=True, **options)
    rows = data.astype(object).values.tolist() if isinstance(data, pd.DataFrame) else data.tolist()
    return {
        "name": name,
        "model": model,
        "rows": [[cell(value) for value in row] for row in rows],
        "predictions": booster.predict(matrix).astype(np.float64).tolist(),
    }


def main():
    n = 120
    numbers = draw.normal(size=(n, 3)).round(1)
    numbers[draw.random((n, 3)) < 0.1] = np.nan
    target = np.nan_to_num(numbers[:, 0]) * 2 + (np.nan_to_num(numbers[:, 1]) > 0.3) + draw.normal(size=n) * 0.1
    label = (target > 0.5).astype(int)
    colours = pd.DataFrame(
        {
            "colour": pd.Categorical(draw.choice(["red", "green", "blue", "gruen", "schwarz"], n)),
            "x": numbers[:, 0],
        }
    )
    by_colour = colours["colour"].isin(["red", "gruen"]).astype(float).to_numpy() + np.nan_to_num(numbers[:, 0])
    foreign = colours.assign(colour=colours["colour"].cat.rename_categories({"gruen": "grün"}))
    codes = pd.DataFrame({"shop": pd.Categorical(draw.choice([3, 1007, -5, 40], n)), "x": numbers[:, 1]})
    by_code = codes["shop"].isin([1007, -5]).astype(float).to_numpy()
    plain = np.column_stack([draw.integers(0, 6, n).astype(float), numbers[:, 1]])
    by_plain = np.isin(plain[:, 0], [1, 4]).astype(float)
    cases = [
        case("numeric regression", numbers, target, {"objective": "reg:squarederror"}),
        case("regression with a base score", numbers, target, {"objective": "reg:squarederror", "base_score": -3.5}),
        case("numeric classification", numbers, label, {"objective": "binary:logistic"}),
        case("classification with a base score", numbers, label, {"objective": "binary:logistic", "base_score": 0.9}),
        case("one-hot categories", colours, by_colour, {"objective": "reg:squarederror", "max_cat_to_onehot": 10}),
        case("partitioned categories", colours, by_colour, {"objective": "reg:squarederror", "max_cat_to_onehot": 1}),
        case("whole-number categories", codes, by_code, {"objective": "reg:squarederror", "max_cat_to_onehot": 1}),
        case(
            "category codes without a table",
            plain,
            by_plain,
            {"objective": "reg:squarederror", "max_cat_to_onehot": 1},
            feature_types=["c", "float"],
        ),
        case(
            "random forest",
            numbers,
            label,
            {"objective": "binary:logistic", "num_parallel_tree": 3, "subsample": 0.6, "colsample_bynode": 0.7},
            rounds=2,
        ),
    ]
    refused = [
        ("survival:cox", fit(numbers, np.abs(target), {"objective": "survival:cox"}, 1)[1]),
        (
            "multi_output_tree",
            fit(
                numbers,
                np.column_stack([target, -target]),
                {"objective": "reg:squarederror", "multi_strategy": "multi_output_tree"},
                1,
            )[1],
        ),
        ("category names outside ASCII", fit(foreign, by_colour, {"objective": "reg:squarederror"}, 1)[1]),
        ("two targets", fit(numbers, np.column_stack([target, -target]), {"objective": "reg:squarederror"}, 1)[1]),
    ]
    golden = {
        "versions": {"python": platform.python_version(), "xgboost": xgb.__version__, "pandas": pd.__version__},
        "cases": cases,
        "refused": [{"part": part, "model": model} for part, model in refused],
    }
    (HERE / "small-models.json").write_text(json.dumps(golden, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
