"""What a word processor's file may hold: more is no form, and would take the memory or the time of all others."""

from __future__ import annotations

from extractors.errors import TooLargeError
from extractors.messages import tell

MOST_BYTES = 64 << 20
MOST_UNPACKED = 256 << 20
MOST_XML = 64 << 20
MOST_MEMBERS = 5_000
# Places in the grids of a file, those that merged cells cover counted.
MOST_PLACES = 500_000
MOST_COLUMNS = 2_000
MOST_CELL_CHARACTERS = 100_000
# Tables in cells, text boxes in text boxes, lists in lists.
MOST_NESTED = 12
MOST_PARAGRAPHS = 300_000


def too_large(key: str, **values: int) -> TooLargeError:
    """The error that says so, with what to do."""
    return TooLargeError(*tell(f"word.{key}", **values))


def check_bytes(count: int) -> None:
    if count > MOST_BYTES:
        raise too_large("bytes", most=MOST_BYTES >> 20)


def check_places(count: int, columns: int = 0) -> None:
    if count > MOST_PLACES or columns > MOST_COLUMNS:
        raise too_large("cells", most=MOST_PLACES, columns=MOST_COLUMNS)


def check_nested(depth: int) -> None:
    if depth > MOST_NESTED:
        raise too_large("nested", most=MOST_NESTED)
