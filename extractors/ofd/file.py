"""An OFD as a source of pages: each is painted as a PDF in memory, and what is seen of it is read as of any PDF."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from threading import Lock
from typing import Any

from extractors.geometry.page_ink import PageInk, turn_box
from extractors.model import BBox, Page, PageNote, Seal, Table
from extractors.ofd.document import PagePlan, page_plans
from extractors.ofd.drawing import DrawnPage, draw_page
from extractors.ofd.package import Package
from extractors.options import ReadOptions
from extractors.page_limits import check_pages
from extractors.page_prefetch import OpenPage, Read
from extractors.pdf.file import PaintedFile
from extractors.pdf.hidden import Clues
from extractors.pdf.marks import Noted
from extractors.pdf.pdfium_ink import raw_page_to_ink

ENGINE = "ofd"
# So many parts and attachments are named in a note.
_NAMED = 8
# Pages that are kept painted: the one that is read, and its neighbour.
_KEPT = 2


class OfdFile(PaintedFile):
    """An open OFD.

    Raises:
        BrokenFileError, EncryptedFileError, TooLargeError: it cannot be read.
    """

    # A text code is what the file says; a font of the machine would show the same.
    may_lie = False

    def __init__(self, path: Path, options: ReadOptions) -> None:
        self.path, self.options = path, options
        self._package = Package(path)
        try:
            self._plans: Sequence[PagePlan] = page_plans(self._package)
            self.page_count = len(self._plans)
            check_pages(self.page_count, path.name)
        except Exception:
            self._package.close()
            raise
        self._drawn: dict[int, tuple[DrawnPage, bytes]] = {}
        self._drawing = Lock()

    def close(self) -> None:
        self._package.close()

    def open_page(self, page_index: int) -> OpenPage:
        opened = super().open_page(page_index)
        drawn, _ = self._page(page_index)
        notes = self._notes(page_index, drawn)

        def read() -> Read:
            page, tables = opened.read()
            page.first_of_document = page_index > 0 and self._begins(page_index)
            return _as_ofd(page, tables, drawn, notes)

        return OpenPage(opened.pixels, read)

    def load(self, page_index: int) -> Any:
        return _open_pdf(self._page(page_index)[1])

    def ink(self, raw_page: Any, page_index: int) -> tuple[PageInk, str]:
        drawn, _ = self._page(page_index)
        noted = [Noted(box, kind) for box, kind in drawn.noted] + [Noted(box, "seal") for box in drawn.seals]
        clues = Clues(again=lambda: closing(self.load(page_index)), elsewhere=lambda: self.texts_elsewhere(page_index), noted=noted)
        return raw_page_to_ink(raw_page, clues), ENGINE

    def markings(self, page_index: int) -> list[BBox]:
        drawn, _ = self._page(page_index)
        return [*(box for box, kind in drawn.noted if kind == "stamp"), *drawn.seals]

    def picture(self, raw_page: Any, page_index: int) -> tuple[Any, float]:
        """With a font of the machine: OCR makes nothing of frames."""
        return self.look_of(raw_page, page_index)

    def look_of(self, raw_page: Any, page_index: int) -> tuple[Any, float]:
        from extractors.pdf.rendering import page_to_picture

        with closing(_open_pdf(draw_page(self._plans[page_index], legible=True).pdf.to_bytes())) as page:
            return page_to_picture(page, self.path.name)

    def _page(self, page_index: int) -> tuple[DrawnPage, bytes]:
        with self._drawing:
            if page_index not in self._drawn:
                drawn = draw_page(self._plans[page_index])
                while len(self._drawn) >= _KEPT:
                    del self._drawn[next(iter(self._drawn))]
                self._drawn[page_index] = drawn, drawn.pdf.to_bytes()
            return self._drawn[page_index]

    def _begins(self, page_index: int) -> bool:
        """Whether a page is the first of its body."""
        return page_index == 0 or self._plans[page_index - 1].body is not self._plans[page_index].body

    def _notes(self, page_index: int, drawn: DrawnPage) -> list[PageNote]:
        """What is to be said of a page, and on the first page of a body, of the body."""
        notes = []
        if drawn.missing:
            named = ", ".join(drawn.missing[:_NAMED])
            notes.append(PageNote("file.part-missing", "review", f"parts that the page is made of are missing or damaged: {named}"))
        body = self._plans[page_index].body
        if not self._begins(page_index):
            return notes
        if body.attachments:
            notes.append(PageNote("file.attachments", "info", f"files are attached and not read: {', '.join(body.attachments[:_NAMED])}"))
        if body.signatures:
            told = f"the document bears {body.signatures} electronic signatures; whether they are valid was not looked at"
            notes.append(PageNote("file.signed", "info", told))
        return notes


def page_picture(path: Path, page_index: int) -> tuple[Any, float]:
    """One page as a BGR picture with its dpi, for people to look at."""
    with closing(OfdFile(path, ReadOptions())) as file:
        return file.look_of(None, page_index)


def _open_pdf(data: bytes) -> Any:
    """The only page of a PDF; the document is closed with the last page of it that is in use."""
    import pypdfium2

    return pypdfium2.PdfDocument(data)[0]


def _as_ofd(page: Page, tables: list[Table], drawn: DrawnPage, notes: Sequence[PageNote]) -> Read:
    """A page as read, with what its file says beyond its painting."""
    if page.reader == "text-layer":
        page.reader = "ofd"
    for table in tables:
        table.cells = [replace(cell, origin="ofd") if cell.origin == "text-layer" else cell for cell in table.cells]
    page.notes += notes
    for box in drawn.seals:
        placed = turn_box(box, -page.rotation % 360, drawn.pdf.width, drawn.pdf.height) if page.rotation else box
        if not any(seal.bbox.overlap(placed) > 0.3 * min(_area(seal.bbox), _area(placed)) for seal in page.seals):
            page.seals.append(Seal(placed))
    return page, tables


def _area(box: BBox) -> float:
    return box.width * box.height
