"""CSV for Excel: UTF-8 with BOM, every text quoted, nothing that Excel would run as a formula."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

from pipeline.dataset import Dataset, aside_of, discard, publish
from pipeline.errors import from_os_error
from pipeline.export.rows import COLUMNS
from pipeline.inputs.failures import Failure

# Excel takes the full-width signs for formulas, too, where it speaks Chinese or Japanese.
_RISKY = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_HARMLESS = re.compile(r"^([+-]?\d+(\.\d+)?%?|[=+\-—＝＋－])$")


def write(dataset: Dataset) -> None:
    """``indicators.csv``, ``tables.csv``, ``corrections.csv``, ``findings.csv`` and ``failures.csv``.

    Raises:
        JobError: the dataset cannot be written.
    """
    from pipeline.export.source import source_of

    with source_of(dataset) as source, ExitStack() as files:
        put = {name: files.enter_context(_sheet(dataset, name)) for name in COLUMNS}
        for lines in source.csv_lines():
            for name, text in lines.items():
                put[name](text)
        for row in source.failures():
            put["failures"](rows_to_lines([row]))


def write_failures(dataset: Dataset, failures: Iterable[Failure]) -> None:
    """``failures.csv`` alone.

    Raises:
        JobError: the dataset cannot be written.
    """
    with _sheet(dataset, "failures") as put:
        for failure in failures:
            put(rows_to_lines([[getattr(failure, column) for column in COLUMNS["failures"]]]))


def document_to_lines(rows: dict[str, list[list[Any]]]) -> dict[str, str]:
    """The rows of a document as lines of the CSV files."""
    return {name: rows_to_lines(each) for name, each in rows.items()}


def rows_to_lines(rows: Iterable[list[Any]]) -> str:
    """CSV lines of rows."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\r\n")
    writer.writerows([[to_cell(value) for value in row] for row in rows])
    return text.getvalue()


@contextmanager
def _sheet(dataset: Dataset, name: str) -> Iterator[Callable[[str], object]]:
    """A CSV file that takes lines; it appears complete at the end of the block, or not at all."""
    path = dataset.root / f"{name}.csv"
    aside = aside_of(path)
    try:
        with aside.open("w", encoding="utf-8-sig", newline="") as file:
            file.write(rows_to_lines([list(COLUMNS[name])]))
            yield file.write
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

    >>> to_cell("=1+2"), to_cell("="), to_cell("-3.5"), to_cell("@cmd"), to_cell("＝1+2")
    ("'=1+2", '=', '-3.5', "'@cmd", "'＝1+2")
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, str) and value.startswith(_RISKY) and not _HARMLESS.match(value):
        return f"'{value}"
    return value
