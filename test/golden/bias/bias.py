"""Golden values of the bias metrics: python bias.py GERMAN_CREDIT.csv > bias.json

Each case is a table of counts and what smclarify says of the rows behind it. German credit is `train.csv` of the
Clarify examples (1,000 rows); Adult is kernel-lib/demo/adult-train.csv.gz. Their predictions are a logistic regression's
on the numeric columns. The other cases are made from counts. Counts stand at side * 4 + label * 2 + prediction; side 1
is the facet's group. Flips are counted with the same nearest neighbours that smclarify takes.
"""
import json
import logging
import sys
from importlib.metadata import version
from pathlib import Path

import numpy as np
import pandas as pd
from sklearn.linear_model import LogisticRegression
from sklearn.neighbors import KNeighborsClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from smclarify.bias.report import FacetColumn, LabelColumn, StageType, bias_report

logging.disable(logging.CRITICAL)
ROOT = Path(__file__).resolve().parents[3]
cases = []
described = {}


def counts(sides, labels, predictions):
    """Eight counts of rows."""
    places = sides.astype(int) * 4 + labels.astype(int) * 2 + predictions.astype(int)
    return np.bincount(places, minlength=8).tolist()


def flips(features, sides, predictions):
    """How many rows of the group would be judged otherwise by their neighbours among the others."""
    if len(features.columns) != len(features.select_dtypes([np.number, bool]).columns):
        return {"error": "FlipTest does not support non-numeric columns"}
    rows, sides, predictions = features.to_numpy(), np.asarray(sides), np.asarray(predictions)
    if sides.all() or not sides.any():
        return None
    neighbours = KNeighborsClassifier(5 if (~sides).sum() > 9 else 1).fit(rows[~sides], predictions[~sides])
    judged = neighbours.predict(rows[sides])
    found = predictions[sides]
    return {
        "toPositive": int((found & ~judged).sum()),
        "toNegative": int((~found & judged).sum()),
        "rows": int(sides.sum()),
    }


def report(frame, facet, values, label, predicted, positive, group, stage):
    """By metric smclarify's value, or its words; or the words with which it refuses them all."""
    try:
        answers = bias_report(
            frame.copy(),
            FacetColumn(facet, values),
            LabelColumn(label, frame[label], [positive]),
            stage,
            LabelColumn(predicted, frame[predicted], [positive]),
            group_variable=None if group is None else frame[group],
        )
    except ValueError as error:
        return str(error)
    (answer,) = answers
    described[stage.value] = [[metric["name"], metric["description"]] for metric in answer["metrics"]]
    return {metric["name"]: metric.get("error", metric["value"]) for metric in answer["metrics"]}


def case(name, frame, facet, values, sides, label, positive, group=None):
    """`sides`: which rows are of the facet's group; the prediction is in the column `prediction`."""
    labels, predictions = frame[label] == positive, frame["prediction"] == positive
    groups = None
    if group is not None:
        groups = [
            counts(sides[frame[group] == value], labels[frame[group] == value], predictions[frame[group] == value])
            for value in np.unique(frame[group])
        ]
    arguments = (frame, facet, values, label, "prediction", positive, group)
    cases.append(
        {
            "name": name,
            "cells": counts(sides, labels, predictions),
            "groups": groups,
            "flips": flips(frame.drop(columns=[facet, label, "prediction"]), sides, predictions),
            "preTraining": report(*arguments, StageType.PRE_TRAINING),
            "postTraining": report(*arguments, StageType.POST_TRAINING),
        }
    )


def predict(features, labels):
    """Labels as a logistic regression sees them."""
    return make_pipeline(StandardScaler(), LogisticRegression(max_iter=1000)).fit(features, labels).predict(features)


german = pd.read_csv(sys.argv[1])
german["prediction"] = predict(german.drop(columns="credit_risk"), german["credit_risk"])


def german_case(facet, values, sides, group):
    name = f"German credit, {facet} {values}, by {group}"
    case(name, german, facet, values, sides, "credit_risk", 1, group)


german_case("age", [25], german["age"] > 25, "housing")
german_case("age", [40], german["age"] > 40, "job")
german_case("personal_status_sex", [2], german["personal_status_sex"] == 2, "housing")
german_case("personal_status_sex", [1, 4], german["personal_status_sex"].isin([1, 4]), "purpose")
german_case("foreign_worker", [1], german["foreign_worker"] == 1, "job")
german_case("foreign_worker", [2], german["foreign_worker"] == 2, None)
german_case("number_credits", [4], german["number_credits"] == 4, "duration")

adult = pd.read_csv(ROOT / "kernel-lib/demo/adult-train.csv.gz")
adult["prediction"] = predict(adult.select_dtypes("number").drop(columns="income"), adult["income"])
for text in adult.select_dtypes(exclude="number"):
    adult[text] = adult[text].astype("category")


def adult_case(facet, values, sides, group):
    case(f"Adult, {facet} {values}, by {group}", adult, facet, values, sides, "income", 1, group)


adult_case("sex", ["Female"], adult["sex"] == "Female", "occupation")
adult_case("sex", ["Male"], adult["sex"] == "Male", "native-country")
adult_case("race", ["Black"], adult["race"] == "Black", "education")
adult_case("race", ["Amer-Indian-Eskimo", "Other"], adult["race"].isin(["Amer-Indian-Eskimo", "Other"]), "age")
adult_case("hours-per-week", [60], adult["hours-per-week"] == 60, None)


def made(name, cells, groups=None):
    """Rows from counts: all of them, or group by group of the group variable."""
    rows = []
    for group, of_group in enumerate([cells] if groups is None else groups):
        for place, count in enumerate(of_group):
            rows += [(place // 4, place // 2 % 2, place % 2, group)] * count
    frame = pd.DataFrame(rows, columns=["side", "label", "prediction", "group"], dtype=int)
    sides = frame["side"] == 1
    frame["x"] = np.arange(len(frame)) * 0.618 % 1
    for column, values in {"side": ["a", "d"], "label": ["no", "yes"], "prediction": ["no", "yes"]}.items():
        texts = [values[cell] for cell in frame[column]]
        frame[column] = pd.Categorical(texts, categories=[*values], ordered=False)
    case(name, frame, "side", ["d"], sides, "label", "yes", None if groups is None else "group")


made("nobody in the group", [5, 2, 3, 7, 0, 0, 0, 0], [[3, 1, 2, 3, 0, 0, 0, 0], [2, 1, 1, 4, 0, 0, 0, 0]])
made("everybody in the group", [0, 0, 0, 0, 5, 2, 3, 7], [[0, 0, 0, 0, 3, 1, 2, 3], [0, 0, 0, 0, 2, 1, 1, 4]])
made("one row a side", [1, 0, 0, 0, 0, 0, 0, 1])
made("one row a side, alike", [0, 0, 0, 1, 0, 0, 0, 1])
made("negative labels in the group", [20, 3, 5, 12, 9, 4, 0, 0])
made("positive labels in the group", [20, 3, 5, 12, 0, 0, 9, 4])
made("negative labels in the others", [9, 4, 0, 0, 20, 3, 5, 12])
made("positive labels in the others", [0, 0, 9, 4, 20, 3, 5, 12])
made("no label in common", [0, 0, 6, 8, 7, 3, 0, 0])
made("no label in common, the other way round", [6, 8, 0, 0, 0, 0, 7, 3])
made("all labels positive", [0, 0, 6, 8, 0, 0, 7, 3], [[0, 0, 2, 4, 0, 0, 3, 2], [0, 0, 4, 4, 0, 0, 4, 1]])
made("all labels negative", [6, 8, 0, 0, 7, 3, 0, 0], [[2, 4, 0, 0, 3, 2, 0, 0], [4, 4, 0, 0, 4, 1, 0, 0]])
made("all predicted positive", [0, 5, 0, 8, 0, 7, 0, 3], [[0, 2, 0, 4, 0, 3, 0, 2], [0, 3, 0, 4, 0, 4, 0, 1]])
made("none predicted positive", [5, 0, 8, 0, 7, 0, 3, 0], [[2, 0, 4, 0, 3, 0, 2, 0], [3, 0, 4, 0, 4, 0, 1, 0]])
made("group never predicted positive", [11, 4, 6, 9, 8, 0, 3, 0])
made("others never predicted positive", [8, 0, 3, 0, 11, 4, 6, 9])
made("group always predicted positive", [11, 4, 6, 9, 0, 8, 0, 3])
made("others always predicted positive", [0, 8, 0, 3, 11, 4, 6, 9])
made("group never predicted positive nor labelled", [11, 4, 6, 9, 8, 0, 0, 0])
made("no false positives in the group", [11, 4, 6, 9, 8, 0, 2, 5])
made("no false positives in the others", [8, 0, 2, 5, 11, 4, 6, 9])
made("no false positives", [8, 0, 2, 5, 11, 0, 6, 9])
made("no errors in the group", [11, 4, 6, 9, 8, 0, 0, 5])
made("no errors", [11, 0, 0, 9, 8, 0, 0, 5])
made("only errors", [0, 11, 9, 0, 0, 8, 5, 0])

rng = np.random.default_rng(20260405)
eye = np.eye(8, dtype=int)
made("one row per group of the group variable", [], [eye[place].tolist() for place in rng.integers(0, 8, 60)])
for groups in (3, 8, 9, 17, 130, 300):
    made(f"{groups} groups", [], rng.poisson(rng.gamma(1, 2, size=(groups, 8))).tolist())
for number in range(40):
    made(f"few rows {number}", rng.poisson(rng.choice([0.3, 1, 4], size=8)).tolist())
for number in range(20):
    made(f"many rows {number}", [], rng.poisson(rng.gamma(1, 60, size=(4, 8))).tolist())

json.dump(
    {
        "versions": {name: version(name) for name in ("smclarify", "pandas", "numpy", "scikit-learn")},
        "described": described,
        "cases": cases,
    },
    sys.stdout,
    separators=(",", ":"),
)
print()
