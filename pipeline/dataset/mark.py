"""The mark of a dataset: a folder without it is somebody else's, and nothing is written into it."""

from __future__ import annotations

import json
import os
import re
import sqlite3
from contextlib import closing
from importlib.metadata import version
from itertools import islice
from pathlib import Path
from typing import Any

from pipeline.dataset.files import to_json, write_whole
from pipeline.dataset.own_names import ASIDE, MARK, is_document, links_in
from pipeline.errors import JobError, UsageError, from_os_error
from pipeline.messages import tell

FORMAT = "jixiao-dataset"
FORMAT_VERSION = 1
# What systems put into a folder that nobody used yet; the last is on every fresh disk.
_OF_THE_SYSTEM = {".DS_Store", "Thumbs.db", "desktop.ini", "lost+found"}
_ENOUGH = 20
_LEDGER_TABLES = {"contents", "paths"}


def claim_folder(root: Path) -> None:
    """Make this folder a dataset, if it is none and holds nothing of anybody's.

    A dataset of a release that knew no mark is told by its ledger or its reads, and marked.

    Raises:
        UsageError: the folder holds something else, a link leads out of it, or another release made it.
        JobError: the folder cannot be made or written.
    """
    try:
        root.mkdir(parents=True, exist_ok=True)
        if not _is_marked(root):
            # Looked at again: a run that began at the same moment may have marked it in between.
            if not is_vacant(root) and not is_older_dataset(root) and not _is_marked(root):
                raise _foreign(root)
            write_whole(root / MARK, _mark())
    except OSError as error:
        raise from_os_error(error, root) from error
    _refuse_links(root)


def check_mark(root: Path) -> None:
    """Nothing is written.

    Raises:
        UsageError: there is no dataset in this folder.
    """
    if not root.is_dir():
        raise UsageError(*tell("dataset.no-folder", root=root))
    if not _is_marked(root) and not is_older_dataset(root):
        raise UsageError(*tell("dataset.no-mark", root=root, mark=MARK))
    _refuse_links(root)


def is_older_dataset(root: Path) -> bool:
    """True when the folder holds the ledger or a read of a dataset."""
    return _has_ledger(root / "ledger.sqlite") or _has_identity(root) or _has_read(root / "reads")


def _is_marked(root: Path) -> bool:
    """Raises UsageError when the mark is that of another format or of a later release."""
    try:
        found: Any = json.loads((root / MARK).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    if not isinstance(found, dict) or found.get("format") != FORMAT:
        return False
    if found.get("version") != FORMAT_VERSION:
        raise UsageError(*tell("dataset.other-version", root=root, version=found.get("version"), ours=FORMAT_VERSION))
    return True


def _mark() -> str:
    return to_json({"format": FORMAT, "version": FORMAT_VERSION, "made_by": f"jixiao {version('jixiao')}"})


def is_vacant(root: Path, mark: str = MARK) -> bool:
    """True when nobody put anything there; a mark that was half written when its run died is nothing."""
    with os.scandir(root) as entries:
        return all(entry.name in _OF_THE_SYSTEM or _is_half_mark(entry.name, mark) for entry in entries)


def _is_half_mark(name: str, mark: str) -> bool:
    return name.startswith(f".{mark}.") and bool(ASIDE.match(name))


def _foreign(root: Path) -> JobError:
    return UsageError(*tell("dataset.foreign", root=root))


def _refuse_links(root: Path) -> None:
    if links := links_in(root):
        raise UsageError(*tell("dataset.link", link=links[0]))


def _has_ledger(path: Path) -> bool:
    if path.is_symlink() or not path.is_file():
        return False
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as ledger:
            tables = {name for (name,) in ledger.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    except sqlite3.Error:
        return False
    return tables >= _LEDGER_TABLES


def _has_identity(root: Path) -> bool:
    """The name under which a database knows the dataset, beside the folder of its reads."""
    try:
        name = (root / ".dataset-id").read_text(encoding="ascii")
    except (OSError, ValueError):
        return False
    return bool(re.fullmatch(r"[0-9a-f]{32}\n?", name)) and (root / "reads").is_dir()


def _has_read(folder: Path) -> bool:
    try:
        with os.scandir(folder) as entries:
            return any(is_document(Path(entry.path)) for entry in islice(entries, _ENOUGH))
    except OSError:
        return False
