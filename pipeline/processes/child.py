"""What a process that works for a run owes it: to die with it, to go first when memory is out, and to leave signals to it."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

_DIE_WITH_PARENT = 1
# Libraries reserve as much that they never touch; the run itself watches what is resident.
_RESERVED = 2 << 30


def be_a_child(most_bytes: int) -> None:
    """Call first in a worker.

    Args:
        most_bytes: memory that it may take; 0 for no limit.
    """
    import signal

    # Ctrl-C and SIGTERM to the whole group are the parent's to handle: it stops the workers in order.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    _die_with_parent()
    _offer_to_the_kernel()
    _limit_memory(most_bytes)


def _die_with_parent() -> None:
    """A run that is killed takes its workers along: its successor must not meet them over the same files."""
    with suppress(Exception):  # Linux only; elsewhere the closed pipe ends the worker after its job
        import ctypes
        import signal

        ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGKILL, 0, 0, 0)


def _offer_to_the_kernel() -> None:
    """When the machine is out of memory, this process goes and not the run."""
    with suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text("500", encoding="ascii")


def _limit_memory(most_bytes: int) -> None:
    """Allocations beyond this fail at once, faster than anybody could watch."""
    if most_bytes:
        with suppress(ImportError, ValueError, OSError):
            import resource

            resource.setrlimit(resource.RLIMIT_DATA, (most_bytes + _RESERVED, resource.getrlimit(resource.RLIMIT_DATA)[1]))
