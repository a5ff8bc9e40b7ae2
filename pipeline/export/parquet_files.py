"""Parquet: the flat tables with types, a file each, written in batches."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.dataset import written_whole
from pipeline.export.columns import columns_of
from pipeline.export.delivery import Delivery
from pipeline.export.rows import COLUMNS

# A date stays the text that it is in the other files.
_TYPES = {"text": pa.string(), "whole": pa.int64(), "number": pa.float64(), "flag": pa.bool_(), "date": pa.string()}
_BATCH = 5000


def write(delivery: Delivery) -> None:
    """``indicators.parquet`` and its sisters.

    Raises:
        JobError: the dataset cannot be written.
    """
    paths = {name: delivery.folder / f"{name}.parquet" for name in COLUMNS}
    with written_whole(*paths.values()) as asides, ExitStack() as files:
        # Opened here, for Arrow knows only paths of UTF-8.
        opened = [files.enter_context(aside.open("wb")) for aside in asides]
        writers = {
            name: files.enter_context(pq.ParquetWriter(file, schema_of(name))) for name, file in zip(paths, opened, strict=True)
        }
        for name, batch in batches_of(delivery):
            writers[name].write_batch(batch)


def schema_of(name: str) -> Any:
    """Arrow schema of a flat table: numbers as numbers, the rest as text."""
    return pa.schema([(each.name, _TYPES[each.type]) for each in columns_of(name)])


def batches_of(delivery: Delivery) -> Iterator[tuple[str, Any]]:
    """Arrow batches of all flat tables, each with the name of its table."""
    for name, rows in delivery.batches(_BATCH):
        yield name, rows_to_batch(name, rows)


def rows_to_batch(name: str, rows: list[list[Any]]) -> Any:
    """Rows of a flat table, values in the order of ``COLUMNS``, as an Arrow batch of its schema."""
    columns = [
        pa.array([_value(row[index], each.type) for row in rows], type=_TYPES[each.type]) for index, each in enumerate(columns_of(name))
    ]
    return pa.RecordBatch.from_arrays(columns, schema=schema_of(name))


def _value(value: Any, kind: str) -> Any:
    if value is None or kind == "flag":
        return value
    if kind == "whole":
        return int(value)
    return float(value) if kind == "number" else str(value)
