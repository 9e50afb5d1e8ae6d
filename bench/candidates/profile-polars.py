"""The profile in polars: records decoded by its JSON engine, cells split, aggregates in one streaming query."""

import sys

import polars as pl
import usage  # noqa: F401

NUMERIC = ["score", *[f"f{i:02d}" for i in range(18)]]
TEXT = ["f18", "f19"]
FEATURES = [*NUMERIC[1:], *TEXT]

side = pl.Struct({"data": pl.String})
schema = {"captureData": pl.Struct({"endpointInput": side, "endpointOutput": side})}
capture = pl.col("captureData").struct
cells = capture.field("endpointInput").struct.field("data").str.split_exact(",", len(FEATURES) - 1)
rows = (
    pl.scan_ndjson(f"{sys.argv[1]}/**/*.jsonl", schema=schema)
    .select(
        capture.field("endpointOutput").struct.field("data").alias("score"),
        cells.struct.rename_fields(FEATURES).alias("cells"),
    )
    .unnest("cells")
    .with_columns(pl.col(NUMERIC).cast(pl.Float64, strict=False), pl.col(TEXT).replace("", None))
)
aggregates = [
    expression
    for name in NUMERIC
    for column in [pl.col(name)]
    for expression in [
        column.count().alias(f"{name}_count"),
        column.approx_n_unique().alias(f"{name}_distinct"),
        column.mean().alias(f"{name}_mean"),
        column.sum().alias(f"{name}_sum"),
        column.std(ddof=0).alias(f"{name}_std"),
        column.min().alias(f"{name}_min"),
        column.max().alias(f"{name}_max"),
        *[column.quantile(share).alias(f"{name}_q{share}") for share in (0.1, 0.25, 0.5, 0.75, 0.9)],
    ]
]
aggregates += [pl.col(name).value_counts().implode().alias(f"{name}_counts") for name in TEXT]
print(rows.select(pl.len().alias("rows"), *aggregates).collect(engine="streaming").shape)
