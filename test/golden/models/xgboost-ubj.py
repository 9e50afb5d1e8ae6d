"""Makes xgboost-ubj-VERSION.json with the XGBoost it runs under: models as .ubj files (base64), with rows and what
XGBoost answers for them.

    python -m pip install xgboost-cpu==3.2.0 'pandas==3.1.1'   # another environment: xgboost-cpu==2.1.4 'numpy<2'
    python test/golden/models/xgboost-ubj.py
"""

import base64
import json
import pathlib
import platform
import tempfile

import numpy as np
import xgboost as xgb

HERE = pathlib.Path(__file__).parent
draw = np.random.default_rng(29)


def case(name, parameters, rows, target, **options):
    matrix = xgb.DMatrix(rows, target, **options)
    booster = xgb.train({"nthread": 1, "max_depth": 3} | parameters, matrix, 3)
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "model.ubj"
        booster.save_model(path)
        data = path.read_bytes()
    return {
        "name": name,
        "ubj": base64.b64encode(data).decode(),
        "json": booster.save_raw("json").decode(),
        "rows": [[None if np.isnan(cell) else cell for cell in row] for row in rows.tolist()],
        "predictions": booster.predict(matrix).astype(np.float64).reshape(len(rows), -1).tolist(),
    }


def main():
    n = 60
    rows = np.column_stack([draw.integers(0, 8, n).astype(float), draw.normal(size=(n, 2)).round(2)])
    rows[draw.random((n, 3)) < 0.1] = np.nan
    label = (np.isin(rows[:, 0], [1, 4, 6]) + np.nan_to_num(rows[:, 1]) > 0.5).astype(int)
    types = {
        "feature_types": ["c", "float", "float"],
        "feature_names": ["code", "größe", "x"],
        "enable_categorical": True,
    }
    hist = {"tree_method": "hist", "max_cat_to_onehot": 1}
    golden = {
        "versions": {"python": platform.python_version(), "xgboost": xgb.__version__, "numpy": np.__version__},
        "cases": [
            case("categories", {"objective": "binary:logistic"} | hist, rows, label, **types),
            case("several classes", {"objective": "multi:softprob", "num_class": 3}, rows, label + (rows[:, 2] > 0)),
            case("dart", {"objective": "binary:logistic", "booster": "dart", "rate_drop": 0.5}, rows, label),
            case("gblinear", {"objective": "reg:squarederror", "booster": "gblinear"}, rows, label),
        ],
    }
    (HERE / f"xgboost-ubj-{xgb.__version__}.json").write_text(json.dumps(golden, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
