"""Dataset-wide files: one tuple of formats, one module a format."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING

from pipeline.dataset import Dataset

if TYPE_CHECKING:
    from pipeline.export.delivery import Delivery

_TABLES = ("indicators", "tables", "corrections", "findings", "failures", "grids", "grid_cells")


@dataclass(frozen=True, slots=True)
class Format:
    """A format of the output.

    Attributes:
        name: what ``--format`` calls it.
        module: where its writer stands; imported only when it writes.
        files: what it leaves in the dataset's folder.
        writer: the function that writes it, given a delivery.
        always: JSON and CSV are the contract of a dataset; the others are there when they were asked for once.
        shows: files of other formats that this one points to: it is written again when they come or go.
    """

    name: str
    module: str
    files: tuple[str, ...]
    writer: str = "write"
    always: bool = False
    shows: tuple[str, ...] = ()


_FORMATS = (
    Format("json", "json_files", (), always=True),
    Format("csv", "csv_files", (*(f"{name}.csv" for name in _TABLES), "datapackage.json"), always=True),
    Format("crops", "crop_files", ("crops",)),
    Format("xlsx", "xlsx_file", ("dataset.xlsx",), shows=("crops",)),
    Format("parquet", "parquet_files", tuple(f"{name}.parquet" for name in _TABLES)),
    Format("duckdb", "duckdb_file", ("dataset.duckdb",)),
    Format("sqlite", "sqlite_file", ("dataset.sqlite3",)),
    Format("grids", "grid_files", ("grids",)),
    Format("grids-filled", "grid_files", ("grids-filled",), writer="write_filled"),
)
_BY_NAME = {each.name: each for each in _FORMATS}
FORMATS = tuple(_BY_NAME)


def formats_of(dataset: Dataset, chosen: Iterable[str]) -> list[str]:
    """What to write: always JSON and CSV, what was chosen, and what is there already, so that no file goes stale."""
    always = [each.name for each in _FORMATS if each.always]
    there = [each.name for each in _FORMATS if each.files and (dataset.root / each.files[0]).exists()]
    wanted = {*always, *chosen, *there}
    return [name for name in FORMATS if name in wanted]


def files_of(name: str) -> tuple[str, ...]:
    """The files of a format in the dataset's folder."""
    return _BY_NAME[name].files


def shown_by(name: str) -> tuple[str, ...]:
    """The files of other formats that a format points to."""
    return _BY_NAME[name].shows


def writer_of(name: str) -> Callable[[Delivery], None]:
    """The writer of a format; its libraries are imported only now."""
    chosen = _BY_NAME[name]
    writer: Callable[[Delivery], None] = getattr(import_module(f"pipeline.export.{chosen.module}"), chosen.writer)
    return writer
