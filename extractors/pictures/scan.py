"""Page images: made upright, taken apart, read cell by cell. Grid first; detection only where there is none."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import cv2
import numpy as np

from extractors.imaging.arrays import Picture
from extractors.imaging.gutter import find_gutter
from extractors.imaging.seal_code import ring_to_strip, text_to_code
from extractors.imaging.seal_layer import red_mask
from extractors.imaging.sheet import Box, SealMark, Sheet
from extractors.imaging.upright import Upright, make_level, turn_and_take_apart
from extractors.model import BBox, Page, Seal, Table, TextLine, Word
from extractors.options import ReadOptions
from extractors.run_in_parallel import side_by_side
from extractors.tables.grid import Grid, rulings_to_tables
from extractors.tables.outside import words_to_text_lines
from extractors.tables.picture_cells import is_seal_text, read_grids, trust
from extractors.tables.picture_text import with_text_grids

if TYPE_CHECKING:
    from extractors.ocr.cells import CellReading
    from extractors.ocr.engine import Engine
    from extractors.ocr.recognizer import LineReading

# Lines closer than this many points are one line.
TOLERANCE = 2.5
# A grid both narrower and lower than this, in points, is no table.
SMALLEST = (72.0, 30.0)
# Of the frame this far around a low grid, in points, a table leaves more than this share white; a row of bold characters does not.
_AROUND, _INKED = (1.5, 4.0), 0.1


def read_picture(image: Picture, page_no: int, dpi: float | None, engine: Engine, options: ReadOptions) -> tuple[Page, list[Table]]:
    """Read one picture of a page.

    Args:
        image: BGR uint8, shape (height, width, 3).
        page_no: from 1.
        dpi: of the image; None when unknown, then the long side is taken for that of A4.
        engine: from ``extractors.ocr.engine.load_engine``.
        options: ``draw_dir`` asks for a picture of what was found.

    Returns:
        the page with the words outside the tables, and its tables, not yet
        stitched. ``Page.rotation`` is the clockwise turn that brought the page
        upright, ``Page.skew_degrees`` how far it lay turned clockwise beyond
        that, ``Page.transform`` takes points of the upright page to pixels of
        ``image``.
    """
    from extractors.ocr.cells import read_cells

    def read(picture: Picture, boxes: list[Box], kept: Picture | None, covered: Sequence[bool] = ()) -> list[CellReading]:
        return read_cells(picture, boxes, engine, kept, covered)

    def judge(crops: Sequence[Picture]) -> list[float]:
        # The cheapest will do: of 182 pages none was laid down another way for it.
        return [_clearness(reading) for reading in engine.recognize(crops, engine.efforts[0])]

    upright, sheet = turn_and_take_apart(make_level(image, dpi, engine.threads), judge, engine.threads)
    grids = with_text_grids([grid for grid in rulings_to_tables(sheet.rulings, TOLERANCE) if _holds_a_line(grid, sheet)], sheet)
    page, tables = side_by_side(
        lambda: _read_page(upright, sheet, grids, page_no, engine),
        lambda: read_grids(grids, sheet, page_no, engine.name, read),
        engine.threads,
    )
    if options.draw_dir is not None:
        from extractors.imaging.draw import draw_page

        draw_page(sheet, page, tables, options)
    return page, tables


def _holds_a_line(grid: Grid, sheet: Sheet) -> bool:
    """False for the strokes of a bold title that cross like rulings; they would hide the title from the detector."""
    if grid.bbox.height >= SMALLEST[1]:
        return True
    return grid.bbox.width >= SMALLEST[0] and _inked_around(grid, sheet) < _INKED


def _inked_around(grid: Grid, sheet: Sheet) -> float:
    """Share of a frame close around a grid that is ink."""
    (inked, inner), (more, outer) = (_ink_within(grid, sheet, reach) for reach in _AROUND)
    return (more - inked) / max(1, outer - inner)


def _ink_within(grid: Grid, sheet: Sheet, reach: float) -> tuple[int, int]:
    """Pixels of ink, and all pixels, of a grid with so many points around it."""
    scale = sheet.dpi / 72.0
    x0, y0 = (max(0, round((each - reach) * scale)) for each in (grid.bbox.x0, grid.bbox.top))
    part = sheet.ink[y0 : round((grid.bbox.bottom + reach) * scale), x0 : round((grid.bbox.x1 + reach) * scale)]
    return cv2.countNonZero(part), part.size


def _clearness(reading: LineReading) -> float:
    """How sure the recogniser is of a line; one that says almost nothing is noise."""
    sure = reading.probs.char_probs
    return sum(sure) / len(sure) if len(sure) >= 3 else 0.0


def _read_page(upright: Upright, sheet: Sheet, grids: Sequence[Grid], page_no: int, engine: Engine) -> Page:
    """All but the tables."""
    page = _make_page(upright, sheet, page_no, engine)
    page.gutter = find_gutter(sheet.ink, [grid.bbox for grid in grids], sheet.dpi)
    page.lines = _read_outside(sheet, grids, page, engine)
    return page


def _make_page(upright: Upright, sheet: Sheet, page_no: int, engine: Engine) -> Page:
    point = 72.0 / sheet.dpi
    height, width = sheet.ink.shape[:2]
    page = Page(page_no, width * point, height * point, "ocr", upright.rotation, upright.skew, upright.points_to_original())
    page.seals = [Seal(_box_to_bbox(seal.box, sheet), _read_code(seal, sheet, engine)) for seal in sheet.seals]
    if upright.photographed:
        page.note("picture.perspective", "info", "the perspective of a photograph was taken out")
    if upright.flattened:
        page.note("picture.curved", "info", "curved paper was laid flat")
    if sheet.streaks is not None:
        page.note("picture.streaks", "info", "streaks from edge to edge were taken off")
    return page


def _read_code(seal: SealMark, sheet: Sheet, engine: Engine) -> str | None:
    """The serial number on the rim; of a red seal from its own colour alone, so that black ink does not cross it."""
    if seal.ring is None:
        return None
    picture = cv2.cvtColor(cv2.bitwise_not(red_mask(sheet.kept)), cv2.COLOR_GRAY2BGR) if seal.lifted else sheet.kept
    line = engine.recognize([ring_to_strip(picture, seal.ring)])[0]
    return text_to_code(line.text, line.probs.char_probs)


def _read_outside(sheet: Sheet, grids: Sequence[Grid], page: Page, engine: Engine) -> list[TextLine]:
    """Words that stand outside the tables: the detector sees only the remaining area."""
    from extractors.ocr.detect import read_lines
    from extractors.ocr.text_under_seals import read_into_seals

    rings = [seal.ring for seal in sheet.seals if seal.ring is not None and not seal.lifted]
    mask = np.ones(sheet.ink.shape[:2], np.bool_)
    scale, margin = sheet.dpi / 72.0, 0.015 * sheet.dpi
    for grid in grids:
        x0, y0 = max(0, int(grid.bbox.x0 * scale - margin)), max(0, int(grid.bbox.top * scale - margin))
        mask[y0 : round(grid.bbox.bottom * scale + margin), x0 : round(grid.bbox.x1 * scale + margin)] = False
    lines: list[TextLine] = []
    for x0, x1 in _sheets(page, sheet):
        found = [
            ((left + x0, top, right + x0, bottom), text, confidence)
            for (left, top, right, bottom), text, confidence in read_lines(sheet.clean[:, x0:x1], engine, mask[:, x0:x1])
        ]
        rest, printed = read_into_seals(found, rings, (sheet.kept, sheet.clean), engine)
        for box, text, _ in rest:
            if is_seal_text(box, sheet):
                page.note("seal.characters", "info", f"characters of a seal outside the tables were left out: {text}")
        printed += [each for each in rest if not is_seal_text(each[0], sheet)]
        words = [Word(text, _box_to_bbox(box, sheet), min(confidence, trust(box, sheet))) for box, text, confidence in printed]
        lines += words_to_text_lines(words, page.page_no)
    return lines


def _sheets(page: Page, sheet: Sheet) -> list[tuple[int, int]]:
    """Pixel columns [x0, x1) of the sheets that the page shows."""
    width = sheet.ink.shape[1]
    if page.gutter is None:
        return [(0, width)]
    gutter = round(page.gutter * sheet.dpi / 72.0)
    return [(0, gutter), (gutter, width)]


def _box_to_bbox(box: Box, sheet: Sheet) -> BBox:
    point = 72.0 / sheet.dpi
    return BBox(*(value * point for value in box))
