"""Files under names that libraries of other languages understand: without the bytes and signs that have a meaning to them.

DuckDB takes paths of UTF-8 only, and what stands behind a question mark for a question to a web server: its log would lie elsewhere.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def made_plainly(file: Path) -> Iterator[Path]:
    """Where to make a file: another place, from which it is copied at the end of the block, where its own path is not plain."""
    if _is_plain(file):
        yield file
        return
    with tempfile.TemporaryDirectory(prefix="jixiao-") as space:
        made = Path(space, "made")
        yield made
        shutil.copyfile(made, file)


@contextmanager
def read_plainly(file: Path) -> Iterator[Path]:
    """The file, or a copy of it for the length of the block where its own path is not plain."""
    if _is_plain(file):
        yield file
        return
    with tempfile.TemporaryDirectory(prefix="jixiao-") as space:
        yield Path(shutil.copyfile(file, Path(space, "copy")))


def _is_plain(file: Path) -> bool:
    path = str(file.absolute())
    try:
        path.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return "?" not in path
