"""Lines, boxes, coloured areas and pictures of a pdfium page."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, NamedTuple

from extractors.geometry.page_ink import Fill, PageInk
from extractors.geometry.placement import Placement
from extractors.model import BBox, union_of
from extractors.pdf.drawn import Cover, Placed, bounds, clip_of, placed_objects, stands_in
from extractors.pdf.holed_areas import has_holes, read_holed_area
from extractors.pdf.pdfium.answers import RGBA, Answers
from extractors.tables.rulings.pdf_rulings import THIN, dots_to_rulings, segment_to_rulings
from extractors.tables.rulings.sheet_edge import within_clip

# A path with more segments than this is a drawing, not a table.
_MOST_SEGMENTS = 4000
_WHITE = 245
_CLEAR, _OPAQUE = 16, 240
# A filled area less high or wide than this (points) is a line and hides no text.
THINNEST_COVER = 1.5
# Round corners are at most this share of the shorter side.
_CORNER = 0.35
# How pdfium numbers the beginning of a part, the points of a curve, and the even-odd rule.
_MOVE, _CURVE, _EVEN_ODD = 2, 1, 1

Color = tuple[float, ...] | None
# No paint at all, as against None: white paint.
CLEAR: Color = ()


def read_paths(raw_page: Any, place: Placement, ink: PageInk, notes: int = 0) -> tuple[list[Placed], list[Cover]]:
    """Add what the page draws to ``ink``: rulings, fills, pictures, slanted strokes.

    Args:
        notes: address of the form that holds fields and notes; frames around these are no rulings, but they may hide text.

    Returns:
        The text objects that were met on the way, and the areas that may hide some of them.
    """
    import pypdfium2.raw as pdfium

    texts: list[Placed] = []
    covers: list[Cover] = []
    aside = PageInk(ink.width, ink.height, [], [])
    answers = Answers()
    for each in placed_objects(raw_page.raw, place):
        if each.kind == pdfium.FPDF_PAGEOBJ_TEXT:
            texts.append(each)
        elif each.kind == pdfium.FPDF_PAGEOBJ_PATH:
            ink.shapes += 1
            before = len(ink.rulings)
            _read_path(answers, each, aside if notes and stands_in(each, notes) else ink, covers)
            if len(ink.rulings) > before and (clip := clip_of(each)) is not None and clip.whole:
                ink.rulings[before:] = within_clip(ink.rulings[before:], clip.box, ink.width, ink.height)
        elif each.kind in (pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_SHADING):
            ink.shapes += each.kind == pdfium.FPDF_PAGEOBJ_SHADING
            box = bounds(each, answers)
            if box is not None:
                covers.append(Cover(each.order, box, None, pdfium.FPDFPageObj_HasTransparency(each.item) == 0))
                ink.pictures += [box] if each.kind == pdfium.FPDF_PAGEOBJ_IMAGE else []
    ink.rulings += dots_to_rulings(ink.dots)
    return texts, covers


def _paint(rgba: RGBA | None) -> Color:
    """The paint as it looks on white paper: CLEAR, None for white, or its RGB."""
    if rgba is None:
        return (0.0,)
    if rgba[3] < _CLEAR:
        return CLEAR
    rgb = rgba[:3]
    return None if min(rgb) >= _WHITE else tuple(float(v) for v in rgb)


def _stroke_width(answers: Answers, placed: Placed) -> float:
    return float(answers.stroke_width(placed.handle) * placed.place.scale)


def _read_path(answers: Answers, placed: Placed, ink: PageInk, covers: list[Cover]) -> None:
    item = placed.handle
    box = bounds(placed, answers)
    if box is None or (modes := answers.draw_modes(item)) is None:
        return
    fill_mode, stroke_mode = modes
    fill = _paint(answers.rgba(item, False)) if fill_mode else CLEAR
    stroke = _paint(answers.rgba(item, True)) if stroke_mode else CLEAR
    if fill == CLEAR and stroke == CLEAR:
        return
    short = min(box.width, box.height)
    parts = _subpaths(answers, placed) if short > THINNEST_COVER else []
    if fill != CLEAR and short > THINNEST_COVER:
        covers += _filled(_cover(placed, box, answers.rgba(item, False)), parts)
    elif fill == CLEAR and short > THIN and (thick := _stroke_width(answers, placed)) > THIN:
        steps = [step for part in parts for step in part if not step.is_slanted]
        covers += [_cover(placed, _widened(step.box, thick / 2), answers.rgba(item, True)) for step in steps]
    if short <= THIN:
        if fill in (CLEAR, None) and stroke in (CLEAR, None):
            ink.fills.append(Fill(_widened(box, 0.1), None))
        elif max(box.width, box.height) <= THIN and max(box.width, box.height) < 1.5 * short:
            ink.dots.append(box.center)
        else:
            ink.rulings += segment_to_rulings(box.x0, box.top, box.x1, box.bottom)
        return
    if stroke != CLEAR:
        _strokes(_stroke_width(answers, placed), parts, stroke, ink)
    if fill != CLEAR:
        _areas(parts, fill, fill_mode == _EVEN_ODD, ink)


class Step(NamedTuple):
    """From one point of a path to the next, in points of the shown page."""

    x0: float
    y0: float
    x1: float
    y1: float
    curved: bool

    @property
    def box(self) -> BBox:
        return BBox(min(self.x0, self.x1), min(self.y0, self.y1), max(self.x0, self.x1), max(self.y0, self.y1))

    @property
    def is_slanted(self) -> bool:
        short, long = sorted((abs(self.x0 - self.x1), abs(self.y0 - self.y1)))
        return self.curved or short > max(0.5, 0.01 * long)


def _subpaths(answers: Answers, placed: Placed) -> list[list[Step]]:
    """The closed or open parts of a path. A curve is one step: its control points are not on it."""
    count = answers.calls.PathCountSegments(placed.handle)
    if count > _MOST_SEGMENTS:
        return []
    matrix = answers.matrix(placed.handle)
    under = placed.place.inside(matrix) if matrix is not None else placed.place
    parts: list[list[Step]] = []
    start = last = (0.0, 0.0)
    controls = 0
    for x, y, kind, closes in answers.segments(placed.handle, count):
        point = under.point(x, y)
        if kind == _MOVE or not parts:
            parts.append([])
            start = last = point
        elif kind == _CURVE and controls < 2:
            controls += 1
            continue
        else:
            parts[-1].append(Step(*last, *point, kind == _CURVE))
            last, controls = point, 0
        if closes and last != start:
            parts[-1].append(Step(*last, *start, False))
            last = start
    return [part for part in parts if part]


def _strokes(thick: float, parts: list[list[Step]], color: Color, ink: PageInk) -> None:
    for step in (step for part in parts for step in part):
        box = step.box
        if step.is_slanted:
            if color is not None:
                ink.slants.append(box)
        elif thick > THIN or color is None:
            ink.fills.append(Fill(_widened(box, max(thick / 2, 0.1)), color))
        else:
            ink.rulings += segment_to_rulings(box.x0, box.top, box.x1, box.bottom)


def _cover(placed: Placed, box: BBox, rgba: RGBA | None) -> Cover:
    if rgba is None:
        return Cover(placed.order, box, None, True)
    red, green, blue = (255 - (255 - v) * rgba[3] // 255 for v in rgba[:3])
    return Cover(placed.order, box, (red, green, blue), rgba[3] >= _OPAQUE)


def _widened(box: BBox, by: float) -> BBox:
    if box.width >= box.height:
        return BBox(box.x0, box.top - by, box.x1, box.bottom + by)
    return BBox(box.x0 - by, box.top, box.x1 + by, box.bottom)


def _areas(parts: list[list[Step]], color: Color, even_odd: bool, ink: PageInk) -> None:
    """Filled parts: thin ones are lines, boxes are coloured areas, the rest is a drawing."""
    outlines = _outlines(parts)
    if outlines is not None and has_holes(outlines):
        read_holed_area(outlines, even_odd, color, ink)
        return
    for part in parts:
        box = union_of(step.box for step in part)
        assert box is not None
        if min(box.width, box.height) <= THIN and color is not None:
            ink.rulings += segment_to_rulings(box.x0, box.top, box.x1, box.bottom)
        elif _is_box(part, box):
            ink.fills.append(Fill(box, color))
        elif color is not None:
            ink.slants.append(box)


def _filled(cover: Cover, parts: list[list[Step]]) -> list[Cover]:
    """What a filled path covers: each of its boxes for itself; what lies below a frame may be seen through its hole."""
    outlines = _outlines(parts) if len(parts) > 1 else None
    if outlines is None:
        return [cover]
    if has_holes(outlines):
        return [replace(cover, opaque=False)]
    return [replace(cover, box=box) for box, _ in outlines]


def _outlines(parts: list[list[Step]]) -> list[tuple[BBox, bool]] | None:
    """The boxes that parts are, and which way round they are drawn; None where one is no box."""
    found = [(box, _is_clockwise(part)) for part in parts if (box := union_of(step.box for step in part)) and _is_box(part, box)]
    return found if len(found) == len(parts) else None


def _is_clockwise(part: list[Step]) -> bool:
    return sum((step.x1 - step.x0) * (step.y1 + step.y0) for step in part) < 0


def _is_box(part: list[Step], box: BBox) -> bool:
    """Four level and upright sides, the corners may be round."""
    straight = [step for step in part if not step.curved]
    corner = _CORNER * min(box.width, box.height)
    rounded = all(max(step.box.width, step.box.height) <= corner for step in part if step.curved)
    return rounded and len(straight) <= 5 and not any(step.is_slanted for step in straight)
