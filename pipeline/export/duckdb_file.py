"""DuckDB: the flat tables in one database file."""

from __future__ import annotations

import duckdb
import pyarrow as pa

from pipeline.dataset import Dataset, publish
from pipeline.errors import from_os_error
from pipeline.export.parquet_files import batches_of, schema_of
from pipeline.export.rows import COLUMNS


def write(dataset: Dataset) -> None:
    """``dataset.duckdb`` with the tables indicators, tables, corrections, findings, failures.

    Raises:
        JobError: the dataset cannot be written.
    """
    path = dataset.root / "dataset.duckdb"
    aside = path.with_name(".dataset.duckdb.part")
    try:
        aside.unlink(missing_ok=True)
        with duckdb.connect(str(aside)) as connection:
            for name in COLUMNS:
                _write_table(connection, name, dataset)
    except (OSError, duckdb.IOException) as error:
        aside.unlink(missing_ok=True)
        raise from_os_error(error if isinstance(error, OSError) else OSError(5, str(error)), path) from error
    publish(aside, path)


def _write_table(connection: duckdb.DuckDBPyConnection, name: str, dataset: Dataset) -> None:
    empty = schema_of(name).empty_table()
    connection.register("rows", empty)
    connection.execute(f'CREATE TABLE "{name}" AS SELECT * FROM rows')
    connection.unregister("rows")
    for batch in batches_of(name, dataset):
        connection.register("rows", pa.Table.from_batches([batch]))
        connection.execute(f'INSERT INTO "{name}" SELECT * FROM rows')
        connection.unregister("rows")
