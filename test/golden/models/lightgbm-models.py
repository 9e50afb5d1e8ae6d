"""Makes lightgbm-models.json: LightGBM models of each objective, type of missing values and kind of split that is read, as
save_model writes them, with rows and what LightGBM itself answers: predictions, margins (raw_score), and contributions
(pred_contrib).

    python -m pip install lightgbm==4.7.0 pandas==3.1.1
    python test/golden/models/lightgbm-models.py

Rows are those of the training data, some on a threshold and a double above it, some of zeros, of nearly zeros and
without cells, and some with categories that the model has not seen. A random forest's raw_score and pred_contrib are
sums over its trees; they are divided by their number, as LightGBM divides its predictions.
"""

import json
import pathlib
import platform
import warnings

import lightgbm as lgb
import numpy as np
import pandas as pd

HERE = pathlib.Path(__file__).parent
warnings.filterwarnings("ignore")
draw = np.random.default_rng(23)
COMMON = {
    "verbose": -1,
    "num_threads": 1,
    "seed": 1,
    "deterministic": True,
    "num_leaves": 6,
    "learning_rate": 0.3,
    "min_data_in_leaf": 4,
    "min_data_per_group": 4,
    "cat_smooth": 1,
    "max_cat_to_onehot": 1,
}
N = 120


def thresholds(booster):
    frame = booster.trees_to_dataframe()
    numeric = frame[frame["decision_type"] == "<="]
    return list(zip(numeric["split_feature"], numeric["threshold"].astype(float)))


def extra_rows(booster, names, rows, texts):
    added = []
    for index, (feature, threshold) in enumerate(thresholds(booster)[:12]):
        row = list(rows[index])
        row[names.index(feature)] = threshold if index % 2 == 0 else float(np.nextafter(threshold, np.inf))
        added.append(row)
    for index, value in enumerate([0.0, -0.0, 1e-35, 1.0000000180025095e-35, 2e-35, -1e-35, -2e-35, 1e-300, np.inf, -np.inf, None]):
        row = list(rows[index])
        for place, name in enumerate(names):
            if name not in texts:
                row[place] = value
        added.append(row)
    for index, value in enumerate([None, "ultraviolet", "red "]):
        if any(kind == "text" for kind in texts.values()):
            row = list(rows[index])
            for place, name in enumerate(names):
                if texts.get(name) == "text":
                    row[place] = value
            added.append(row)
    for index, value in enumerate([None, 77, 5000]):
        if any(kind == "whole" for kind in texts.values()):
            row = list(rows[index])
            for place, name in enumerate(names):
                if texts.get(name) == "whole":
                    row[place] = value
            added.append(row)
    return added


def cell(value):
    """Infinite numbers as text, which JSON lacks."""
    if isinstance(value, float) and np.isinf(value):
        return "Infinity" if value > 0 else "-Infinity"
    if value is None or value is pd.NA or (isinstance(value, float) and np.isnan(value)):
        return None
    return value.item() if isinstance(value, np.generic) else value


def asked_frame(rows, data):
    """The rows as a frame with the types of the training data."""
    frame = pd.DataFrame(rows, columns=data.columns, dtype=object)
    for name in data.columns:
        if isinstance(data[name].dtype, pd.CategoricalDtype):
            frame[name] = pd.Categorical(frame[name])
        else:
            frame[name] = frame[name].astype(float)
    return frame


def fit(data, target, parameters, rounds, group=None):
    # An own copy: LightGBM keeps what it is given.
    dataset = lgb.Dataset(data.copy(), target, group=group, free_raw_data=False)
    return lgb.train(COMMON | parameters, dataset, rounds)


def case(name, data, target, parameters, rounds=4, group=None, texts=None):
    data = data if isinstance(data, pd.DataFrame) else pd.DataFrame(data, columns=["a", "b", "c"])
    texts = texts or {}
    booster = fit(data, target, parameters, rounds, group)
    rows = [[cell(value) for value in row] for row in data.astype(object).values.tolist()]
    rows = rows[:60] + extra_rows(booster, list(data.columns), rows, texts)
    frame = asked_frame(rows, data)
    width = len(data.columns) + 1
    trees = booster.num_trees() // booster.num_model_per_iteration() if parameters.get("boosting") == "rf" else 1
    return {
        "name": name,
        "model": booster.model_to_string(),
        "rows": [[cell(value) for value in row] for row in rows],
        "predictions": booster.predict(frame).reshape(len(rows), -1).tolist(),
        "margins": (booster.predict(frame, raw_score=True).reshape(len(rows), -1) / trees).tolist(),
        # By (row, output): a value a feature, then the expected value.
        "contributions": (booster.predict(frame, pred_contrib=True).reshape(-1, width) / trees).tolist(),
    }


def main():
    full = draw.normal(size=(N, 3)).round(1)
    numbers = full.copy()
    numbers[draw.random((N, 3)) < 0.15] = np.nan
    filled = np.nan_to_num(numbers)
    target = filled[:, 0] * 2 + (filled[:, 1] > 0.3) + np.isnan(numbers[:, 2]) + draw.normal(size=N) * 0.1
    label = (target > 0.5).astype(int)
    three = label + (target > 1.5)
    positive = np.abs(target) + 0.1
    share = 1 / (1 + np.exp(-target))
    zeros = full.copy()
    zeros[draw.random((N, 3)) < 0.3] = 0
    zeros[draw.random((N, 3)) < 0.1] = np.nan
    colours = pd.DataFrame(
        {
            "x": numbers[:, 0],
            "colour": pd.Categorical(draw.choice(["red", "grün", "blue", "a, \"b\"", "schwarz"], N)),
            "shop": pd.Categorical(draw.choice([3, 1007, -5, 40], N)),
        }
    )
    with_gaps = colours.assign(colour=colours["colour"].where(draw.random(N) > 0.1))
    by_colour = colours["colour"].isin(["red", "grün"]) + colours["shop"].isin([3, -5]) * 0.5 + filled[:, 0]
    by_class = np.clip(np.floor(by_colour + 0.5), 0, 2).astype(int)
    kinds = {"colour": "text", "shop": "whole"}
    codes = pd.DataFrame({"code": draw.integers(0, 40, N).astype(float), "x": numbers[:, 1]})
    by_code = (codes["code"] % 3 == 0) * 2.0 + filled[:, 1]
    forest = {"boosting": "rf", "bagging_freq": 1, "bagging_fraction": 0.6, "feature_fraction": 0.9}
    halves = [N // 2, N // 2]
    cases = [
        case("binary, missing NaN", numbers, label, {"objective": "binary"}),
        case("binary, missing None", full, label, {"objective": "binary"}),
        case("binary, missing Zero", zeros, label, {"objective": "binary", "zero_as_missing": True}),
        case("binary, no missing values used", numbers, label, {"objective": "binary", "use_missing": False}),
        case("binary, sigmoid 0.7", numbers, label, {"objective": "binary", "sigmoid": 0.7}),
        case("regression", numbers, target, {"objective": "regression"}),
        case("regression, deep", numbers, target, {"objective": "regression", "num_leaves": 31, "min_data_in_leaf": 1}),
        case("regression, root of the target", numbers, target, {"objective": "regression", "reg_sqrt": True}),
        case("regression, missing Zero", zeros, target, {"objective": "regression", "zero_as_missing": True}),
        case("regression, one leaf", full, np.ones(N), {"objective": "regression"}, rounds=2),
        case("regression_l1", numbers, target, {"objective": "regression_l1"}),
        case("huber", numbers, target, {"objective": "huber"}),
        case("fair", numbers, target, {"objective": "fair"}),
        case("quantile", numbers, target, {"objective": "quantile", "alpha": 0.3}),
        case("mape", numbers, target, {"objective": "mape"}),
        case("poisson", numbers, positive, {"objective": "poisson"}),
        case("gamma", numbers, positive, {"objective": "gamma"}),
        case("tweedie", numbers, positive, {"objective": "tweedie"}),
        case("cross_entropy", numbers, share, {"objective": "cross_entropy"}),
        case("cross_entropy_lambda", numbers, share, {"objective": "cross_entropy_lambda"}),
        case("multiclass", numbers, three, {"objective": "multiclass", "num_class": 3}),
        case("multiclassova", numbers, three, {"objective": "multiclassova", "num_class": 3, "sigmoid": 2}),
        case("lambdarank", numbers, three, {"objective": "lambdarank"}, group=halves),
        case("rank_xendcg", numbers, three, {"objective": "rank_xendcg"}, group=halves),
        case("categories", colours, by_colour, {"objective": "regression"}, texts=kinds),
        case("categories with gaps", with_gaps, by_colour, {"objective": "regression"}, texts=kinds),
        case(
            "categories one against the others",
            with_gaps,
            by_colour,
            {"objective": "regression", "max_cat_to_onehot": 8},
            texts=kinds,
        ),
        case(
            "categories, several classes",
            with_gaps,
            by_class,
            {"objective": "multiclass", "num_class": 3},
            texts=kinds,
        ),
        case("category codes", codes, by_code, {"objective": "regression", "categorical_feature": [0]}),
        case("dart", numbers, label, {"objective": "binary", "boosting": "dart", "drop_rate": 0.5}, rounds=6),
        case("random forest", numbers, target, {"objective": "regression"} | forest),
        case("random forest, binary", numbers, label, {"objective": "binary"} | forest),
        case("random forest, several classes", numbers, three, {"objective": "multiclass", "num_class": 3} | forest),
    ]
    ordered = colours.assign(size=pd.Categorical(draw.choice(["s", "m", "l"], N), ["s", "m", "l"], ordered=True))
    plain = pd.DataFrame(numbers, columns=["a", "b", "c"])
    refused = [
        ("linear_tree", fit(plain, target, {"objective": "regression", "linear_tree": True}, 2)),
        ("3 tables in pandas_categorical", fit(ordered, target, {"objective": "regression"}, 2)),
    ]
    golden = {
        "versions": {
            "python": platform.python_version(),
            "lightgbm": lgb.__version__,
            "pandas": pd.__version__,
            "numpy": np.__version__,
        },
        "cases": cases,
        "refused": [{"part": part, "model": booster.model_to_string()} for part, booster in refused],
    }
    (HERE / "lightgbm-models.json").write_text(json.dumps(golden, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
