"""Kernel SHAP by shap: kernel-shap-shap.py FOLDER trees|logistic ROWS

Makes FOLDER/model.json (an XGBoost model of 100 trees of depth 6, 20 features, a fixed seed), FOLDER/weights.json (a
logistic model) and FOLDER/rows.f32 (single precision, row after row: 100 of the background, then up to 200 to explain) where
they are not there.
"""

import json
import os
import pathlib
import sys
import time

# One thread, as driftline: NumPy's own threads count as CPU while they wait.
for library in ("OMP", "OPENBLAS", "MKL"):
    os.environ[f"{library}_NUM_THREADS"] = "1"

import numpy as np
import shap
import xgboost as xgb

folder, kind, rows = pathlib.Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
features, background = 20, 100
data = folder / "rows.f32"
if not data.exists() or data.stat().st_size < (rows + background) * features * 4:
    folder.mkdir(parents=True, exist_ok=True)
    random = np.random.default_rng(7)
    x = random.normal(size=(5_000, features)).astype(np.float32)
    margin = x[:, 0] + x[:, 1] * x[:, 2] - np.abs(x[:, 3]) + 0.5 * np.sin(x[:, 4:10]).sum(axis=1)
    y = (margin + random.normal(size=len(x)) > 0).astype(np.float32)
    options = {"objective": "binary:logistic", "max_depth": 6, "eta": 0.1, "tree_method": "hist", "seed": 7}
    xgb.train(options, xgb.DMatrix(x, y), num_boost_round=100).save_model(folder / "model.json")
    weights = random.normal(size=features).round(3).tolist()
    (folder / "weights.json").write_text(json.dumps({"weights": weights, "bias": 0.25}))
    x[: 200 + background].tofile(data)

x = np.fromfile(data, np.float32).reshape(-1, features)
if kind == "trees":
    booster = xgb.Booster(model_file=folder / "model.json")
    booster.set_param({"nthread": 1})
    ask = booster.inplace_predict
else:
    x = x.astype(np.float64)
    logistic = json.loads((folder / "weights.json").read_text())
    weights = np.array(logistic["weights"])

    def ask(given):
        return 1 / (1 + np.exp(-(given @ weights + logistic["bias"])))


wall, cpu = time.perf_counter(), time.process_time()
explainer = shap.KernelExplainer(ask, x[:background])
values = explainer.shap_values(x[background : background + rows], nsamples=2 * features + 2048, l1_reg=False, silent=True)
wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
print(f"shap sum {np.abs(values).sum():.3f} wall {wall * 1000:.0f} ms CPU {cpu * 1000:.0f} ms first")
