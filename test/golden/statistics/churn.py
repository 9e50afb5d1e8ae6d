"""Writes churn.json: statistics of each column of the churn dataset by NumPy. Run from the repository's root."""

import csv
import json
import sys

import numpy

with open("test/conformance/data/churn/training-dataset-with-header.csv", newline="") as file:
    header, *rows = csv.reader(file)

columns = {}
for index, name in enumerate(header):
    values = numpy.array([float(row[index]) for row in rows])
    columns[name] = {
        "integral": all(row[index].lstrip("-").isdigit() for row in rows),
        "mean": values.mean(),
        "sum": values.sum(),
        "std_dev": values.std(ddof=0),
        "min": values.min(),
        "max": values.max(),
        "distinct": len(set(values.tolist())),
        # numpy.histogram: half-open buckets of equal width, the last one closed.
        "buckets": numpy.histogram(values, bins=10)[0].tolist() if values.min() < values.max() else None,
    }

golden = {"python": sys.version.split()[0], "numpy": numpy.__version__, "rows": len(rows), "columns": columns}
with open("test/golden/statistics/churn.json", "w") as file:
    json.dump(golden, file, indent=1)
    file.write("\n")
