"""Properties of Word 97: codes with what they set, in runs of text and in paragraphs."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field

from extractors.word_processor.doc.streams import Streams, number

_SIZES = {0: 1, 1: 1, 2: 2, 3: 4, 4: 2, 5: 2, 7: 3}
_TABS, _ROW = 0xC615, 0xD608
_PAGE = 512
_HUGE = (0x6645, 0x6646)
_MOST_PAGES = 100_000

Properties = list[tuple[int, bytes]]


def properties(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Codes and their operands, in order."""
    at = 0
    while at + 3 <= len(data):
        code = number(data, at)
        at += 2
        kind = code >> 13
        if kind != 6:
            size, skip = _SIZES[kind], 0
        elif code == _ROW:
            size, skip = max(number(data, at) - 1, 0), 2
        elif code == _TABS and data[at] == 255:
            deleted = data[at + 1] if at + 1 < len(data) else 0
            added = data[at + 2 + 4 * deleted] if at + 2 + 4 * deleted < len(data) else 0
            size, skip = 2 + 4 * deleted + 3 * added, 1
        else:
            size, skip = data[at], 1
        at += skip
        yield code, data[at : at + size]
        at += size


@dataclass(slots=True)
class Ranges:
    """Properties by the place in the main stream where they begin, to the next one's."""

    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    held: list[bytes] = field(default_factory=list)

    def at(self, place: int) -> tuple[bytes, int]:
        """The properties at a place, and where they end; none where no page of the file says any."""
        index = bisect_right(self.starts, place) - 1
        if index < 0 or place >= self.ends[index]:
            following = self.starts[index + 1] if index + 1 < len(self.starts) else 1 << 40
            return b"", following
        return self.held[index], self.ends[index]


def ranges(streams: Streams, part: int, of_paragraphs: bool) -> Ranges:
    """All properties of runs or of paragraphs; those of a paragraph begin with the number of its style."""
    plc = streams.part(part)
    count = max((len(plc) - 4) // 8, 0)
    found: list[tuple[int, int, bytes]] = []
    for index in range(min(count, _MOST_PAGES)):
        page_number = number(plc, 4 * (count + 1) + 4 * index, 4) & 0x3FFFFF
        page = streams.main[page_number * _PAGE : (page_number + 1) * _PAGE]
        if len(page) == _PAGE:
            found += _of_page(page, of_paragraphs)
    found.sort(key=lambda each: each[0])
    return Ranges([start for start, _, _ in found], [end for _, end, _ in found], [held for _, _, held in found])


def _of_page(page: bytes, of_paragraphs: bool) -> Iterator[tuple[int, int, bytes]]:
    count, step = page[_PAGE - 1], 13 if of_paragraphs else 1
    for index in range(count):
        start, end = number(page, 4 * index, 4), number(page, 4 * index + 4, 4)
        at = 2 * page[min(4 * (count + 1) + step * index, _PAGE - 1)]
        if start >= end:
            continue
        if not at:
            yield start, end, b""
        elif not of_paragraphs:
            yield start, end, page[at + 1 : at + 1 + page[at]]
        elif page[at]:
            yield start, end, page[at + 1 : at + 2 * page[at]]
        else:
            yield start, end, page[at + 2 : at + 2 + 2 * page[min(at + 1, _PAGE - 1)]]


def paragraph_properties(held: bytes, streams: Streams) -> Properties:
    """Those of a paragraph; what is too long for a page stands among the data."""
    out: Properties = []
    for code, operand in properties(held[2:]):
        if code in _HUGE:
            at = number(operand, 0, 4)
            out += properties(streams.data[at + 2 : at + 2 + number(streams.data, at)])
        else:
            out.append((code, operand))
    return out
