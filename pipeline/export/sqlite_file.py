"""SQLite: the flat tables in one file, with types, keys, and what each column says in the table ``columns``."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from pipeline.dataset import written_whole
from pipeline.export.columns import TABLES, columns_of, with_corners
from pipeline.export.delivery import Delivery
from pipeline.export.views import VIEWS

_TYPES = {"text": "TEXT", "whole": "INTEGER", "number": "REAL", "flag": "INTEGER", "date": "TEXT"}
_INDEXES = {
    "indicators": ("table_id", "indicator_id"), "tables": ("table_id",), "findings": ("table_id", "code"), "grid_cells": ("grid_id",),
}  # fmt: skip
_BATCH = 2000


def write(delivery: Delivery) -> None:
    """``dataset.sqlite3`` with all flat tables, ``columns`` and the views.

    Raises:
        JobError: the dataset cannot be written.
    """
    with written_whole(delivery.folder / "dataset.sqlite3") as (aside,):
        try:
            _fill(aside, delivery)
        except sqlite3.Error as error:
            raise OSError(errno.ENOSPC if "full" in str(error) else errno.EIO, str(error)) from error


def _fill(file: Path, delivery: Delivery) -> None:
    with closing(sqlite3.connect(file)) as database:
        # The file takes its place when it is whole: nothing has to last before.
        database.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;")
        for table in TABLES:
            database.execute(_create(table))
        database.execute('CREATE TABLE "columns" ("table" TEXT, "column" TEXT, "type" TEXT, "heading" TEXT, "description" TEXT)')
        database.executemany('INSERT INTO "columns" VALUES (?, ?, ?, ?, ?)', _described())
        for table, rows in delivery.batches(_BATCH):
            database.executemany(_insert(table), (with_corners(table, row) for row in rows))
        for table, names in _INDEXES.items():
            for name in names:
                database.execute(f'CREATE INDEX "{table}_by_{name}" ON "{table}" ("{name}")')
        for name, (_, query) in VIEWS.items():
            database.execute(f'CREATE VIEW "{name}" AS {query}')
        database.commit()


def _create(table: str) -> str:
    columns = ", ".join(f'"{each.name}" {_TYPES[each.type]}' for each in columns_of(table, with_box=True))
    return f'CREATE TABLE "{table}" ({columns})'


def _insert(table: str) -> str:
    return f'INSERT INTO "{table}" VALUES ({", ".join("?" * len(columns_of(table, with_box=True)))})'


def _described() -> Iterator[tuple[Any, ...]]:
    for table in TABLES:
        for each in columns_of(table, with_box=True):
            yield table, each.name, each.type, each.heading, each.description
