"""The folder of a dataset: where each file stands, and how a file is put there whole."""

from __future__ import annotations

import json
import os
import re
import time
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.errors import UsageError, from_os_error
from pipeline.process_identity import host, is_dead, this_owner

# Files of a document are called by so many digits of its sha256.
NAME_DIGITS = 12
_HEAD = 4096
_HOUR = 3600.0
_ASIDE = re.compile(r"\.(?P<host>[^.]+)-(?P<pid>\d+)-(?P<start>\w+)\.part$")
_PATH = re.compile(r'^ {1,2}"path": ("(?:[^"\\]|\\.)*"),?$', re.MULTILINE)


@dataclass(frozen=True)
class Dataset:
    """Paths inside one dataset folder.

    ``ledger_url`` is the database that keeps its ledger; None for SQLite in the folder.
    """

    root: Path
    ledger_url: str | None = None

    @property
    def reads(self) -> Path:
        return self.root / "reads"

    @property
    def documents(self) -> Path:
        return self.root / "documents"

    @property
    def quarantine(self) -> Path:
        return self.root / "quarantine"

    @property
    def health(self) -> Path:
        return self.root / "health.json"

    @property
    def ledger(self) -> Path:
        return self.root / "ledger.sqlite"

    @property
    def cleaning(self) -> Path:
        """What cleaning remembers of each document; may be removed at any time, and is made again."""
        return self.root / ".cleaning.sqlite"

    def read_path(self, sha256: str) -> Path:
        return self.reads / f"{sha256[:NAME_DIGITS]}.json"

    def document_path(self, sha256: str) -> Path:
        return self.documents / f"{sha256[:NAME_DIGITS]}.json"

    def create(self) -> None:
        """Make the folders.

        Raises:
            JobError: the folder cannot be made or written.
        """
        try:
            self.reads.mkdir(parents=True, exist_ok=True)
            self.documents.mkdir(exist_ok=True)
        except OSError as error:
            raise from_os_error(error, self.root) from error

    def identity(self) -> str:
        """The name of this dataset in a database that serves several; it lies in the folder and moves with it.

        Raises:
            JobError: it can be neither read nor written.
        """
        path = self.root / ".dataset-id"
        try:
            self.root.mkdir(parents=True, exist_ok=True)
            for _ in range(50):
                try:
                    with path.open("x", encoding="ascii") as file:
                        file.write(uuid.uuid4().hex + "\n")
                        file.flush()
                        os.fsync(file.fileno())
                except FileExistsError:
                    known = path.read_text(encoding="ascii").strip()
                    if known:
                        return known
                    time.sleep(0.1)  # another machine writes it just now
        except OSError as error:
            raise from_os_error(error, path) from error
        raise UsageError(f"{path} is empty.", "Remove it and run the same command again.")

    def check_ledger_is_here(self) -> None:
        """An SQLite ledger must not start beside one that a database keeps.

        Raises:
            UsageError: the ledger of this dataset is in a database.
        """
        if (self.root / ".dataset-id").exists() and not self.ledger.exists():
            raise UsageError(f"The ledger of {self.root} is kept in a database.", "Give it with --ledger URL, or set JIXIAO_LEDGER.")

    def load_documents(self) -> Iterator[dict[str, Any]]:
        """Every clean document, one at a time, by path and then by content."""
        for path in in_order(self.documents):
            yield load_json(path)

    def sweep(self) -> None:
        """Remove what killed runs left half written, here or long ago on another machine."""
        for folder in (self.root, self.reads, self.documents):
            for aside in folder.glob(".*.part"):
                if not _may_be_written(aside):
                    discard(aside)


def _may_be_written(aside: Path) -> bool:
    """True when a process that writes this file may be alive."""
    match = _ASIDE.search(aside.name)
    if match is None:
        return False
    if match["host"] == host():
        owner = f"{match['host']}:{match['pid']}:{match['start']}"
        return owner != this_owner() and not is_dead(owner)
    try:
        return time.time() - aside.stat().st_mtime < _HOUR
    except OSError:
        return False


def json_files(folder: Path) -> Iterator[Path]:
    """The files of ``reads/`` or ``documents/``, in no order; what is half written is left out.

    Raises:
        JobError: the folder cannot be listed.
    """
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                if entry.name.endswith(".json") and not entry.name.startswith("."):
                    yield Path(entry.path)
    except OSError as error:
        raise from_os_error(error, folder) from error


def in_order(folder: Path) -> list[Path]:
    """JSON files of ``reads/`` or ``documents/`` by the path of their input, then by content: no order of arrival shows."""
    found = [(_input_path(path), path.name, path) for path in json_files(folder)]
    return [path for _, _, path in sorted(found)]


def _input_path(file: Path) -> str:
    """The path of the input, from the head of the file: a read of many pages is megabytes."""
    with file.open(encoding="utf-8") as opened:
        head = opened.read(_HEAD)
    match = _PATH.search(head)
    if match:
        return str(json.loads(match.group(1)))
    try:
        value = load_json(file)
        return str(value.get("document", value)["path"])
    except (ValueError, KeyError):
        return ""  # whoever opens it says what is wrong with it


def load_json(path: Path) -> dict[str, Any]:
    value: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return value


def to_json(value: Any) -> str:
    """Canonical text: same value, same bytes."""
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


def write_whole(path: Path, text: str, encoding: str = "utf-8") -> None:
    """Write aside, sync, rename, sync the folder: after a crash there is the old file or the new one, never a half.

    Raises:
        JobError: the disk is full or the folder may not be written.
    """
    write_aside(path, text.encode(encoding))
    sync_folder(path.parent)


def write_aside(path: Path, content: bytes) -> None:
    """``write_whole`` for one of many files; the caller syncs the folder when all are there."""
    aside = aside_of(path)
    try:
        with aside.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        aside.replace(path)
    except OSError as error:
        discard(aside)
        raise from_os_error(error, path) from error


def aside_of(path: Path) -> Path:
    """Where a file is made before it takes its place: no other process of any machine uses this name."""
    return path.with_name(f".{path.name}.{this_owner().replace(':', '-')}.part")


def publish(aside: Path, path: Path) -> None:
    """Put a finished file in its place."""
    try:
        with aside.open("rb+") as file:
            os.fsync(file.fileno())
        aside.replace(path)
    except OSError as error:
        discard(aside)
        raise from_os_error(error, path) from error
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Make the names in a folder last over a loss of power; systems that cannot do so are left alone."""
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError:
        return
    try:
        os.fsync(handle)
    except OSError:
        return
    finally:
        os.close(handle)


def discard(path: Path) -> None:
    """Remove a file that is not wanted; a failure to do so does not matter."""
    try:
        path.unlink(missing_ok=True)
    except OSError:
        return
