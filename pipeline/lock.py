"""One run at a time works on a dataset."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO

from pipeline.dataset import Dataset
from pipeline.errors import BusyDatasetError, from_os_error
from pipeline.messages import tell
from pipeline.page_store import sweep_pages

_LOOK_AGAIN = 0.2


@contextmanager
def held(dataset: Dataset, wait_seconds: float = 0.0) -> Iterator[None]:
    """Hold the dataset for the length of the block; the lock falls with the process, however it ends.

    Args:
        wait_seconds: how long to wait for another run to end.

    Raises:
        BusyDatasetError: another run holds it.
        JobError: the dataset cannot be made or written.
    """
    dataset.create()
    path = dataset.root / ".lock"
    try:
        file = path.open("a+b")
    except OSError as error:
        raise from_os_error(error, path) from error
    with file:
        until = time.monotonic() + wait_seconds
        while not _take(file):
            if time.monotonic() >= until:
                raise BusyDatasetError(*tell("dataset.busy", root=dataset.root))
            time.sleep(_LOOK_AGAIN)
        dataset.sweep()
        sweep_pages(dataset)
        try:
            yield
        finally:
            # Processes of a killed run outlive it for a moment: what they had half written was not given up yet at the beginning.
            dataset.sweep()


def _take(file: IO[bytes]) -> bool:
    """True when this process holds the lock now."""
    try:
        import fcntl
    except ImportError:
        return True  # no such locks on this system; the ledger still keeps its own
    try:
        fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        return True  # some network shares know no locks
    return True
