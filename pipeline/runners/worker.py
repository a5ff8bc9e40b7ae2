"""A process that reads: jobs in, replies out, and bounds on what it may take from the machine."""

from __future__ import annotations

import os
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path

from extractors.options import ReadOptions
from pipeline.read_job import Desk

# Where libraries look how many threads they may start; without it each worker starts one a core.
_THREADS = ("OPENCV_FOR_THREADS_NUM", "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMEXPR_NUM_THREADS")
_DIE_WITH_PARENT = 1
# Libraries reserve as much that they never touch; the run itself watches what is resident.
_RESERVED = 2 << 30


def work(pipe: Connection, options: ReadOptions, long_pages: int, most_bytes: int) -> None:
    """The loop of a worker: a job in, page numbers and a reply out, until the pipe closes.

    Args:
        most_bytes: memory that it may take; 0 for no limit.
    """
    _prepare(options.threads, most_bytes)
    desk = Desk(options, long_pages)
    while True:
        try:
            job = pipe.recv()
        except (EOFError, OSError):
            return
        if job is None:
            return
        try:
            pipe.send(0)
            pipe.send(desk.do(job, pipe.send))
        except (BrokenPipeError, OSError):
            return  # the run is gone; its successor does this job again


def _prepare(threads: int | None, most_bytes: int) -> None:
    import signal

    # Ctrl-C and SIGTERM to the whole group are the parent's to handle: it stops the workers in order.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    _die_with_parent()
    _offer_to_the_kernel()
    _limit_memory(most_bytes)
    if threads:
        os.environ.update({name: str(threads) for name in _THREADS})


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
