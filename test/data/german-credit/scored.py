"""German credit with the predictions of a model: python scored.py > scored.csv

Reads test/conformance/data/german-credit/train.csv. `probability` is that of `credit_risk` 1 (credit that was paid back)
by a random forest that did not see the row (five folds), `predicted_risk` 1 where it is above 0.5.
scikit-learn 1.9.1, pandas 3.1.1.
"""

import sys
from pathlib import Path

import pandas as pd
from sklearn.ensemble import RandomForestClassifier
from sklearn.model_selection import StratifiedKFold, cross_val_predict

german = pd.read_csv(Path(__file__).parents[2] / "conformance/data/german-credit/train.csv")
features, labels = german.drop(columns="credit_risk"), german["credit_risk"]
forest = RandomForestClassifier(n_estimators=50, min_samples_leaf=5, random_state=20260309)
folds = StratifiedKFold(5, shuffle=True, random_state=20260309)
probability = cross_val_predict(forest, features, labels, cv=folds, method="predict_proba")[:, 1].round(4)
german["predicted_risk"] = (probability > 0.5).astype(int)
german["probability"] = probability
# Sorted by label in the original: shuffled, so that a part of the file is like the whole.
german.sample(frac=1, random_state=20260309).to_csv(sys.stdout, index=False, lineterminator="\n")
