"""What cleaning remembers of each document, so that it need not be cleaned again: SQLite beside the reads.

All of it follows from the reads, the ledger and the rulebook: a store that is
gone, damaged or of another version is made anew.
"""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from pipeline.dataset import discard
from pipeline.errors import JobError, NoSpaceError, NotWritableError
from pipeline.messages import tell

_VERSION = 6
_FAST = 1
# What sqlite3 raises; the second where a name or a message of its own is damaged.
_ERRORS = (sqlite3.DatabaseError, UnicodeDecodeError)
_TABLES = """
CREATE TABLE IF NOT EXISTS documents (
    name TEXT PRIMARY KEY,              -- sha12, the stem of reads/ and documents/
    stat TEXT, digest TEXT,             -- of the read
    sha256 TEXT, path TEXT, paths TEXT, -- paths as JSON; path is the first, NULL when none has these bytes any more
    facts_of TEXT,                      -- read and rulebook that the facts come from
    made_from TEXT,                     -- everything that the document came from
    out_stat TEXT, out_digest TEXT,     -- of the document
    tally TEXT,
    decided TEXT,                       -- digest of what people decided about it; empty or NULL for nothing
    run INTEGER
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS documents_by_path ON documents (path, name);
CREATE TABLE IF NOT EXISTS facts (
    name TEXT, number INTEGER, scope TEXT, digest TEXT, body BLOB, PRIMARY KEY (name, number)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS facts_by_scope ON facts (scope);
CREATE TABLE IF NOT EXISTS fragments (name TEXT PRIMARY KEY, csv BLOB, rows BLOB);
CREATE TABLE IF NOT EXISTS exports (name TEXT PRIMARY KEY, made_from TEXT, stats TEXT);
CREATE TEMP TABLE slices (scope TEXT PRIMARY KEY, digest TEXT) WITHOUT ROWID;
CREATE TEMP TABLE fresh (name TEXT PRIMARY KEY, known TEXT, sha256 TEXT) WITHOUT ROWID;
CREATE TEMP TABLE todo (
    scope TEXT, path TEXT, name TEXT, paths TEXT, made_from TEXT, known TEXT, digest TEXT, PRIMARY KEY (scope, path, name)
) WITHOUT ROWID;
CREATE TEMP TABLE seen (name TEXT, key TEXT, path TEXT, sha256 TEXT, PRIMARY KEY (name, key)) WITHOUT ROWID;
"""


class DamagedStoreError(JobError):
    """What cleaning remembers cannot be read; all of it can be made again."""


class Store:
    """One connection; the caller closes it.

    Raises:
        JobError: the dataset cannot be written.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        try:
            self._open()
        except sqlite3.OperationalError as error:
            raise to_job_error(error, path) from error
        except _ERRORS:
            self.forget(path)
            self._open()

    def close(self) -> None:
        self.db.close()

    @staticmethod
    def forget(path: Path) -> None:
        """Remove all of it; it is made again."""
        for end in ("", "-wal", "-shm", "-journal"):
            discard(path.with_name(path.name + end))

    def write(self, statement: str, rows: Iterable[tuple[Any, ...]] | None = None) -> None:
        """One statement, or one for each row, in the transaction under way.

        Raises:
            JobError: it cannot be written.
        """
        try:
            if rows is None:
                self.db.execute(statement)
            else:
                self.db.executemany(statement, rows)
        except _ERRORS as error:
            raise to_job_error(error, self._path) from error

    def read(self, query: str, values: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
        """Rows one at a time; while they come nothing that they depend on may be written."""
        try:
            yield from self.db.execute(query, values)
        except _ERRORS as error:
            raise to_job_error(error, self._path) from error

    def commit(self) -> None:
        try:
            self.db.commit()
        except _ERRORS as error:
            raise to_job_error(error, self._path) from error

    def _open(self) -> None:
        self.db = sqlite3.connect(self._path, timeout=30)
        try:
            version = self.db.execute("PRAGMA user_version").fetchone()[0]
            if version not in (0, _VERSION):
                self.db.close()
                self.forget(self._path)
                self.db = sqlite3.connect(self._path, timeout=30)
            self.db.execute("PRAGMA journal_mode=WAL")
            self.db.execute("PRAGMA synchronous=NORMAL")
            # Sorting 100,000 paths must not take memory.
            self.db.execute("PRAGMA temp_store=FILE")
            self.db.execute("PRAGMA cache_size=-65536")
            self.db.executescript(_TABLES)
            if version != _VERSION:  # who only reads leaves the file as it is: others look at its time
                self.db.execute(f"PRAGMA user_version={_VERSION}")
            self.db.commit()
        except _ERRORS:
            self.db.close()
            raise


def unpacked(body: bytes) -> Any:
    """The value that ``packed`` packed.

    Raises:
        DamagedStoreError: these are other bytes.
    """
    return loaded(unpacked_text(body))


def packed(value: Any) -> bytes:
    """A value, small, and with a sum that tells when it is damaged."""
    return packed_text(json.dumps(value, ensure_ascii=False, separators=(",", ":")))


def unpacked_text(body: bytes) -> str:
    """The text that ``packed_text`` packed.

    Raises:
        DamagedStoreError: these are other bytes.
    """
    try:
        return zlib.decompress(body).decode()
    except (zlib.error, ValueError, TypeError) as error:
        raise damaged_store(error) from error


def packed_text(text: str) -> bytes:
    """A text, small, and with a sum that tells when it is damaged."""
    return zlib.compress(text.encode(), _FAST)


def loaded(text: str) -> Any:
    """The value that a column holds as JSON.

    Raises:
        DamagedStoreError: it is none.
    """
    try:
        return json.loads(text)
    except (ValueError, TypeError) as error:
        raise damaged_store(error) from error


def damaged_store(error: Exception) -> DamagedStoreError:
    return DamagedStoreError(*tell("cleaning.damaged", error=error))


def to_job_error(error: Exception, path: Path) -> JobError:
    """What an error of the store means to a user."""
    if isinstance(error, UnicodeDecodeError):
        return damaged_store(error)
    if "full" in str(error) or "disk I/O" in str(error):
        return NoSpaceError(*tell("disk.full", path=path))
    if any(words in str(error) for words in ("malformed", "not a database", "decode to UTF-8", "unsupported file format")):
        return damaged_store(error)
    return NotWritableError(*tell("disk.not-writable", path=path, error=error))
