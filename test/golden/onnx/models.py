"""Small ONNX models and what they answer: scikit-learn's own answers and onnxruntime's of the same rows."""
import json
import warnings
from pathlib import Path

import numpy
import onnx
import onnxruntime
import pandas
import skl2onnx
import sklearn
from skl2onnx import to_onnx
from skl2onnx.common.data_types import FloatTensorType, Int64TensorType, StringTensorType
from sklearn.compose import ColumnTransformer
from sklearn.linear_model import LinearRegression, LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder
from sklearn.tree import DecisionTreeClassifier

warnings.filterwarnings("ignore")
FOLDER = Path(__file__).parent
random = numpy.random.default_rng(6)
numbers = random.normal(size=(200, 3)).astype("float32")
binary = (numbers[:, 0] - numbers[:, 1] > 0).astype(int)
classes = numpy.digitize(numbers[:, 0] + numbers[:, 2], [-0.5, 0.8])
values = numbers @ numpy.array([1.5, -2.0, 0.25]) + 3

table = pandas.DataFrame({
    "age": random.integers(18, 80, 200),
    "income": numpy.round(random.normal(40, 12, 200), 1),
    "city": random.choice(["Bonn", "Köln", "Ulm"], 200),
})
columns = make_pipeline(
    ColumnTransformer([("texts", OneHotEncoder(handle_unknown="ignore"), ["city"])], remainder="passthrough"),
    LogisticRegression(max_iter=2000),
).fit(table, (table["age"] + table["income"] > 85).astype(int))
column_types = [
    ("age", Int64TensorType([None, 1])),
    ("income", FloatTensorType([None, 1])),
    ("city", StringTensorType([None, 1])),
]

logistic = LogisticRegression().fit(numbers, binary)
multiclass = LogisticRegression().fit(numbers, classes)
linear = LinearRegression().fit(numbers, values)
tree = DecisionTreeClassifier(max_depth=3, random_state=0).fit(numbers, binary)
tensor = [("X", FloatTensorType([None, 3]))]
plain = {"zipmap": False}
made = {
    "binary": to_onnx(logistic, initial_types=tensor, options=plain),
    "zipmap": to_onnx(logistic, initial_types=tensor),
    "multiclass": to_onnx(multiclass, initial_types=tensor, options=plain),
    "regression": to_onnx(linear, initial_types=tensor),
    "tree": to_onnx(tree, initial_types=tensor, options=plain),
    "columns": to_onnx(columns, initial_types=column_types, options=plain),
}
for name, model in made.items():
    (FOLDER / f"{name}.onnx").write_bytes(model.SerializeToString())

rows = numbers[:20]
some = table.head(20)
feeds = {
    "age": some[["age"]].to_numpy("int64"),
    "income": some[["income"]].to_numpy("float32"),
    "city": some[["city"]].to_numpy(object),
}


def answers(name, own, inputs):
    """scikit-learn's answers beside onnxruntime's, which must agree."""
    session = onnxruntime.InferenceSession(str(FOLDER / f"{name}.onnx"))
    theirs = session.run([session.get_outputs()[-1].name], inputs)[0].reshape(own.shape)
    assert numpy.abs(own - theirs).max() < 1e-5, name
    return own.tolist()


document = {
    "versions": {
        "scikit-learn": sklearn.__version__,
        "skl2onnx": skl2onnx.__version__,
        "onnx": onnx.__version__,
        "onnxruntime": onnxruntime.__version__,
    },
    "rows": rows.tolist(),
    "binary": answers("binary", logistic.predict_proba(rows), {"X": rows}),
    "multiclass": answers("multiclass", multiclass.predict_proba(rows), {"X": rows}),
    "regression": answers("regression", linear.predict(rows), {"X": rows}),
    "tree": answers("tree", tree.predict_proba(rows), {"X": rows}),
    "table": some.to_numpy(object).tolist(),
    "columns": answers("columns", columns.predict_proba(some), feeds),
}
(FOLDER / "answers.json").write_text(json.dumps(document, ensure_ascii=False) + "\n")
