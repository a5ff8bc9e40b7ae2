"""The folder of a dataset: where each file stands, and how a file is put there whole."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.errors import from_os_error

_HEAD = 4096
_PATH = re.compile(r'^ {1,2}"path": ("(?:[^"\\]|\\.)*"),?$', re.MULTILINE)


@dataclass(frozen=True)
class Dataset:
    """Paths inside one dataset folder."""

    root: Path

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

    def read_path(self, sha256: str) -> Path:
        return self.reads / f"{sha256[:12]}.json"

    def document_path(self, sha256: str) -> Path:
        return self.documents / f"{sha256[:12]}.json"

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

    def exists(self) -> bool:
        """True when a run has been here before."""
        return self.reads.is_dir() and self.ledger.exists()

    def load_documents(self) -> Iterator[dict[str, Any]]:
        """Every clean document, one at a time, by path and then by content."""
        for path in in_order(self.documents):
            yield load_json(path)

    def sweep(self) -> None:
        """Remove what a killed run left half written; only while no other run works here."""
        for folder in (self.root, self.reads, self.documents):
            for aside in folder.glob(".*.part"):
                discard(aside)


def in_order(folder: Path) -> list[Path]:
    """JSON files of ``reads/`` or ``documents/`` by the path of their input, then by content: no order of arrival shows."""
    found = [(_input_path(path), path.name, path) for path in folder.glob("*.json") if not path.name.startswith(".")]
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
    """Write aside, sync, rename: a reader sees the old file or the new one, never a half.

    Raises:
        JobError: the disk is full or the folder may not be written.
    """
    aside = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with aside.open("w", encoding=encoding, newline="") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        aside.replace(path)
    except OSError as error:
        discard(aside)
        raise from_os_error(error, path) from error


def publish(aside: Path, path: Path) -> None:
    """Put a finished file in its place."""
    try:
        with aside.open("rb+") as file:
            os.fsync(file.fileno())
        aside.replace(path)
    except OSError as error:
        discard(aside)
        raise from_os_error(error, path) from error


def discard(path: Path) -> None:
    """Remove a file that is not wanted; a failure to do so does not matter."""
    try:
        path.unlink(missing_ok=True)
    except OSError:
        return
