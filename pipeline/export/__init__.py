"""Dataset-wide files, one module a format; each has ``write(dataset)`` and nothing else to offer."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

from pipeline.dataset import Dataset

_MODULES = {"json": "json_files", "csv": "csv_files", "xlsx": "xlsx_file", "parquet": "parquet_files", "duckdb": "duckdb_file"}


def writer_of(name: str) -> Callable[[Dataset], None]:
    """The writer of a format; its libraries are imported only now."""
    writer: Callable[[Dataset], None] = import_module(f"pipeline.export.{_MODULES[name]}").write
    return writer
