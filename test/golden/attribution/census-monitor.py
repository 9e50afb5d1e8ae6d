"""Makes census-monitor.json: what the example project's attributions come to by XGBoost's pred_contribs and scikit-learn's
ndcg_score: of the training data, and of each day's requests against them.

    python -m pip install xgboost-cpu==3.2.0 pandas==3.1.1 scikit-learn==1.9.0
    npx driftline demo /tmp/census
    python test/golden/attribution/census-monitor.py /tmp/census
"""

import glob
import json
import pathlib
import platform
import sys

import numpy as np
import pandas as pd
import sklearn
import xgboost as xgb
from sklearn.metrics import ndcg_score

HERE = pathlib.Path(__file__).parent
DEMO = HERE.parent.parent.parent / "kernel-lib" / "demo"


def contributions(booster, texts, train):
    frame = texts.copy()
    for name, kind in zip(booster.feature_names, booster.feature_types):
        if kind == "c":
            known = sorted(set(train[name]))
            frame[name] = pd.Categorical(texts[name].where(texts[name].isin(known), None), categories=known)
        else:
            frame[name] = pd.to_numeric(texts[name])
    matrix = xgb.DMatrix(frame, enable_categorical=True, nthread=1)
    return booster.predict(matrix, pred_contribs=True).astype(np.float64)


def captured(project, day, names):
    rows = []
    for file in sorted(glob.glob(f"{project}/capture/census-income/AllTraffic/2026/03/{day:02d}/*/*.jsonl")):
        for line in open(file):
            try:
                data = json.loads(line)["captureData"]["endpointInput"]["data"]
            except ValueError:
                continue
            rows.append(data.strip().split(","))
    return pd.DataFrame(rows, columns=names)


def main():
    project = sys.argv[1]
    booster = xgb.Booster(model_file=DEMO / "census-model.json")
    booster.set_param({"nthread": 1})
    names = booster.feature_names
    train = pd.read_csv(DEMO / "adult-train.csv.gz", keep_default_na=False)
    training = pd.read_csv(f"{project}/baseline/training.csv", keep_default_na=False, dtype=str)[names]
    found = contributions(booster, training, train)
    base = found[:, :-1]
    sizes = np.abs(base).mean(axis=0)
    golden = {
        "versions": {
            "python": platform.python_version(),
            "xgboost": xgb.__version__,
            "pandas": pd.__version__,
            "scikit-learn": sklearn.__version__,
        },
        "features": names,
        "baseline": {
            "rows": len(base),
            "expected_value": float(found[0, -1]),
            "mean_abs": sizes.tolist(),
            "median": np.median(base, axis=0).tolist(),
            "mean_sq": (base**2).mean(axis=0).tolist(),
            "mean": base.mean(axis=0).tolist(),
        },
        "days": [],
    }
    for day in range(2, 9):
        now = contributions(booster, captured(project, day, names), train)[:, :-1]
        now_sizes = np.abs(now).mean(axis=0)
        golden["days"].append(
            {
                "day": f"2026-03-{day:02d}",
                "rows": len(now),
                "ndcg": float(ndcg_score([sizes], [now_sizes])),
                "mean_abs": now_sizes.tolist(),
                "mean": now.mean(axis=0).tolist(),
            }
        )
    (HERE / "census-monitor.json").write_text(json.dumps(golden) + "\n")


if __name__ == "__main__":
    main()
