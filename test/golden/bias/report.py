"""Golden analysis.json of the bias monitor: python report.py > report.json

What smclarify's `bias_report` says of whole datasets under an `analysis_config.json`, put together as the service writes
it. `cases` are baselines, `checks` two parts of one dataset with the violations of the rule |current| > |baseline|.
Datasets: `german` is test/data/german-credit/scored.csv; `adult` is kernel-lib/demo/adult-train.csv.gz with a column
`prediction`, whose bits are in `adultPredictions`; any other is in `tables` (`.csv` and `.jsonl` are the same rows), and
was drawn here. A configuration is kept as text, since 40 and 40.0 are two things in it.
"""

import base64
import io
import json
import logging
import sys
from importlib.metadata import version
from pathlib import Path

import numpy as np
import pandas as pd
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from smclarify.bias.metrics import POSTTRAINING_METRICS, PRETRAINING_METRICS
from smclarify.bias.report import FacetColumn, LabelColumn, StageType, bias_report, label_value_or_threshold

logging.disable(logging.CRITICAL)
ROOT = Path(__file__).resolve().parents[3]
frames, tables, cases, checks = {}, {}, [], []


def stage(frame, config, facets, kind):
    """One stage of `analysis.json`. smclarify changes the lists it is given, so each call gets new ones."""
    values = json.loads(json.dumps(config["label_values_or_threshold"]))
    methods = {StageType.PRE_TRAINING: "pre_training_bias", StageType.POST_TRAINING: "post_training_bias"}[kind]
    wanted = config.get("methods", {}).get(methods, {}).get("methods", "all")
    label, predicted = config["label"], config.get("predictor", {}).get("label")
    group = config.get("group_variable")
    names = [*frame.columns]
    name = lambda place: names[place] if isinstance(place, int) else place
    label, predicted, group = name(label), name(predicted), name(group)
    found = {}
    for facet in facets:
        given = facet.get("value_or_threshold")
        found[name(facet["name_or_index"])] = bias_report(
            frame.copy(),
            FacetColumn(name(facet["name_or_index"]), given and [*given]),
            LabelColumn(label, frame[label], [*values]),
            kind,
            None if predicted is None else LabelColumn(predicted, frame[predicted], [*values]),
            metrics=["all"] if wanted == "all" else wanted,
            group_variable=None if group is None else frame[group],
        )
    return {
        "label": label,
        "facets": found,
        "label_value_or_threshold": label_value_or_threshold(frame[label], [*values]),
    }


def analysis(frame, text):
    """`analysis.json` as the service puts it together."""
    config = json.loads(text)
    facets = config["facet"] if isinstance(config["facet"], list) else [config["facet"]]
    frame = frame.drop(columns=config.get("excluded_columns", []))
    if not isinstance(config.get("predictor", {}).get("probability", 0), int):
        frame = frame.drop(columns=config["predictor"]["probability"])
    methods = config.get("methods", {"pre_training_bias": {}, "post_training_bias": {}})
    found = {"version": "1.0"}
    if "predictor" in config and "post_training_bias" in methods:
        found["post_training_bias_metrics"] = stage(frame, config, facets, StageType.POST_TRAINING)
    if "pre_training_bias" in methods:
        found["pre_training_bias_metrics"] = stage(frame, config, facets, StageType.PRE_TRAINING)
    return found


def case(name, dataset, text):
    """A baseline."""
    try:
        cases.append({"name": name, "dataset": dataset, "config": text, "analysis": analysis(frames[dataset], text)})
    except ValueError as error:
        raise SystemExit(f"{name}: {error}")


def numbers(found):
    """All numbers of an analysis, after training first."""
    for key in ("post_training_bias_metrics", "pre_training_bias_metrics"):
        for facet, groups in found.get(key, {}).get("facets", {}).items():
            for group in groups:
                for metric in group["metrics"]:
                    yield facet, group["value_or_threshold"], metric["name"], metric["value"]


def start(value):
    """What two samples have in common of `(40, 75]`, which ends with the greatest number of each."""
    return value.split(",")[0] if value.startswith("(") else value


def check(name, dataset, text, split):
    """Two parts of a dataset, before and from row `split`, and the service's rule."""
    frame = frames[dataset]
    before, now = analysis(frame[:split], text), analysis(frame[split:].reset_index(drop=True), text)
    violations = []
    known = {(facet, start(value), metric): number for facet, value, metric, number in numbers(before)}
    for facet, value, metric, new in numbers(now):
        old = known.get((facet, start(value), metric))
        # An infinite number is a text in analysis.json.
        if old is not None and new is not None and abs(float(new)) > abs(float(old)):
            new, old = (number if isinstance(number, str) else float(number) for number in (new, old))
            said = f"Metric value {new} doesn't meet the baseline constraint requirement {old}"
            violations.append({"facet": facet, "facet_value": value, "metric_name": metric, "description": said})
    checks.append(
        {
            "name": name,
            "dataset": dataset,
            "split": split,
            "config": text,
            "baseline": before,
            "current": now,
            "violations": violations,
        }
    )


def config(facet, values="[1]", label='"credit_risk"', predictor='{"label": "predicted_risk"}', **more):
    """The text of an `analysis_config.json`."""
    entries = {"label": label, "label_values_or_threshold": values, "facet": facet, "predictor": predictor, **more}
    return "{" + ", ".join(f'"{key}": {value}' for key, value in entries.items() if value is not None) + "}"


def read(text):
    """A table as pandas reads it; texts are categories, which smclarify takes under any version of pandas."""
    frame = pd.read_csv(io.StringIO(text))
    for column in frame.select_dtypes(["str", "object"]):
        frame[column] = frame[column].astype("category")
    return frame


# German credit

german = ROOT / "test/data/german-credit/scored.csv"
frames["german"] = read(german.read_text())
scored = '{"label": "predicted_risk", "probability": "probability"}'


def facet(name, *values):
    """A facet, its values as they stand in JSON."""
    of_values = f', "value_or_threshold": [{", ".join(values)}]' if values else ""
    return f'{{"name_or_index": {name}{of_values}}}'


def german_case(name, facets, **more):
    case(f"German credit, {name}", "german", config(facets, predictor=scored, **more))


german_case("age above 40, a continuous column", facet('"age"', "40"), group_variable='"housing"')
german_case("age above 25.5, a threshold between whole numbers", facet('"age"', "25.5"), group_variable='"housing"')
german_case("age above 40.0, a fraction in the configuration", facet('"age"', "40.0"), group_variable='"housing"')
german_case("age above a text", facet('"age"', '"40"'), group_variable='"housing"')
german_case("duration of 24: few different whole numbers are categories", facet('"duration"', "24"))
german_case("one value", facet('"personal_status_sex"', "2"), group_variable='"housing"')
german_case("one value, as a text", facet('"personal_status_sex"', '"2"'), group_variable='"job"')
german_case("one value, as a fraction", facet('"personal_status_sex"', "2.0"), group_variable='"job"')
german_case("several values", facet('"personal_status_sex"', "1", "4"), group_variable='"purpose"')
german_case("every value", facet('"personal_status_sex"'), group_variable='"housing"')
german_case("foreign worker", facet('"foreign_worker"', "1"), group_variable='"housing"')
german_case(
    "several facets, by index, with a group variable by index",
    f'[{facet("12", "40")}, {facet("8")}, {facet(chr(34) + "foreign_worker" + chr(34), "2")}]',
    group_variable="14",
)
german_case("the other label", facet('"foreign_worker"', "1"), values="[0]")
german_case("the label as a text", facet('"foreign_worker"', "1"), values='["1"]')
german_case("the label as a fraction", facet('"foreign_worker"', "1"), values="[1.0]")
german_case("the label as true", facet('"foreign_worker"', "1"), values="[true]")
german_case(
    "some metrics",
    facet('"foreign_worker"', "1"),
    methods='{"pre_training_bias": {"methods": ["DPL", "CI"]}, "post_training_bias": {"methods": ["DI", "AD"]}}',
)
german_case(
    "one stage",
    facet('"foreign_worker"', "1"),
    methods='{"post_training_bias": {"methods": "all"}, "report": {"name": "report"}}',
)
case(
    "German credit, labels alone",
    "german",
    config(
        facet('"age"', "40"),
        predictor=None,
        group_variable='"housing"',
        excluded_columns='["predicted_risk", "probability"]',
    ),
)
german_check = f'[{facet(chr(34) + "age" + chr(34), "40")}, {facet(chr(34) + "personal_status_sex" + chr(34), "2")}]'
check(
    "German credit",
    "german",
    config(german_check, predictor=scored, group_variable='"housing"'),
    500,
)
check(
    "German credit, foreign workers, each housing",
    "german",
    config(
        f'[{facet(chr(34) + "foreign_worker" + chr(34), "1")}, {facet(chr(34) + "housing" + chr(34))}]',
        predictor=scored,
    ),
    800,
)

# Adult

adult = pd.read_csv(ROOT / "kernel-lib/demo/adult-train.csv.gz", keep_default_na=False)
features = adult.select_dtypes("number").drop(columns="income")
model = make_pipeline(StandardScaler(), LogisticRegression(max_iter=1000)).fit(features, adult["income"])
adult["prediction"] = model.predict(features)
adult_predictions = base64.b64encode(np.packbits(adult["prediction"].to_numpy().astype(bool))).decode()
frames["adult"] = read(adult.to_csv(index=False))


def adult_case(name, facets, **more):
    text = config(facets, label='"income"', predictor='{"label": "prediction"}', **more)
    case(f"Adult, {name}", "adult", text)


adult_case("sex", facet('"sex"', '"Female"'), group_variable='"occupation"')
adult_case("every race", facet('"race"'), group_variable='"education"')
adult_case("two races", facet('"race"', '"Black"', '"Other"'), group_variable='"native-country"')
adult_case("age of 40: few different whole numbers are categories", facet('"age"', "40"), group_variable='"sex"')
adult_case("hours of 60, no group variable", facet('"hours-per-week"', "60"))
adult_case("an unusual weight, by age", facet('"fnlwgt"', "400000"), group_variable='"age"')

# Models: what they answer is in `census`, whose rows are those of test/golden/models/census-predictions.json, and in
# `german-rule`, by a rule that the test states again.

census = json.loads((ROOT / "test/golden/models/census-predictions.json").read_text())
rows = pd.DataFrame(census["rows"][:380], columns=census["features"])
scores = np.array(census["probabilities"][:380])
rows["income"] = (np.random.default_rng(20260309).random(380) < scores).astype(int)
census_labels = rows["income"].tolist()
frames["census"] = read(rows.assign(prediction=(scores > 0.5).astype(int)).to_csv(index=False))
case(
    "Census, answers of XGBoost",
    "census",
    config(
        f'[{facet(chr(34) + "sex" + chr(34), chr(34) + "Female" + chr(34))}, {facet(chr(34) + "age" + chr(34), "40")}]',
        label='"income"',
        predictor='{"label": "prediction"}',
        group_variable='"occupation"',
    ),
)
rule = frames["german"].drop(columns="probability")
rule["predicted_risk"] = (rule["amount"] <= 4000).astype(int)
frames["german-rule"] = rule
case("German credit, answers of a rule", "german-rule", config(german_check, group_variable='"housing"'))
rule = rule.assign(predicted_risk=rule["duration"] + rule["age"] / 4, credit_risk=rule["duration"] + rule["housing"])
frames["german-amount"] = rule
case(
    "German credit, values of a rule for a continuous label",
    "german-amount",
    config(facet('"foreign_worker"', "1"), values="[30.5]"),
)

# Tables drawn here

rng = np.random.default_rng(20260309)
ROWS = 120


def table(name, **columns):
    """A table of ROWS rows, read back from its text as any dataset."""
    tables[name] = pd.DataFrame(columns).to_csv(index=False, lineterminator="\n")
    frames[name] = read(tables[name])


def some(*values, weights=None):
    return rng.choice([*values], ROWS, p=weights)


def drawn(**columns):
    """Two features, and a label that a prediction mostly meets."""
    label = rng.random(ROWS) < 0.45
    prediction = np.where(rng.random(ROWS) < 0.75, label, ~label)
    numbers = {"x": rng.integers(0, 12, ROWS), "z": rng.random(ROWS).round(2)}
    return {**numbers, "y": label.astype(int), "p": prediction.astype(int), **columns}


def small(name, table_name, facets, values="[1]", **more):
    case(name, table_name, config(facets, values, '"y"', more.pop("predictor", '{"label": "p"}'), **more))


side = lambda share: np.where(rng.random(ROWS) < share, "d", "a")
table("fractions", **drawn(f=(rng.normal(0, 1, ROWS)).round(3), g=some(1.5, 2.25, 40.0)))
small("a facet of fractions", "fractions", facet('"f"', "0.25"), group_variable='"g"')
small("a facet of fractions, a negative threshold", "fractions", facet('"f"', "-1"), group_variable='"x"')
small("a facet of fractions, a tiny threshold", "fractions", facet('"f"', "1e-05"))
small("fractions that are whole", "fractions", facet('"g"', "2"))
table("whole-fractions", **drawn(f=some(1.0, 2.0, 3.0, 4.0, 5.0), g=some("a", "b")))
small("a facet of whole numbers written as fractions", "whole-fractions", facet('"f"', "3"), group_variable='"g"')
table("below", **drawn(f=-rng.integers(1, 60, ROWS), g=some("k", "l")))
small("a facet below zero", "below", facet('"f"', "-20"))
table("large", **drawn(f=(10.0 ** rng.integers(-6, 19, ROWS)) * rng.integers(1, 9, ROWS)))
small("a facet from 1e-6 to 1e19", "large", facet('"f"', "1000"))
table("texts", **drawn(s=some("d", "a", "b c", "Ünseen", "é,\"x\""), g=some("m", "M", "Ä", "z", " ", "0")))
small("every text", "texts", facet('"s"'), group_variable='"g"')
small("several texts, one of which is never met", "texts", facet('"s"', '"b c"', '"never"', '"Ünseen"'))
small("a number for a text", "texts", facet('"g"', "0"), group_variable='"s"')
table("booleans", **drawn(s=some(True, False), g=some(True, False), y=some(True, False), p=some(True, False)))
small("true for the facet and for the label", "booleans", facet('"s"', "true"), "[true]", group_variable='"g"')
small("false for the facet", "booleans", facet('"s"', "false"), "[true]", group_variable='"x"')
small("1 for true", "booleans", facet('"s"', "1"), "[1]")
small("0 for false", "booleans", facet('"s"', "0"), "[0]")
small("a text for true", "booleans", facet('"s"', '"True"'), '["True"]')
small("each truth", "booleans", facet('"s"'), "[false]")
table("boolean-label", **drawn(s=side(0.4), y=some(0, 1), p=some(True, False)))
small("a prediction that is true for a label that is 1", "boolean-label", facet('"s"', '"d"'))
table("classes", **drawn(s=side(0.4), y=some("b", "c", "a", "d"), p=some("a", "b", "c")))
small("several classes", "classes", facet('"s"', '"d"'), '["b", "c"]')
small("one class of four, which is never predicted, beside one that is", "classes", facet('"s"', '"d"'), '["d", "a"]')
table("levels", **drawn(s=side(0.4), y=some(0, 1, 2, 3), p=some(0, 1, 2, 3)))
small("several numbers as classes", "levels", facet('"s"', '"d"'), "[2, 3]", group_variable='"x"')
small("one number of four", "levels", facet('"s"', '"d"'), "[2]")
values = rng.integers(0, 100, ROWS)
table("amounts", **drawn(s=side(0.4), y=values, p=np.clip(values + rng.integers(-20, 20, ROWS), 0, 99)))
small("a continuous label", "amounts", facet('"s"', '"d"'), "[50]", group_variable='"x"')
small("a continuous label, a threshold of a text", "amounts", facet('"s"', '"d"'), '["50"]')
values = rng.normal(50, 20, ROWS).round(2)
table("prices", **drawn(s=side(0.4), y=values, p=(values + rng.normal(0, 15, ROWS)).round(3)))
small("a label of fractions", "prices", facet('"s"', '"d"'), "[50]", group_variable='"x"')
small("a label of fractions, a threshold of a fraction", "prices", facet('"s"', '"d"'), "[61.25]")
values = rng.integers(0, 30, ROWS)
table("cut", **drawn(s=side(0.4), y=values, p=(values + rng.normal(0, 2, ROWS)).round(2)))
small("fractions predicted for whole numbers", "cut", facet('"s"', '"d"'), "[15]")
stars = some(1.0, 2.0, 3.0, 4.0, 5.0)
table("stars", **drawn(s=side(0.4), y=stars, p=np.clip(stars + some(-1, 0, 1), 1, 5)))
small("a label of whole numbers written as fractions", "stars", facet('"s"', '"d"'), "[3]")
table(
    "gaps",
    **drawn(
        s=pd.Series(some("d", "a", "b")).where(rng.random(ROWS) < 0.9),
        f=pd.Series(rng.random(ROWS).round(2)).where(rng.random(ROWS) < 0.9),
        g=pd.Series(rng.integers(1, 9, ROWS)).where(rng.random(ROWS) < 0.9),
    ),
)
small("missing texts of a facet", "gaps", facet('"s"', '"d"'), group_variable='"g"')
small("missing numbers of a facet", "gaps", facet('"f"', "0.4"))
small("missing whole numbers of a facet", "gaps", facet('"g"', "4"))
small(
    "columns that are left out",
    "gaps",
    facet('"s"', '"d"'),
    excluded_columns='["f", "g"]',
)
table("mixed", **drawn(s=np.concatenate([some("1", "2", "3")[:60], some("1", "2", "x")[60:]]), g=some("1", "1.5", "k")))
small("numbers among texts", "mixed", facet('"s"', "1"), group_variable='"g"')
table("nobody", **drawn(s=side(0.4), p=np.where(rng.random(ROWS) < 0.02, 1, 0)))
small("few positive predictions", "nobody", facet('"s"', '"d"'))
for number in range(12):
    kind = number % 4
    facet_column = [side(0.3), rng.integers(0, 40, ROWS), rng.random(ROWS).round(1), some(1, 2, 3)][kind]
    value = [['"d"'], ["17"], ["0.6"], []][kind]
    table(f"drawn-{number}", **drawn(s=facet_column, g=some(*"abcdefghijklmnop"[: 2 + number])))
    small(f"drawn {number}", f"drawn-{number}", facet('"s"', *value), group_variable='"g"' if number % 3 else None)

check("few rows of every text", "texts", config(facet('"s"'), label='"y"', predictor='{"label": "p"}'), 70)

json.dump(
    {
        "versions": {name: version(name) for name in ("smclarify", "pandas", "numpy", "scikit-learn")},
        "metrics": [method.__name__ for method in (*PRETRAINING_METRICS, *POSTTRAINING_METRICS)],
        "adultPredictions": adult_predictions,
        "censusLabels": census_labels,
        "tables": tables,
        "cases": cases,
        "checks": checks,
    },
    sys.stdout,
    separators=(",", ":"),
    ensure_ascii=False,
    allow_nan=False,
)
print()
