"""What a workbook's ZIP holds, looked through before anything of it is decoded: sizes, counts, no DTD, merged areas."""

from __future__ import annotations

import zipfile
import zlib
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO
from xml.parsers import expat

from extractors.errors import BrokenFileError, EncryptedFileError, TooLargeError, UnknownFormatError
from extractors.messages import tell

MOST_BYTES = 64 << 20
MOST_MEMBERS = 5_000
MOST_UNPACKED = 256 << 20
MOST_XML = 64 << 20
# Cells with those that merged ranges cover, and rows, in all sheets together.
MOST_PLACES = 500_000
MOST_DEPTH = 200
_BLOCK = 1 << 16

# What the libraries, and the numbers of places, raise over a damaged one.
_DAMAGE = (
    zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, expat.ExpatError, ValueError, TypeError, OverflowError, OSError,
)  # fmt: skip

# What the names of a workbook's tags begin with in the strict kind, where openpyxl finds no sheets and says nothing.
_STRICT = "http://purl.oclc.org/ooxml/"

Place = tuple[int, int]
"""Row and column, from 1."""


@dataclass(slots=True)
class SheetFacts:
    """What openpyxl does not tell of a sheet: formulas that no result is kept of, and which cells hold anything."""

    without_value: list[Place] = field(default_factory=list)
    filled: set[Place] = field(default_factory=set)


@dataclass(slots=True)
class WorkbookFacts:
    """Facts of all sheets by the name of their part, and the texts of drawings (text boxes, shapes)."""

    sheets: dict[str, SheetFacts] = field(default_factory=dict)
    drawn: list[str] = field(default_factory=list)


def look_through(path: Path) -> WorkbookFacts:
    """Look through all XML of a workbook, piece by piece.

    Raises:
        BrokenFileError, EncryptedFileError, TooLargeError, UnknownFormatError: it cannot be read, or would take too much.
    """
    check_size(path)
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
            check_members(path, members, [member for member in members if not member.filename.startswith("xl/media/")])
            return _look(archive, [member for member in members if member.filename.endswith((".xml", ".rels", ".vml"))])
    except _DAMAGE as error:
        raise BrokenFileError(*tell("workbook.damaged", name=path.name, error=error)) from error


def check_size(path: Path, most: int = MOST_BYTES) -> None:
    """Raises TooLargeError for a file of more bytes than are read."""
    if path.stat().st_size > most:
        raise TooLargeError(*tell("workbook.too-large", most=most >> 20))


def check_members(path: Path, members: list[zipfile.ZipInfo], xml: list[zipfile.ZipInfo]) -> None:
    """Raises EncryptedFileError, or TooLargeError for more members, or more bytes in all or in those of XML, than are read."""
    if any(member.flag_bits & 1 for member in members):
        raise EncryptedFileError(*tell("workbook.encrypted", name=path.name))
    unpacked, of_xml = (sum(member.file_size for member in each) for each in (members, xml))
    if len(members) > MOST_MEMBERS or unpacked > MOST_UNPACKED or of_xml > MOST_XML:
        raise TooLargeError(*tell("workbook.unpacked", most=MOST_XML >> 20, most_members=MOST_MEMBERS))


def _look(archive: zipfile.ZipFile, members: list[zipfile.ZipInfo]) -> WorkbookFacts:
    found, places = WorkbookFacts(), 0
    for member in members:
        look = _Look(places, member.filename)
        with archive.open(member) as file:
            look.read(file)
        places = look.places
        found.sheets[member.filename] = look.facts
        if "".join(look.texts).strip():
            found.drawn.append("".join(look.texts))
    return found


class _Look:
    """One part, by its tags. Counting goes on from ``places`` of the parts before; ``texts`` are those of a drawing."""

    def __init__(self, places: int, part: str) -> None:
        self.facts, self.places, self.texts = SheetFacts(), places, list[str]()
        self._drawing, self._main = part.startswith("xl/drawings/"), part == "xl/workbook.xml"
        self._depth = self._row = self._col = self._rows = 0
        self._type, self._formula, self._held, self._in = "", False, False, ""

    def read(self, file: IO[bytes]) -> None:
        """Raises ExpatError where it is no XML."""
        parser = expat.ParserCreate()
        parser.StartElementHandler, parser.EndElementHandler = self._start, self._end
        parser.CharacterDataHandler, parser.StartDoctypeDeclHandler = self._characters, _refuse_dtd
        while block := file.read(_BLOCK):
            parser.Parse(block, False)
        parser.Parse(b"", True)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        from openpyxl.utils.cell import range_boundaries

        self._depth += 1
        if self._depth > MOST_DEPTH:
            raise TooLargeError(*tell("workbook.deep", most=MOST_DEPTH))
        if self._depth == 1 and self._main and any(value.startswith(_STRICT) for value in attributes.values()):
            raise UnknownFormatError(*tell("workbook.strict"))
        self._in = name.rpartition(":")[2]
        if self._in == "row":
            self._rows += 1
            self._row, self._col = int(float(attributes.get("r") or self._row + 1)), 0
            self._count(0)
        elif self._in == "c":
            self._begin_cell(attributes)
        elif self._in == "f":
            self._formula = True
        elif self._in == "mergeCell":
            left, top, right, bottom = range_boundaries(attributes.get("ref", ""))
            self._count((right - left + 1) * (bottom - top + 1))

    def _begin_cell(self, attributes: dict[str, str]) -> None:
        from openpyxl.utils.cell import coordinate_to_tuple

        place = attributes.get("r")
        self._row, self._col = coordinate_to_tuple(place) if place else (self._row, self._col + 1)
        self._type, self._formula, self._held = attributes.get("t", "n"), False, False
        self._count(1)

    def _count(self, more: int) -> None:
        self.places += more
        if self.places > MOST_PLACES or self._rows > MOST_PLACES:
            raise TooLargeError(*tell("workbook.cells", most=MOST_PLACES))

    def _end(self, name: str) -> None:
        self._depth -= 1
        local = name.rpartition(":")[2]
        if local == "c":
            if self._held:
                self.facts.filled.add((self._row, self._col))
            elif self._formula and self._type != "str":
                self.facts.without_value.append((self._row, self._col))
        elif local == "p" and self._drawing:
            self.texts.append("\n")
        self._in = ""

    def _characters(self, text: str) -> None:
        if self._in in ("v", "t") and text.strip():
            self._held = True
        if self._in == "t" and self._drawing:
            self.texts.append(text)


def _refuse_dtd(*_: object) -> None:
    raise BrokenFileError(*tell("workbook.document-type"))
