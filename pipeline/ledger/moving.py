"""A dataset that began on one machine goes on with many: its ledger moves from the folder into the database."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Any

from sqlalchemy import inspect, select
from sqlalchemy.orm import Session

from pipeline.errors import from_os_error
from pipeline.ledger.connection import Connection
from pipeline.ledger.dialects import insert_in
from pipeline.ledger.schema import Base, Content, Left, SeenPath

_CHUNK = 500


def move_in(file: Path, target: Connection, dataset: str) -> None:
    """Copy what the file knows and the database does not, then put the file aside as ``ledger.sqlite.moved``.

    Killed in the middle it is done again from the start, by whichever machine comes first.

    Raises:
        JobError: the file cannot be read or put aside, or the database cannot be written.
    """
    source = Connection(file, 0)
    try:
        for table in (Content, SeenPath, Left):
            _copy(table, source, target, dataset)
    finally:
        source.close()
    for end in ("-wal", "-shm"):
        with suppress(OSError):
            file.with_name(file.name + end).unlink()
    try:
        with suppress(FileNotFoundError):  # another machine was faster
            file.replace(file.with_name(file.name + ".moved"))
    except OSError as error:
        raise from_os_error(error, file) from error


def _copy(table: type[Base], source: Connection, target: Connection, dataset: str) -> None:
    names = [column.key for column in inspect(table).columns]
    key = names[1]

    def page(session: Session, after: str) -> list[dict[str, Any]]:
        query = select(table).where(getattr(table, key) > after).order_by(getattr(table, key)).limit(_CHUNK)
        return [{name: getattr(row, name) for name in names} | {"dataset": dataset} for row in session.scalars(query)]

    last = ""
    while rows := source.transaction(lambda session, after=last: page(session, after)):  # type: ignore[misc]
        target.transaction(lambda session, rows=rows: session.execute(insert_in(session, table).on_conflict_do_nothing(), rows))  # type: ignore[misc]
        last = rows[-1][key]
