"""Parquet: the flat tables with types, a file each, written in batches."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.dataset import Dataset, publish
from pipeline.errors import from_os_error
from pipeline.export.rows import COLUMNS, FLAGS, NUMBERS, rows_of

_BATCH = 5000
_WHOLE = {"fiscal_year", "row", "page_no", "indicators"}


def write(dataset: Dataset) -> None:
    """``indicators.parquet`` and its sisters.

    Raises:
        JobError: the dataset cannot be written.
    """
    for name in COLUMNS:
        path = dataset.root / f"{name}.parquet"
        aside = path.with_name(f".{path.name}.part")
        try:
            with pq.ParquetWriter(aside, schema_of(name)) as writer:
                for batch in batches_of(name, dataset):
                    writer.write_batch(batch)
        except OSError as error:
            aside.unlink(missing_ok=True)
            raise from_os_error(error, path) from error
        publish(aside, path)


def schema_of(name: str) -> Any:
    """Arrow schema of a flat table: numbers as numbers, the rest as text."""
    return pa.schema([(column, _type_of(column)) for column in COLUMNS[name]])


def _type_of(column: str) -> Any:
    if column in FLAGS:
        return pa.bool_()
    if column in _WHOLE:
        return pa.int64()
    return pa.float64() if column in NUMBERS else pa.string()


def batches_of(name: str, dataset: Dataset) -> Iterator[Any]:
    """Arrow batches of a flat table; memory holds one batch."""
    schema = schema_of(name)
    rows = rows_of(name, dataset)
    while chunk := list(islice(rows, _BATCH)):
        yield pa.RecordBatch.from_pylist([_typed(row, name) for row in chunk], schema=schema)


def _typed(row: dict[str, Any], name: str) -> dict[str, Any]:
    return {column: _value(row.get(column), column) for column in COLUMNS[name]}


def _value(value: Any, column: str) -> Any:
    if value is None or column in FLAGS:
        return value
    if column in _WHOLE:
        return int(value)
    return float(value) if column in NUMBERS else str(value)
