"""Drawn objects of a PDF page -> rulings."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from extractors.geometry.page_ink import Fill
from extractors.model import BBox
from extractors.tables.rulings.ruling import Ruling

# A filled area thinner than this (points) is a line, not a background.
THIN = 3.0
# Shorter strokes (points) are parts of letters and dashes too fine to tell.
SHORTEST = 1.0
_WHITE = 0.96
_FEWEST_DOTS, _DOT_GAP = 5, 4.0


def drawn_to_rulings(lines: Iterable[Any], rects: Iterable[Any], curves: Iterable[Any]) -> tuple[list[Ruling], list[Fill]]:
    """Rulings and coloured areas from pdfplumber's line, rect and curve objects.

    Lines drawn in white, and lines of objects that are neither filled nor
    stroked, are invisible and left out.
    """
    rulings: list[Ruling] = []
    fills: list[Fill] = []
    for line in lines:
        if is_visible(line.get("stroking_color")):
            rulings += segment_to_rulings(line["x0"], line["top"], line["x1"], line["bottom"])
    for rect in rects:
        drawn, fill = _rect(rect)
        rulings += drawn
        fills += fill
    for curve in curves:
        if _paints(curve):
            rulings += _polygon(curve["pts"], bool(curve.get("stroke")))
    return rulings, fills


def segment_to_rulings(x0: float, top: float, x1: float, bottom: float) -> list[Ruling]:
    """A thin box or an axis-parallel stroke as one ruling; nothing for the rest."""
    width, height = x1 - x0, bottom - top
    if height <= THIN and width >= max(SHORTEST, height):
        return [Ruling("h", (top + bottom) / 2, x0, x1)]
    if width <= THIN and height >= max(SHORTEST, width):
        return [Ruling("v", (x0 + x1) / 2, top, bottom)]
    return []


def box_to_rulings(x0: float, top: float, x1: float, bottom: float) -> list[Ruling]:
    return [Ruling("h", top, x0, x1), Ruling("h", bottom, x0, x1), Ruling("v", x0, top, bottom), Ruling("v", x1, top, bottom)]


def dots_to_rulings(dots: Sequence[tuple[float, float]]) -> list[Ruling]:
    """Dotted lines: five or more dots on one level or upright, at most 4 points apart."""
    if len(dots) < _FEWEST_DOTS:
        return []
    level = [Ruling("h", at, start, end) for at, start, end in _dot_runs([(y, x) for x, y in dots])]
    return level + [Ruling("v", at, start, end) for at, start, end in _dot_runs(list(dots))]


def _dot_runs(dots: list[tuple[float, float]]) -> list[tuple[float, float, float]]:
    """(position, start, end) of runs among dots given as (position across, position along)."""
    runs: list[tuple[float, float, float, int]] = []
    for at, along in sorted((round(at, 1), along) for at, along in dots):
        if runs and runs[-1][0] == at and along - runs[-1][2] <= _DOT_GAP:
            runs[-1] = (at, runs[-1][1], along, runs[-1][3] + 1)
        else:
            runs.append((at, along, along, 1))
    return [(at, start, end) for at, start, end, count in runs if count >= _FEWEST_DOTS]


def _rect(rect: Any) -> tuple[list[Ruling], list[Fill]]:
    x0, top, x1, bottom = rect["x0"], rect["top"], rect["x1"], rect["bottom"]
    stroked = bool(rect.get("stroke")) and is_visible(rect.get("stroking_color"))
    filled = bool(rect.get("fill")) and is_visible(rect.get("non_stroking_color"))
    fills = [Fill(BBox(x0, top, x1, bottom), color_key(rect.get("non_stroking_color")))] if rect.get("fill") else []
    if not (stroked or filled):
        return [], fills
    if min(x1 - x0, bottom - top) <= THIN:
        return segment_to_rulings(x0, top, x1, bottom), []
    return (box_to_rulings(x0, top, x1, bottom) if stroked else []), fills


def _paints(shape: Any) -> bool:
    stroked = bool(shape.get("stroke")) and is_visible(shape.get("stroking_color"))
    return stroked or (bool(shape.get("fill")) and is_visible(shape.get("non_stroking_color")))


def _polygon(points: Sequence[tuple[float, float]], stroked: bool) -> list[Ruling]:
    """The straight, axis-parallel sides of a path."""
    xs, ys = [p[0] for p in points], [p[1] for p in points]
    if min(max(xs) - min(xs), max(ys) - min(ys)) <= THIN:
        return segment_to_rulings(min(xs), min(ys), max(xs), max(ys))
    if not stroked:
        return []
    rulings = []
    for (ax, ay), (bx, by) in zip(points, points[1:], strict=False):
        if min(abs(ax - bx), abs(ay - by)) < 0.5 and max(abs(ax - bx), abs(ay - by)) > THIN:
            rulings += segment_to_rulings(min(ax, bx), min(ay, by), max(ax, bx), max(ay, by))
    return rulings


def color_key(color: Any) -> tuple[float, ...] | None:
    """A colour that can be compared; None for white."""
    if not is_visible(color):
        return None
    values = color if isinstance(color, (tuple, list)) else (color,)
    return tuple(float(v) if isinstance(v, (int, float)) else 0.5 for v in values)


def is_visible(color: Any) -> bool:
    """False for white. Grey, RGB and CMYK are told apart by their length."""
    if color is None:
        return True
    values = list(color) if isinstance(color, (tuple, list)) else [color]
    if not values or not all(isinstance(v, (int, float)) for v in values):
        return True
    if len(values) == 4:
        return any(v > 1 - _WHITE for v in values)
    return any(v < _WHITE for v in values)
