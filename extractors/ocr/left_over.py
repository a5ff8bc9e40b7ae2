"""Ink of a line that no character of its reading stands on: before the first, behind the last, between two, or taken for a ruling.

Type stands on squares. The recogniser leaves out a thin 一 or 二 at the end of a line, or a sign that it was never
taught, and is sure of the rest; where that stood, there is ink and no character.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from extractors.characters import is_common_han
from extractors.ocr.crops import crop_line_again, second_margin_of
from extractors.ocr.line_regions import Scale
from extractors.ocr.open_cells import SYMBOL_WIDTH, OpenCell
from extractors.ocr.recognizer import HEIGHT, LineReading
from extractors.ocr.textlines import Span

if TYPE_CHECKING:
    from typing import Any

    from numpy.typing import NDArray

    from extractors.ocr.engine import Engine

# What lies wholly so near to a side of a cell, in pixels, may be the rest of a ruling.
_SIDE = 6
# Height of a line of type as a share of its square.
_OF_SQUARE = 0.92
# In squares: of 1,620 lines of scans that were read whole the ink began up to 0.85 before the middle of the first character, and
# ended up to 0.64 behind that of the last; of those that lost one, 1.1 and more before, 1.0 and more behind.
_BEFORE, _BEHIND = 1.0, 0.85
# Two characters so far apart have a square between them, and so far from either no ink of theirs.
_SQUARE_BETWEEN, _THEIRS = 1.75, 0.65
# Two Chinese characters so far apart may have a narrow sign between them: it stands clear of both, is no higher and no wider than a
# character, and with either of them it would be wider than any. On 3,900 lines of scans that were
# read whole 34 pairs stood so far apart, and none had such ink.
_MORE_THAN_BESIDE, _ONE_SQUARE, _OWN_HALF, _HIGH_SIGN = 1.3, 1.08, 0.6, 0.3
_LEAST_PIXELS = 4
# A reading that explains more of the ink is taken without a doubt when it is this sure.
_SURE_OF_MORE = 0.9
# Of what was taken for a ruling: as high as this share of the line, and this near to its text, in heights of a line.
_HIGH, _NEAR = 0.33, 0.45


def read_left_over(
    cells: Sequence[OpenCell], first: Sequence[list[LineReading]], engine: Engine, line_height: float
) -> set[tuple[int, int]]:
    """Read lines with ink left over once more, larger and with more white around.

    Args:
        cells: of a page; where a line is read anew, its crop is replaced.
        first: readings of their lines; replaced where the new one is sure, holds the old one, and leaves no ink over.
        engine: the recogniser.
        line_height: of usual text, in pixels.

    Returns:
        (cell, line) of those where ink is still left over.
    """
    places = [
        (i, k)
        for i, (cell, lines) in enumerate(zip(cells, first, strict=True))
        for k, line in enumerate(lines)
        if has_left_over(cell, k, line, scale_of(cell, k, line_height), line_height)
    ]
    crops = [crop_line_again(cells[i].picture, cells[i].lines[k], cells[i].limits(k), line_height) for i, k in places]
    left = set()
    for (i, k), crop, line in zip(places, crops, engine.recognize(crops), strict=True):
        scale = Scale.of(crop, cells[i].lines[k], second_margin_of(line_height), HEIGHT)
        if _holds(line, first[i][k]) and line.confidence >= _SURE_OF_MORE and not has_left_over(cells[i], k, line, scale, line_height):
            first[i][k], cells[i].crops[k], cells[i].heights[k] = line, crop, HEIGHT
        else:
            left.add((i, k))
    return left


def scale_of(cell: OpenCell, index: int, line_height: float) -> Scale:
    """Where the steps of a line's reading are, from the crop that was read."""
    crop, span = cell.crops[index], cell.lines[index]
    margin = (crop.shape[0] - max(span.height, round(line_height))) // 2
    return Scale.of(crop, span, margin, cell.heights[index])


def has_left_over(cell: OpenCell, index: int, line: LineReading, scale: Scale, line_height: float) -> bool:
    """Whether a line of a cell, that was read as more than nothing, has ink where no character was read.

    Strokes of a black seal are not asked: what lies under one is doubted in other ways.
    """
    import numpy as np

    span, steps = cell.lines[index], line.probs.char_steps
    if cell.covered or not line.text.strip() or len(steps) != len(line.text) or cell.is_narrow(SYMBOL_WIDTH * line_height):
        return False
    at = np.flatnonzero(cell.ink[span.top : span.bottom].any(axis=0))
    at = at[(at >= _SIDE) & (at < cell.ink.shape[1] - _SIDE)]
    if not len(at):
        return False
    square = max(line_height, span.height) / _OF_SQUARE
    middles = [scale.to_x(step) for step, char in zip(steps, line.text, strict=True) if not char.isspace()]
    if middles[0] - int(at[0]) >= _BEFORE * square or int(at[-1]) + 1 - middles[-1] >= _BEHIND * square:
        return True
    ink = cell.ink[span.top : span.bottom]
    pairs = [(a, b) for a, b in zip(middles, middles[1:], strict=False) if b - a >= _SQUARE_BETWEEN * square]
    if any(_pixels(ink, a + _THEIRS * square, b - _THEIRS * square) >= _LEAST_PIXELS for a, b in pairs):
        return True
    chars = [char for char in line.text if not char.isspace()]
    return any(
        _has_sign_between(ink, a, b, square)
        for a, b, one, other in zip(middles, middles[1:], chars, chars[1:], strict=False)
        if b - a >= _MORE_THAN_BESIDE * square and is_common_han(one) and is_common_han(other)
    )


def _has_sign_between(ink: NDArray[Any], one: float, other: float, square: float) -> bool:
    """Whether a piece of ink between the middles of two Chinese characters belongs to neither."""
    import numpy as np

    first = max(round(one - square), 0)
    columns = np.flatnonzero(ink[:, first : round(other + square)].any(axis=0)) + first
    runs = [(int(run[0]), int(run[-1]) + 1) for run in np.split(columns, np.flatnonzero(np.diff(columns) > 1) + 1) if len(run)]
    if not runs:
        return False
    left, right = _nearest(runs, one), _nearest(runs, other)
    begins, ends = max(left[0], one - _OWN_HALF * square), min(right[1], other + _OWN_HALF * square)
    between = [(x0, x1) for x0, x1 in runs if left[1] <= x0 and x1 <= right[0]]
    apart = [(x0, x1) for x0, x1 in between if min(x1 - begins, ends - x0) > _ONE_SQUARE * square]
    return any(_height(ink[:, x0:x1]) >= _HIGH_SIGN * square for x0, x1 in apart)


def _nearest(runs: Sequence[tuple[int, int]], middle: float) -> tuple[int, int]:
    """The piece of ink that a middle lies in, or the nearest one."""
    return min(runs, key=lambda run: max(run[0] - middle, middle - run[1], 0.0))


def _height(ink: NDArray[Any]) -> int:
    import numpy as np

    rows = np.flatnonzero(ink.any(axis=1))
    return int(rows[-1]) + 1 - int(rows[0]) if len(rows) else 0


def is_cut_at_edge(cell: OpenCell, line_height: float) -> bool:
    """Whether ink at a cell's side has the place and the height of a character there, and may be the rest of a ruling as well.

    A ruling runs on to the top or the foot of the cell; the 1 of 11 stands on the line of text.
    """
    import cv2

    if cell.covered:
        return False
    for ink in (cell.residue, cell.ink):
        if ink is None or not ink.any():
            continue
        height, width = ink.shape
        _, _, stats, _ = cv2.connectedComponentsWithStats(ink.view("uint8"), connectivity=8)
        for x, y, w, h, _ in stats[1:].tolist():
            clear = y > 1 and y + h < height - 1
            at_side = ink is cell.residue or x + w <= _SIDE or x >= width - _SIDE
            if clear and at_side and any(_stands_on(line, (x, y, x + w, y + h), line_height) for line in cell.lines):
                return True
    return False


def _stands_on(line: Span, part: tuple[int, int, int, int], line_height: float) -> bool:
    """Whether a part (x0, top, x1, bottom) may be a character of a line, at one of its ends."""
    x0, top, x1, bottom = part
    if top < line.top - 2 or bottom > line.bottom + 2 or bottom - top < _HIGH * line.height:
        return False
    return min(abs(line.x0 - x1), abs(x0 - line.x1), abs(x0 - line.x0), abs(x1 - line.x1)) <= _NEAR * line_height


def _pixels(ink: NDArray[Any], left: float, right: float) -> int:
    return int(ink[:, max(round(left), 0) : max(round(right), 0)].sum())


def _holds(line: LineReading, before: LineReading) -> bool:
    """Whether a reading has all characters of another one, in their order, and more."""
    rest = iter(line.text)
    return len(line.text) > len(before.text) and all(char in rest for char in before.text)
