"""What an export is made of: whose rows, where its files go, and whether people's names and phones are masked."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.dataset import Dataset
from pipeline.export.rows import COLUMNS
from pipeline.export.source import Source, source_of


@dataclass(frozen=True, slots=True)
class Delivery:
    """One export of a dataset; into its own folder, as it is, unless said otherwise."""

    dataset: Dataset
    folder: Path
    masked: bool = False

    @classmethod
    def own(cls, dataset: Dataset) -> Delivery:
        """The files that stand in the dataset itself."""
        return cls(dataset, dataset.root)

    @property
    def is_own(self) -> bool:
        return self.folder == self.dataset.root

    @contextmanager
    def source(self) -> Iterator[Source]:
        """The rows, for the length of the block."""
        with source_of(self.dataset, self.masked) as source:
            yield source

    def batches(self, most: int) -> Iterator[tuple[str, list[list[Any]]]]:
        """All rows, up to ``most`` of one table at a time behind its name; memory holds a batch of each table."""
        waiting: dict[str, list[list[Any]]] = {name: [] for name in COLUMNS}
        with self.source() as source:
            for name, row in source.rows():
                waiting[name].append(row)
                if len(waiting[name]) == most:
                    yield name, waiting[name]
                    waiting[name] = []
        yield from ((name, rows) for name, rows in waiting.items() if rows)
