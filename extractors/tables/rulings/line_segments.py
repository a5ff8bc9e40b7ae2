"""Is this stroke a drawn line, or part of a letter, a row of letters, a seal?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from extractors.imaging.arrays import Mask

# In inches: a stroke longer than this needs no closer look; how far beside the line its surroundings are looked at.
_LONG = 1.0
_BESIDE = 0.02
# Share of the stroke that must be inked, and at most of one of its sides.
_INKED, _SIDE = 0.8, 0.45
# Share of a gap that must be inked for the line to run on behind.
_BRIDGED = 0.85
# Gaps up to this long (inches) are bridged where ink fills them, and where nothing does.
_COVERED_GAP, _OPEN_GAP = 1.3, 0.07
# Ends are drawn out at most this far (inches), over breaks shorter than this many pixels.
_END, _BREAK = 0.35, 3
# How far apart across the ends at a gap may be, in inches.
_STEP = 0.013
# How far a short line may bend, in inches.
_BEND = 0.0085


@dataclass(frozen=True, slots=True)
class Stroke:
    """A level stroke in pixels.

    Attributes:
        pieces: (at, start, end), one unless the stroke bends.
        columns: where it has ink, along.
        middles: its middle at each of ``columns``, across.
        thickness: median number of inked pixels across.
    """

    pieces: tuple[tuple[float, float, float], ...]
    columns: npt.NDArray[np.int64]
    middles: npt.NDArray[np.float64]
    thickness: float

    @property
    def start(self) -> float:
        return self.pieces[0][1]

    @property
    def end(self) -> float:
        return self.pieces[-1][2]


def bridge_strokes(strokes: Sequence[Stroke], ink: Mask, dpi: float) -> list[Stroke]:
    """Strokes of one line put together: over short breaks, and behind ink that hides the line."""
    waiting = sorted(strokes, key=lambda stroke: stroke.start)
    done: list[Stroke] = []
    for stroke in waiting:
        k = next((k for k in range(len(done) - 1, -1, -1) if _goes_on(done[k], stroke, ink, dpi)), None)
        if k is None:
            done.append(stroke)
        else:
            done[k] = _joined(done[k], stroke)
    return done


def _goes_on(left: Stroke, right: Stroke, ink: Mask, dpi: float) -> bool:
    gap = right.start - left.end
    step = abs(left.pieces[-1][0] - right.pieces[0][0])
    if step > max(2.0, _STEP * dpi) or gap > _COVERED_GAP * dpi or gap < -0.05 * dpi:
        return False
    if gap <= _OPEN_GAP * dpi:
        return True
    columns = np.arange(round(left.end), round(right.start))
    rows = np.rint(np.linspace(left.pieces[-1][0], right.pieces[0][0], len(columns))).astype(np.int64)
    return _inked(ink, columns, rows, (-1, 0, 1)) >= _BRIDGED


def _joined(left: Stroke, right: Stroke) -> Stroke:
    columns, middles = np.concatenate([left.columns, right.columns]), np.concatenate([left.middles, right.middles])
    thickness = max(left.thickness, right.thickness)
    if len(left.pieces) == len(right.pieces) == 1 and abs(left.pieces[0][0] - right.pieces[0][0]) <= 1.0:
        shares = [len(left.columns), len(right.columns)]
        at = float(np.average([left.pieces[0][0], right.pieces[0][0]], weights=shares))
        return Stroke(((at, left.start, max(left.end, right.end)),), columns, middles, thickness)
    at, start, _ = right.pieces[0]
    bridged = ((at, min(start, left.end), right.pieces[0][2]), *right.pieces[1:])
    return Stroke(left.pieces + bridged, columns, middles, thickness)


def extend_into_discs(stroke: Stroke, discs: Sequence[tuple[float, float, float]], ink: Mask, dpi: float) -> Stroke:
    """The stroke with an end that stops at or in a disc drawn out as far as ink goes on in line."""
    (first, start, _), (last, _, end) = stroke.pieces[0], stroke.pieces[-1]
    left = _reach(ink, first, start - 1, -1, dpi) if _in_a_disc(start, first, discs) else 0
    right = _reach(ink, last, end, 1, dpi) if _in_a_disc(end, last, discs) else 0
    if not left and not right:
        return stroke
    pieces = list(stroke.pieces)
    pieces[0] = (pieces[0][0], pieces[0][1] - left, pieces[0][2])
    pieces[-1] = (pieces[-1][0], pieces[-1][1], pieces[-1][2] + right)
    return replace(stroke, pieces=tuple(pieces))


def _in_a_disc(along: float, across: float, discs: Sequence[tuple[float, float, float]]) -> bool:
    return any(float(np.hypot(along - x, across - y)) <= 1.1 * radius for x, y, radius in discs)


def _reach(ink: Mask, at: float, begin: float, step: int, dpi: float) -> int:
    """How many pixels from ``begin`` on the row ``at`` is inked without a break."""
    columns = round(begin) + step * np.arange(round(_END * dpi))
    columns = columns[(columns >= 0) & (columns < ink.shape[1])]
    rows = [min(max(round(at) + offset, 0), ink.shape[0] - 1) for offset in (-1, 0, 1)]
    white = np.flatnonzero(~(ink[np.array(rows)[:, None], columns] > 0).any(axis=0))
    breaks = white[: 1 - _BREAK][white[_BREAK - 1 :] - white[: 1 - _BREAK] == _BREAK - 1]
    return int(breaks[0]) if len(breaks) else len(columns)


def is_drawn(stroke: Stroke, ink: Mask, dpi: float) -> bool:
    """True for a line: inked along, white on at least one side, straight. Long strokes pass without the look at their sides."""
    if stroke.end - stroke.start >= _LONG * dpi:
        return True
    slope, level = np.polyfit(stroke.columns, stroke.middles, 1)
    off = np.abs(stroke.middles - (slope * stroke.columns + level))
    if float(np.percentile(off, 85)) > max(1.2, _BEND * dpi):
        return False
    rows = np.rint(slope * stroke.columns + level).astype(np.int64)
    beside = round(stroke.thickness / 2 + max(2.0, _BESIDE * dpi / 2))
    inked = _inked(ink, stroke.columns, rows, (-1, 0, 1))
    sides = [_inked(ink, stroke.columns, rows, (sign * beside, sign * (beside + 1))) for sign in (-1, 1)]
    return inked >= _INKED and min(sides) <= _SIDE


def _inked(ink: Mask, columns: npt.NDArray[np.int64], rows: npt.NDArray[np.int64], offsets: Sequence[int]) -> float:
    height = ink.shape[0]
    hits = [ink[np.clip(rows + offset, 0, height - 1), columns] > 0 for offset in offsets]
    return float(np.mean(np.any(hits, axis=0)))


def drop_inside_discs(strokes: Sequence[Stroke], discs: Sequence[tuple[float, float, float]], tolerance: float) -> list[Stroke]:
    """Without strokes that lie in a disc and go on nowhere outside it.

    Args:
        discs: (centre along, centre across, radius).
        tolerance: how far apart across, in pixels, two strokes of one line may be.
    """
    if not discs:
        return list(strokes)
    inside = [any(_within(stroke, disc) for disc in discs) for stroke in strokes]
    outer = np.sort(np.array([piece[0] for stroke, within in zip(strokes, inside, strict=True) if not within for piece in stroke.pieces]))
    kept = []
    for stroke, within in zip(strokes, inside, strict=True):
        at = float(np.median(stroke.middles))
        near = len(outer) and float(np.abs(outer - at).min()) <= tolerance
        if not within or near:
            kept.append(stroke)
    return kept


def _within(stroke: Stroke, disc: tuple[float, float, float]) -> bool:
    along, across, radius = disc
    reach = radius * 1.06
    off = np.hypot(np.array([stroke.start, stroke.end]) - along, np.array([stroke.middles[0], stroke.middles[-1]]) - across)
    return bool((off <= reach).all())
