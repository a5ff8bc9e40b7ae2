"""Where members of archives lie while they are read: a private folder a process, gone with it or swept by the next run."""

from __future__ import annotations

import re
import shutil
import time
import uuid
from pathlib import Path

from pipeline.process_identity import host, is_dead, this_owner

_OURS = re.compile(r"^(?P<host>[^.]+)-(?P<pid>\d+)-(?P<start>\w+)\.[0-9a-f]{8}$")
_DAY = 86400.0


def unpacking_folder(root: Path) -> Path:
    """A name for a folder that no other process of any machine uses; it is not made yet.

    Args:
        root: of the dataset, whose disk has room for what comes of the archives; a temporary folder may be memory.
    """
    return _top(root) / f"{this_owner().replace(':', '-')}.{uuid.uuid4().hex[:8]}"


def sweep_unpacked(root: Path) -> None:
    """Remove what processes left that were killed, here or a day ago on another machine; never what may be in use."""
    top = _top(root)
    if top.is_symlink() or not top.is_dir():
        return
    try:
        for folder in list(top.iterdir()):
            if _is_left(folder):
                shutil.rmtree(folder, ignore_errors=True)
        top.rmdir()
    except OSError:
        return  # others unpack there


def _is_left(folder: Path) -> bool:
    ours = _OURS.match(folder.name)
    if ours is None or folder.is_symlink() or not folder.is_dir():
        return False
    if ours["host"] == host():
        return is_dead(f"{ours['host']}:{ours['pid']}:{ours['start']}")
    return time.time() - folder.stat().st_mtime > _DAY


def _top(root: Path) -> Path:
    return root / ".unpacked"
