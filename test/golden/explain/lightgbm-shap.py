"""Makes lightgbm-shap.json: attributions that shap gives, in double precision, for the numeric LightGBM models of
test/golden/models/lightgbm-models.json.

    python -m pip install shap==0.51.0 numpy==2.4.6
    python test/golden/explain/lightgbm-shap.py

shap hands LightGBM models back to LightGBM; for an answer of its own, the trees are read here from the model's text and
given to its TreeExplainer(feature_perturbation="tree_path_dependent") as plain arrays, one output after the other.
"""

import json
import pathlib
import platform

import numpy as np
import shap

HERE = pathlib.Path(__file__).parent
MODELS = HERE.parent / "models" / "lightgbm-models.json"
NAMES = ["binary, missing NaN", "binary, missing None", "regression, deep", "multiclass"]


def tree(lines):
    read = dict(line.split("=", 1) for line in lines if "=" in line)
    numbers = {key: np.array([float(word) for word in value.split(" ")]) for key, value in read.items() if value}
    inner = int(read["num_leaves"]) - 1
    leaves = inner + 1

    def child(key):
        children = numbers[key].astype(int)
        # -1 is the first leaf, which stands after the inner nodes here.
        return np.concatenate([np.where(children >= 0, children, inner - children - 1), -np.ones(leaves, int)])

    left, right = child("left_child"), child("right_child")
    decisions = numbers["decision_type"].astype(int)
    missing_left = np.where(decisions >> 2 == 2, decisions & 2 != 0, numbers["threshold"] >= 0)
    default = np.where(np.concatenate([missing_left, np.zeros(leaves, bool)]), left, right)
    pad = np.zeros(leaves)
    return {
        "children_left": left,
        "children_right": right,
        "children_default": default,
        "features": np.concatenate([numbers["split_feature"], pad]).astype(int),
        "thresholds": np.concatenate([numbers["threshold"], pad]),
        "values": np.concatenate([np.zeros(inner), numbers["leaf_value"]])[:, None],
        "node_sample_weight": np.concatenate([numbers["internal_count"], numbers["leaf_count"]]),
    }


def values(case):
    text = case["model"].split("end of trees")[0]
    outputs = int(text.split("num_tree_per_iteration=")[1].split("\n")[0])
    trees = [tree(part.split("\n")) for part in text.split("\nTree=")[1:]]
    data = np.array([[np.nan if cell is None else float(cell) for cell in row] for row in case["rows"]])
    # LightGBM's predictor takes what lies within 1e-35 for 0.
    data[np.abs(data) <= np.float64(np.float32(1e-35))] = 0
    by_output = []
    for output in range(outputs):
        explainer = shap.TreeExplainer({"trees": trees[output::outputs]}, feature_perturbation="tree_path_dependent")
        by_output.append(np.asarray(explainer.shap_values(data, check_additivity=False)).reshape(data.shape))
    # By (row, output): a value a feature.
    return np.stack(by_output, axis=1).reshape(-1, data.shape[1]).tolist()


def main():
    cases = {case["name"]: case for case in json.loads(MODELS.read_text())["cases"]}
    golden = {
        "versions": {"python": platform.python_version(), "shap": shap.__version__, "numpy": np.__version__},
        "cases": [{"name": name, "shap": values(cases[name])} for name in NAMES],
    }
    (HERE / "lightgbm-shap.json").write_text(json.dumps(golden) + "\n")


if __name__ == "__main__":
    main()
