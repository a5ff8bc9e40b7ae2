"""The glyphs of a pdfium page: asked for one by one, which cannot be helped, and placed all at once."""

from __future__ import annotations

import ctypes
from collections import Counter
from typing import TYPE_CHECKING, Any

from extractors.geometry.page_ink import ASCENT, DESCENT, Char
from extractors.geometry.placement import Placement
from extractors.pdf.pdfium.calls import PdfiumCalls, handle, pdfium_calls
from extractors.pdf.text_objects import StyleReader, TextStyle

if TYPE_CHECKING:
    import numpy as np

# Line ends, zero-width signs and marks of direction: nothing of them is printed.
_NO_INK = frozenset([0x0A, 0x0D, 0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x2060, 0xFEFF])
_TAB, _BLANK = 9, 0x20
# Room for the box of a glyph (FS_RECTF: left, top, right, bottom) and for its origin, in bytes.
_BOX, _ORIGIN = 16, 16


def read_chars(raw_page: Any, place: Placement) -> tuple[list[Char], dict[int, TextStyle]]:
    """The glyphs of a ``pypdfium2.PdfPage``, and the styles of the text objects that they come from, by address."""
    import pypdfium2.raw as pdfium

    text_page = pdfium.FPDFText_LoadPage(raw_page.raw)
    try:
        listed = _Listed(handle(text_page), pdfium.FPDFText_CountChars(text_page), place)
        listed.ask()
        return listed.chars(), {key: style for key, style in listed.styles.items() if key}
    finally:
        pdfium.FPDFText_ClosePage(text_page)


class _Listed:
    """The characters that pdfium lists for a page, as it lists them.

    Attributes:
        styles: of the text objects, by address, in the order in which they were met.
    """

    def __init__(self, text_page: ctypes.c_void_p, count: int, place: Placement) -> None:
        self.calls: PdfiumCalls = pdfium_calls()
        self.text_page, self.count, self.place = text_page, count, place
        self.styles: dict[int, TextStyle] = {}
        self._boxes = ctypes.create_string_buffer(max(count, 1) * _BOX)
        self._indexes: list[int] = []
        self._texts: list[str] = []
        # Of each glyph the number of its style, from 1.
        self._runs: list[int] = []
        # Numbers of glyphs behind which pdfium puts a blank of its own.
        self._blanks: list[int] = []

    def ask(self) -> None:
        """Take in all characters but those that print nothing."""
        calls, page, byref, boxes = self.calls, self.text_page, ctypes.byref, self._boxes
        get_code, is_generated, get_box, get_item, is_unknown = (
            calls.TextGetUnicode, calls.TextIsGenerated, calls.TextGetLooseCharBox, calls.TextGetTextObject, calls.TextHasUnicodeMapError,
        )  # fmt: skip
        reader = StyleReader(page, self.place)
        known: dict[int, str] = {}
        styles, indexes, texts, runs = self.styles, self._indexes, self._texts, self._runs
        last, run = 0, 0
        for i in range(self.count):
            code = get_code(page, i)
            if code in _NO_INK:
                continue
            # pdfium puts blanks of its own where words part; they have no box, so they stand behind the glyph before.
            if code == _BLANK and is_generated(page, i) == 1:
                if texts:
                    self._blanks.append(len(texts) - 1)
                continue
            key = get_item(page, i)
            if key is None or not get_box(page, i, byref(boxes, _BOX * len(texts))):
                continue
            if key != last:
                style = styles.get(key)
                if style is None:
                    style = styles[key] = reader.read(i, ctypes.c_void_p(key), len(styles) + 1)
                last, run = key, style.run
            text = known.get(code)
            if text is None:
                text = known[code] = _code_to_text(code)
            if is_unknown(page, i) == 1 or text == "":
                text = " " if code == _TAB and _is_plain_font(key) else "\ufffd"
            indexes.append(i)
            texts.append(text)
            runs.append(run)

    def chars(self) -> list[Char]:
        """The glyphs on the page as shown; letters of one ligature are one glyph."""
        import numpy as np

        if not self._texts:
            return []
        left, top, right, bottom = np.frombuffer(memoryview(self._boxes), np.float32)[: 4 * len(self._texts)].astype(float).reshape(-1, 4).T
        shown = _shown(self.place, left, bottom, right, top)
        runs = np.array(self._runs)
        angles = np.array([style.angle for style in self.styles.values()])[runs - 1]
        sizes = np.array([style.size for style in self.styles.values()])[runs - 1]
        ox, oy = self.place.points(*self._origins(runs, angles, shown))
        flat = sizes <= 0.1
        if flat.any():
            sizes = np.where(flat, np.maximum(shown[3] - shown[1], 0.1), sizes)
        boxes = _line_boxes(shown, sizes, angles, ox, oy)
        chars = list(map(Char, self._texts, *(each.tolist() for each in boxes), sizes.tolist(), angles.tolist(), self._runs))
        return self._with_blanks(chars)

    def _origins(self, runs: np.ndarray, angles: np.ndarray, shown: tuple[np.ndarray, ...]) -> tuple[np.ndarray, np.ndarray]:
        """Where each glyph stands on its base line: in one text object glyphs of level boxes share one, whose height is asked once.

        Only the height matters for level text, and only the place across for upright text.
        """
        import numpy as np

        x0, top, x1, bottom = shown
        level = angles % 180 == 0
        one, two = np.where(level, top, x0), np.where(level, bottom, x1)
        new = np.ones(len(runs), bool)
        new[1:] = (runs[1:] != runs[:-1]) | (one[1:] != one[:-1]) | (two[1:] != two[:-1])
        heads = np.flatnonzero(new)
        room = ctypes.create_string_buffer(len(heads) * _ORIGIN)
        ask, page = self.calls.TextGetCharOrigin, self.text_page
        for k, head in enumerate(heads.tolist()):
            ask(page, self._indexes[head], ctypes.byref(room, _ORIGIN * k), ctypes.byref(room, _ORIGIN * k + 8))
        x, y = np.frombuffer(memoryview(room), np.float64).reshape(-1, 2)[np.cumsum(new) - 1].T
        return x, y

    def _with_blanks(self, chars: list[Char]) -> list[Char]:
        blanks = Counter(self._blanks)
        found: list[Char] = []
        last: Char | None = None
        for k, char in enumerate(chars):
            if last is not None and char.x0 == last.x0 and _is_one_glyph(last, char):
                found[-1] = char = last._replace(text=last.text + char.text)
            else:
                found.append(char)
            last = char
            if k in blanks:
                found += [_blank_after(char)] * blanks[k]
                last = None
        return found


def _shown(place: Placement, left: np.ndarray, bottom: np.ndarray, right: np.ndarray, top: np.ndarray) -> tuple[np.ndarray, ...]:
    """x0, top, x1, bottom on the page as shown, each of shape (n,)."""
    import numpy as np

    (ax, ay), (bx, by) = place.points(left, bottom), place.points(right, top)
    return np.minimum(ax, bx), np.minimum(ay, by), np.maximum(ax, bx), np.maximum(ay, by)


def _line_boxes(
    shown: tuple[np.ndarray, ...], sizes: np.ndarray, angles: np.ndarray, ox: np.ndarray, oy: np.ndarray
) -> tuple[np.ndarray, ...]:
    """The line boxes of glyphs. Ascents and descents in fonts are often wrong; the base line is not."""
    import numpy as np

    x0, top, x1, bottom = shown
    up, down = ASCENT * sizes, DESCENT * sizes
    level, upside = angles == 0, angles == 180
    falling, rising = angles == 90, angles == 270
    top = np.select([level, upside], [oy - up, oy - down], top)
    bottom = np.select([level, upside], [oy + down, oy + up], bottom)
    x0 = np.select([falling, rising], [ox - down, ox - up], x0)
    x1 = np.select([falling, rising], [ox + up, ox + down], x1)
    return x0, top, x1, bottom


def _code_to_text(code: int) -> str:
    """The character of a code; empty for what is none."""
    if code == 0 or 0xD800 <= code < 0xE000 or code > 0x10FFFF:
        return ""
    # pdfium hands a hyphen at a line end over as U+0002.
    return "-" if code == 2 else chr(code)


def _is_plain_font(item: int) -> bool:
    """Whether the font is not in the file: then its codes are those of the alphabet, and a tab is a tab."""
    import pypdfium2.raw as pdfium

    font = pdfium.FPDFTextObj_GetFont(ctypes.cast(item, pdfium.FPDF_PAGEOBJECT))
    return bool(font) and pdfium.FPDFFont_GetIsEmbedded(font) == 0


def _is_one_glyph(char: Char, other: Char) -> bool:
    """Whether two letters are parts of one ligature: pdfium gives each of them the place of the whole."""
    same = char.run == other.run and char.x0 == other.x0 and char.x1 == other.x1 and char.top == other.top
    return same and char.text.isascii() and char.text.isalpha() and other.text.isascii() and other.text.isalpha()


def _blank_after(char: Char) -> Char:
    x, y = {0: (char.x1, char.top), 90: (char.x0, char.bottom), 180: (char.x0, char.top)}.get(char.angle, (char.x0, char.top))
    across = char.angle in (90, 270)
    return Char(" ", x, y, char.x1 if across else x, y if across else char.bottom, char.size, char.angle, char.run)
