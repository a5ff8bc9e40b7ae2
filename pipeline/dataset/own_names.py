"""The names that a dataset puts into its folder: nothing of another name is ever removed, and none of these may be a link."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

# Files of a document are called by so many digits of its sha256.
NAME_DIGITS = 12
MARK = "dataset.json"
FOLDERS = ("reads", "documents", "quarantine", "drawings", "crops", "grids", "grids-filled", ".pages", ".unpacked")
# Opened where they stand; all other files take their place by a rename, which leaves the target of a link alone.
_OPENED = ("ledger.sqlite", "ledger.sqlite-wal", "ledger.sqlite-shm", ".cleaning.sqlite", ".lock", ".dataset-id", MARK)
_STEM = re.compile(r"^[0-9a-f]{12}$")
_HEAD = 8192
_SHA = re.compile(r'^ {1,2}"sha256": "([0-9a-f]{64})"', re.MULTILINE)
# A file that is being made: ``aside_of`` gives it this name.
ASIDE = re.compile(r"^\..+\.(?P<host>[^.]+)-(?P<pid>\d+)-(?P<start>\w+)\.part$")
_PAGES = re.compile(r"^[0-9a-f]{12}-[0-9a-f]{8}$")
_PAGE = re.compile(r"^\d+\.page$")
_COPY = re.compile(r"^[0-9a-f]{12}-.")
_BLOCK = 1 << 20


def links_in(root: Path) -> list[Path]:
    """Names of ours that are links: what is written below them would land elsewhere."""
    return [path for path in (root / name for name in (*FOLDERS, *_OPENED)) if path.is_symlink()]


def has_own_name(name: str) -> bool:
    """True for what a file of ``reads/`` or ``documents/`` is called."""
    return name.endswith(".json") and bool(_STEM.match(name.removesuffix(".json")))


def is_document(path: Path) -> bool:
    """True for a file of ``reads/`` or ``documents/`` that the store wrote: its name is the beginning of the sha256 in it."""
    if path.is_symlink() or not has_own_name(path.name) or not path.is_file():
        return False
    try:
        with path.open(encoding="utf-8", errors="replace") as file:
            found = _SHA.search(file.read(_HEAD))
    except OSError:
        return False
    return found is not None and found[1].startswith(path.stem)


def is_quarantined(path: Path, end: str) -> bool:
    """True for a copy that the store put into ``quarantine/``, whose name begins with its own sha256, and for the reason of one.

    Args:
        end: of the names of reasons.
    """
    if path.is_symlink() or not _COPY.match(path.name) or not path.is_file():
        return False
    return path.name.endswith(end) or _sha256(path).startswith(path.name[:NAME_DIGITS])


def is_page_folder(path: Path) -> bool:
    return bool(_PAGES.match(path.name)) and path.is_dir() and not path.is_symlink()


def is_page(path: Path) -> bool:
    return bool(_PAGE.match(path.name) or ASIDE.match(path.name)) and path.is_file() and not path.is_symlink()


def _sha256(path: Path) -> str:
    digest = hashlib.sha256()
    try:
        with path.open("rb") as file:
            while block := file.read(_BLOCK):
                digest.update(block)
    except OSError:
        return ""
    return digest.hexdigest()
