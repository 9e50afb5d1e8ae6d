"""Trains kernel-lib/demo/census-model.json, once, and writes its card into kernel-lib/demo/README.md.

    python -m pip install xgboost-cpu==3.2.0 pandas==3.1.1 scikit-learn==1.9.1
    python scripts/train-census-model.py

Reads kernel-lib/demo/adult-{train,test}.csv.gz (scripts/prepare-census-data.py makes them) and brings the model's line
in SHA256SUMS up to date. One thread and a seed: a second run writes the same bytes.
"""

import hashlib
import pathlib
import platform
import re

import numpy as np
import pandas as pd
import sklearn
import xgboost as xgb
from sklearn.metrics import log_loss, roc_auc_score
from scipy.stats import ks_2samp

DEMO = pathlib.Path(__file__).parent.parent / "kernel-lib" / "demo"
LABEL = "income"
ROUNDS = 60
PARAMETERS = {
    "objective": "binary:logistic",
    "tree_method": "hist",
    "max_depth": 4,
    "eta": 0.25,
    "min_child_weight": 10,
    "max_cat_to_onehot": 4,
    "max_cat_threshold": 16,
    "seed": 20260302,
    "nthread": 1,
}


def read(name):
    # keep_default_na: '?' and every other text is a category of its own; the data set has no empty cell.
    return pd.read_csv(DEMO / name, keep_default_na=False)


def main():
    train, test = read("adult-train.csv.gz"), read("adult-test.csv.gz")
    # Every fifth row is held out (the first, the sixth, ...): the file is in random order already, and the example
    # project's generator (kernel-lib/src/demo) can tell the two parts apart without a list.
    held_out = np.arange(len(train)) % 5 == 0
    features = [name for name in train.columns if name != LABEL]
    categories = {
        name: sorted(set(train[name][~held_out]))
        for name in features
        if not pd.api.types.is_numeric_dtype(train[name])
    }
    for name, known in categories.items():
        for side, rows in (("held-out", train[held_out]), ("production", test)):
            unseen = set(rows[name]) - set(known)
            assert not unseen, f"{side} rows have categories of {name} that training has not: {unseen}"

    def matrix(rows):
        frame = rows[features].copy()
        for name, known in categories.items():
            frame[name] = pd.Categorical(frame[name], categories=known)
        return xgb.DMatrix(frame, rows[LABEL], enable_categorical=True)

    booster = xgb.train(PARAMETERS, matrix(train[~held_out]), ROUNDS)
    path = DEMO / "census-model.json"
    booster.save_model(path)

    parts = {"trained on": train[~held_out], "held out": train[held_out], "production": test}
    scores = {name: booster.predict(matrix(rows)) for name, rows in parts.items()}
    table = "\n".join(
        f"| {name} | {len(rows)} | {roc_auc_score(rows[LABEL], scores[name]):.4f} "
        f"| {log_loss(rows[LABEL], scores[name]):.4f} | {ks_2samp(scores['trained on'], scores[name]).statistic:.4f} |"
        for name, rows in parts.items()
    )
    parameters = ", ".join(f"{key} {value}" for key, value in PARAMETERS.items())
    card = f"""<!-- model card: written by scripts/train-census-model.py -->
- Trained by `scripts/train-census-model.py` with XGBoost {xgb.__version__}, pandas {pd.__version__},
  scikit-learn {sklearn.__version__}, NumPy {np.__version__}, Python {platform.python_version()}.
- {ROUNDS} rounds; {parameters}.
- Inputs: the 14 columns before `income`, `fnlwgt` included; texts are categorical features, and the file carries their
  table. Output: the probability of an income above 50,000 dollars.

| rows | count | ROC AUC | log loss | KS distance of the probability to "trained on" |
| --- | --- | --- | --- | --- |
{table}
<!-- end of model card -->"""
    readme = DEMO / "README.md"
    pattern = r"<!-- model card:.*?<!-- end of model card -->"
    readme.write_text(re.sub(pattern, lambda _: card, readme.read_text(), flags=re.S))

    sums = DEMO / "SHA256SUMS"
    others = [line for line in sums.read_text().splitlines() if not line.endswith(path.name)]
    sums.write_text("\n".join([*others, f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}"]) + "\n")
    print(f"{path.name}: {path.stat().st_size} bytes")
    print(table)


if __name__ == "__main__":
    main()
