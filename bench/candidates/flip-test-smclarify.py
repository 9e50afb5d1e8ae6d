"""The flip test by smclarify: flip-test-smclarify.py ROWS FILE

FILE holds what flip-test.mjs wrote: 14 columns (doubles), side, prediction (bytes).
"""

import sys
import time

import numpy as np
import pandas as pd
from smclarify.bias.metrics.posttraining import FT

COLUMNS = 14
rows = int(sys.argv[1])
numbers = np.fromfile(sys.argv[2], np.float64, COLUMNS * rows).reshape(COLUMNS, rows)
features = pd.DataFrame({f"column {index}": column for index, column in enumerate(numbers)})
ends = np.fromfile(sys.argv[2], np.uint8, 2 * rows, offset=8 * COLUMNS * rows).astype(bool)
side, prediction = pd.Series(ends[:rows]), pd.Series(ends[rows:])

before = time.process_time()
value = FT(features, side, prediction)
milliseconds = (time.process_time() - before) * 1000
print(f"smclarify FT {value:.9f} CPU {milliseconds:.0f} ms first")
