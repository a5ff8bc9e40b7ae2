"""Cells and lines of CSV: every text quoted, nothing that a spreadsheet would run as a formula."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable
from typing import Any

from extractors.characters import only_characters

# Excel takes the full-width signs for formulas, too, where it speaks Chinese or Japanese.
_RISKY = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_HARMLESS = re.compile(r"^([+-]?\d+(\.\d+)?%?|[=+\-—＝＋－])$")


def rows_to_lines(rows: Iterable[list[Any]]) -> str:
    """CSV lines of rows."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\r\n")
    writer.writerows([[to_cell(value) for value in row] for row in rows])
    return text.getvalue()


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
    if not isinstance(value, str):
        return value
    value = only_characters(value)
    return f"'{value}" if value.startswith(_RISKY) and not _HARMLESS.match(value) else value
