"""The text lines inside a cell: where there is ink, and where one line ends and the next begins."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median, median_low
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Gray = NDArray[Any]
    Mask = NDArray[np.bool_]

# Paper and ink closer than this (grey levels) are paper.
MIN_CONTRAST = 45
_MAX_SLOPE = 0.012
# In line heights: a part this small may be a grain of dust, and is one this far before or behind all glyphs.
_GRAIN = 0.36
_CLEAR_BEFORE, _CLEAR_BEHIND = 0.3, 0.5
# Words, which are at least so wide, may end in a comma; some fonts set it in the middle of its square.
_WORDS, _CLEAR_BEHIND_WORDS = 6.0, 0.8
# A comma begins on its line and ends below it, higher than wide, close behind a glyph: in line heights, what it hangs and the gap.
_HANGS, _CLOSE_BEHIND = 0.27, 0.45
# A raised figure is at least so high, and stands at most so far above its glyph, in line heights.
_FIGURE, _ABOVE = 0.22, 0.18


@dataclass(frozen=True, slots=True)
class Span:
    """A text line: pixel box (x0, top, x1, bottom), half open, in the picture that it was found in."""

    x0: int
    top: int
    x1: int
    bottom: int

    @property
    def height(self) -> int:
        return self.bottom - self.top

    @property
    def width(self) -> int:
        return self.x1 - self.x0


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts that ink falls into.

    Attributes:
        labels: int32, number of the part at each pixel, from 1; 0 on paper.
        stats: int32, x, y, width, height and pixels of each part, shape (parts + 1, 5); the first row tells nothing.
    """

    labels: NDArray[Any]
    stats: NDArray[Any]


def ink_to_parts(ink: Mask) -> Parts:
    """The parts of ink, of which there is some: pixels that touch, at a side or a corner, are of one part."""
    import cv2
    import numpy as np

    _, labels, stats, _ = cv2.connectedComponentsWithStats(ink.view(np.uint8), connectivity=8)
    return Parts(labels, stats)


def gray_to_ink(gray: Gray) -> Mask:
    """Where a cell has ink, by its own paper and its own darkest strokes; all False for blank paper.

    Args:
        gray: the inside of a cell, uint8, shape (height, width).
    """
    import cv2
    import numpy as np

    if gray.size == 0:
        return np.zeros(gray.shape, np.bool_)
    smooth = cv2.GaussianBlur(gray, (3, 3), 0.8)
    pixels = cv2.calcHist([smooth], [0], None, [256], [0, 256]).ravel()
    dark, paper = np.searchsorted(np.cumsum(pixels, dtype=np.float64), [min(gray.size - 1, 8), gray.size * 3 // 4], side="right").tolist()
    if paper - dark < max(MIN_CONTRAST, 7 * _grain(pixels, paper)):
        return np.zeros(gray.shape, np.bool_)
    mask: Mask = smooth < paper - max(0.4 * (paper - dark), MIN_CONTRAST * 0.6)
    return mask


def _grain(pixels: NDArray[Any], paper: int) -> float:
    """Standard deviation of the paper's own grain, from the half that is lighter than the paper.

    Args:
        pixels: how many have each grey level, shape (256,).
        paper: its grey level.
    """
    import numpy as np

    lighter = pixels[paper:].astype(np.float64)
    return float(np.sqrt((lighter * np.arange(len(lighter)) ** 2).sum() / max(lighter.sum(), 1.0)))


def without_specks(ink: Mask, line_height: float, parts: Parts | None = None) -> Mask:
    """Ink without the dirt: what is smaller than a point and far from all glyphs, or where no point can stand.

    Args:
        ink: of a cell.
        line_height: of usual text, in pixels.
        parts: of the ink, where they are known.
    """
    import cv2
    import numpy as np

    if not ink.any():
        return ink
    parts = parts or ink_to_parts(ink)
    labels, stats = parts.labels, parts.stats
    unit = line_height * line_height
    area, extent = stats[:, 4], np.maximum(stats[:, 2], stats[:, 3])
    grains = _grains(stats, line_height)
    large = ((area > 0.035 * unit) | (extent > 0.35 * line_height)) & ~grains
    large[0] = False
    if large[1:].all():
        return ink
    if not large.any():
        keep = (area > 0.018 * unit) & ~grains
        keep[0] = False
        large_points: Mask = ink & keep[labels]
        return large_points
    reach = max(3, round(0.6 * line_height)) * 2 + 1
    glyphs = large[labels].astype(np.uint8)
    near = cv2.dilate(glyphs, np.ones((reach, reach), np.uint8)) > 0
    if _are_words(stats, large, line_height):
        # The comma behind a line of words, which may stand in the middle of its square.
        far = round(_CLEAR_BEHIND_WORDS * line_height)
        near |= cv2.dilate(glyphs, np.ones((1, far + 1), np.uint8), anchor=(far, 0)) > 0
    near[~ink] = False
    keep = large.copy()
    keep[labels[near]] = True
    keep &= ~_out_of_line(stats, large, grains, line_height)
    keep[0] = False
    kept: Mask = ink & keep[labels]
    return kept


def _grains(stats: NDArray[Any], line_height: float) -> NDArray[Any]:
    """Which parts are as small and as round as a grain of dust: points are, the strokes of glyphs and dashes are not."""
    import numpy as np

    wide, narrow = np.maximum(stats[:, 2], stats[:, 3]), np.minimum(stats[:, 2], stats[:, 3])
    return np.asarray((wide <= _GRAIN * line_height) & (wide <= 2 * narrow))


def _are_words(stats: NDArray[Any], large: NDArray[Any], line_height: float) -> bool:
    """Whether the glyphs together are as wide as words are."""
    x, width = stats[large, 0], stats[large, 2]
    return bool((x + width).max() - x.min() >= _WORDS * line_height)


def _out_of_line(stats: NDArray[Any], large: NDArray[Any], grains: NDArray[Any], line_height: float) -> NDArray[Any]:
    """Which grains stand above or below the lines of the glyphs, or alone and clear of either end.

    A point stands on its line, and close behind a digit; a comma hangs from it; an
    opening quote stands close before its word. Several grains at one end may be what is left of a thin 一.
    """
    import numpy as np

    x, y, w, h = (stats[:, i] for i in range(4))
    inside = np.zeros(int((y + h)[1:].max()) + 1, np.bool_)
    for top, height in zip(y[large].tolist(), h[large].tolist(), strict=True):
        inside[top : top + height] = True
    left, right = int(x[large].min()), int((x + w)[large].max())
    within = inside[np.minimum(y + h // 2, len(inside) - 1)] | (grains & _hang_from_line(stats, large, inside, line_height))
    # The figure of m² stands raised, at the end of its glyph.
    at_end = np.abs(x + w - right) <= _CLOSE_BEHIND * line_height
    rows = np.minimum(y + h, len(inside) - 1), np.minimum(y + h + round(_ABOVE * line_height), len(inside) - 1)
    within |= at_end & (h >= _FIGURE * line_height) & (inside[rows[0]] | inside[rows[1]])
    ahead, after = grains & within & (x + w <= left), grains & within & (x >= right)
    before = ahead & (left - (x + w) >= _CLEAR_BEFORE * line_height) & (ahead.sum() == 1)
    clear = _CLEAR_BEHIND_WORDS if _are_words(stats, large, line_height) else _CLEAR_BEHIND
    behind = after & (x - right >= clear * line_height) & (after.sum() == 1)
    return np.asarray((grains & ~within) | before | behind)


def _hang_from_line(stats: NDArray[Any], large: NDArray[Any], inside: NDArray[Any], line_height: float) -> NDArray[Any]:
    """Which parts have the place and the shape of a comma: from inside the rows of the glyphs to a little below, behind a glyph.

    Args:
        inside: of each row, whether a glyph lies on it.
    """
    import numpy as np

    x, y, w, h = (stats[:, i] for i in range(4))
    result = np.zeros(len(stats), np.bool_)
    glyphs = stats[large]
    ends, tops, feet = glyphs[:, 0] + glyphs[:, 2], glyphs[:, 1], glyphs[:, 1] + glyphs[:, 3]
    for i in np.flatnonzero(inside[np.minimum(y, len(inside) - 1)] & (h > w)):
        gap = x[i] - ends
        before = (np.abs(gap) <= _CLOSE_BEHIND * line_height) & (tops < y[i]) & (y[i] < feet)
        result[i] = bool((before & (y[i] + h[i] - feet <= _HANGS * line_height)).any())
    return result


def slope_of(ink: Mask) -> float:
    """How far the text of a wide cell rises or falls, in pixels a pixel to the right; 0.0 where it cannot be told."""
    import numpy as np

    ys, xs = np.nonzero(ink)
    if len(xs) < 200 or xs.max() - xs.min() < 250:
        return 0.0
    best, best_score = 0.0, -1.0
    for slope in np.linspace(-_MAX_SLOPE, _MAX_SLOPE, 13):
        rows = np.bincount(np.round(ys - slope * xs + _MAX_SLOPE * ink.shape[1]).astype(int))
        score = float((rows.astype(float) ** 2).sum()) * (1.02 if abs(slope) < 1e-9 else 1.0)
        if score > best_score:
            best, best_score = float(slope), score
    return best


def ink_to_runs(ink: Mask) -> list[tuple[int, int]]:
    """Rows with ink, as (top, bottom) half open, from top to bottom."""
    import numpy as np

    rows = np.flatnonzero(np.diff(np.concatenate(([0], ink.any(axis=1).astype(np.int8), [0]))))
    return [(int(a), int(b)) for a, b in zip(rows[::2], rows[1::2], strict=True)]


def typical_height(cells: Sequence[list[tuple[int, int]]], default: float = 24.0) -> float:
    """Height of a text line of the page: the median of the runs that look like one line."""
    heights = [bottom - top for runs in cells for top, bottom in runs if bottom - top >= 8]
    if not heights:
        return default
    middle = median(heights)
    near = [height for height in heights if 0.6 * middle <= height <= 1.6 * middle]
    # Between a line and a block of ten lies nothing: then it is the line.
    return float(median(near) if near else median_low(heights))


def split_lines(ink: Mask, line_height: float) -> list[Span]:
    """The text lines of a cell.

    Args:
        ink: of the cell, shape (height, width), rulings and flecks removed.
        line_height: of the page's usual text in pixels, from ``typical_height``.
    """
    runs = [part for run in ink_to_runs(ink) for part in _cut(ink, run, line_height)]
    return [span for run in _join(runs, line_height) if (span := _span(ink, run)) is not None]


def _cut(ink: Mask, run: tuple[int, int], line_height: float) -> list[tuple[int, int]]:
    """A run that is as high as several lines, cut where it is thinnest."""
    import numpy as np

    top, bottom = run
    if bottom - top < 1.55 * line_height:
        return [run]
    profile = ink[top:bottom].sum(axis=1).astype(float)
    margin = max(3, round(0.6 * line_height))
    inner = profile[margin : len(profile) - margin]
    if not len(inner):
        return [run]
    at = margin + int(np.argmin(inner))
    if profile[at] > 0.3 * float(np.median(profile[profile > 0])):
        return [run]
    return [*_cut(ink, (top, top + at), line_height), *_cut(ink, (top + at, bottom), line_height)]


def _join(runs: list[tuple[int, int]], line_height: float) -> list[tuple[int, int]]:
    """Strokes of one glyph (the bars of 二, = and ≥, the dots of ：) belong to one line."""
    tallest = max((bottom - top for top, bottom in runs), default=0)
    limit = 1.2 * max(line_height, tallest if tallest < 1.5 * line_height else 0)
    joined: list[tuple[int, int]] = []
    for top, bottom in runs:
        if joined and bottom - joined[-1][0] <= limit:
            joined[-1] = (joined[-1][0], bottom)
        else:
            joined.append((top, bottom))
    return joined


def _span(ink: Mask, run: tuple[int, int]) -> Span | None:
    import numpy as np

    columns = np.flatnonzero(ink[run[0] : run[1]].any(axis=0))
    if not len(columns):
        return None
    return Span(int(columns[0]), run[0], int(columns[-1]) + 1, run[1])
