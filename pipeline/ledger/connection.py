"""A database that may be away for a while: transactions are tried again, then the job ends with what to do."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from sqlalchemy import URL, Engine, create_engine, event, inspect
from sqlalchemy.engine import make_url
from sqlalchemy.exc import (
    ArgumentError,
    DatabaseError,
    IntegrityError,
    InterfaceError,
    NoSuchModuleError,
    OperationalError,
    ProgrammingError,
)
from sqlalchemy.orm import Session

from pipeline.errors import BusyDatasetError, JobError, LedgerAwayError, NotWritableError, UsageError
from pipeline.ledger.dialects import narrow_indices
from pipeline.ledger.schema import Base
from pipeline.messages import tell

T = TypeVar("T")
_LOCK_SECONDS = 30
_CONNECT_SECONDS = 10
_FIRST_PAUSE, _LONGEST_PAUSE = 0.1, 5.0
# What no waiting mends.
_LASTING = ("authentication failed", "does not exist", "no pg_hba.conf entry", "permission denied", "No space left")


class Connection:
    """One database, and how long to wait for it when it does not answer.

    Raises:
        JobError: it cannot be opened, is locked, damaged or full.
        LedgerAwayError: no answer for ``patience`` seconds.
        UsageError: the URL is none.
    """

    def __init__(self, where: Path | str, patience: float) -> None:
        self.engine = _sqlite(where) if isinstance(where, Path) else _server(where)
        self.is_sqlite = self.engine.dialect.name == "sqlite"
        self._patience = patience
        self._gone = False
        self.transaction(_create_tables)

    def close(self) -> None:
        self.engine.dispose()

    def transaction(self, work: Callable[[Session], T]) -> T:
        """Run the work in one transaction; it must bear to be run again when the answer to its commit was lost."""
        pause, until = _FIRST_PAUSE, time.monotonic() + (0 if self._gone else self._patience)
        while True:
            try:
                with Session(self.engine, expire_on_commit=False) as session, session.begin():
                    result = work(session)
                self._gone = False
                return result
            except DatabaseError as error:
                if not self._is_away(error):
                    raise _to_job_error(error) from error
                if time.monotonic() + pause > until:
                    self._gone = True  # whoever tidies up does not wait as long again
                    raise _away(error, self._patience) from error
            time.sleep(pause)
            pause = min(2 * pause, _LONGEST_PAUSE)

    def _is_away(self, error: DatabaseError) -> bool:
        """True for what waiting may mend: a server that is down, starts, or broke a tie between two transactions."""
        if self.is_sqlite:
            return False
        if isinstance(error, IntegrityError):
            return True  # two machines put the same row at the same moment; the second now finds it
        return isinstance(error, (OperationalError, InterfaceError)) and not any(words in str(error.orig) for words in _LASTING)


def _create_tables(session: Session) -> None:
    if session.get_bind().dialect.name == "postgresql":
        # Machines that start together must not create the same table at once.
        session.connection().exec_driver_sql("SELECT pg_advisory_xact_lock(4312280001)")
    Base.metadata.create_all(session.connection())
    # Ledgers of earlier releases knew no names, and no digests of reads.
    for table, column, kind in (("paths", "name", "VARCHAR"), ("contents", "read_digest", "VARCHAR(64)")):
        if not any(each["name"] == column for each in inspect(session.connection()).get_columns(table)):
            session.connection().exec_driver_sql(f"ALTER TABLE {table} ADD COLUMN {column} {kind} DEFAULT '' NOT NULL")


def _sqlite(path: Path) -> Engine:
    engine = create_engine(URL.create("sqlite", database=str(path)), connect_args={"timeout": _LOCK_SECONDS})

    @event.listens_for(engine, "connect")
    def _configure(connection, _record) -> None:  # type: ignore[no-untyped-def]
        # WAL lets a reader look while a run writes; NORMAL is safe with it against a killed process.
        connection.isolation_level = None
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=NORMAL")

    @event.listens_for(engine, "begin")
    def _begin(connection) -> None:  # type: ignore[no-untyped-def]
        # A transaction that reads first and writes then would lose against another that wrote in between.
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine


def _server(url: str) -> Engine:
    try:
        parsed = make_url(url)
        if parsed.get_backend_name() != "postgresql":
            raise UsageError(*tell("ledger.not-postgresql", url=parsed.render_as_string()))
        parsed = parsed.set(drivername="postgresql+psycopg")
        narrow_indices()
        return create_engine(parsed, pool_pre_ping=True, connect_args={"connect_timeout": _CONNECT_SECONDS})
    except ModuleNotFoundError as error:
        raise UsageError(*tell("ledger.no-driver")) from error
    except (ArgumentError, NoSuchModuleError, ValueError) as error:
        raise UsageError(*tell("ledger.bad-url", error=error)) from error


def _away(error: DatabaseError, patience: float) -> JobError:
    reason = str(error.orig).strip().split("\n")[0]
    return LedgerAwayError(
        *tell("ledger.silent", patience=patience, reason=reason),
    )


def _to_job_error(error: DatabaseError) -> JobError:
    reason = str(error.orig).strip().split("\n")[0]
    if "locked" in reason:
        return BusyDatasetError(*tell("ledger.busy"))
    if "malformed" in reason or "not a database" in reason:
        return JobError(*tell("ledger.damaged", reason=reason))
    if "no column" in reason or "no such column" in reason or isinstance(error, ProgrammingError):
        return JobError(*tell("ledger.other-version", reason=reason))
    if "full" in reason or "No space left" in reason:
        return NotWritableError(*tell("ledger.full"))
    if any(words in reason for words in _LASTING):
        return NotWritableError(*tell("ledger.refused", reason=reason))
    return NotWritableError(*tell("ledger.not-writable", reason=reason))
