"""The page as the judge: what changes on it when a text is taken away is what a person sees of that text."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Any

from extractors.geometry.page_ink import Char
from extractors.model import BBox
from extractors.pdf.doubts import Doubt, inner, layer_mark
from extractors.pdf.drawn import bounds, placed_objects

if TYPE_CHECKING:
    import numpy as np

_DPI, _MOST_PIXELS = 120.0, 6_000_000
# Levels of 255: what is ink of a black glyph on white (thin strokes are grey), and from which difference at full ink on a
# person sees something.
_INK, _SEEN, _SEEN_OF_STRONG = 60, 10, 32
# Levels by which white and black paper differ below something that lets text be seen.
_CLEAR = 64
# A glyph of fewer pixels says nothing for itself.
_FEWEST = 4
# Texts over each other are taken away in turns, in at most so many.
_MOST_TURNS = 6

OpenPage = Callable[[], AbstractContextManager[Any]]


def seen_shares(again: OpenPage, doubts: Sequence[Doubt]) -> dict[int, float | None]:
    """How much of each inked glyph is seen, by ``id`` of the glyph: 0.0 nothing, 1.0 all, None where its font paints nothing here.

    Args:
        again: opens the same page once more; what is done to it there stays there.
        doubts: the texts to look at.
    """
    import pypdfium2.raw as pdfium

    shares: dict[int, float | None] = {}
    with again() as page:
        from extractors.geometry.placement import page_placement

        items = {each.order: each.item for each in placed_objects(page.raw, page_placement(page))}
        look = _Look(pdfium, page, items)
        whole = look.picture()
        turns = _turns(doubts)
        bare = []
        for turn in turns:
            look.switch([items[doubt.text.placed.order] for doubt in turn], False)
            bare.append(look.picture())
            look.switch([items[doubt.text.placed.order] for doubt in turn], True)
        look.switch(items.values(), False)
        for turn, without in zip(turns, bare, strict=True):
            alone = look.black([items[doubt.text.placed.order] for doubt in turn])
            for doubt in turn:
                shares.update(_shares(doubt, whole, without, alone, look.scale))
        blind = [doubt for doubt in doubts if doubt.later and all(shares.get(id(char), 0) is None for char in _inked(doubt))]
        shares.update(_seen_through(look, blind))
        layered = [doubt for doubt in doubts if doubt.layered and all(shares.get(id(char), 0) is None for char in _inked(doubt))]
        off = [doubt for doubt in layered if (mark := layer_mark(pdfium, doubt.text.placed.item)) and not look.paints_on_layer(mark)]
        shares.update((id(char), 0.0) for doubt in off for char in _inked(doubt))
    return shares


def _inked(doubt: Doubt) -> list[Char]:
    return [char for char in doubt.text.chars if not char.text.isspace()]


def _seen_through(look: _Look, doubts: Sequence[Doubt]) -> dict[int, float | None]:
    """Without glyphs to look at: how much of each place lets white paper be told from black through what is painted later."""
    import cv2

    shares: dict[int, float | None] = {}
    for first in {min(cover.order for cover in doubt.later) for doubt in doubts}:
        look.switch([item for order, item in look.items.items() if order >= first], True)
        veil = cv2.absdiff(look.on_ground(255), look.on_ground(0)).max(axis=2)
        look.switch(look.items.values(), False)
        for doubt in doubts:
            if min(cover.order for cover in doubt.later) == first:
                shares.update((id(char), _clear_share(char, veil, look.scale)) for char in _inked(doubt))
    # Nothing lies over these; what else may hide them is not told by a veil.
    return {key: (0.0 if share is not None and share < 0.3 else None) for key, share in shares.items()}


def _clear_share(char: Char, veil: np.ndarray, scale: float) -> float | None:
    x0, top, x1, bottom = _pixels(inner(char.bbox), scale, veil)
    part = veil[top:bottom, x0:x1]
    return float((part >= _CLEAR).mean()) if part.size else None


class _Look:
    """Pictures of one page, with this and that switched off."""

    def __init__(self, pdfium: Any, page: Any, items: dict[int, Any]) -> None:
        self.pdfium, self.page, self.items = pdfium, page, items
        self._ground: Any = None
        width, height = page.get_size()
        self.scale = min(_DPI / 72, (_MOST_PIXELS / max(width * height, 1.0)) ** 0.5)

    def picture(self) -> np.ndarray:
        """BGR uint8."""
        bitmap = self.page.render(scale=self.scale, may_draw_forms=False, prefer_bgrx=False)
        try:
            pixels: np.ndarray = bitmap.to_numpy()[:, :, :3].copy()
            return pixels
        finally:
            bitmap.close()

    def on_ground(self, grey: int) -> np.ndarray:
        """A picture over an area of this grey. Paper will not do: blending begins with the first thing that is painted."""
        if self._ground is None:
            left, bottom, right, top = self.page.get_bbox()
            self._ground = self.pdfium.FPDFPageObj_CreateNewRect(left, bottom, right - left, top - bottom)
            self.pdfium.FPDFPath_SetDrawMode(self._ground, self.pdfium.FPDF_FILLMODE_ALTERNATE, False)
            self.pdfium.FPDFPage_InsertObjectAtIndex(self.page.raw, self._ground, 0)
        self.pdfium.FPDFPageObj_SetFillColor(self._ground, grey, grey, grey, 255)
        return self.picture()

    def paints_on_layer(self, mark: Any) -> bool:
        """Whether an area that bears the mark of a layer is painted; all else must be switched off."""
        left, bottom, right, top = self.page.get_bbox()
        probe = self.pdfium.FPDFPageObj_CreateNewRect(left, bottom, right - left, top - bottom)
        self.pdfium.FPDFPath_SetDrawMode(probe, self.pdfium.FPDF_FILLMODE_ALTERNATE, False)
        self.pdfium.FPDFPageObj_SetFillColor(probe, 0, 0, 0, 255)
        marked = self.pdfium.FPDFPageObj_AddExistingMark(probe, mark)
        self.pdfium.FPDFPage_InsertObject(self.page.raw, probe)
        if self._ground is not None:
            self.pdfium.FPDFPageObj_SetFillColor(self._ground, 255, 255, 255, 255)
        painted = not marked or bool(self.picture().min() < _CLEAR)
        self.pdfium.FPDFPageObj_SetIsActive(probe, False)
        return painted

    def switch(self, items: Any, on: bool) -> None:
        for item in items:
            self.pdfium.FPDFPageObj_SetIsActive(item, on)

    def black(self, items: Sequence[Any]) -> np.ndarray:
        """These texts alone, in black on white; all else must be switched off."""
        for item in items:
            self.pdfium.FPDFPageObj_SetFillColor(item, 0, 0, 0, 255)
            self.pdfium.FPDFTextObj_SetTextRenderMode(item, self.pdfium.FPDF_TEXTRENDERMODE_FILL)
        self.switch(items, True)
        picture = self.picture()
        self.switch(items, False)
        return picture


def _turns(doubts: Sequence[Doubt]) -> list[list[Doubt]]:
    """Texts that lie over each other come in different turns, unless they say the same in the same place (imitated bold)."""
    turns: list[list[Doubt]] = []
    for doubt in doubts:
        box = inner(doubt.text.box)
        for turn in turns:
            if not any(box.overlap(inner(other.text.box)) > 0 and not _is_double(doubt, other) for other in turn):
                turn.append(doubt)
                break
        else:
            if len(turns) < _MOST_TURNS:
                turns.append([doubt])
            else:
                turns[-1].append(doubt)
    return turns


def _is_double(a: Doubt, b: Doubt) -> bool:
    (ax, ay), (bx, by) = a.text.box.center, b.text.box.center
    return a.text.text == b.text.text and max(abs(ax - bx), abs(ay - by)) <= 0.2 * a.text.style.size


def _shares(doubt: Doubt, whole: np.ndarray, without: np.ndarray, alone: np.ndarray, scale: float) -> dict[int, float | None]:
    import cv2
    import numpy as np

    chars = _inked(doubt)
    x0, top, x1, bottom = _pixels(doubt.text.box, scale, whole)
    if x1 <= x0 or bottom <= top:
        return {}
    part = (slice(top, bottom), slice(x0, x1))
    change = cv2.absdiff(whole[part], without[part]).max(axis=2)
    depth = 255 - alone[part].min(axis=2).astype(np.int32)
    ink = depth >= _INK
    if not ink.any():
        return {id(char): None if _paints_nothing(doubt) else 0.0 for char in chars}
    style = doubt.text.style
    strong = style.rgb is not None and min(style.rgb) < 160 and style.alpha > 200
    seen = ink & (255 * change.astype(np.int32) >= (_SEEN_OF_STRONG if strong else _SEEN) * depth)
    usual = float(seen.sum()) / float(ink.sum())
    return {id(char): _share(char, seen, ink, (x0, top), scale, usual) for char in chars}


def _share(char: Char, seen: np.ndarray, ink: np.ndarray, corner: tuple[int, int], scale: float, usual: float) -> float:
    x0, top, x1, bottom = _pixels(char.bbox, scale, None)
    part = (slice(max(0, top - corner[1]), max(0, bottom - corner[1])), slice(max(0, x0 - corner[0]), max(0, x1 - corner[0])))
    count = int(ink[part].sum())
    return float(seen[part].sum()) / count if count >= _FEWEST else usual


def _paints_nothing(doubt: Doubt) -> bool:
    """Whether the font has no outlines on this machine: then the box of the text has no area."""
    box = bounds(doubt.text.placed)
    return box is None or min(box.width, box.height) <= 0.01


def _pixels(box: BBox, scale: float, picture: np.ndarray | None) -> tuple[int, int, int, int]:
    x0, top, x1, bottom = round(box.x0 * scale), round(box.top * scale), round(box.x1 * scale) + 1, round(box.bottom * scale) + 1
    if picture is None:
        return x0, top, x1, bottom
    return max(0, x0), max(0, top), min(x1, picture.shape[1]), min(bottom, picture.shape[0])
