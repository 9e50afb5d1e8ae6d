"""Makes census-predictions.json: rows of kernel-lib/demo/adult-test.csv.gz and what XGBoost itself answers for them.

    python -m pip install xgboost-cpu==3.2.0 pandas==3.1.1
    python test/golden/models/census-predictions.py

380 rows as they are, 80 with one to fourteen cells missing, 40 with a category the model was not trained on. Such a
category reaches XGBoost as missing, as it does in a service that declares the training categories to pandas (without
that, XGBoost 3.1 refuses the row: https://github.com/dmlc/xgboost/issues/11826).
"""

import json
import pathlib
import platform
import random

import numpy as np
import pandas as pd
import xgboost as xgb

HERE = pathlib.Path(__file__).parent
DEMO = HERE.parent.parent.parent / "kernel-lib" / "demo"


def main():
    booster = xgb.Booster(model_file=DEMO / "census-model.json")
    booster.set_param({"nthread": 1})
    train = pd.read_csv(DEMO / "adult-train.csv.gz", keep_default_na=False)
    test = pd.read_csv(DEMO / "adult-test.csv.gz", keep_default_na=False)
    features = booster.feature_names
    texts = [name for name, kind in zip(features, booster.feature_types) if kind == "c"]
    draw = random.Random(3)
    rows = []
    for index, place in enumerate(draw.sample(range(len(test)), 500)):
        row = {name: test[name][place] for name in features}
        row = {name: value if name in texts else int(value) for name, value in row.items()}
        if 380 <= index < 460:
            for name in draw.sample(features, draw.randint(1, 3) if index < 450 else draw.randint(4, 14)):
                row[name] = None
        elif index >= 460:
            row[draw.choice(texts)] = draw.choice(["Gig", "", "private", "Ünseen", "0"])
        rows.append(row)

    frame = pd.DataFrame(rows, columns=features, dtype=object)
    for name in features:
        if name in texts:
            known = sorted(set(train[name]))
            frame[name] = pd.Categorical(frame[name].where(frame[name].isin(known), None), categories=known)
        else:
            frame[name] = frame[name].astype(float)
    matrix = xgb.DMatrix(frame, enable_categorical=True)
    golden = {
        "versions": {"python": platform.python_version(), "xgboost": xgb.__version__, "pandas": pd.__version__},
        "features": features,
        "rows": [list(row.values()) for row in rows],
        # repr of a float32 taken as float64: nothing is rounded away.
        "probabilities": booster.predict(matrix).astype(np.float64).tolist(),
        "margins": booster.predict(matrix, output_margin=True).astype(np.float64).tolist(),
    }
    lines = [f'  "{key}": {json.dumps(value, ensure_ascii=False)}' for key, value in golden.items() if key != "rows"]
    body = ",\n".join(f"    {json.dumps(row, ensure_ascii=False)}" for row in golden["rows"])
    lines.insert(2, f'  "rows": [\n{body}\n  ]')
    (HERE / "census-predictions.json").write_text("{\n" + ",\n".join(lines) + "\n}\n")


if __name__ == "__main__":
    main()
