"""DuckDB: the flat tables in one database file, typed and with a comment on each table and column."""

from __future__ import annotations

import errno
from pathlib import Path
from typing import Any

import duckdb

from pipeline.dataset import made_plainly, written_whole
from pipeline.export.columns import BOX, TABLES, columns_of
from pipeline.export.delivery import Delivery
from pipeline.export.parquet_files import batches_of, schema_of
from pipeline.export.rows import COLUMNS
from pipeline.export.views import VIEWS

# Rows are put in one after the other: more memory would only hold what is on disk already.
_MEMORY = "512MB"
_TYPES = {"text": "VARCHAR", "whole": "BIGINT", "number": "DOUBLE", "flag": "BOOLEAN", "date": "DATE"}


def write(delivery: Delivery) -> None:
    """``dataset.duckdb`` with all flat tables and the views.

    Raises:
        JobError: the dataset cannot be written.
    """
    with written_whole(delivery.folder / "dataset.duckdb") as (aside,):
        try:
            with made_plainly(aside) as file:
                _fill(file, delivery)
        except duckdb.Error as error:
            # A full disk comes as an error of the transaction, too.
            raise OSError(errno.EIO, str(error)) from error


def _fill(file: Path, delivery: Delivery) -> None:
    import pyarrow as pa

    with duckdb.connect(str(file), config={"memory_limit": _MEMORY, "threads": 1}) as connection:
        for name in TABLES:
            columns = ", ".join(f'"{each.name}" {_TYPES[each.type]}' for each in columns_of(name, with_box=True))
            connection.execute(f'CREATE TABLE "{name}" ({columns})')
        for name, batch in batches_of(delivery):
            connection.register("rows", pa.Table.from_batches([batch], schema=schema_of(name)))
            connection.execute(f'INSERT INTO "{name}" SELECT {_selected(name)} FROM rows')
            connection.unregister("rows")
        for view, (_, query) in VIEWS.items():
            connection.execute(f'CREATE VIEW "{view}" AS {query}')
        _comment(connection)


def _selected(table: str) -> str:
    """The columns of a batch as those of the table: a date as one, the box as four numbers besides."""
    own = [f'CAST("{each.name}" AS DATE)' if each.type == "date" else f'"{each.name}"' for each in columns_of(table)]
    corners = [f"TRY_CAST(string_split(\"bbox\", ' ')[{number}] AS DOUBLE)" for number in range(1, len(BOX) + 1)]
    return ", ".join([*own, *(corners if "bbox" in COLUMNS[table] else [])])


def _comment(connection: Any) -> None:
    for name, (title, description) in TABLES.items():
        connection.execute(f'COMMENT ON TABLE "{name}" IS {_quoted(f"{title}. {description}")}')
        for each in columns_of(name, with_box=True):
            connection.execute(f'COMMENT ON COLUMN "{name}"."{each.name}" IS {_quoted(f"{each.heading}. {each.description}")}')
    for view, (description, _) in VIEWS.items():
        connection.execute(f'COMMENT ON VIEW "{view}" IS {_quoted(description)}')


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
