"""Pictures in the line of a Word 97 document, and the settings of its old form fields: both stand among its data."""

from __future__ import annotations

from extractors.word_processor.doc.streams import number
from extractors.word_processor.rtf.parts import Field

_TWIP = 25.4 / 1440
_STARTS = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")
_FIELD_MARK = 0xFFFFFFFF
_MOST_ENTRIES = 100


def picture(data: bytes, at: int) -> tuple[bytes | None, float, float]:
    """The picture at a place, None for a kind that is drawn by commands, and its size in millimetres."""
    length, head = number(data, at, 4), number(data, at + 4)
    held = data[at : at + length]
    width = number(held, 28) * number(held, 32) / 1000 * _TWIP
    height = number(held, 30) * number(held, 34) / 1000 * _TWIP
    found = [start for mark in _STARTS if (start := held.find(mark, head)) >= 0]
    return (held[min(found) :] if found else None), width, height


def read_field_settings(data: bytes, at: int, into: Field) -> None:
    """What a field of a form holds: a tick, or an entry of its list."""
    held = data[at + number(data, at + 4) : at + number(data, at, 4)]
    if number(held, 0, 4) != _FIELD_MARK:
        return
    bits = number(held, 4)
    kind = bits & 3
    into.settings[b"ffres"] = (bits >> 2) & 31
    place = 10 + 2 * number(held, 10) + 4  # behind the name
    if kind:
        into.settings[b"ffdefres"] = number(held, place)
    if kind == 2:
        _read_entries(held, place + 2, into)


def _read_entries(held: bytes, place: int, into: Field) -> None:
    for _ in range(5):  # texts of help, and names of macros
        place += 2 + 2 * number(held, place) + 2
    count = number(held, place + 2)
    place += 6
    for _ in range(min(count, _MOST_ENTRIES)):
        size = number(held, place)
        into.entries.append(held[place + 2 : place + 2 + 2 * size].decode("utf-16-le", "replace"))
        place += 2 + 2 * size
