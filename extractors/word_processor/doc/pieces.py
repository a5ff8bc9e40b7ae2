"""The text of a Word 97 document, in pieces that may lie anywhere in its main stream."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

from extractors.errors import BrokenFileError
from extractors.messages import tell
from extractors.word_processor.doc.streams import PIECES, Streams, number

_MOST_CHARACTERS = 20_000_000


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters ``first`` to ``last`` (not it) from a place in the main stream on, each of ``width`` bytes."""

    first: int
    last: int
    place: int
    width: int


@dataclass(frozen=True, slots=True)
class Text:
    """All characters of a document, and where in the stream each stands."""

    text: str
    pieces: list[Piece]
    starts: list[int]

    def place(self, index: int) -> tuple[int, int]:
        """Where a character stands, and the index at which its piece ends."""
        piece = self.pieces[max(bisect_right(self.starts, index) - 1, 0)]
        return piece.place + (index - piece.first) * piece.width, piece.last

    def index_at(self, index: int, place: int) -> int:
        """The index of the character at a place in the piece of another one."""
        piece = self.pieces[max(bisect_right(self.starts, index) - 1, 0)]
        return min(piece.first + max((place - piece.place + piece.width - 1) // piece.width, 0), piece.last)


def read_text(streams: Streams, name: str) -> Text:
    """Raises:
    BrokenFileError: the table of the pieces is not there, or leads nowhere.
    """
    plc = _table_of_pieces(streams.part(PIECES))
    count = max((len(plc) - 4) // 12, 0)
    pieces: list[Piece] = []
    parts: list[str] = []
    for index in range(count):
        first, last = number(plc, 4 * index, 4), number(plc, 4 * index + 4, 4)
        packed = number(plc, 4 * (count + 1) + 8 * index + 2, 4)
        narrow = bool(packed & 0x40000000)
        place = (packed & 0x3FFFFFFF) // 2 if narrow else packed & 0x3FFFFFFF
        width = 1 if narrow else 2
        data = streams.main[place : place + (last - first) * width]
        if last <= first or last > _MOST_CHARACTERS or len(data) < (last - first) * width or (pieces and first != pieces[-1].last):
            raise BrokenFileError(*tell("word.damaged", name=name, error="its text is not where it should be"))
        pieces.append(Piece(first, last, place, width))
        parts.append(_narrow(data) if narrow else _wide(data))
    if not pieces or pieces[0].first:
        raise BrokenFileError(*tell("word.no-document", name=name))
    return Text("".join(parts), pieces, [piece.first for piece in pieces])


def _table_of_pieces(clx: bytes) -> bytes:
    at = 0
    while at < len(clx) and clx[at] == 1:
        at += 3 + number(clx, at + 1)
    return clx[at + 5 : at + 5 + number(clx, at + 1, 4)] if clx[at : at + 1] == b"\x02" else b""


def _narrow(data: bytes) -> str:
    """One character for each byte, whatever it is."""
    return "".join(bytes([byte]).decode("cp1252", "replace") if byte >= 0x80 else chr(byte) for byte in data)


def _wide(data: bytes) -> str:
    """One character for each pair of bytes, so that their places stay; halves of a pair are joined later."""
    return "".join(chr(number(data, at)) for at in range(0, len(data), 2))
