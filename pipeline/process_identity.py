"""Who holds a claim: a process, told from every other, also from one that got its number later."""

from __future__ import annotations

import os
import re
import socket
from functools import lru_cache
from pathlib import Path


@lru_cache(maxsize=1)
def host() -> str:
    """Name of this machine or container, without the signs that part the fields of an owner and the parts of a file name."""
    return re.sub(r"[^\w-]", "-", socket.gethostname())


def this_owner() -> str:
    """``host:pid:start`` of this process."""
    return _owner(os.getpid())


@lru_cache(maxsize=1)
def _owner(pid: int) -> str:
    return f"{host()}:{pid}:{_start_of(pid)}"


def is_dead(owner: str) -> bool:
    """True when the owner was a process of this machine that has ended; another machine's only its lease can tell."""
    where, _, rest = owner.partition(":")
    pid, _, start = rest.partition(":")
    return where == host() and pid.isdigit() and _start_of(int(pid)) != start


def _start_of(pid: int) -> str:
    """When a process began, in ticks since boot; a word where the system does not say, empty when there is none."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
        return stat.rpartition(")")[2].split()[19]
    except (OSError, IndexError):
        pass
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return ""
    except OSError:
        return "running"
    return "running"
