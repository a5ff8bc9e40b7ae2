"""Which input is in which state: SQLite in the dataset folder or PostgreSQL for many machines, keyed by content."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from pipeline.dataset import Dataset
from pipeline.ledger.claims import LEASE_SECONDS
from pipeline.ledger.content_status import Standing
from pipeline.ledger.history_file import read_history
from pipeline.ledger.leases import beating
from pipeline.ledger.ledger import PATIENCE_SECONDS, Ledger
from pipeline.ledger.rows import Looks, Seen
from pipeline.ledger.unpacked import looks_in

__all__ = ["LEASE_SECONDS", "PATIENCE_SECONDS", "Ledger", "Looks", "Seen", "Standing", "beating", "looks_in", "open_ledger", "opened"]


def open_ledger(dataset: Dataset) -> Ledger:
    """The ledger of a dataset; the caller closes it.

    Raises:
        JobError: it cannot be opened.
        UsageError: the dataset keeps its ledger in a database that was not named.
    """
    if dataset.ledger_url is None:
        dataset.check_ledger_is_here()
        return _with_history(Ledger(dataset.ledger), dataset)
    ledger = Ledger(dataset.ledger_url, dataset.identity())
    if dataset.ledger.exists():
        ledger.move_in(dataset.ledger)
    return _with_history(ledger, dataset)


def _with_history(ledger: Ledger, dataset: Dataset) -> Ledger:
    """A ledger that was made anew takes from ``history.csv`` what had left before it."""
    if dataset.history.exists() and not ledger.has_history() and (events := read_history(dataset)):
        ledger.add_history(events)
    return ledger


@contextmanager
def opened(dataset: Dataset) -> Iterator[Ledger]:
    """The ledger of a dataset, closed at the end of the block."""
    ledger = open_ledger(dataset)
    try:
        yield ledger
    finally:
        ledger.close()
