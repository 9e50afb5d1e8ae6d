"""Makes older-model-VERSION.json with the XGBoost it runs under: a small model with category codes, as that version
writes it (text, since older versions write NaN, which is not JSON), with rows and what XGBoost answers for them.

    python -m pip install xgboost==1.7.6 'numpy<2' 'scipy<1.14'   # another environment: xgboost-cpu==2.1.4
    python test/golden/models/older-model.py
"""

import json
import pathlib
import platform
import tempfile

import numpy as np
import xgboost as xgb


def main():
    draw = np.random.default_rng(1)
    n = 80
    rows = np.column_stack([draw.integers(0, 8, n).astype(float), draw.normal(size=(n, 2)).round(2)])
    rows[draw.random((n, 3)) < 0.1] = np.nan
    label = (np.isin(rows[:, 0], [1, 4, 6]) + np.nan_to_num(rows[:, 1]) > 0.5).astype(int)
    matrix = xgb.DMatrix(rows, label, feature_types=["c", "float", "float"], enable_categorical=True)
    parameters = {"objective": "binary:logistic", "tree_method": "hist", "max_depth": 3, "max_cat_to_onehot": 1}
    booster = xgb.train(parameters | {"nthread": 1}, matrix, 3)
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "model.json"
        booster.save_model(path)
        text = path.read_text()
    golden = {
        "versions": {"python": platform.python_version(), "xgboost": xgb.__version__, "numpy": np.__version__},
        "model": text,
        "rows": [[None if np.isnan(cell) else cell for cell in row] for row in rows.tolist()],
        "predictions": booster.predict(matrix).astype(np.float64).tolist(),
    }
    target = pathlib.Path(__file__).parent / f"older-model-{xgb.__version__}.json"
    target.write_text(json.dumps(golden) + "\n")


if __name__ == "__main__":
    main()
