"""Where exports take the flat tables from: what cleaning remembers of each document, and the ledger."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from pipeline.cleaning.store import Store, unpacked
from pipeline.dataset import Dataset
from pipeline.export.csv_cells import rows_to_lines
from pipeline.export.masking import mask_rows
from pipeline.export.rows import COLUMNS
from pipeline.inputs.failures import Failure

_IN_ORDER = "FROM documents d JOIN fragments f ON f.name = d.name WHERE d.path IS NOT NULL ORDER BY d.path, d.name"


class Source:
    """The rows of a cleaned dataset, by document, in the order of their paths; memory holds one document."""

    def __init__(self, dataset: Dataset, store: Store, masked: bool = False) -> None:
        self._dataset = dataset
        self._store = store
        self._masked = masked

    def csv_lines(self) -> Iterator[dict[str, str]]:
        """Finished lines of the CSV files, a document at a time, by the name of the table."""
        if self._masked:
            yield from ({name: rows_to_lines(rows) for name, rows in each.items()} for each in self.documents())
            return
        for (blob,) in self._store.read(f"SELECT f.csv {_IN_ORDER}"):
            yield unpacked(blob)

    def documents(self) -> Iterator[dict[str, list[list[Any]]]]:
        """The rows of one document after the other, by the name of the table."""
        for (blob,) in self._store.read(f"SELECT f.rows {_IN_ORDER}"):
            rows = unpacked(blob)
            yield mask_rows(rows) if self._masked else rows

    def rows(self) -> Iterator[tuple[str, list[Any]]]:
        """Every row with the name of its table, values in the order of ``COLUMNS``; failures last."""
        for document in self.documents():
            for name, rows in document.items():
                for row in rows:
                    yield name, row
        for row in self.failures():
            yield "failures", row

    def rows_of(self, name: str) -> Iterator[list[Any]]:
        """The rows of one table."""
        if name == "failures":
            yield from self.failures()
            return
        for document in self.documents():
            yield from document[name]

    def count(self) -> int:
        """How many documents there are."""
        return int(next(self._store.read(f"SELECT count(*) {_IN_ORDER.partition(' ORDER')[0]}"))[0])

    def failures(self) -> Iterator[list[Any]]:
        """Every input of the dataset that stands as failed."""
        from pipeline.ledger import opened

        with opened(self._dataset) as ledger:
            for each in ledger.failures():
                row = [getattr(each, column) for column in COLUMNS["failures"]]
                yield mask_rows({"failures": [row]})["failures"][0] if self._masked else row

    def skipped(self) -> list[Failure]:
        """Every input of the dataset that is no form."""
        from pipeline.ledger import opened

        with opened(self._dataset) as ledger:
            return ledger.skipped()


@contextmanager
def source_of(dataset: Dataset, masked: bool = False) -> Iterator[Source]:
    """The rows of a dataset, for the length of the block; with names and phones of people masked if so wanted."""
    store = Store(dataset.cleaning)
    try:
        yield Source(dataset, store, masked)
    finally:
        store.close()
