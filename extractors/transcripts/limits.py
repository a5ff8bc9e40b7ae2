"""What a transcript may hold: more is no form, and would take the memory or the time of all others."""

from __future__ import annotations

from extractors.errors import TooLargeError

MOST_BYTES = 64 << 20
# Places in the grids of a file, those that spans cover and that ragged rows leave open counted.
MOST_PLACES = 500_000
MOST_COLUMNS = 2_000
MOST_CELL_CHARACTERS = 100_000
_WAY_OUT = "Check whether the OCR or the copy went wrong; split the file if it is right."


def check_bytes(count: int) -> None:
    if count > MOST_BYTES:
        raise TooLargeError(f"The text has {count >> 20} MB, and {MOST_BYTES >> 20} MB are read.", _WAY_OUT)


def check_places(count: int) -> None:
    if count > MOST_PLACES:
        raise TooLargeError(f"Its tables have more than {MOST_PLACES} cells, spans counted.", _WAY_OUT)


def check_columns(count: int) -> None:
    if count > MOST_COLUMNS:
        raise TooLargeError(f"A table has more than {MOST_COLUMNS} columns, spans counted.", _WAY_OUT)


def check_cell(text: str) -> None:
    if len(text) > MOST_CELL_CHARACTERS:
        raise TooLargeError(f"A cell has {len(text)} characters, and {MOST_CELL_CHARACTERS} are read.", _WAY_OUT)
