"""Which input is in which state: SQLite in the dataset folder, keyed by content."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

from sqlalchemy import Engine, Float, Integer, String, create_engine, delete, event, select, update
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

from pipeline.dataset import Dataset
from pipeline.errors import BusyDatasetError, JobError, NotWritableError
from pipeline.failures import PASSING, Failure
from pipeline.read_job import Outcome

State = Literal["read", "failed"]
_LOCK_SECONDS = 30


class _Base(DeclarativeBase):
    pass


class _Content(_Base):
    """One content (sha256): its state and what it cost."""

    __tablename__ = "contents"
    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    state: Mapped[str] = mapped_column(String(16))
    attempts: Mapped[int] = mapped_column(Integer, default=0)
    pages: Mapped[int] = mapped_column(Integer, default=0)
    tables: Mapped[int] = mapped_column(Integer, default=0)
    seconds: Mapped[float] = mapped_column(Float, default=0.0)
    reader_version: Mapped[str] = mapped_column(String(64), default="")
    rulebook_version: Mapped[str] = mapped_column(String(64), default="")


class _Path(_Base):
    """One path that was seen, the content it had, and why it failed if it did."""

    __tablename__ = "paths"
    path: Mapped[str] = mapped_column(String, primary_key=True)
    sha256: Mapped[str] = mapped_column(String(64), default="", index=True)
    code: Mapped[str] = mapped_column(String(64), default="")
    reason: Mapped[str] = mapped_column(String, default="")
    way_out: Mapped[str] = mapped_column(String, default="")


class Ledger:
    """The state of a dataset; every method is one transaction.

    Raises:
        JobError: the file is locked by another run, or cannot be written.
    """

    def __init__(self, path: Path) -> None:
        self._engine = _open(path)

    def close(self) -> None:
        self._engine.dispose()

    def is_read(self, sha256: str) -> bool:
        """True when this content was read, by whatever version of the readers."""
        with self._session() as session:
            content = session.get(_Content, sha256)
            return content is not None and content.state == "read"

    def lasting_failure(self, sha256: str, reader_version: str) -> Failure | None:
        """Why this content cannot be read, when the same readers would fail again."""
        with self._session() as session:
            content = session.get(_Content, sha256)
            if content is None or content.state != "failed" or content.reader_version != reader_version:
                return None
            row = session.scalars(select(_Path).where(_Path.sha256 == sha256, _Path.code != "").order_by(_Path.path)).first()
            return None if row is None or row.code in PASSING else Failure(row.path, row.code, row.reason, row.way_out)

    def note_path(self, path: str, sha256: str) -> None:
        """This path has this content; an older failure of the path is over."""
        with self._session() as session:
            session.merge(_Path(path=path, sha256=sha256, code="", reason="", way_out=""))

    def note_read(self, path: str, outcome: Outcome, reader_version: str) -> None:
        with self._session() as session:
            known = session.get(_Content, outcome.sha256)
            attempts = (known.attempts if known else 0) + 1
            session.merge(_Path(path=path, sha256=outcome.sha256, code="", reason="", way_out=""))
            session.merge(
                _Content(
                    sha256=outcome.sha256, state="read", attempts=attempts, pages=outcome.pages, tables=outcome.tables,
                    seconds=round(outcome.seconds, 3), reader_version=reader_version,
                )
            )  # fmt: skip

    def note_failed_path(self, failure: Failure, sha256: str) -> None:
        """This path has a content that is known to fail; no new attempt was made."""
        with self._session() as session:
            session.merge(
                _Path(path=failure.path, sha256=sha256, code=failure.code, reason=failure.reason, way_out=failure.way_out)
            )

    def note_failure(self, failure: Failure, sha256: str = "", reader_version: str = "") -> None:
        """An attempt failed, and with it every path that has this content."""
        with self._session() as session:
            if sha256:
                same = {"code": failure.code, "reason": failure.reason, "way_out": failure.way_out}
                session.execute(update(_Path).where(_Path.sha256 == sha256).values(same))
            session.merge(
                _Path(path=failure.path, sha256=sha256, code=failure.code, reason=failure.reason, way_out=failure.way_out)
            )
            known = session.get(_Content, sha256) if sha256 else None
            if sha256 and (known is None or known.state != "read"):
                attempts = (known.attempts if known else 0) + 1
                session.merge(_Content(sha256=sha256, state="failed", attempts=attempts, reader_version=reader_version))

    def note_cleaned(self, rulebook_version: str) -> None:
        """Everything that was read is cleaned by this rulebook."""
        with self._session() as session:
            session.execute(update(_Content).where(_Content.state == "read").values(rulebook_version=rulebook_version))

    def failures(self) -> list[Failure]:
        """Every path that stands as failed, by path."""
        with self._session() as session:
            rows = session.scalars(select(_Path).where(_Path.code != "").order_by(_Path.path))
            return [Failure(row.path, row.code, row.reason, row.way_out) for row in rows]

    def forget_mended_folders(self) -> None:
        """Drop the failures of folders that can be listed now; of what is in them each file speaks for itself."""
        with self._session() as session:
            for row in session.scalars(select(_Path).where(_Path.code.in_(("access", "not-found")), _Path.sha256 == "")):
                if Path(row.path).is_dir() and os.access(row.path, os.R_OK | os.X_OK):
                    session.delete(row)

    def failed_contents(self) -> list[tuple[Failure, str]]:
        """Failures of files that could be hashed, each with its sha256, by path."""
        with self._session() as session:
            rows = session.scalars(select(_Path).where(_Path.code != "", _Path.sha256 != "").order_by(_Path.path))
            return [(Failure(row.path, row.code, row.reason, row.way_out), row.sha256) for row in rows]

    def paths(self) -> list[tuple[str, str]]:
        """``(path, sha256)`` of everything that was read, by path."""
        with self._session() as session:
            rows = session.scalars(select(_Path).where(_Path.code == "", _Path.sha256 != "").order_by(_Path.path))
            return [(row.path, row.sha256) for row in rows]

    def forget_failures(self) -> int:
        """Drop the failures so that the next run tries them again; how many there were."""
        with self._session() as session:
            count = len(session.scalars(select(_Path).where(_Path.code != "")).all())
            session.execute(delete(_Path).where(_Path.code != ""))
            session.execute(delete(_Content).where(_Content.state == "failed"))
            return count

    @contextmanager
    def _session(self) -> Iterator[Session]:
        try:
            with Session(self._engine) as session, session.begin():
                yield session
        except DatabaseError as error:
            raise _to_job_error(error) from error


@contextmanager
def opened(dataset: Dataset) -> Iterator[Ledger]:
    """The ledger of a dataset, closed at the end of the block."""
    ledger = Ledger(dataset.ledger)
    try:
        yield ledger
    finally:
        ledger.close()


def _open(path: Path) -> Engine:
    engine = create_engine(f"sqlite:///{path}", connect_args={"timeout": _LOCK_SECONDS})

    @event.listens_for(engine, "connect")
    def _configure(connection, _record) -> None:  # type: ignore[no-untyped-def]
        # WAL lets a reader look while a run writes; NORMAL is safe with it against a killed process.
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=NORMAL")

    try:
        _Base.metadata.create_all(engine)
    except DatabaseError as error:
        raise _to_job_error(error) from error
    return engine


def _to_job_error(error: DatabaseError) -> JobError:
    reason = str(error.orig)
    if "locked" in reason:
        return BusyDatasetError("Another run works on this dataset.", "Wait until it ends, or choose another dataset folder.")
    if "malformed" in reason or "not a database" in reason:
        way_out = "Remove ledger.sqlite and run the same command again; every input is then read again."
        return JobError(f"The ledger of the dataset is damaged: {reason}.", way_out)
    if "full" in reason:
        return NotWritableError("No space left for the ledger.", "Free space, then run the same command again.")
    return NotWritableError(f"The ledger cannot be written: {reason}.", "Choose a folder that this user may write.")
