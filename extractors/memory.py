"""Memory that the C library keeps for itself, given back to the system."""

from __future__ import annotations

import ctypes
import sys
from functools import lru_cache
from typing import Any


def give_back() -> None:
    """Return freed memory to the system where the C library can; takes milliseconds.

    A page of a scan takes hundreds of megabytes for a moment, in pieces of every
    size; without this a process keeps most of it for ever.
    """
    trim = _trim()
    if trim is not None:
        trim(0)


@lru_cache(maxsize=1)
def _trim() -> Any:
    if not sys.platform.startswith("linux"):
        return None
    try:
        return ctypes.CDLL("libc.so.6").malloc_trim
    except (OSError, AttributeError):  # musl has none
        return None
