"""Claims live as long as the process that made them."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from pipeline.errors import JobError
from pipeline.ledger.claims import LEASE_SECONDS
from pipeline.ledger.ledger import Ledger


@contextmanager
def beating(ledger: Ledger, pause: float = LEASE_SECONDS / 4) -> Iterator[None]:
    """Keep this owner's claims alive for the length of the block, then give back what is left of them."""
    ended = threading.Event()

    def beat() -> None:
        while not ended.wait(pause):
            with suppress(JobError):  # the run itself finds out, and says so
                ledger.extend_leases()

    thread = threading.Thread(target=beat, name="leases", daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join(timeout=1)
        with suppress(JobError):
            ledger.give_back()
