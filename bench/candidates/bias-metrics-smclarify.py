"""All bias metrics but the flip test by smclarify: bias-metrics-smclarify.py ROWS FILE FACETS

FILE holds the columns that bias-metrics.mjs wrote: age (doubles), sex, race, education, label, prediction (bytes).
"""

import logging
import sys
import time

import numpy as np
import pandas as pd
import smclarify.bias.metrics as metrics
from smclarify.bias.report import FacetColumn, LabelColumn, StageType, bias_report

logging.disable(logging.CRITICAL)
rows = int(sys.argv[1])
data = {"age": np.fromfile(sys.argv[2], np.float64, rows)}
for index, name in enumerate(("sex", "race", "education", "label", "prediction")):
    data[name] = np.fromfile(sys.argv[2], np.uint8, rows, offset=(8 + index) * rows).astype(np.int64)
frame = pd.DataFrame(data)
facets = [("sex", [1]), ("race", [2]), ("age", [40])][: int(sys.argv[3])]
before_training = [metric.__name__ for metric in metrics.PRETRAINING_METRICS]
after_training = [metric.__name__ for metric in metrics.POSTTRAINING_METRICS if metric.__name__ != "FT"]


def evaluate():
    answers = []
    for facet, values in facets:
        for stage, names in ((StageType.PRE_TRAINING, before_training), (StageType.POST_TRAINING, after_training)):
            (answer,) = bias_report(
                frame,
                FacetColumn(facet, list(values)),
                LabelColumn("label", frame["label"], [1]),
                stage,
                LabelColumn("prediction", frame["prediction"], [1]),
                metrics=names,
                group_variable=frame["education"],
            )
            answers.append(answer["metrics"])
    return answers


before = time.process_time()
answers = evaluate()
milliseconds = (time.process_time() - before) * 1000
values = (f"{metric['name']} {metric['value']:.6f}" for metric in answers[0] + answers[1])
print("smclarify", *values, f"CPU {milliseconds:.0f} ms first")
