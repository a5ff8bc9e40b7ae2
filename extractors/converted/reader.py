"""Files that LibreOffice opens and this program does not (DOC, WPS, XLSB), as a row of the table of readers.

They are read as what LibreOffice made of them, and every value says so.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from extractors.compound_head import root_streams
from extractors.errors import EncryptedFileError
from extractors.file_head import read_head, read_tail
from extractors.file_reader import FileReader
from extractors.messages import tell
from extractors.model import Cell, Page
from extractors.options import ReadOptions
from extractors.page_prefetch import OpenPage, PageSource, Read
from extractors.spreadsheets.reader import SPREADSHEET_READER
from extractors.word_processor.reader import WORD_READER
from extractors.zip_head import END, LOCAL, members

DOC = "application/msword"
XLSB = "application/vnd.ms-excel.sheet.binary.macroenabled.12"
_OLE = b"\xd0\xcf\x11\xe0"
_FIB = 512
_ENCRYPTED_BIT = 0x0100


@dataclass(frozen=True)
class _Way:
    """What LibreOffice writes, and who reads that."""

    target: str
    filter_name: str
    reader: FileReader


_WAYS = {DOC: _Way("odt", "writer8", WORD_READER), XLSB: _Way("xlsx", "Calc MS Excel 2007 XML", SPREADSHEET_READER)}


def _recognise(head: bytes) -> str | None:
    if head.startswith(_OLE):
        names = root_streams(head)
        is_document = "WordDocument" in names if names is not None else _fib(head) is not None
        return DOC if is_document else None
    if head.startswith(LOCAL) and any(name == b"xl/workbook.bin" for _, name in members(head)):
        return XLSB
    return None


def _fib(head: bytes) -> bytes | None:
    """The beginning of the stream of a document, which mostly is the first one of the file."""
    fib = head[_FIB : _FIB + 32]
    return fib if fib[:2] in (b"\xec\xa5", b"\xdc\xa5") else None


@contextmanager
def _open(path: Path, options: ReadOptions) -> Iterator[PageSource]:
    from extractors.converted.soffice import converted

    head = read_head(path)
    media_type = _recognise(head) or DOC
    fib = _fib(head)
    if media_type == DOC and fib is not None and int.from_bytes(fib[10:12], "little") & _ENCRYPTED_BIT:
        raise EncryptedFileError(*tell("word.encrypted", name=path.name))
    way = _WAYS[media_type]
    with converted(path, way.target, way.filter_name, path.name) as (written, version), way.reader.open(written, options) as source:
        yield _Converted(source, version)


class _Converted:
    """The pages of what LibreOffice wrote, with its name at every cell."""

    def __init__(self, source: PageSource, version: str) -> None:
        self._source, self._version = source, version
        self.page_count = source.page_count

    def open_page(self, page_index: int) -> OpenPage:
        """See ``PageSource``."""
        opened = self._source.open_page(page_index)
        return OpenPage(opened.pixels, lambda: self._marked(opened.read()))

    def _marked(self, read: Read) -> Read:
        page, tables = read
        self._tell(page)
        for table in tables:
            table.cells = [self._signed(cell) for cell in table.cells]
        return page, tables

    def _signed(self, cell: Cell) -> Cell:
        return replace(cell, engine=f"{self._version}, {cell.engine}")

    def _tell(self, page: Page) -> None:
        if page.page_no == 1:
            page.note("office.converted", "info", f"{self._version} converted the file, and its values were read through that program")


def _has_end(path: Path, head: bytes) -> bool:
    return head.startswith(_OLE) or END in read_tail(path)


CONVERTED_READER = FileReader(
    media_types=(DOC, XLSB), recognise=_recognise, open=_open, has_end=_has_end, pages=False, places=False
)
