"""A PDF file as a source of pages: text layer where it can be believed, OCR where not."""

from __future__ import annotations

import io
import logging
from abc import ABC, abstractmethod
from collections.abc import Sequence
from contextlib import closing
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import Any

from extractors.errors import BrokenFileError, TooLargeError
from extractors.geometry.page_ink import Char, PageInk, standing_together, turn_box
from extractors.messages import tell
from extractors.model import BBox, HiddenText, Page, PageNote, Seal, Table
from extractors.options import ReadOptions
from extractors.page_limits import check_pages
from extractors.page_prefetch import OpenPage
from extractors.pdf.fields import Notes
from extractors.pdf.hidden import Clues
from extractors.pdf.layers import has_layers
from extractors.pdf.maps.lying import lying, suspects
from extractors.pdf.maps.twofold import told_otherwise, twofold_characters
from extractors.pdf.maps.witness import Witness
from extractors.pdf.marks import Noted
from extractors.pdf.opening import open_raw, with_annotations
from extractors.pdf.page import read_ink
from extractors.pdf.pdfium_ink import page_texts, raw_page_to_ink
from extractors.pdf.plain_pictures import drop_plain_pictures
from extractors.pdf.plumber_ink import page_to_ink
from extractors.pdf.seals import take_seals
from extractors.pdf.text_layer import Verdict, garbled_share, judge_text_layer
from extractors.pdf.text_objects import TextObject

# Share of meaningless glyphs from which the other library is asked.
SECOND_OPINION = 0.01

# Notes whose text is a mark and no content.
_MARKING = ("stamp", "signature")

# pdfminer logs each oddity of a font; none of it helps the user.
logging.getLogger("pdfminer").setLevel(logging.ERROR)


class PaintedFile(ABC):
    """Pages that pdfium paints, from a PDF or from what was made into one: each goes to the reader that its content asks for.

    ``path`` is only named in messages here.
    """

    path: Path
    options: ReadOptions
    page_count: int
    # Whether the maps of its fonts may lie, which a look at the page shows.
    may_lie = True

    @abstractmethod
    def load(self, page_index: int) -> Any:
        """The page as a ``pypdfium2.PdfPage``, each time anew."""

    @abstractmethod
    def ink(self, raw_page: Any, page_index: int) -> tuple[PageInk, str]:
        """What the page shows, and which library says so."""

    @abstractmethod
    def picture(self, raw_page: Any, page_index: int) -> tuple[Any, float]:
        """BGR picture of the page for OCR, and its dpi."""

    def markings(self, page_index: int) -> list[BBox]:
        """Places of stamps and signatures that are known; asked after ``ink``."""
        return []

    def damages(self) -> list[PageNote]:
        """What is wrong with the file, if anything, for the notes of each page."""
        return []

    def open_page(self, page_index: int) -> OpenPage:
        """One page, to be read by the reader that its content asks for; see ``PageSource``."""
        raw_page = self.load(page_index)
        try:
            ink, engine = self.ink(raw_page, page_index)
            seals = take_seals(raw_page, ink, self.markings(page_index))
            if ink.chars:
                drop_plain_pictures(raw_page, ink)
            verdict = judge_text_layer(ink)
            if verdict.reader == "text-layer" and self.may_lie:
                verdict = self._witnessed(raw_page, page_index, ink, verdict)
            if verdict.reader == "text-layer":
                page, tables = read_ink(ink, page_index + 1, engine, raw_page.get_rotation(), verdict.notes)
                turned = (raw_page.get_rotation() - page.rotation) % 360
                page.seals = [Seal(turn_box(seal.bbox, turned, ink.width, ink.height)) if turned else seal for seal in seals]
                self._draw(raw_page, page, tables)
                page.notes[:0] = self.damages()
                return OpenPage(0, lambda: (page, tables))
            image, dpi = self.picture(raw_page, page_index)
        finally:
            raw_page.close()
        notes = (*self.damages(), *verdict.notes)
        hidden = [] if verdict.ocr_layer else ink.hidden_text
        return OpenPage(image.shape[0] * image.shape[1], lambda: self._read_by_ocr(image, dpi, page_index, notes, hidden))

    def look_of(self, raw_page: Any, page_index: int) -> tuple[Any, float]:
        """BGR picture of the page as people see it, and its dpi."""
        from extractors.pdf.rendering import page_to_picture

        return page_to_picture(raw_page, self.path.name)

    def twofold(self) -> frozenset[str]:
        """Characters to which a font of the file maps two codes."""
        return frozenset()

    def texts_elsewhere(self, page_index: int) -> list[TextObject]:
        """The texts of the page after this one, or before it; of no page where there is only one."""
        other = page_index + 1 if page_index + 1 < self.page_count else page_index - 1
        if other < 0:
            return []
        with closing(self.load(other)) as raw_page:
            return page_texts(raw_page)

    def _witnessed(self, raw_page: Any, page_index: int, ink: PageInk, verdict: Verdict) -> Verdict:
        """The verdict on a page after a look at those of its characters that may not be what it shows; as a rule there are none."""
        witness = Witness(lambda: self.look_of(raw_page, page_index), self.options)
        suspected, doubted = suspects(ink.chars), self.twofold() | ink.doubted
        parted = lying(ink.chars, suspected, witness.texts) if suspected else None
        parted = parted or (told_otherwise(ink.chars, doubted, witness.texts, witness.signs) if doubted else None)
        if parted is None:
            return verdict
        told = f"the text layer says {parted[0]!r} where the page shows {parted[1]!r}: a font's map of characters is wrong; read by OCR"
        return Verdict("ocr", (PageNote("text.map-lies", "info", told),))

    def _draw(self, raw_page: Any, page: Page, tables: list[Table]) -> None:
        """A picture of the page with cells and readings, for people who ask for it."""
        if self.options.draw_dir is None:
            return
        import numpy as np

        from extractors.imaging.draw import draw_page
        from extractors.imaging.sheet import Sheet

        picture, dpi = self.look_of(raw_page, page.page_no - 1)
        # Text that runs down or up the page was turned; the picture turns with it.
        turns = (page.rotation - raw_page.get_rotation()) % 360 // 90
        picture = np.ascontiguousarray(np.rot90(picture, -turns))
        blank = np.zeros(picture.shape[:2], np.uint8)
        draw_page(Sheet(picture, picture, dpi, blank, [], blank, None, []), page, tables, self.options)

    def _read_by_ocr(
        self, image: Any, dpi: float, page_index: int, notes: tuple[PageNote, ...], hidden: list[HiddenText]
    ) -> tuple[Page, list[Table]]:
        from extractors.pictures.file import read_image

        page, tables = read_image(image, page_index + 1, dpi, self.options)
        page.notes[:0] = notes
        page.hidden_text = list(hidden)
        return page, tables


class PdfFile(PaintedFile):
    """An open PDF. Use as a context manager; pages are read in any order.

    Raises:
        BrokenFileError: no page can be reached.
        EncryptedFileError: a password is needed to open it.
    """

    def __init__(self, path: Path, options: ReadOptions) -> None:
        self.path = path
        self.options = options
        self._raw, self._damage = open_raw(path)
        self.page_count = len(self._raw)
        if self.page_count == 0:
            self.close()
            raise BrokenFileError(*tell("pdf.no-pages", name=path.name))
        try:
            check_pages(self.page_count, path.name)
        except TooLargeError:
            self.close()
            raise
        self._plumber: Any = None
        self._plumber_has: set[int] = set()
        self._notes: dict[int, Notes] = {}

    def __enter__(self) -> PdfFile:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Give the file and its memory back."""
        if getattr(self, "_plumber", None) is not None:
            self._close_plumber()
        self._raw.close()

    def _close_plumber(self) -> None:
        """pdfplumber parses all pages before it closes them: what is damaged in one that nobody asked for is no failure of the file."""
        try:
            self._plumber.close()
        except Exception:  # pdfminer raises many kinds over damaged files
            self._plumber.stream.close()
        self._plumber = None

    def markings(self, page_index: int) -> list[BBox]:
        return [each.box for each in self._notes[page_index].fields if each.kind in _MARKING]

    def damages(self) -> list[PageNote]:
        return [self._damage] if self._damage else []

    def picture(self, raw_page: Any, page_index: int) -> tuple[Any, float]:
        """Of a page with fields drawn by a viewer's means: here boxes to tick have left the page."""
        from extractors.pdf.rendering import page_to_picture

        if not self._notes[page_index].fields:
            return page_to_picture(raw_page, self.path.name)
        document, _ = open_raw(self.path)
        with closing(document):
            return page_to_picture(document[page_index], self.path.name)

    def read_text_layer(self, page_index: int) -> tuple[Page, list[Table]]:
        """One page by its text layer, whatever that is worth: for measurements and for comparing with OCR."""
        raw_page = self.load(page_index)
        try:
            ink, engine = self.ink(raw_page, page_index)
            return read_ink(ink, page_index + 1, engine, raw_page.get_rotation(), judge_text_layer(ink).notes)
        finally:
            raw_page.close()

    def ink(self, raw_page: Any, page_index: int) -> tuple[PageInk, str]:
        """What the page shows, and which library says so: pdfplumber is asked where pdfium finds characters without meaning."""
        notes = self._notes.get(page_index, Notes())
        noted = [Noted(each.box, "stamp" if each.kind == "stamp" else "signature") for each in notes.fields if each.kind in _MARKING]

        def others() -> Sequence[Char]:
            other = self._plumber_ink(page_index)
            width, height = raw_page.get_size()
            return other.chars if other is not None and _same_size(PageInk(width, height, [], []), other) else ()

        clues = Clues(self._layers, lambda: closing(self.load(page_index)), lambda: self.texts_elsewhere(page_index), noted, notes, others)
        ink = raw_page_to_ink(raw_page, clues)
        if garbled_share(ink) <= SECOND_OPINION:
            return ink, "pdfium"
        other = self._plumber_ink(page_index)
        if other is None or not _same_size(ink, other) or garbled_share(other) >= garbled_share(ink):
            return ink, "pdfium"
        other.hidden, other.slants, other.hidden_text, other.marks = ink.hidden, ink.slants, ink.hidden_text, ink.marks
        other.cut, other.doubted = ink.cut, ink.doubted
        if ink.hidden_text or ink.marks:
            other.chars = standing_together(other.chars, ink.chars)
        if ink.fields:
            in_fields = [char for char in ink.chars if _is_in_field(char, ink)]
            other.chars = [*(char for char in other.chars if not _is_in_field(char, ink)), *in_fields]
            other.fields = ink.fields
        return other, "pdfplumber"

    def load(self, page_index: int) -> Any:
        import pypdfium2

        try:
            return with_annotations(self._raw, page_index, self._notes)
        except pypdfium2.PdfiumError as error:
            raise BrokenFileError(*tell("pdf.page-damaged", number=page_index + 1, name=self.path.name)) from error

    def _plumber_ink(self, page_index: int) -> PageInk | None:
        try:
            page = self._open_plumber(page_index).pages[page_index]
            try:
                return page_to_ink(page)
            finally:
                page.close()
        except Exception:  # pdfminer raises many kinds over damaged files
            return None

    def _layers(self) -> bool:
        return self._has_layers

    def twofold(self) -> frozenset[str]:
        return self._twofold

    @cached_property
    def _twofold(self) -> frozenset[str]:
        return twofold_characters(self.path)

    @cached_property
    def _has_layers(self) -> bool:
        return has_layers(self.path)

    def _open_plumber(self, page_index: int) -> Any:
        drawn = {index for index, notes in self._notes.items() if notes.drawn}
        if self._plumber is not None and page_index in drawn - self._plumber_has:
            self._close_plumber()
        if self._plumber is None:
            import pdfplumber

            # A damaged file is read as pdfium repaired it: with a new table of its objects; and fields as they were drawn onto their pages.
            self._plumber = pdfplumber.open(io.BytesIO(self._rewritten()) if self._damage or drawn else self.path)
            self._plumber_has = drawn
        return self._plumber

    def _rewritten(self) -> bytes:
        buffer = io.BytesIO()
        self._raw.save(buffer)
        return buffer.getvalue()


def _is_in_field(char: Char, ink: PageInk) -> bool:
    return any(each.box.contains(*char.center) for each in ink.fields)


def _same_size(ink: PageInk, other: PageInk) -> bool:
    return abs(other.width - ink.width) < 1 and abs(other.height - ink.height) < 1
