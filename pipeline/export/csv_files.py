"""CSV for Excel: UTF-8 with BOM, every text quoted, nothing that Excel would run as a formula."""

from __future__ import annotations

import csv
import re
from pathlib import Path
from typing import Any

from pipeline.dataset import Dataset, publish
from pipeline.errors import from_os_error
from pipeline.export.rows import COLUMNS, rows_of

_RISKY = ("=", "+", "-", "@", "\t", "\r")
_HARMLESS = re.compile(r"^([+-]?\d+(\.\d+)?%?|[=+\-—])$")


def write(dataset: Dataset) -> None:
    """``indicators.csv``, ``tables.csv``, ``corrections.csv``, ``findings.csv`` and ``failures.csv``.

    Raises:
        JobError: the dataset cannot be written.
    """
    for name in COLUMNS:
        write_table(dataset, name)


def write_table(dataset: Dataset, name: str) -> None:
    """One CSV file, row by row; it appears complete or not at all."""
    path = dataset.root / f"{name}.csv"
    aside = path.with_name(f".{path.name}.part")
    try:
        _write_rows(aside, name, dataset)
    except OSError as error:
        aside.unlink(missing_ok=True)
        raise from_os_error(error, path) from error
    publish(aside, path)


def _write_rows(aside: Path, name: str, dataset: Dataset) -> None:
    with aside.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\r\n")
        writer.writerow(COLUMNS[name])
        for row in rows_of(name, dataset):
            writer.writerow([to_cell(row.get(column)) for column in COLUMNS[name]])


def to_cell(value: Any) -> Any:
    """A value as a CSV cell; text that a spreadsheet would take for a formula gets an apostrophe.

    A lone operator and a plain signed number are no formulas and stay.

    >>> to_cell("=1+2"), to_cell("="), to_cell("-3.5"), to_cell("@cmd")
    ("'=1+2", '=', '-3.5', "'@cmd")
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, str) and value.startswith(_RISKY) and not _HARMLESS.match(value):
        return f"'{value}"
    return value
