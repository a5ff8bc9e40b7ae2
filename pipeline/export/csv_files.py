"""CSV for Excel: UTF-8 with BOM, every text quoted, nothing that Excel would run as a formula."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict
from typing import Any

from pipeline.dataset import Dataset, discard, publish
from pipeline.errors import from_os_error
from pipeline.export.rows import COLUMNS, Row, rows_of, rows_of_document
from pipeline.failures import Failure

_RISKY = ("=", "+", "-", "@", "\t", "\r")
_HARMLESS = re.compile(r"^([+-]?\d+(\.\d+)?%?|[=+\-—])$")


def write(dataset: Dataset) -> None:
    """``indicators.csv``, ``tables.csv``, ``corrections.csv``, ``findings.csv`` and ``failures.csv``.

    Each document is opened once, whatever the number of files.

    Raises:
        JobError: the dataset cannot be written.
    """
    with ExitStack() as files:
        put = {name: files.enter_context(_sheet(dataset, name)) for name in COLUMNS}
        for document in dataset.load_documents():
            for name, row in rows_of_document(document):
                put[name](row)
        for row in rows_of("failures", dataset):
            put["failures"](row)


def write_failures(dataset: Dataset, failures: Iterable[Failure]) -> None:
    """``failures.csv`` alone.

    Raises:
        JobError: the dataset cannot be written.
    """
    with _sheet(dataset, "failures") as put:
        for failure in failures:
            put(asdict(failure))


@contextmanager
def _sheet(dataset: Dataset, name: str) -> Iterator[Callable[[Row], None]]:
    """A CSV file that takes rows; it appears complete at the end of the block, or not at all."""
    path = dataset.root / f"{name}.csv"
    aside = path.with_name(f".{path.name}.part")
    columns = COLUMNS[name]
    try:
        with aside.open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.writer(file, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\r\n")
            writer.writerow(columns)
            yield lambda row: writer.writerow([to_cell(row.get(column)) for column in columns])
    except OSError as error:
        discard(aside)
        raise from_os_error(error, path) from error
    except BaseException:
        discard(aside)
        raise
    publish(aside, path)


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
