"""Parquet: the flat tables with types, a file each, written in batches."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.dataset import written_whole
from pipeline.export.delivery import Delivery
from pipeline.export.rows import COLUMNS, FLAGS, NUMBERS, WHOLE

_BATCH = 5000


def write(delivery: Delivery) -> None:
    """``indicators.parquet`` and its sisters.

    Raises:
        JobError: the dataset cannot be written.
    """
    paths = {name: delivery.folder / f"{name}.parquet" for name in COLUMNS}
    with written_whole(*paths.values()) as asides, ExitStack() as files:
        writers = {
            name: files.enter_context(pq.ParquetWriter(aside, schema_of(name))) for name, aside in zip(paths, asides, strict=True)
        }
        for name, batch in batches_of(delivery):
            writers[name].write_batch(batch)


def schema_of(name: str) -> Any:
    """Arrow schema of a flat table: numbers as numbers, the rest as text."""
    return pa.schema([(column, _type_of(column)) for column in COLUMNS[name]])


def _type_of(column: str) -> Any:
    if column in FLAGS:
        return pa.bool_()
    if column in WHOLE:
        return pa.int64()
    return pa.float64() if column in NUMBERS else pa.string()


def batches_of(delivery: Delivery) -> Iterator[tuple[str, Any]]:
    """Arrow batches of all flat tables, each with the name of its table; memory holds a batch of each."""
    waiting: dict[str, list[list[Any]]] = {name: [] for name in COLUMNS}
    with delivery.source() as source:
        for name, row in source.rows():
            waiting[name].append(row)
            if len(waiting[name]) == _BATCH:
                yield name, rows_to_batch(name, waiting[name])
                waiting[name] = []
    for name, rows in waiting.items():
        if rows:
            yield name, rows_to_batch(name, rows)


def rows_to_batch(name: str, rows: list[list[Any]]) -> Any:
    """Rows of a flat table, values in the order of ``COLUMNS``, as an Arrow batch of its schema."""
    columns = [
        pa.array([_value(row[index], column) for row in rows], type=_type_of(column)) for index, column in enumerate(COLUMNS[name])
    ]
    return pa.RecordBatch.from_arrays(columns, schema=schema_of(name))


def _value(value: Any, column: str) -> Any:
    if value is None or column in FLAGS:
        return value
    if column in WHOLE:
        return int(value)
    return float(value) if column in NUMBERS else str(value)
