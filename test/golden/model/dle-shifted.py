"""NannyML's direct loss estimation of simulated rows whose inputs shift: python dle-shifted.py > dle-shifted.json

The rows are made of fractional parts of multiples of irrational numbers, so that the tests make the same ones: inputs x
and z in [0, 1], logistic errors of scale 0.5 + 2 x^2. 4,000 rows of reference; chunks of 1,000 rows, the last with x
moved upwards so that the mean absolute error doubles.
"""
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

warnings.filterwarnings("ignore")
# Its log would go to standard output.
lightgbm.register_logger(logging.getLogger("lightgbm"))
METRICS = ["mae", "mse", "rmse"]
CHUNK = 1000


def rows(start, count, power):
    i = np.arange(start, start + count, dtype=float) + 1
    x = ((i * 0.6180339887498949) % 1) ** power
    z = (i * 0.41421356237309515) % 1
    u = (i * 0.7320508075688772) % 1
    prediction = 3 * x - 2 * z
    label = prediction + (0.5 + 2 * x * x) * np.log(u / (1 - u))
    return pandas.DataFrame({"x": x, "z": z, "prediction": prediction, "label": label})


reference = rows(0, 4000, 1)
chunks = [rows(4000 + CHUNK * chunk, CHUNK, 0.03 if chunk == 3 else 1) for chunk in range(4)]
estimator = nannyml.DLE(
    feature_column_names=["x", "z"], y_true="label", y_pred="prediction", metrics=METRICS, chunk_size=CHUNK
)
estimator.fit(reference)
result = estimator.estimate(pandas.concat(chunks, ignore_index=True)).filter(period="analysis").to_df()


def realised(frame):
    error = (frame["label"] - frame["prediction"]).to_numpy()
    mse = (error**2).mean()
    return {"mae": float(np.abs(error).mean()), "mse": float(mse), "rmse": float(np.sqrt(mse))}


json.dump(
    {
        "versions": {
            "nannyml": nannyml.__version__,
            "lightgbm": lightgbm.__version__,
            "numpy": np.__version__,
            "pandas": pandas.__version__,
            "python": sys.version.split()[0],
        },
        "reference": realised(reference),
        "chunks": [
            {
                "values": {metric: float(row[(metric, "value")]) for metric in METRICS},
                "realised": realised(held),
            }
            for (_, row), held in zip(result.iterrows(), chunks)
        ],
    },
    sys.stdout,
    indent=1,
)
sys.stdout.write("\n")
