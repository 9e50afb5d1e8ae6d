"""Makes validation.json: the first 50 rows of the example project's validation.csv and XGBoost's pred_contribs for them.

    python -m pip install xgboost-cpu==3.2.0 pandas==3.1.1
    npx driftline demo /tmp/census
    python test/golden/explain/validation.py /tmp/census/baseline/validation.csv
"""

import json
import pathlib
import platform
import sys

import numpy as np
import pandas as pd
import xgboost as xgb

HERE = pathlib.Path(__file__).parent
DEMO = HERE.parent.parent.parent / "kernel-lib" / "demo"


def main():
    booster = xgb.Booster(model_file=DEMO / "census-model.json")
    booster.set_param({"nthread": 1})
    texts = pd.read_csv(sys.argv[1], keep_default_na=False, dtype=str, nrows=50)[booster.feature_names]
    train = pd.read_csv(DEMO / "adult-train.csv.gz", keep_default_na=False)
    frame = texts.copy()
    for name, kind in zip(booster.feature_names, booster.feature_types):
        if kind == "c":
            known = sorted(set(train[name]))
            frame[name] = pd.Categorical(texts[name].where(texts[name].isin(known), None), categories=known)
        else:
            frame[name] = pd.to_numeric(texts[name])
    matrix = xgb.DMatrix(frame, enable_categorical=True, nthread=1)
    golden = {
        "versions": {"python": platform.python_version(), "xgboost": xgb.__version__, "pandas": pd.__version__},
        "features": booster.feature_names,
        "rows": texts.values.tolist(),
        "contributions": booster.predict(matrix, pred_contribs=True).astype(np.float64).tolist(),
    }
    (HERE / "validation.json").write_text(json.dumps(golden) + "\n")


if __name__ == "__main__":
    main()
