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

from pipeline.dataset.documents import load_document
from pipeline.dataset.files import discard, load_json
from pipeline.dataset.mark import check_mark, claim_folder
from pipeline.dataset.own_names import ASIDE, NAME_DIGITS, has_own_name
from pipeline.dataset.unpacked import sweep_unpacked
from pipeline.errors import UsageError, from_os_error
from pipeline.messages import tell
from pipeline.process_identity import host, is_dead, this_owner

_HEAD = 4096
_SHA = re.compile(r"[0-9a-f]{64}")
_HOUR = 3600.0
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
    def history(self) -> Path:
        """What left: written from the ledger, and read when the ledger is made anew."""
        return self.root / "history.csv"

    @property
    def ledger(self) -> Path:
        return self.root / "ledger.sqlite"

    @property
    def cleaning(self) -> Path:
        """What cleaning remembers of each document; may be removed at any time, and is made again."""
        return self.root / ".cleaning.sqlite"

    @property
    def ignored(self) -> Path:
        """The user's list of inputs that are passed over."""
        return self.root / "ignore.txt"

    @property
    def sample(self) -> Path:
        """The accepted values that were drawn for people to check."""
        return self.root / "sample.json"

    @property
    def report_memory(self) -> Path:
        """What the last report said; may be removed, and the next tells no changes."""
        return self.root / ".report.json"

    def read_path(self, sha256: str) -> Path:
        return self.reads / f"{sha256[:NAME_DIGITS]}.json"

    def document_path(self, sha256: str) -> Path:
        return self.documents / f"{sha256[:NAME_DIGITS]}.json"

    def create(self) -> None:
        """Make the folders, in a folder that is ours or nobody's.

        Raises:
            UsageError: the folder holds something else.
            JobError: the folder cannot be made or written.
        """
        claim_folder(self.root)
        try:
            self.reads.mkdir(parents=True, exist_ok=True)
            self.documents.mkdir(exist_ok=True)
        except OSError as error:
            raise from_os_error(error, self.root) from error

    def check(self) -> None:
        """Raises UsageError when there is no dataset in the folder; nothing is written."""
        check_mark(self.root)

    def check_cleaned(self) -> None:
        """Raises UsageError when there is no dataset in the folder, or nothing of it was cleaned yet."""
        self.check()
        if not self.cleaning.is_file():
            raise UsageError(*tell("export.not-cleaned", root=self.root))

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
        raise UsageError(*tell("dataset.empty-file", path=path))

    def check_ledger_is_here(self) -> None:
        """An SQLite ledger must not start beside one that a database keeps.

        Raises:
            UsageError: the ledger of this dataset is in a database.
        """
        if (self.root / ".dataset-id").exists() and not self.ledger.exists():
            raise UsageError(*tell("dataset.ledger-elsewhere", root=self.root))

    def load_documents(self) -> Iterator[dict[str, Any]]:
        """Every clean document, one at a time, by path and then by content."""
        for path in in_order(self.documents):
            yield load_document(path)

    def load_document(self, sha256: str) -> dict[str, Any] | None:
        """The clean document of a content; None where there is none, and for what is no sha256: no other path can be named."""
        path = self.document_path(sha256)
        document = load_document(path) if _SHA.fullmatch(sha256) and path.is_file() else None
        return document if document is not None and document["document"]["sha256"] == sha256 else None

    def sweep(self) -> None:
        """Remove what killed runs left half written, here or long ago on another machine."""
        for folder in (self.root, self.reads, self.documents, self.quarantine):
            for aside in folder.glob(".*.part"):
                if ASIDE.match(aside.name) and not _may_be_written(aside):
                    discard(aside)
        sweep_unpacked(self.root)


def _may_be_written(aside: Path) -> bool:
    """True when a process that writes this file may be alive."""
    match = ASIDE.match(aside.name)
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
    """The files of ``reads/`` or ``documents/``, in no order; what is half written, or bears no name of ours, is left out.

    Raises:
        JobError: the folder cannot be listed.
    """
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                if has_own_name(entry.name):
                    yield Path(entry.path)
    except OSError as error:
        raise from_os_error(error, folder) from error


def in_order(folder: Path) -> list[Path]:
    """JSON files of ``reads/`` or ``documents/`` by the path of their input, then by content: no order of arrival shows."""
    found = [(_input_path(path), path.name, path) for path in json_files(folder)]
    return [path for _, _, path in sorted(found)]


def _input_path(file: Path) -> str:
    """The path of the input, from the head of the file: a read of many pages is megabytes."""
    try:
        with file.open(encoding="utf-8") as opened:
            head = opened.read(_HEAD)
        if match := _PATH.search(head):
            return str(json.loads(match.group(1)))
        value = load_json(file)
        return str(value.get("document", value)["path"])
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return ""  # whoever opens it says what is wrong with it
