"""The profile in pandas: json.loads of every line, read_csv of the gathered cells, describe and friends."""

import io
import json
import sys
from pathlib import Path

import pandas as pd
import usage  # noqa: F401

NUMERIC = [f"f{i:02d}" for i in range(18)]
TEXT = ["f18", "f19"]

lines = []
for path in sorted(Path(sys.argv[1]).rglob("*.jsonl")):
    with open(path) as file:
        for line in file:
            capture = json.loads(line)["captureData"]
            lines.append(f"{capture['endpointOutput']['data']},{capture['endpointInput']['data']}")
frame = pd.read_csv(
    io.StringIO("\n".join(lines)), header=None, names=["score", *NUMERIC, *TEXT], keep_default_na=False, na_values=[""]
)
del lines
numeric = frame[["score", *NUMERIC]]
summary = numeric.agg(["count", "mean", "sum", "min", "max"])
std = numeric.std(ddof=0)
distinct = frame.nunique()
quantiles = numeric.quantile([0.1, 0.25, 0.5, 0.75, 0.9])
counts = [frame[name].value_counts() for name in TEXT]
print(len(frame), summary.shape, len(std), len(distinct), quantiles.shape, len(counts))
