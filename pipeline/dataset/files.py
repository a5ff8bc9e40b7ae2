"""How a file is put in its place whole, and how one of ours is read."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from pipeline.errors import from_os_error
from pipeline.process_identity import this_owner

_HALF_PAIR = re.compile("[\ud800-\udfff]")


def load_json(path: Path) -> dict[str, Any]:
    value: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return value


def to_json(value: Any) -> str:
    """Canonical text: same value, same bytes."""
    text = json.dumps(value, ensure_ascii=False, indent=1) + "\n"
    # Half a pair is no character, and no file of UTF-8 can hold it.
    return text if text.isascii() else _HALF_PAIR.sub("\ufffd", text)


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


@contextmanager
def written_whole(*paths: Path) -> Iterator[list[Path]]:
    """Places aside to write files at; they become ``paths`` at the end of the block, or none does and nothing is left.

    Raises:
        JobError: an OSError in the block or after it, told of the first path.
    """
    asides = [aside_of(path) for path in paths]
    try:
        for aside in asides:
            aside.unlink(missing_ok=True)
        yield asides
    except BaseException as error:
        for aside in asides:
            for part in (aside, aside.with_name(f"{aside.name}.wal")):  # a database's log
                discard(part)
        if isinstance(error, OSError):
            raise from_os_error(error, paths[0]) from error
        raise
    for aside, path in zip(asides, paths, strict=True):
        publish(aside, path)


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
