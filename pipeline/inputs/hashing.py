"""What content each input has; a file that was not touched since it was hashed is not opened."""

from __future__ import annotations

import hashlib
import os
import stat
import time
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import islice

from extractors.errors import AccessError
from pipeline.inputs.failures import Failure, from_error
from pipeline.inputs.walk import Input
from pipeline.ledger import Ledger, Looks, Seen
from pipeline.messages import tell

_AT_ONCE = 500
# Opening a pipe that took the place of a file would wait for ever.
_NOT_WAITING = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
# A file written in the same tick of its clock as it was hashed looks the same afterwards.
_YOUNG_NS = 2_000_000_000


def items_to_seen(items: Iterable[Input | Failure], ledger: Ledger) -> Iterator[list[tuple[Input, Seen] | Failure]]:
    """Inputs with their contents, some hundreds at a time; what cannot be opened is a failure."""
    rest = iter(items)
    while chunk := list(islice(rest, _AT_ONCE)):
        known = ledger.known_looks({item.key: item.name for item in chunk if isinstance(item, Input)})
        yield [item if isinstance(item, Failure) else _seen(item, known.get(item.key)) for item in chunk]


def _seen(item: Input, known: Seen | None) -> tuple[Input, Seen] | Failure:
    looks = looks_of(item)
    if known is not None and looks is not None and known.looks == looks:
        return item, replace(known, path=item.key, name=item.name)
    try:
        sha256 = hash_file(item)
    except AccessError as error:
        return replace(from_error(item.name, error), key=item.key)
    return item, Seen(item.key, sha256, looks if looks == looks_of(item) else None, item.name)


def looks_of(item: Input) -> Looks | None:
    """Size, times and inode of a file that stands still; None for one that was touched just now."""
    try:
        found = os.stat(item.path)  # noqa: PTH116
    except OSError:
        return None
    if time.time_ns() - max(found.st_mtime_ns, found.st_ctime_ns) < _YOUNG_NS:
        return None
    return found.st_size, found.st_mtime_ns, found.st_ctime_ns, str(found.st_ino)


def hash_file(item: Input) -> str:
    """sha256 of a file.

    Raises:
        AccessError: it cannot be read.
    """
    digest = hashlib.sha256()
    try:
        with os.fdopen(os.open(item.path, os.O_RDONLY | _NOT_WAITING), "rb") as file:
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                raise AccessError(*tell("input.no-file"))
            while block := file.read(1 << 20):
                digest.update(block)
    except OSError as error:
        raise AccessError(*tell("input.not-opened", error=error.strerror)) from error
    return digest.hexdigest()
