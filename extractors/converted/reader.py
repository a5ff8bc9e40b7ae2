"""Files that LibreOffice opens and this program does not (XLSB), as a row of the table of readers.

They are read as what LibreOffice made of them, and every value says so.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from extractors.file_reader import FileReader
from extractors.model import Cell, Page
from extractors.options import ReadOptions
from extractors.page_prefetch import OpenPage, PageSource, Read
from extractors.spreadsheets.reader import SPREADSHEET_READER
from extractors.zip_head import LOCAL, has_end, members

XLSB = "application/vnd.ms-excel.sheet.binary.macroenabled.12"


def _recognise(head: bytes) -> str | None:
    is_book = head.startswith(LOCAL) and any(name == b"xl/workbook.bin" for _, name in members(head))
    return XLSB if is_book else None


@contextmanager
def _open(path: Path, options: ReadOptions) -> Iterator[PageSource]:
    from extractors.converted.soffice import converted

    made = converted(path, "xlsx", "Calc MS Excel 2007 XML", path.name)
    with made as (written, version), SPREADSHEET_READER.open(written, options) as source:
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


CONVERTED_READER = FileReader(media_types=(XLSB,), recognise=_recognise, open=_open, has_end=has_end, pages=False, places=False)
