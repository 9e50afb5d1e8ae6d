"""Makes older-lightgbm-VERSION.json with the LightGBM it runs under: models as that version writes them, with rows and
what it answers for them.

    python -m pip install lightgbm==2.3.1 'numpy<1.24' 'pandas<2' 'scipy<1.11' 'scikit-learn<1.3'
    python test/golden/models/older-lightgbm.py     # another environment: lightgbm==3.3.5 'numpy<2' 'pandas<2.2'
"""

import json
import pathlib
import platform

import lightgbm as lgb
import numpy as np
import pandas as pd

HERE = pathlib.Path(__file__).parent
draw = np.random.default_rng(31)
N = 100
COMMON = {"verbose": -1, "num_threads": 1, "num_leaves": 5, "min_data_in_leaf": 4, "min_data_per_group": 4}


def case(name, data, target, parameters):
    booster = lgb.train(COMMON | {"cat_smooth": 1, "max_cat_to_onehot": 1} | parameters, lgb.Dataset(data, target), 3)
    shape = (len(data) * booster.num_model_per_iteration(), -1)
    rows = data.astype(object).values.tolist()
    return {
        "name": name,
        "model": booster.model_to_string(),
        "rows": [[None if isinstance(cell, float) and np.isnan(cell) else cell for cell in row] for row in rows],
        "predictions": booster.predict(data).reshape(len(data), -1).tolist(),
        "margins": booster.predict(data, raw_score=True).reshape(len(data), -1).tolist(),
        "contributions": booster.predict(data, pred_contrib=True).reshape(shape).tolist(),
    }


def main():
    numbers = draw.normal(size=(N, 2)).round(1)
    numbers[draw.random((N, 2)) < 0.15] = np.nan
    colour = draw.choice(["red", "green", "blue", "black"], N).astype(object)
    colour[draw.random(N) < 0.1] = None
    data = pd.DataFrame({"x": numbers[:, 0], "y": numbers[:, 1], "colour": pd.Categorical(colour)})
    target = np.nan_to_num(numbers[:, 0]) + data["colour"].isin(["red", "blue"]) + np.isnan(numbers[:, 1])
    label = (target > 0.7).astype(int)
    golden = {
        "versions": {
            "python": platform.python_version(),
            "lightgbm": lgb.__version__,
            "numpy": np.__version__,
            "pandas": pd.__version__,
        },
        "cases": [
            case("binary", data, label, {"objective": "binary"}),
            case("regression", data, target, {"objective": "regression"}),
            case("multiclass", data, label + (target > 1.5), {"objective": "multiclass", "num_class": 3}),
            case("zero as missing", data.fillna({"x": 0}), label, {"objective": "binary", "zero_as_missing": True}),
        ],
    }
    (HERE / f"older-lightgbm-{lgb.__version__}.json").write_text(json.dumps(golden) + "\n")


if __name__ == "__main__":
    main()
