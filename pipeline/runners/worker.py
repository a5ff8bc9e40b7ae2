"""A process that reads: jobs in, replies out, and bounds on what it may take from the machine."""

from __future__ import annotations

import os
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path

from extractors.options import ReadOptions
from pipeline.processes.child import be_a_child
from pipeline.read_job import Desk, Job

# Where libraries look how many threads they may start; without it each worker starts one a core.
_THREADS = ("OPENCV_FOR_THREADS_NUM", "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMEXPR_NUM_THREADS")


def work(pipe: Connection, options: ReadOptions, long_pages: int, most_bytes: int, for_file: Path | None = None) -> None:
    """The loop of a worker: a job in, page numbers and a reply out, until the pipe closes.

    Args:
        most_bytes: memory that it may take; 0 for no limit.
        for_file: what the first job will be about, most likely; its reader is loaded before that job comes.
    """
    _prepare(options.threads, most_bytes)
    if for_file is not None:
        _load_reader(for_file)
    desk = Desk(options, long_pages)
    try:
        while (job := _next_job(pipe)) is not None:
            pipe.send(0)
            pipe.send(desk.do(job, pipe.send))
    except (BrokenPipeError, OSError):
        return  # the run is gone; its successor does this job again
    finally:
        desk.close()


def _next_job(pipe: Connection) -> Job | None:
    """None when there will be no other."""
    try:
        job: Job | None = pipe.recv()
    except (EOFError, OSError):
        return None
    return job


def _load_reader(file: Path) -> None:
    from extractors.identify import identify
    from extractors.readers import reader_of

    with suppress(Exception):  # what is wrong with the file is said when it is read
        reader_of(identify(file)).load()


def _prepare(threads: int | None, most_bytes: int) -> None:
    be_a_child(most_bytes)
    if threads:
        os.environ.update({name: str(threads) for name in _THREADS})
