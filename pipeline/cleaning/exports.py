"""Dataset-wide files, written when what they are made of has changed or they are not as they were left."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from pipeline.cleaning.store import Store
from pipeline.cleaning.work import stat_of
from pipeline.dataset import Dataset
from pipeline.export import files_of, formats_of, shown_by, writer_of
from pipeline.ledger import opened


def write_exports(dataset: Dataset, formats: Iterable[str]) -> None:
    """The files of each format, complete or not at all.

    Raises:
        JobError: the dataset cannot be written.
    """
    # Whoever exports looks into this package's store: at the top of the file one would wait for the other.
    from pipeline.export.delivery import Delivery

    store = Store(dataset.cleaning)
    try:
        made_from = _cause(store, dataset)
        known = dict(store.read("SELECT name, made_from || ' ' || stats FROM exports"))
        for name in formats_of(dataset, formats):
            if known.get(name) != f"{made_from} {_stats(dataset, name)}":
                writer_of(name)(Delivery.own(dataset))
                store.write("INSERT OR REPLACE INTO exports VALUES (?, ?, ?)", [(name, made_from, _stats(dataset, name))])
                store.commit()
    finally:
        store.close()


def _cause(store: Store, dataset: Dataset) -> str:
    """A digest over all documents in their order, and all failures."""
    digest = hashlib.sha256()
    for row in store.read("SELECT path, name, made_from FROM documents WHERE path IS NOT NULL ORDER BY path, name"):
        digest.update("\t".join(row).encode())
    with opened(dataset) as ledger:
        for each in (*ledger.failures(), *ledger.skipped()):
            digest.update(repr(each).encode())
    return digest.hexdigest()


def _stats(dataset: Dataset, name: str) -> str:
    return ",".join(stat_of(dataset.root / file) or "-" for file in (*files_of(name), *shown_by(name)))
