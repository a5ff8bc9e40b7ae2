"""Dataset-wide files, one module a format; each has ``write(dataset)`` and nothing else to offer."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from importlib import import_module

from pipeline.dataset import Dataset

_MODULES = {"json": "json_files", "csv": "csv_files", "xlsx": "xlsx_file", "parquet": "parquet_files", "duckdb": "duckdb_file",
            "grids": "grid_files", "grids-filled": "grid_files"}

# JSON and CSV are the contract of a dataset; the others are there when they were asked for once.
ALWAYS = ("json", "csv")
_TABLES = ("indicators", "tables", "corrections", "findings", "failures", "grids", "grid_cells")
_FILES = {
    "csv": tuple(f"{name}.csv" for name in _TABLES),
    "xlsx": ("dataset.xlsx",),
    "parquet": tuple(f"{name}.parquet" for name in _TABLES),
    "duckdb": ("dataset.duckdb",),
    "grids": ("grids",),
    "grids-filled": ("grids-filled",),
}


def formats_of(dataset: Dataset, chosen: Iterable[str]) -> list[str]:
    """What to write: always JSON and CSV, what was chosen, and what is there already, so that no file goes stale."""
    there = [name for name, files in _FILES.items() if (dataset.root / files[0]).exists()]
    return list(dict.fromkeys((*ALWAYS, *chosen, *there)))


def files_of(name: str) -> tuple[str, ...]:
    """The files of a format in the dataset's folder."""
    return _FILES.get(name, ())


def writer_of(name: str) -> Callable[[Dataset], None]:
    """The writer of a format; its libraries are imported only now."""
    module = import_module(f"pipeline.export.{_MODULES[name]}")
    writer: Callable[[Dataset], None] = module.write_filled if name == "grids-filled" else module.write
    return writer
