"""A picture of a level page -> rulings."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
import numpy.typing as npt

from extractors.geometry.runs import flags_to_runs
from extractors.imaging.arrays import Mask, above
from extractors.imaging.glyph_ink import ink_to_glyphs
from extractors.run_in_parallel import side_by_side
from extractors.tables.rulings.line_segments import Stroke, bridge_strokes, drop_inside_discs, extend_into_discs, is_drawn
from extractors.tables.rulings.ruling import Ruling

# In inches: shortest piece of a line, thickest line.
_PIECE = 0.16
_THICKEST = 0.045
# Lines at least this long may be this thick where they are even: bars and double lines that run together.
_EVEN, _THICKEST_EVEN = 1.0, 0.085
# Share of a window that must be inked for the window to lie on a line.
_INKED = 0.8
# Share of a part's length that may be thicker than a line.
_FAT = 0.5
# Half the width of the band around a ruling in which its ink lies, in inches.
_BAND = 0.012

# Centre x, centre y, radius of a black seal, in pixels.
Disc = tuple[float, float, float]


def ink_to_rulings(
    ink: Mask, dpi: float, discs: Sequence[Disc] = (), hiding: Mask | None = None, threads: int = 1
) -> list[Ruling]:
    """Rulings in points, from a level and plumb binary picture (255 = ink).

    Args:
        discs: seals whose black ink could pass for lines; inside them only
            lines count that go on outside.
        hiding: ink that is no line but may hide one (rings of seals).
        threads: how many cores may be busy.
    """
    around = [(y, x, radius) for x, y, radius in discs]
    glyphs = ink_to_glyphs(ink, dpi)
    # Strokes of characters are no lines, but a line may run on behind them.
    ink, hiding = cv2.subtract(ink, glyphs), glyphs if hiding is None else cv2.bitwise_or(hiding, glyphs)
    level, plumb = side_by_side(
        lambda: _strokes_to_rulings(ink, dpi, discs, hiding),
        lambda: _strokes_to_rulings(cv2.transpose(ink), dpi, around, None if hiding is None else cv2.transpose(hiding)),
        threads,
    )
    return [Ruling("h", *place) for place in level] + [Ruling("v", *place) for place in plumb]


def _strokes_to_rulings(ink: Mask, dpi: float, discs: Sequence[Disc], hiding: Mask | None) -> list[tuple[float, float, float]]:
    """(at, start, end) in points of the level lines."""
    point = 72.0 / dpi
    strokes = drop_inside_discs(ink_to_strokes(ink, dpi, hiding), discs, 0.015 * dpi)
    if hiding is not None:
        # A ring leaves end pieces too short to be found alone.
        dark = cv2.bitwise_or(ink, hiding)
        strokes = [extend_into_discs(stroke, discs, dark, dpi) for stroke in strokes]
    return [(at * point, start * point, end * point) for stroke in strokes for at, start, end in stroke.pieces]


def rulings_to_mask(rulings: Sequence[Ruling], ink: Mask, dpi: float) -> Mask:
    """255 on the ink of the rulings, no wider than lines are."""
    scale = dpi / 72.0
    width = 2 * max(2, round(_BAND * dpi)) + 1
    mask: Mask = np.zeros(ink.shape[:2], np.uint8)
    for ruling in rulings:
        start, end, at = round(ruling.start * scale), round(ruling.end * scale), round(ruling.at * scale)
        ends = ((start, at), (end, at)) if ruling.orientation == "h" else ((at, start), (at, end))
        cv2.line(mask, ends[0], ends[1], (255,), width)
    return cv2.bitwise_and(mask, ink)


def ink_to_strokes(ink: Mask, dpi: float, hiding: Mask | None = None) -> list[Stroke]:
    """Level strokes of a picture that look drawn with a ruler."""
    shortest = _PIECE * dpi
    count, labels, stats, _ = cv2.connectedComponentsWithStats(_level_pixels(ink, dpi), connectivity=8)
    strokes: list[Stroke] = []
    for label in range(1, count):
        x, y, width, height, _ = stats[label].tolist()
        if width >= shortest:
            strokes += _part_to_strokes(labels[y : y + height, x : x + width] == label, x, y, ink, dpi)
    dark = ink if hiding is None else cv2.bitwise_or(ink, hiding)
    return [stroke for stroke in bridge_strokes(strokes, dark, dpi) if stroke.end - stroke.start >= shortest]


def _part_to_strokes(whole: npt.NDArray[np.bool_], x: int, y: int, ink: Mask, dpi: float) -> list[Stroke]:
    """The strokes of one connected part, whose upper left corner is at x, y."""
    thickest, strokes = _THICKEST * dpi + 2, []
    for part, right, down in _without_blots(whole, dpi):
        even = whole.shape[1] >= _EVEN * dpi and _is_even(part)
        for begin, stop in _thin_runs(part, max(thickest, _THICKEST_EVEN * dpi + 2) if even else thickest, 0.5 * _PIECE * dpi):
            strokes.append(_part_to_stroke(part[:, begin:stop], x + right + begin, y + down, thickest))
    return [stroke for stroke in strokes if is_drawn(stroke, ink, dpi)]


def _without_blots(part: npt.NDArray[np.bool_], dpi: float) -> list[tuple[npt.NDArray[np.bool_], int, int]]:
    """The part itself; of long lines that a star or a blot ties together, each line, and its place (right, down) in the part."""
    thickest, long = _THICKEST_EVEN * dpi + 2, round(_EVEN * dpi)
    whole = [(part, 0, 0)]
    if part.shape[0] <= 2 * thickest or part.shape[1] < long:
        return whole
    blots = cv2.morphologyEx(part.astype(np.uint8), cv2.MORPH_OPEN, np.ones((round(thickest), 1), np.uint8))
    if not blots.any():
        return whole
    _, labels, stats, _ = cv2.connectedComponentsWithStats(cv2.subtract(part.astype(np.uint8), blots), connectivity=8)
    lines = []
    for label, (x, y, width, height, _) in enumerate(stats.tolist()):
        # Two and more, one above the other: letters of a bold title are not as long.
        if label and width >= long and height <= thickest:
            lines.append((labels[y : y + height, x : x + width] == label, x, y))
    return lines if len(lines) > 1 else whole


def _is_even(part: npt.NDArray[np.bool_]) -> bool:
    """True for a bar or a double line that is as thick everywhere; a row of letters is not."""
    filled = part.sum(axis=0)
    usual = float(np.median(filled))
    return float((np.abs(filled - usual) <= max(1.0, 0.15 * usual)).mean()) >= 0.8


def _thin_runs(part: npt.NDArray[np.bool_], thickest: float, shortest: float) -> list[tuple[int, int]]:
    """Columns (begin, stop) where a part is as thin as a line; none when most of it is not.

    A line that runs behind a star or a bar of ink shows on both sides of it;
    a row of letters is thick nearly everywhere.
    """
    thick = part.sum(axis=0) > thickest
    if not thick.any():
        return [(0, part.shape[1])]
    if thick.mean() > _FAT:
        return []
    return [(begin, stop) for begin, stop in flags_to_runs(~thick) if stop - begin >= shortest]


def _level_pixels(ink: Mask, dpi: float) -> Mask:
    size = max(9, round(_PIECE * dpi)) | 1
    # A line a little off level steps from row to row: take the row above and below along.
    thick = cv2.dilate(ink, np.ones((3, 1), np.uint8))
    share = cv2.blur(thick, (size, 1))
    on_line = above(share, 255.0 * _INKED - 1)
    # The window must lie whole on the line, so a pixel belongs if some window over it does.
    on_line = cv2.dilate(on_line, np.ones((1, size), np.uint8))
    return cv2.bitwise_and(on_line, thick)


def _part_to_stroke(part: npt.NDArray[np.bool_], x: int, y: int, thickest: float) -> Stroke:
    """Pieces of (at, start, end); a stroke that leaves its level is cut into stretches, each with its own height."""
    filled = part.sum(axis=0)
    # Where something crosses or touches the line its middle jumps: look where it is as thick as usual.
    usual = float(np.median(filled[filled > 0]))
    columns = np.flatnonzero((filled > 0) & (filled <= usual + 2))
    middles = (np.arange(part.shape[0], dtype=np.float64) @ part)[columns] / filled[columns]
    low, high = np.percentile(middles, (5, 95))
    spread = float(high - low)
    stretches = max(1, min(round(spread / (thickest / 3)), part.shape[1] // 12))
    pieces = []
    for chunk in np.array_split(np.arange(len(columns)), stretches):
        at = float(np.median(middles[chunk]))
        pieces.append((y + at, float(x + columns[chunk[0]]), float(x + columns[chunk[-1]] + 1)))
    return Stroke(tuple(pieces), x + columns, y + middles, usual)
