"""Where the pieces of a TIFF lie: its directories, what their tags point at, and the strips or tiles of pixels."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from extractors.page_limits import MOST_PAGES

# Bytes of one value, by the type of a tag.
_SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8, 13: 4, 16: 8, 17: 8, 18: 8}
_FORMS = {3: "H", 4: "I", 13: "I", 16: "Q"}
_STARTS, _COUNTS = (273, 324), (279, 325)
# Values of one tag that are taken into memory: offsets of strips.
_MOST_VALUES = 1 << 20


@dataclass(frozen=True, slots=True)
class Piece:
    """Bytes of the file from ``start``; ``pixels`` for a strip or a tile."""

    start: int
    count: int
    pixels: bool = False


@dataclass(frozen=True, slots=True)
class _Layout:
    """Numbers of one kind of TIFF, the old one or that of more than 4 GB."""

    order: str
    word: str
    head: str
    held: int

    @property
    def entry(self) -> int:
        return 4 + 2 * self.held


def pieces_of(path: Path) -> Iterator[Piece]:
    """Every piece that the directories name.

    Raises:
        EOFError: a directory itself is not whole.
        ValueError: it is no TIFF, or one whose directories lead in a circle.
    """
    with path.open("rb") as file:
        layout, at = _first(_read(file, 0, 16))
        seen: set[int] = set()
        while at:
            if at in seen or len(seen) > MOST_PAGES:
                raise ValueError("directories")
            seen.add(at)
            found, at = _directory(file, layout, at)
            yield from found


def _first(head: bytes) -> tuple[_Layout, int]:
    """How numbers are written, and where the first directory is."""
    order = {b"II": "<", b"MM": ">"}.get(head[:2], "")
    kind = struct.unpack(f"{order}H", head[2:4])[0] if order else 0
    if kind == 42:
        return _Layout(order, "I", "H", 4), struct.unpack(f"{order}I", head[4:8])[0]
    if kind == 43:
        return _Layout(order, "Q", "Q", 8), struct.unpack(f"{order}Q", head[8:16])[0]
    raise ValueError("head")


def _directory(file: BinaryIO, layout: _Layout, at: int) -> tuple[list[Piece], int]:
    """The pieces that one directory names, and where the next one is."""
    length = struct.calcsize(layout.head)
    (count,) = struct.unpack(layout.order + layout.head, _read(file, at, length))
    body = _read(file, at + length, min(count, 1 << 16) * layout.entry + layout.held)
    found: list[Piece] = []
    named: dict[int, tuple[int, ...]] = {}
    for index in range(min(count, 1 << 16)):
        entry = body[index * layout.entry : (index + 1) * layout.entry]
        tag, kind, values = struct.unpack(f"{layout.order}HH{layout.word}", entry[: 4 + layout.held])
        place = entry[4 + layout.held :]
        size = values * _SIZES.get(kind, 1)
        if size > layout.held:
            (start,) = struct.unpack(layout.order + layout.word, place)
            found.append(Piece(start, size))
        if tag in (*_STARTS, *_COUNTS) and kind in _FORMS and values <= _MOST_VALUES:
            held = place[:size] if size <= layout.held else _read(file, found[-1].start, size)
            named[tag] = struct.unpack(f"{layout.order}{values}{_FORMS[kind]}", held)
    for starts, counts in zip(_STARTS, _COUNTS, strict=True):
        found += [Piece(*each, pixels=True) for each in zip(named.get(starts, ()), named.get(counts, ()), strict=False)]
    return found, struct.unpack(layout.order + layout.word, body[-layout.held :])[0]


def _read(file: BinaryIO, at: int, count: int) -> bytes:
    file.seek(at)
    data = file.read(count)
    if len(data) < count:
        raise EOFError
    return data
