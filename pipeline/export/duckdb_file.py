"""DuckDB: the flat tables in one database file."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pyarrow as pa

from pipeline.dataset import Dataset, aside_of, discard, publish
from pipeline.errors import from_os_error
from pipeline.export.parquet_files import batches_of, schema_of
from pipeline.export.rows import COLUMNS

# Rows are put in one after the other: more memory would only hold what is on disk already.
_MEMORY = "512MB"


def write(dataset: Dataset) -> None:
    """``dataset.duckdb`` with the tables indicators, tables, corrections, findings, failures.

    Raises:
        JobError: the dataset cannot be written.
    """
    path = dataset.root / "dataset.duckdb"
    aside = aside_of(path)
    try:
        aside.unlink(missing_ok=True)
        _fill(aside, dataset)
    except BaseException as error:
        for part in (aside, aside.with_name(f"{aside.name}.wal")):
            discard(part)
        if isinstance(error, (OSError, duckdb.IOException)):
            raise from_os_error(error if isinstance(error, OSError) else OSError(5, str(error)), path) from error
        raise
    publish(aside, path)


def _fill(file: Path, dataset: Dataset) -> None:
    with duckdb.connect(str(file), config={"memory_limit": _MEMORY, "threads": 1}) as connection:
        for name in COLUMNS:
            connection.register("rows", schema_of(name).empty_table())
            connection.execute(f'CREATE TABLE "{name}" AS SELECT * FROM rows')
            connection.unregister("rows")
        for name, batch in batches_of(dataset):
            connection.register("rows", pa.Table.from_batches([batch]))
            connection.execute(f'INSERT INTO "{name}" SELECT * FROM rows')
            connection.unregister("rows")
