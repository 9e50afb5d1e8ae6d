"""Makes linear-shap.json: what XGBoost's pred_contribs and shap's LinearExplainer give for linear models.

    python -m pip install xgboost-cpu==3.2.0 shap==0.51.0
    python test/golden/explain/linear-shap.py
"""

import json
import pathlib
import platform

import numpy as np
import shap
import xgboost as xgb

HERE = pathlib.Path(__file__).parent


def case(name, parameters, data, target):
    booster = xgb.train(
        {"booster": "gblinear", "updater": "coord_descent", "nthread": 1} | parameters, xgb.DMatrix(data, target), 6
    )
    model = json.loads(booster.save_raw("json").decode())
    classes = max(1, parameters.get("num_class", 1))
    stored = np.array(model["learner"]["gradient_booster"]["model"]["weights"], dtype=np.float32).astype(np.float64)
    weights = stored.reshape(-1, classes)[: data.shape[1]].T
    background, rows = data[:50], data[60:70]
    contributions = booster.predict(xgb.DMatrix(rows), pred_contribs=True).astype(np.float64)
    interventional = [
        shap.LinearExplainer((weights[k], 0.0), shap.maskers.Independent(background, max_samples=1000)).shap_values(rows)
        for k in range(classes)
    ]
    return {
        "name": name,
        "model": model,
        "background": background.tolist(),
        "rows": rows.tolist(),
        # By row, output, feature; the bias at the end.
        "contributions": contributions.reshape(len(rows), classes, -1).tolist(),
        "interventional": np.stack(interventional, axis=1).tolist(),
    }


def main():
    draw = np.random.default_rng(3)
    data = draw.normal(size=(200, 4)).astype(np.float32).astype(np.float64)
    target = data[:, 0] - 2 * data[:, 1] + 0.5 * data[:, 2] + draw.normal(size=200)
    result = {
        "versions": {
            "python": platform.python_version(),
            "numpy": np.__version__,
            "shap": shap.__version__,
            "xgboost": xgb.__version__,
        },
        "cases": [
            case("regression", {"objective": "reg:squarederror"}, data, target),
            case("binary", {"objective": "binary:logistic"}, data, (target > 0).astype(int)),
            case("three classes", {"objective": "multi:softprob", "num_class": 3}, data, np.digitize(target, [-1, 1])),
        ],
    }
    (HERE / "linear-shap.json").write_text(json.dumps(result, separators=(",", ":")) + "\n")


main()
