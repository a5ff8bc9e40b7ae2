"""Which way is up: text runs along lines, and only upright text can be read."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import cv2
import numpy as np

from extractors.imaging.arrays import Mask, Picture

# Gives each picture of a text line a mark from 0 (noise) to 1 (clear text).
LineJudge = Callable[[Sequence[Picture]], Sequence[float]]

# Gaps that are closed, in inches: within a line letters stand this close, lines stand further apart.
_GAPS = (0.02, 0.035, 0.05)
# Of the two directions, one must leave this share of parts more than the other to be taken for granted.
_CLEAR = 1.12
_ENOUGH = 0.92
# Lines that are read first, lines that are read when in doubt, and how much of a line, in heights.
_FEW, _MORE, _LONGEST = 3, 4, 8


def text_runs_down(ink: Mask, dpi: float) -> float:
    """How much more readily letters join downwards than across: above 1 the lines of text run down the page.

    Args:
        ink: 255 where ink is, without rulings.
    """
    scale = min(1.0, 100.0 / dpi)
    small = cv2.resize(ink, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    small = cv2.threshold(small, 80, 255, cv2.THRESH_BINARY)[1]
    across = down = 1
    for gap in _GAPS:
        size = max(2, round(gap * dpi * scale) + 1)
        across += _parts(cv2.morphologyEx(small, cv2.MORPH_CLOSE, np.ones((1, size), np.uint8)))
        down += _parts(cv2.morphologyEx(small, cv2.MORPH_CLOSE, np.ones((size, 1), np.uint8)))
    return across / down


def _parts(mask: Mask) -> int:
    return int(cv2.connectedComponents(mask, connectivity=8)[0])


def find_quarter_turns(picture: Picture, ink: Mask, dpi: float, judge: LineJudge | None) -> int:
    """Quarter turns counter-clockwise that bring the page upright (0-3).

    The direction of the lines decides between the two pairs; which end is up,
    and any doubt about the direction, is left to the recogniser: it reads a
    few lines each way.

    Args:
        picture: level and plumb, BGR.
        dpi: of the picture.
        ink: of the picture, without rulings; may be smaller than it.
        judge: None leaves the page as it lies when only reading could tell.
    """
    ratio = text_runs_down(ink, dpi * ink.shape[0] / picture.shape[0])
    down = ratio > 1.0
    orders = [1, 3, 0, 2] if down else [0, 2, 1, 3]
    if ratio > _CLEAR or ratio < 1 / _CLEAR:
        orders = orders[:2]
    if judge is None:
        return orders[0]
    best: dict[int, float] = {}
    for turns in orders:
        marks = _marks(picture, ink, dpi, turns, judge)
        if marks and float(np.median(marks)) >= _ENOUGH:
            return turns
        # On a small table half of what looks like lines of text is none; that is no clearer either way.
        best[turns] = float(np.mean(sorted(marks)[len(marks) // 2 :])) if marks else 0.0
    return max(orders, key=lambda turns: best[turns])


def _marks(picture: Picture, ink: Mask, dpi: float, turns: int, judge: LineJudge) -> list[float]:
    """How plainly each of a few lines can be read this way; a few more are read when the first leave a doubt."""
    scale = picture.shape[0] / ink.shape[0]
    turned = np.rot90(picture, turns)
    boxes = find_text_lines(np.rot90(ink, turns), dpi / scale)[: _FEW + _MORE]
    crops = [_beginning(turned, box, scale) for box in boxes]
    marks = list(judge(crops[:_FEW])) if crops else []
    if marks and float(np.median(marks)) < _ENOUGH:
        marks += judge(crops[_FEW:]) if crops[_FEW:] else []
    return marks


def _beginning(picture: Picture, box: tuple[int, int, int, int], scale: float) -> Picture:
    """The line in a box, of a long one the beginning: that tells as much and costs less."""
    x0, y0, x1, y1 = (round(value * scale) for value in box)
    return np.ascontiguousarray(picture[y0:y1, x0 : min(x1, x0 + _LONGEST * (y1 - y0))])


def find_text_lines(ink: Mask, dpi: float) -> list[tuple[int, int, int, int]]:
    """Boxes (x0, y0, x1, y1) of single lines of text that run across, the best for reading first."""
    gap = max(2, round(0.11 * dpi))
    joined = cv2.morphologyEx(np.ascontiguousarray(ink), cv2.MORPH_CLOSE, np.ones((1, gap), np.uint8))
    _, _, stats, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    boxes = []
    for x, y, width, height, area in stats[1:].tolist():
        if 0.07 * dpi <= height <= 0.3 * dpi and width >= 3.5 * height and area >= 0.25 * width * height:
            boxes.append((min(width / height, 14.0), (x, y, x + width, y + height)))
    boxes.sort(key=lambda item: (-item[0], item[1]))
    margin = round(0.02 * dpi)
    tall, wide = ink.shape[:2]
    return [(max(0, a - margin), max(0, b - margin), min(wide, c + margin), min(tall, d + margin)) for _, (a, b, c, d) in boxes]
