"""How much memory there is, and how much of it a worker may take."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

# A page in hand may take this many times what a worker is recycled at: fine colour scans are large while they are read.
_HARD = 4
# Libraries and models take most of a gigabyte before the first page.
_LEAST = 1 << 30
_SHARE = 0.9
_CGROUP = (Path("/sys/fs/cgroup/memory.max"), Path("/sys/fs/cgroup/memory/memory.limit_in_bytes"))


def hard_limit(soft_bytes: int, jobs: int) -> int:
    """What one of so many workers may take at any time: within the machine, and at least what it needs at all."""
    if not soft_bytes:
        return 0
    total, most = total_bytes(), max(_HARD * soft_bytes, _LEAST)
    return max(soft_bytes, _LEAST, min(most, int(_SHARE * total / jobs)) if total else most)


def total_bytes() -> int:
    """Memory of this machine or container; 0 when the system does not say."""
    found = [_limit_in(path) for path in _CGROUP]
    with suppress(AttributeError, ValueError, OSError):
        found.append(os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE"))
    return min((each for each in found if each > 0), default=0)


def _limit_in(path: Path) -> int:
    try:
        return int(path.read_text(encoding="ascii"))
    except (OSError, ValueError):
        return 0
