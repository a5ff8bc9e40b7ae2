"""What a transcript may hold: more is no form, and would take the memory or the time of all others."""

from __future__ import annotations

from extractors.errors import TooLargeError
from extractors.messages import tell

MOST_BYTES = 64 << 20
# Places in the grids of a file, those that spans cover and that ragged rows leave open counted.
MOST_PLACES = 500_000
MOST_COLUMNS = 2_000
MOST_CELL_CHARACTERS = 100_000


def check_bytes(count: int) -> None:
    if count > MOST_BYTES:
        raise TooLargeError(*tell("text.too-large", count=count >> 20, most=MOST_BYTES >> 20))


def check_places(count: int) -> None:
    if count > MOST_PLACES:
        raise TooLargeError(*tell("text.cells", most=MOST_PLACES))


def check_columns(count: int) -> None:
    if count > MOST_COLUMNS:
        raise TooLargeError(*tell("text.columns", most=MOST_COLUMNS))


def check_cell(text: str) -> None:
    if len(text) > MOST_CELL_CHARACTERS:
        raise TooLargeError(*tell("text.cell-characters", count=len(text), most=MOST_CELL_CHARACTERS))
