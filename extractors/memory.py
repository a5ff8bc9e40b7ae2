"""Memory that the C library keeps for itself: some of it for the next page, the rest given back to the system."""

from __future__ import annotations

import ctypes
import sys
from functools import lru_cache
from typing import Any

# Arrays up to this many bytes come from what is kept, larger ones from the system and at once back to it.
_LARGE = 64 << 20
# What may stay. A page of A4 takes 100 MB for a moment; each time they come anew from the system, they cost a twentieth of
# its time.
_KEPT = 160 << 20
# Names of these settings for the GNU C library.
_TRIM_THRESHOLD, _MMAP_THRESHOLD = -1, -3


class _Use(ctypes.Structure):
    """``struct mallinfo2`` of the GNU C library; ``fordblks`` is what is free and kept, in bytes."""

    _fields_ = [
        (name, ctypes.c_size_t)
        for name in ("arena", "ordblks", "smblks", "hblks", "hblkhd", "usmblks", "fsmblks", "uordblks", "fordblks", "keepcost")
    ]


def keep_some() -> None:
    """Let this process keep what one page took for the next one; ``give_back`` keeps that within bounds."""
    library = _library()
    if library is not None and hasattr(library, "mallinfo2"):
        library.mallopt(_MMAP_THRESHOLD, _LARGE)
        library.mallopt(_TRIM_THRESHOLD, _KEPT)


def give_back() -> None:
    """Return freed memory beyond some 160 MB to the system, where the C library can; takes milliseconds.

    A page of a scan takes hundreds of megabytes for a moment, in pieces of every
    size; without this a process keeps most of it for ever.
    """
    library = _library()
    if library is not None and _free(library) > _KEPT:
        library.malloc_trim(0)


def _free(library: Any) -> int:
    """Bytes that the library keeps; before its version 2.33 it cannot say, and that counts as many."""
    if not hasattr(library, "mallinfo2"):
        return _KEPT + 1
    library.mallinfo2.restype = _Use
    return int(library.mallinfo2().fordblks)


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
