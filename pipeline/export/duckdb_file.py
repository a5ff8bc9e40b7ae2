"""DuckDB: the flat tables in one database file."""

from __future__ import annotations

import errno
from pathlib import Path

import duckdb
import pyarrow as pa

from pipeline.dataset import Dataset, written_whole
from pipeline.export.parquet_files import batches_of, schema_of
from pipeline.export.rows import COLUMNS

# Rows are put in one after the other: more memory would only hold what is on disk already.
_MEMORY = "512MB"


def write(dataset: Dataset) -> None:
    """``dataset.duckdb`` with the tables indicators, tables, corrections, findings, failures.

    Raises:
        JobError: the dataset cannot be written.
    """
    with written_whole(dataset.root / "dataset.duckdb") as (aside,):
        try:
            _fill(aside, dataset)
        except duckdb.Error as error:
            # A full disk comes as an error of the transaction, too.
            raise OSError(errno.EIO, str(error)) from error


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
