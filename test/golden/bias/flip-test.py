"""Golden values of the flip test: python flip-test.py GERMAN_CREDIT.csv > flip-test.json

FT is smclarify's; the two kinds of flips are counted with the same nearest neighbours that it takes. `tied` counts the
rows whose vote depends on which of equally near rows are taken, from all distances. German credit is `train.csv` of the
Clarify examples (1,000 rows), its predictions a logistic regression's; Adult is kernel-lib/demo/adult-train.csv.gz, its
predictions a rule that the test follows too. The other cases are made here. A cell that is null is missing.
"""
import json
import math
import sys
from importlib.metadata import version
from pathlib import Path

import numpy as np
import pandas as pd
from sklearn.linear_model import LogisticRegression
from sklearn.neighbors import KDTree, KNeighborsClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from smclarify.bias.metrics.posttraining import FT

ROOT = Path(__file__).resolve().parents[3]
rng = np.random.default_rng(20260401)
cases = []


def in_tree(columns, others, voters):
    """Whether scikit-learn looks for the neighbours in a k-d tree."""
    return columns <= 15 and voters < others // 2


def tied_rows(others, labels, group, voters):
    """Rows of the group on which neighbours at one distance could vote both ways."""
    tied = 0
    for row in group:
        distances = np.zeros(len(others))
        for column in range(others.shape[1]):
            with np.errstate(over="ignore"):
                distances += (row[column] - others[:, column]) ** 2
        edge = np.partition(distances, voters - 1)[voters - 1]
        nearer, equal = distances < edge, distances == edge
        places = voters - nearer.sum()
        votes, positive = labels[nearer].sum(), labels[equal].sum()
        least, most = votes + max(0, places - (equal.sum() - positive)), votes + min(places, positive)
        tied += (2 * least > voters) != (2 * most > voters)
    return int(tied)


def measure(features, side, prediction):
    features, side, prediction = pd.DataFrame(features), np.asarray(side, bool), np.asarray(prediction, bool)
    try:
        value = FT(features, pd.Series(side), pd.Series(prediction))
    except ValueError as error:
        return {"error": str(error)}
    rows = features.to_numpy()
    others, group, labels = rows[~side], rows[side], prediction[~side]
    voters = 5 if len(others) > 9 else 1
    judged = KNeighborsClassifier(voters).fit(others, labels).predict(group)
    positive, negative = int((prediction[side] & ~judged).sum()), int((~prediction[side] & judged).sum())
    assert value == (positive - negative) / len(group)
    return {
        "value": value,
        "toPositive": positive,
        "toNegative": negative,
        "rows": len(group),
        "tied": tied_rows(others.astype(float), labels, group.astype(float), voters),
        "inTree": in_tree(rows.shape[1], len(others), voters),
    }


def cell(value):
    if isinstance(value, str):
        return value
    if math.isinf(value):
        return "Infinity" if value > 0 else "-Infinity"
    if math.isnan(value):
        return None
    return int(value) if value % 1 == 0 and abs(value) < 1e15 and (value or math.copysign(1, value) > 0) else float(value)


def case(name, features, side, prediction):
    frame = pd.DataFrame(features)
    cases.append(
        {
            "name": name,
            "columns": [[cell(value) for value in frame[column]] for column in frame.columns],
            "side": [int(value) for value in side],
            "prediction": [int(value) for value in prediction],
            **measure(frame, side, prediction),
        }
    )


def sides(others, group):
    return rng.permutation(np.repeat([False, True], [others, group]))


def coins(rows, share=0.5):
    return rng.uniform(size=rows) < share


def normals(rows, columns):
    return np.round(rng.normal(size=(rows, columns)), 6)


def integers(rows, columns, levels):
    return rng.integers(0, levels, size=(rows, columns)).astype(float)


for columns in (1, 4, 9, 15, 16, 20):
    case(f"no ties, columns: {columns}", normals(200, columns), sides(120, 80), coins(200))
case("columns of different sizes", normals(200, 5) * [0.001, 1, 10, 1000, 1e6], sides(100, 100), coins(200))
case("most rows in the group", normals(150, 3), sides(12, 138), coins(150))
for others in (1, 2, 3, 4, 8, 9, 10, 11, 12):
    case(f"no ties, others: {others}", normals(others + 25, 3), sides(others, 25), coins(others + 25))
case("one row in the group", normals(40, 3), sides(39, 1), coins(40))
case("all positive", normals(60, 3), sides(30, 30), np.ones(60, bool))
case("others all negative", normals(60, 3), group := sides(30, 30), group)
for columns, levels, rows in ((1, 5, 60), (2, 3, 100), (3, 4, 140), (5, 3, 300), (8, 2, 200), (15, 2, 130)):
    name = f"ties, columns: {columns}, values: {levels}"
    case(name, integers(rows, columns, levels), sides(int(rows * 0.6), rows - int(rows * 0.6)), coins(rows))
case("ties of few others", integers(40, 2, 3), sides(14, 26), coins(40))
case("ties that rounding decides", np.round(integers(300, 4, 4) * [0.1, 0.3, 0.7, 7.7], 10), sides(170, 130), coins(300))
case("ties of ordered rows", np.column_stack([np.arange(600) // 3, integers(600, 1, 3)]), sides(400, 200), coins(600))
ramp = np.concatenate([np.arange(400), np.arange(400)[::-1]])
case("ties of rows in a ramp", np.column_stack([ramp, integers(800, 1, 3)]), sides(700, 100), coins(800))
case("equal rows", np.ones((90, 3)), sides(60, 30), coins(90))
case("equal rows but a few", np.where(coins(300, 0.05)[:, None], integers(300, 3, 9), 1.0), sides(200, 100), coins(300))
case("ties of 16 columns", integers(260, 16, 2), sides(160, 100), coins(260))
case("ties of 20 columns", integers(120, 20, 2), sides(80, 40), coins(120))
case("distances beyond the largest number", normals(50, 2) * 1e200, sides(30, 20), coins(50))
case("zeros of both signs", np.where(rng.uniform(size=(80, 2)) < 0.5, 0.0, -0.0), sides(50, 30), coins(80))

rows, group, labels = normals(30, 3), sides(20, 10), coins(30)
case("nobody in the group", rows, np.zeros(30, bool), labels)
case("everybody in the group", rows, np.ones(30, bool), labels)
case("no columns", rows[:, :0], group, labels)
texts = pd.DataFrame(rows).assign(text="x")
case("a column of texts", texts, group, labels)
case("a column of texts, nobody in the group", texts, np.zeros(30, bool), labels)
for name, holes in (
    ("missing among the others", [(False, 3, np.nan)]),
    ("missing in the group", [(True, 3, np.nan)]),
    ("infinite in the group", [(True, 2, np.inf)]),
    ("infinite among the others, missing in the group", [(False, 5, -np.inf), (True, 2, np.nan)]),
    ("missing before infinite among the others", [(False, 1, np.nan), (False, 5, np.inf)]),
    ("infinite before missing among the others", [(False, 1, np.inf), (False, 5, np.nan)]),
):
    holed = rows.copy()
    for side, place, value in holes:
        holed[np.flatnonzero(group == side)[place], 1] = value
    case(name, holed, group, labels)

credit = pd.read_csv(sys.argv[1])
features = credit.drop(columns="credit_risk")
model = make_pipeline(StandardScaler(), LogisticRegression()).fit(features, credit.credit_risk)
judged = model.predict(features) == 1
facets = {"age": credit.age <= 25, "personal_status_sex": credit.personal_status_sex == 2, "foreign_worker": credit.foreign_worker == 1}
german = {
    "names": list(features.columns),
    "columns": [[int(value) for value in features[name]] for name in features.columns],
    "prediction": [int(value) for value in judged],
    "facets": [
        {"facet": name, "side": [int(value) for value in side], **measure(features.drop(columns=name), side, judged)}
        for name, side in facets.items()
    ],
}

adult = pd.read_csv(ROOT / "kernel-lib/demo/adult-train.csv.gz")
numbers = ["age", "fnlwgt", "education-num", "capital-gain", "capital-loss", "hours-per-week"]
positive = (adult["education-num"] >= 13) | ((adult["education-num"] >= 10) & (adult.sex == "Male") & (adult.age > 40))
census = [
    {"names": names, "facet": facet, "group": value, **measure(adult[names], adult[facet] == value, positive)}
    for names, facet, value in (
        (numbers, "sex", "Female"),
        ([name for name in numbers if name != "fnlwgt"], "sex", "Female"),
        (["education-num", "hours-per-week"], "sex", "Female"),
        ([name for name in numbers if name != "fnlwgt"], "race", "Black"),
        ([name for name in numbers if name != "education-num"], "education-num", 10),
    )
]

points, queries = normals(500, 6), normals(60, 6)
distances, indices = KDTree(points, leaf_size=30).query(queries, k=9)

json.dump(
    {
        "versions": {name: version(name) for name in ("smclarify", "scikit-learn", "numpy", "pandas")},
        "neighbours": {
            "points": points.tolist(),
            "queries": queries.tolist(),
            "distances": distances.tolist(),
            "rows": indices.tolist(),
        },
        "german": german,
        "adult": census,
        "cases": cases,
    },
    sys.stdout,
    separators=(",", ":"),
)
print()
