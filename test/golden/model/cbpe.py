"""NannyML's confidence-based performance estimation of the example project, day by day.

    node kernel-lib/bin/driftline.js demo DIRECTORY
    python cbpe.py DIRECTORY > cbpe.json

Reference: baseline/validation.csv. Analysis: the captured week, in chunks of a day (UTC); a prediction is 1 where the
probability is above 0.5. `null`: the metric has no value. The project itself is not in the file: the tests make it anew. Simulated cases (seed
20260315) have their rows in the file.
"""
import csv
import datetime
import glob
import json
import os
import sys
import warnings

os.environ["NML_DISABLE_USAGE_LOGGING"] = "1"
import nannyml
import numpy as np
import pandas
import sklearn
from nannyml.calibration import IsotonicCalibrator, needs_calibration

warnings.filterwarnings("ignore")
directory = sys.argv[1]
METRICS = ["roc_auc", "f1", "precision", "recall", "specificity", "accuracy"]


def validation():
    with open(os.path.join(directory, "baseline", "validation.csv"), newline="") as file:
        rows = list(csv.DictReader(file))
    return pandas.DataFrame(
        {
            "label": [int(row["income"]) for row in rows],
            "prediction": [int(row["prediction"]) for row in rows],
            "probability": [float(row["probability"]) for row in rows],
        }
    )


def captured():
    records = []
    for path in sorted(glob.glob(os.path.join(directory, "capture", "**", "*.jsonl"), recursive=True)):
        with open(path) as file:
            for line in file:
                record = json.loads(line)
                score = float(record["captureData"]["endpointOutput"]["data"])
                records.append((record["eventMetadata"]["inferenceTime"], score))
    records.sort()
    times = pandas.to_datetime([time for time, _ in records]).tz_localize(None)
    scores = np.array([score for _, score in records])
    return pandas.DataFrame({"time": times, "prediction": (scores > 0.5).astype(int), "probability": scores})


reference, analysis = validation(), captured()
# Chunks of the reference only set NannyML's thresholds: any days do.
reference["time"] = [
    datetime.datetime(2026, 2, 1) + datetime.timedelta(days=7 * row / len(reference)) for row in range(len(reference))
]
estimator = nannyml.CBPE(
    problem_type="classification_binary",
    y_true="label",
    y_pred="prediction",
    y_pred_proba="probability",
    timestamp_column_name="time",
    metrics=METRICS,
    chunk_period="D",
)
estimator.fit(reference)
result = estimator.estimate(analysis).filter(period="analysis").to_df()

days = []
for _, row in result.iterrows():
    start = row[("chunk", "start_date")]
    held = analysis[analysis["time"].dt.date == start.date()]
    values = {metric: float(row[(metric, "value")]) for metric in METRICS}
    days.append(
        {
            "day": start.date().isoformat(),
            "rows": len(held),
            "sumOfScores": float(held["probability"].sum()),
            "values": {name: value if np.isfinite(value) else None for name, value in values.items()},
            "samplingError": {metric: float(row[(metric, "sampling_error")]) for metric in METRICS},
        }
    )

rng = np.random.default_rng(20260315)


def simulated(rows, power, prevalence=0.35, spread=1.5, shift=0.0):
    """Scores that are true probabilities with their logit times `power`; predictions at 0.5."""
    logit = rng.normal(np.log(prevalence / (1 - prevalence)) + shift, spread, rows)
    labels = (rng.uniform(size=rows) < 1 / (1 + np.exp(-logit))).astype(int)
    scores = np.round(1 / (1 + np.exp(-power * logit)), 3)
    return pandas.DataFrame({"label": labels, "prediction": (scores > 0.5).astype(int), "probability": scores})


def separated(rows):
    data = simulated(rows, 1)
    data["probability"] = np.round(0.2 + 0.6 * data["label"] + rng.uniform(-0.1, 0.1, rows), 3)
    data["prediction"] = (data["probability"] > 0.5).astype(int)
    return data


def one_class(rows):
    return simulated(rows, 1).assign(label=0)


def rows_of(data):
    return {
        "labels": data["label"].tolist(),
        "predictions": data["prediction"].tolist(),
        "scores": data["probability"].tolist(),
    }


def case(name, reference, analysis):
    estimator = nannyml.CBPE(
        problem_type="classification_binary",
        y_true="label",
        y_pred="prediction",
        y_pred_proba="probability",
        metrics=METRICS,
        chunk_number=1,
    )
    if reference["label"].nunique() == 1:
        decision = needs_calibration(
            reference["label"].to_numpy(), reference["probability"].to_numpy(), IsotonicCalibrator()
        )
        values = None
    else:
        estimator.fit(reference.copy())
        decision = estimator.needs_calibration
        row = estimator.estimate(analysis.copy()).filter(period="analysis").to_df().iloc[0]
        values = {metric: float(row[(metric, "value")]) for metric in METRICS}
    return {
        "name": name,
        "reference": rows_of(reference),
        "analysis": rows_of(analysis),
        "calibrated": bool(decision),
        "values": values,
    }


cases = [
    case("overconfident scores", simulated(1500, 3), simulated(600, 3)),
    case("hesitant scores", simulated(1500, 0.4), simulated(600, 0.4)),
    case("hesitant scores, shifted rows", simulated(1500, 0.4), simulated(600, 0.4, shift=1)),
    case("calibrated scores", simulated(1500, 1), simulated(600, 1)),
    case("calibrated scores, rare positives", simulated(1500, 1, prevalence=0.05), simulated(600, 1, prevalence=0.05)),
    case("classes apart", separated(600), separated(300)),
    case("one class", one_class(600), one_class(300)),
]

json.dump(
    {
        "versions": {
            "nannyml": nannyml.__version__,
            "numpy": np.__version__,
            "pandas": pandas.__version__,
            "scikit-learn": sklearn.__version__,
            "python": sys.version.split()[0],
        },
        "reference": {"rows": len(reference), "sumOfScores": float(reference["probability"].sum())},
        "calibrated": bool(estimator.needs_calibration),
        "days": days,
        "cases": cases,
    },
    sys.stdout,
)
sys.stdout.write("\n")
