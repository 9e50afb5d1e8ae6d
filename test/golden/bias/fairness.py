"""Golden values of fairness metrics, of the counts in bias.json: python fairness.py > fairness.json

Each case has the values of Fairlearn and of AIF360 by name; null where they give NaN.
"""
import json
import logging
import math
import sys
import warnings
from importlib.metadata import version
from pathlib import Path

import numpy as np
import pandas as pd

warnings.filterwarnings("ignore")
logging.disable(logging.WARNING)
np.seterr(all="ignore")

import fairlearn.metrics  # noqa: E402
from aif360.datasets import BinaryLabelDataset  # noqa: E402
from aif360.metrics import ClassificationMetric  # noqa: E402

FAIRLEARN = [
    f"{name}_{kind}"
    for name in ("demographic_parity", "equalized_odds", "equal_opportunity")
    for kind in ("difference", "ratio")
]
AIF360 = [
    "statistical_parity_difference",
    "disparate_impact",
    "equal_opportunity_difference",
    "equalized_odds_difference",
    "average_odds_difference",
    "average_abs_odds_difference",
    "false_positive_rate_difference",
]


def plain(value):
    value = float(value)
    return None if math.isnan(value) else "Infinity" if math.isinf(value) else value


def of_fairlearn(sides, labels, predictions):
    return {
        name: plain(getattr(fairlearn.metrics, name)(labels, predictions, sensitive_features=sides))
        for name in FAIRLEARN
    }


def of_aif360(sides, labels, predictions):
    def dataset(outcomes):
        frame = pd.DataFrame({"side": sides, "outcome": outcomes}).astype(float)
        return BinaryLabelDataset(df=frame, label_names=["outcome"], protected_attribute_names=["side"])

    metric = ClassificationMetric(
        dataset(labels), dataset(predictions), unprivileged_groups=[{"side": 1}], privileged_groups=[{"side": 0}]
    )
    return {name: plain(getattr(metric, name)()) for name in AIF360}


cases = []
for case in json.loads((Path(__file__).parent / "bias.json").read_text())["cases"]:
    places = np.repeat(np.arange(8), case["cells"])
    rows = (places // 4, places // 2 % 2, places % 2)
    if len(set(rows[0])) == 2:
        cases.append({"cells": case["cells"], "fairlearn": of_fairlearn(*rows), "aif360": of_aif360(*rows)})

versions = {name: version(name) for name in ("fairlearn", "aif360", "scikit-learn", "pandas", "numpy")}
json.dump({"versions": versions, "cases": cases}, sys.stdout, separators=(",", ":"))
print()
