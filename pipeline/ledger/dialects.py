"""What the two databases say each in its own way; the one that is not used is not imported."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from pipeline.ledger.schema import Base


def insert_in(session: Session, table: type[Base]) -> Any:
    """An insert that knows what to do about rows that are there: ``on_conflict_do_nothing``, ``on_conflict_do_update``."""
    if session.get_bind().dialect.name == "sqlite":
        from sqlalchemy.dialects import sqlite

        return sqlite.insert(table)
    from sqlalchemy.dialects import postgresql

    return postgresql.insert(table)


def narrow_indices() -> None:
    """Let PostgreSQL index the same rows only as SQLite does. (Said in the tables themselves, it would load what SQLite does not need.)"""
    for table in Base.metadata.tables.values():
        for index in table.indexes:
            where = index.dialect_options["sqlite"]["where"]
            if where is not None:
                index.dialect_options["postgresql"]["where"] = where
