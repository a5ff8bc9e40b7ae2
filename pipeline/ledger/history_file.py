"""``history.csv``: what left the dataset, for people, and for a ledger that has to be made anew."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from datetime import datetime, timezone

from pipeline.dataset import Dataset, write_whole
from pipeline.export.csv_cells import rows_to_lines
from pipeline.ledger.history import Event

COLUMNS = ("when", "path", "file", "sha256", "why", "by")


def write_history(dataset: Dataset, events: Iterable[Event]) -> None:
    """One line an event; no file while nothing ever left.

    Raises:
        JobError: the dataset cannot be written.
    """
    rows = [[_when(each.at), each.name, each.path, each.sha256, each.why, each.by] for each in events]
    text = rows_to_lines([list(COLUMNS), *rows])
    if rows and _text_of(dataset) != text:
        write_whole(dataset.history, text, "utf-8-sig")


def read_history(dataset: Dataset) -> list[Event]:
    """The events of the file; lines that are none, because somebody edited it, are passed over."""
    events = []
    for row in csv.DictReader(io.StringIO(_text_of(dataset), newline="")):
        try:
            path, name = _plain(row["file"]), _plain(row["path"])
            events.append(Event(datetime.fromisoformat(row["when"]).timestamp(), path, name, row["sha256"], row["why"], row["by"] or ""))
        except (KeyError, TypeError, ValueError, AttributeError):
            continue
    return events


def _when(at: float) -> str:
    return datetime.fromtimestamp(at, timezone.utc).isoformat(timespec="microseconds")


def _plain(cell: str) -> str:
    """Without the apostrophe that keeps a spreadsheet from a formula."""
    return cell[1:] if cell.startswith("'") and cell[1:2] in ("=", "+", "-", "@", "＝", "＋", "－", "＠") else cell


def _text_of(dataset: Dataset) -> str:
    try:
        return dataset.history.read_bytes().decode("utf-8-sig", "replace")
    except OSError:
        return ""
