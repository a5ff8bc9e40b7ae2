"""CSV for Excel: UTF-8 with BOM, every text quoted, nothing that Excel would run as a formula."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.dataset import Dataset, written_whole
from pipeline.errors import from_os_error
from pipeline.export.csv_cells import rows_to_lines
from pipeline.export.rows import COLUMNS
from pipeline.inputs.failures import Failure

if TYPE_CHECKING:
    from pipeline.export.delivery import Delivery

_SKIPPED_COLUMNS = ("path", "code", "reason")


def write(delivery: Delivery) -> None:
    """``indicators.csv`` and its sisters, and ``datapackage.json`` that says what their columns are.

    Raises:
        JobError: the dataset cannot be written.
    """
    from pipeline.export.datapackage import write_package

    with delivery.source() as source, ExitStack() as files:
        put = {name: files.enter_context(_sheet(delivery.folder, name)) for name in COLUMNS}
        for lines in source.csv_lines():
            for name, text in lines.items():
                put[name](text)
        for row in source.failures():
            put["failures"](rows_to_lines([row]))
        skipped = [] if delivery.masked else source.skipped()
    _write_skipped(delivery.folder, skipped)
    write_package(delivery)


def write_failures(dataset: Dataset, failures: Iterable[Failure]) -> None:
    """``failures.csv`` alone.

    Raises:
        JobError: the dataset cannot be written.
    """
    with _sheet(dataset.root, "failures") as put:
        for failure in failures:
            put(rows_to_lines([[getattr(failure, column) for column in COLUMNS["failures"]]]))


def write_skipped(dataset: Dataset, skipped: Iterable[Failure]) -> None:
    """``skipped.csv``: texts that are no forms, so that nothing is passed over unsaid; no file where there are none.

    Raises:
        JobError: the dataset cannot be written.
    """
    _write_skipped(dataset.root, list(skipped))


def _write_skipped(folder: Path, skipped: Sequence[Failure]) -> None:
    if not skipped:
        # What a dataset holds follows from its files alone, not from what once lay beside them.
        _remove(folder / "skipped.csv")
        return
    with _sheet(folder, "skipped", _SKIPPED_COLUMNS) as put:
        for each in skipped:
            put(rows_to_lines([[getattr(each, column) for column in _SKIPPED_COLUMNS]]))


def _remove(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise from_os_error(error, path) from error


def document_to_lines(rows: dict[str, list[list[Any]]]) -> dict[str, str]:
    """The rows of a document as lines of the CSV files."""
    return {name: rows_to_lines(each) for name, each in rows.items()}


@contextmanager
def _sheet(folder: Path, name: str, columns: Sequence[str] = ()) -> Iterator[Callable[[str], object]]:
    """A CSV file that takes lines; it appears complete at the end of the block, or not at all."""
    with written_whole(folder / f"{name}.csv") as (aside,), aside.open("w", encoding="utf-8-sig", newline="") as file:
        file.write(rows_to_lines([list(columns or COLUMNS[name])]))
        yield file.write
