"""A dataset that was delivered, to look into: documents with types, tables as frames of pandas."""

from __future__ import annotations

import csv
import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from jixiao.document import CleanedDocument, Row, to_document

if TYPE_CHECKING:
    import pandas as pd

Name = Literal["indicators", "tables", "corrections", "findings", "failures", "grids", "grid_cells"]


class Dataset:
    """The folder of a dataset; nothing in it is changed. Memory holds one document, but for the frames."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def documents(self) -> Iterator[CleanedDocument]:
        """Every document, in the order of the names of their files."""
        from pipeline.dataset import Dataset as Folder

        return map(to_document, Folder(self.root).load_documents())

    def document(self, named: str) -> CleanedDocument:
        """The one document whose sha256 begins so, or whose path holds these words.

        Raises:
            UsageError: none does, or several do.
        """
        from pipeline.dataset import Dataset as Folder
        from pipeline.explain import find_document

        return to_document(find_document(Folder(self.root), named))

    def rows(self) -> Iterator[Row]:
        """Every indicator of every form of every document."""
        return (row for document in self.documents() for table in document.tables for row in table.rows)

    def frame(self, name: Name = "indicators") -> pd.DataFrame:
        """One of the flat tables with the columns of its CSV file: texts, ``Int64``, ``Float64`` and ``boolean``, all with NA."""
        import pandas as pd
        import pyarrow as pa

        from pipeline.export.parquet_files import rows_to_batch

        types = {pa.int64(): pd.Int64Dtype(), pa.float64(): pd.Float64Dtype(), pa.bool_(): pd.BooleanDtype(), pa.string(): pd.StringDtype()}
        batch = rows_to_batch(name, list(self._rows_of(name)))
        frame: pd.DataFrame = pa.Table.from_batches([batch]).to_pandas(types_mapper=types.get)
        return frame

    def _rows_of(self, name: Name) -> Iterator[list[Any]]:
        from pipeline.dataset import Dataset as Folder
        from pipeline.export.rows import COLUMNS, document_to_rows

        if name == "failures":
            with (self.root / "failures.csv").open(encoding="utf-8-sig", newline="") as file:
                yield from ([line[column] for column in COLUMNS[name]] for line in csv.DictReader(file))
            return
        for document in Folder(self.root).load_documents():
            yield from document_to_rows(document)[name]


def open_dataset(path: str | os.PathLike[str]) -> Dataset:
    """A dataset that ``extract`` or the command line delivered.

    Raises:
        UsageError: there is none.
    """
    from pipeline.dataset import Dataset as Folder

    root = Path(path)
    Folder(root).check()
    return Dataset(root)
