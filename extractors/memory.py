"""Memory that the C library keeps for itself: some of it for the next page, the rest given back to the system."""

from __future__ import annotations

import ctypes
import os
import sys
from functools import lru_cache
from pathlib import Path
from typing import Any

# Arrays up to this many bytes come from what is kept, larger ones from the system and at once back to it.
_LARGE = 64 << 20
# What may stay for each page that is read at a time. A page of A4 takes 100 MB for a moment; each time they come anew from
# the system, they cost a twentieth of its time.
_KEPT = 160 << 20
# Each thread has a heap of its own otherwise, with what it once took in it.
_HEAPS = 2
# Names of these settings for the GNU C library.
_TRIM_THRESHOLD, _MMAP_THRESHOLD, _ARENA_MAX = -1, -3, -8


class _Level:
    """Resident bytes of this process when memory was last given back, and how many more there may be."""

    resident, kept = 0, _KEPT


def keep_some(pages: int = 1) -> None:
    """Let this process keep what pages took for the next ones; ``give_back`` keeps that within bounds.

    Args:
        pages: how many are read at a time.
    """
    _Level.kept = pages * _KEPT
    library = _library()
    if library is not None:
        library.mallopt(_ARENA_MAX, _HEAPS)
        library.mallopt(_MMAP_THRESHOLD, _LARGE)
        library.mallopt(_TRIM_THRESHOLD, _Level.kept)


def give_back() -> None:
    """Return freed memory to the system where the C library can, when there may be more than ``keep_some`` lets it keep.

    A page of a scan takes hundreds of megabytes for a moment, in pieces of every
    size; without this a process keeps most of it for ever.
    """
    library = _library()
    if library is None:
        return
    resident = resident_bytes(os.getpid())
    if resident > _Level.resident + _Level.kept:
        library.malloc_trim(0)
        _Level.resident = resident_bytes(os.getpid())
    else:
        _Level.resident = min(_Level.resident, resident)


def resident_bytes(pid: int) -> int:
    """Resident memory of a process; 0 when it is gone or the system does not say."""
    try:
        fields = Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()
    except OSError:
        return 0
    # Pages of files that are mapped are the kernel's to take back.
    return (int(fields[1]) - int(fields[2])) * os.sysconf("SC_PAGE_SIZE")


@lru_cache(maxsize=1)
def _library() -> Any:
    """The GNU C library; None elsewhere."""
    if not sys.platform.startswith("linux"):
        return None
    try:
        library = ctypes.CDLL("libc.so.6")
        return library if hasattr(library, "malloc_trim") else None  # musl has none
    except OSError:
        return None
