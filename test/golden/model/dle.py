"""NannyML's direct loss estimation (LightGBM with its defaults) of two real data sets.

    node kernel-lib/bin/driftline.js demo DIRECTORY
    python dle.py DIRECTORY > dle.json

The example project's week. The regression: the age of a person of the census, by the fixed formula of `predict`, whose errors are far from equal over
the rows. Reference: baseline/validation.csv. Analysis: the captured week, in chunks of a day (UTC); the ages that came
with the requests are the labels, so that the realised error is known. The rows are not in the file: the tests make the
project anew.

scikit-learn's diabetes data (442 rows, in the file): a least-squares model of the first 150, rounded predictions. Reference: the
next 180; analysis: the last 112, in four chunks of rising body mass index. All rows in random order.
"""
import csv
import glob
import json
import logging
import os
import sys
import warnings

os.environ["NML_DISABLE_USAGE_LOGGING"] = "1"

import lightgbm
import nannyml
import numpy as np
import pandas
import sklearn
from sklearn.datasets import load_diabetes
from sklearn.linear_model import LinearRegression

warnings.filterwarnings("ignore")
# Its log would go to standard output.
lightgbm.register_logger(logging.getLogger("lightgbm"))
directory = sys.argv[1]
NAMES = ["age", "workclass", "fnlwgt", "education", "education-num", "marital-status", "occupation", "relationship",
         "race", "sex", "capital-gain", "capital-loss", "hours-per-week", "native-country"]  # fmt: skip
FEATURES = ["education-num", "capital-gain", "capital-loss", "hours-per-week", "male", "married", "single", "child"]
METRICS = ["mae", "mse", "rmse"]


def columns(rows):
    """Of cells by name: features, prediction and label."""
    number = lambda name: np.array([float(row[name]) if row[name] != "" else np.nan for row in rows])
    flag = lambda name, value: np.array([1.0 if row[name] == value else 0.0 for row in rows])
    frame = pandas.DataFrame(
        {
            "education-num": number("education-num"),
            "capital-gain": number("capital-gain"),
            "capital-loss": number("capital-loss"),
            "hours-per-week": number("hours-per-week"),
            "male": flag("sex", "Male"),
            "married": flag("marital-status", "Married-civ-spouse"),
            "single": flag("marital-status", "Never-married"),
            "child": flag("relationship", "Own-child"),
        }
    )
    frame["prediction"] = 43 - 11 * frame["single"] - 6 * frame["child"] + 1.5 * frame["male"] * frame["married"]
    frame["label"] = number("age")
    return frame


def validation():
    with open(os.path.join(directory, "baseline", "validation.csv"), newline="") as file:
        return columns(list(csv.DictReader(file)))


def captured():
    records = []
    for path in sorted(glob.glob(os.path.join(directory, "capture", "**", "*.jsonl"), recursive=True)):
        with open(path) as file:
            for line in file:
                record = json.loads(line)
                cells = next(csv.reader([record["captureData"]["endpointInput"]["data"]]))
                records.append((record["eventMetadata"]["inferenceTime"], dict(zip(NAMES, cells))))
    frame = columns([row for _, row in records])
    frame["time"] = pandas.to_datetime([time for time, _ in records]).tz_localize(None)
    return frame.sort_values("time", kind="stable").reset_index(drop=True)


def realised(frame):
    error = (frame["label"] - frame["prediction"]).to_numpy()
    return {"mae": np.abs(error).mean(), "mse": (error**2).mean(), "rmse": np.sqrt((error**2).mean())}


def numbers(values):
    return {name: float(value) for name, value in values.items()}


reference, analysis = validation(), captured()
reference["time"] = pandas.Timestamp("2026-02-01") + pandas.to_timedelta(
    np.arange(len(reference)) * 7 * 86400 / len(reference), unit="s"
)
estimator = nannyml.DLE(
    feature_column_names=FEATURES,
    y_true="label",
    y_pred="prediction",
    timestamp_column_name="time",
    metrics=METRICS,
    chunk_period="D",
)
estimator.fit(reference)
result = estimator.estimate(analysis).filter(period="analysis").to_df()
days = []
for _, row in result.iterrows():
    day = row[("chunk", "start_date")].date()
    held = analysis[analysis["time"].dt.date == day]
    days.append(
        {
            "day": day.isoformat(),
            "rows": len(held),
            "sumOfPredictions": float(held["prediction"].sum()),
            "values": numbers({metric: row[(metric, "value")] for metric in METRICS}),
            "samplingError": numbers({metric: row[(metric, "sampling_error")] for metric in METRICS}),
            "realised": numbers(realised(held)),
        }
    )



def diabetes():
    x, y = load_diabetes(return_X_y=True, scaled=False)
    order = np.random.default_rng(20261123).permutation(len(y))
    x, y = x[order], y[order]
    names = [f"x{column}" for column in range(x.shape[1])]
    frame = pandas.DataFrame(np.round(x, 4), columns=names)
    frame["prediction"] = np.round(LinearRegression().fit(x[:150], y[:150]).predict(x), 2)
    frame["label"] = y
    reference = frame[150:330].reset_index(drop=True)
    # Column 2 is the body mass index.
    analysis = frame[330:].sort_values("x2", kind="stable").reset_index(drop=True)
    model = nannyml.DLE(feature_column_names=names, y_true="label", y_pred="prediction", metrics=METRICS, chunk_number=4)
    model.fit(reference)
    found = model.estimate(analysis).filter(period="analysis").to_df()
    chunks = [
        {
            "from": int(row[("chunk", "start_index")]),
            "to": int(row[("chunk", "end_index")]) + 1,
            "values": numbers({metric: row[(metric, "value")] for metric in METRICS}),
            "samplingError": numbers({metric: row[(metric, "sampling_error")] for metric in METRICS}),
        }
        for _, row in found.iterrows()
    ]
    rows = lambda part: {name: part[name].tolist() for name in [*names, "prediction", "label"]}
    return {"features": names, "reference": rows(reference), "analysis": rows(analysis), "chunks": chunks}


json.dump(
    {
        "versions": {
            "nannyml": nannyml.__version__,
            "lightgbm": lightgbm.__version__,
            "numpy": np.__version__,
            "pandas": pandas.__version__,
            "scikit-learn": sklearn.__version__,
            "python": sys.version.split()[0],
        },
        "reference": {"rows": len(reference), **numbers(realised(reference))},
        "days": days,
        "diabetes": diabetes(),
    },
    sys.stdout,
)
sys.stdout.write("\n")
