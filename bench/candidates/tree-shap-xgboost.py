"""TreeSHAP by XGBoost's pred_contribs: tree-shap-xgboost.py FOLDER ROWS THREADS

Makes FOLDER/model.json (100 trees of depth 6, 20 features, a fixed seed) and FOLDER/rows.f32 (single precision, row after
row, some missing) where they are not there.
"""

import pathlib
import sys
import time

import numpy as np
import xgboost as xgb

folder, rows, threads = pathlib.Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
features = 20
model, data = folder / "model.json", folder / "rows.f32"
if not model.exists() or not data.exists() or data.stat().st_size != rows * features * 4:
    folder.mkdir(parents=True, exist_ok=True)
    random = np.random.default_rng(7)
    x = random.normal(size=(rows, features)).astype(np.float32)
    x[random.random(x.shape) < 0.03] = np.nan
    filled = np.nan_to_num(x)
    margin = filled[:, 0] + filled[:, 1] * filled[:, 2] - np.abs(filled[:, 3]) + 0.5 * np.sin(filled[:, 4:10]).sum(axis=1)
    y = (margin + random.normal(size=rows) > 0).astype(np.float32)
    options = {"objective": "binary:logistic", "max_depth": 6, "eta": 0.1, "tree_method": "hist", "seed": 7}
    booster = xgb.train(options, xgb.DMatrix(x, y), num_boost_round=100)
    booster.save_model(model)
    x.tofile(data)

booster = xgb.Booster(model_file=model)
booster.set_param({"nthread": threads})
matrix = xgb.DMatrix(np.fromfile(data, np.float32).reshape(rows, features), nthread=threads)
wall, cpu = time.perf_counter(), time.process_time()
values = booster.predict(matrix, pred_contribs=True)
wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
print(f"xgboost sum {np.abs(values[:, :-1]).sum(dtype=np.float64):.3f} wall {wall * 1000:.0f} ms CPU {cpu * 1000:.0f} ms first")
