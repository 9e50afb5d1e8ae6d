"""Makes xgboost-shapes.json: small XGBoost models of each objective and booster that is read, with rows and what XGBoost
itself answers for them: predictions, margins, and contributions (pred_contribs).

    python -m pip install xgboost-cpu==3.2.0 pandas==3.1.1
    python test/golden/models/xgboost-shapes.py

Rows are those of the training data with some on the thresholds of the trees: the threshold itself, a number that is
the threshold in single precision but below it in double, and the next single-precision number below.
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
draw = np.random.default_rng(17)
COMMON = {"nthread": 1, "seed": 1, "tree_method": "hist", "max_depth": 3, "eta": 0.5, "max_bin": 16}
N = 60


def on_thresholds(model, rows):
    """One row a tree: its root's threshold, as it is, a little below in double precision, or below in single."""
    booster = model["learner"]["gradient_booster"]
    trees = booster.get("gbtree", booster)["model"].get("trees", [])
    extra = []
    for index, tree in enumerate(trees):
        if tree["left_children"][0] == -1 or tree["categories_nodes"]:
            continue
        threshold = np.float32(tree["split_conditions"][0])
        below = [
            float(threshold),
            float(np.nextafter(np.float64(threshold), -np.inf)),
            float(np.nextafter(threshold, np.float32(-np.inf))),
        ][index % 3]
        row = list(rows[index % len(rows)])
        row[tree["split_indices"][0]] = below
        extra.append(row)
    return extra


def cell(value):
    if value is None or value is pd.NA or (isinstance(value, float) and np.isnan(value)):
        return None
    return value.item() if isinstance(value, np.generic) else value


def case(name, data, target, parameters, rounds=3, group=None):
    matrix = xgb.DMatrix(data, target, enable_categorical=True)
    if group is not None:
        matrix.set_group(group)
    booster = xgb.train(COMMON | parameters, matrix, rounds)
    model = json.loads(booster.save_raw("json").decode())
    if isinstance(data, pd.DataFrame):
        rows = data.astype(object).values.tolist()
        frame = data
    else:
        rows = data.tolist()
        rows += on_thresholds(model, rows)
        frame = np.array(rows)
    asked = xgb.DMatrix(frame, enable_categorical=True)
    width = len(rows[0]) + 1
    return {
        "name": name,
        "model": model,
        "rows": [[cell(value) for value in row] for row in rows],
        "predictions": booster.predict(asked).astype(np.float64).reshape(len(rows), -1).tolist(),
        "margins": booster.predict(asked, output_margin=True).astype(np.float64).reshape(len(rows), -1).tolist(),
        # By (row, output): a value a feature, then the expected value.
        "contributions": booster.predict(asked, pred_contribs=True).astype(np.float64).reshape(-1, width).tolist(),
    }


def main():
    numbers = draw.normal(size=(N, 3)).round(1)
    numbers[draw.random((N, 3)) < 0.1] = np.nan
    filled = np.nan_to_num(numbers)
    target = filled[:, 0] * 2 + (filled[:, 1] > 0.3) + draw.normal(size=N) * 0.1
    label = (target > 0.5).astype(int)
    positive = np.abs(target) + 0.1
    three = label + (target > 1.5)
    share = 1 / (1 + np.exp(-target))
    colours = pd.DataFrame(
        {"colour": pd.Categorical(draw.choice(["red", "green", "blue", "gruen", "schwarz"], N)), "x": numbers[:, 0]}
    )
    by_colour = np.where(colours["colour"].isin(["red", "gruen"]), 2, (filled[:, 0] > 0).astype(int))
    linear = {"booster": "gblinear", "updater": "coord_descent", "tree_method": None, "max_depth": None, "max_bin": None}
    linear = {key: value for key, value in linear.items() if value is not None}
    dart = {"booster": "dart", "rate_drop": 0.5}
    cases = [
        case("multi:softprob", numbers, three, {"objective": "multi:softprob", "num_class": 3}),
        case(
            "multi:softprob, one base score",
            numbers,
            three,
            {"objective": "multi:softprob", "num_class": 3, "base_score": 0.25},
        ),
        case(
            "multi:softprob, random forest",
            numbers,
            three,
            {"objective": "multi:softprob", "num_class": 3, "num_parallel_tree": 2, "subsample": 0.6},
            rounds=2,
        ),
        case("multi:softprob, categories", colours, by_colour, {"objective": "multi:softprob", "num_class": 3}),
        case("reg:logistic", numbers, share, {"objective": "reg:logistic"}),
        case("binary:logitraw", numbers, label, {"objective": "binary:logitraw", "base_score": 0.9}),
        case("binary:hinge", numbers, label, {"objective": "binary:hinge"}),
        case("count:poisson", numbers, np.round(positive), {"objective": "count:poisson"}),
        case("reg:gamma", numbers, positive, {"objective": "reg:gamma"}),
        case("reg:tweedie", numbers, positive, {"objective": "reg:tweedie", "base_score": 2}),
        case("reg:absoluteerror", numbers, target, {"objective": "reg:absoluteerror"}),
        case("reg:pseudohubererror", numbers, target, {"objective": "reg:pseudohubererror"}),
        case("reg:squaredlogerror", numbers, positive, {"objective": "reg:squaredlogerror"}),
        case("reg:quantileerror", numbers, target, {"objective": "reg:quantileerror", "quantile_alpha": 0.3}),
        case("rank:pairwise", numbers, three, {"objective": "rank:pairwise"}, group=[N // 2, N // 2]),
        case("rank:ndcg", numbers, three, {"objective": "rank:ndcg"}, group=[N // 2, N // 2]),
        case("rank:map", numbers, label, {"objective": "rank:map"}, group=[N // 2, N // 2]),
        case("dart", numbers, label, {"objective": "binary:logistic"} | dart, rounds=6),
        case("dart, several classes", numbers, three, {"objective": "multi:softprob", "num_class": 3} | dart, rounds=4),
        case("gblinear", numbers, target, {"objective": "reg:squarederror"} | linear),
        case("gblinear, binary", numbers, label, {"objective": "binary:logistic", "base_score": 0.8} | linear),
        case("gblinear, several classes", numbers, three, {"objective": "multi:softprob", "num_class": 3} | linear),
    ]
    softmax = next(entry for entry in cases if entry["name"] == "multi:softprob")
    model = json.loads(json.dumps(softmax["model"]))
    model["learner"]["objective"]["name"] = "multi:softmax"
    cases.append(softmax | {"name": "multi:softmax", "model": model})
    golden = {
        "versions": {
            "python": platform.python_version(),
            "xgboost": xgb.__version__,
            "pandas": pd.__version__,
            "numpy": np.__version__,
        },
        "cases": cases,
    }
    (HERE / "xgboost-shapes.json").write_text(json.dumps(golden, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
