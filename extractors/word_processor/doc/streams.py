"""The streams of a Word 97 document, and where its parts are: the head of the main one tells."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from extractors.errors import BrokenFileError, EncryptedFileError, UnknownFormatError
from extractors.messages import tell
from extractors.word_processor.limits import check_bytes

_ENCRYPTED, _SECOND_TABLE, _WORD_97 = 0x0100, 0x0200, 0x00C1
# Of the pairs of place and length in the head.
STYLES, SECTIONS, HEADERS, LOOKS, PARAGRAPHS, FONTS, SETTINGS, PIECES, DRAWINGS = 1, 6, 11, 12, 13, 15, 31, 33, 50
LISTS, LIST_OVERRIDES = 73, 74
_COUNTS, _PAIRS = 0x4C, 0x9A


def number(data: bytes, at: int, size: int = 2) -> int:
    """An unsigned number; 0 behind the end."""
    return int.from_bytes(data[at : at + size], "little")


@dataclass(frozen=True, slots=True)
class Streams:
    """Attributes:
    main: text and pages of properties.
    table: where those are, and more.
    data: pictures in the line and settings of fields.
    """

    main: bytes
    table: bytes
    data: bytes

    def part(self, index: int) -> bytes:
        """A part of the table stream."""
        start, length = place_of(self.main, index)
        return self.table[start : start + length]

    def lengths(self) -> list[int]:
        """How many characters there are: body, footnotes, headers, macros, comments, endnotes, text boxes, those of headers."""
        return [number(self.main, _COUNTS + 4 * index, 4) for index in range(8)]


def open_streams(path: Path) -> Streams:
    """The streams of a document of Word 97 to 2003, or of WPS.

    Raises:
        BrokenFileError, EncryptedFileError, TooLargeError: they cannot be read.
    """
    import olefile

    check_bytes(path.stat().st_size)
    try:
        with olefile.OleFileIO(path) as held:
            main = _stream(held, "WordDocument")
            if not is_word_97(main):
                raise UnknownFormatError(*tell("word.too-old", name=path.name))
            flags = number(main, 10)
            if flags & _ENCRYPTED:
                raise EncryptedFileError(*tell("word.encrypted", name=path.name))
            table = _stream(held, "1Table" if flags & _SECOND_TABLE else "0Table")
            data = _stream(held, "Data") if held.exists("Data") else b""
    except (OSError, ValueError, IndexError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise BrokenFileError(*tell("word.damaged", name=path.name, error=error)) from error
    return Streams(main, table, data)


def _stream(held: object, name: str) -> bytes:
    with held.openstream(name) as stream:  # type: ignore[attr-defined]
        return bytes(stream.read())


def place_of(main: bytes, index: int) -> tuple[int, int]:
    """Where a part of the table stream begins, and how long it is."""
    at = _PAIRS + 8 * index
    return number(main, at, 4), number(main, at + 4, 4)


def is_word_97(head: bytes) -> bool:
    """Whether the head of the main stream is one that this program reads."""
    return number(head, 2) >= _WORD_97
