"""Streaks that a scanner or printer draws over a whole page: thin lines from edge to edge that are no rulings.

Dirt under the glass of a feeder gives a line down the whole picture, straight
however the page lies, through margins, rulings and letters alike. A ruling
stays inside its table, and no letter touches it.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import cv2
import numpy as np
import numpy.typing as npt

from extractors.geometry.runs import flags_to_runs
from extractors.imaging.arrays import Grey

Floats = npt.NDArray[np.float32]

# Inches: widest streak, height of the bands that the picture is looked at in, ends that must be blank beside the streak.
_WIDEST = 0.034
_BAND = 0.45
_END = 0.08
# A picture less wide or high than this many inches shows no page from edge to edge.
_PAGE = 5.0
# Rows that are averaged before anything else; keeps grain from passing for depth.
_STEP = 8
# Grey levels that a streak differs from the paper beside it.
_DARKER, _LIGHTER = 12.0, 5.0
# Share of the bands that must show the streak, and the share from which a line is a long one.
_WHOLE, _LONG = 0.9, 0.12
# More lines than this from edge to edge are a texture.
_MOST = 9
# Share of rows in which letters touch a line for it to be no ruling.
_TOUCHED = 0.012
# Share of the crossing lines that a light streak breaks, and the fewest lines that tell.
_BROKEN, _FEWEST = 0.75, 4


@dataclass(frozen=True, slots=True)
class Streak:
    """A streak in pixel columns [x0, x1); ``dark`` or lighter than the paper and the ink that it crosses."""

    x0: int
    x1: int
    dark: bool


@dataclass(frozen=True, slots=True)
class _Profile:
    """What paper looks like down the picture, by band and column: float32, shape (bands, width)."""

    paper: Floats
    usual: Floats
    valid: npt.NDArray[np.bool_]

    @property
    def depth(self) -> Floats:
        depth: Floats = self.usual - self.paper
        return depth


def find_streaks(grey: Grey, dpi: float, broken_lines: bool = True) -> list[Streak]:
    """Streaks down the picture, left to right; give the transposed picture for those across.

    Args:
        grey: as the machine delivered it, or levelled.
        broken_lines: look for light streaks by the lines that they break, too.
    """
    # On a table cut out of its page, rulings run from edge to edge.
    if min(grey.shape) < _PAGE * dpi:
        return []
    rows = _mean_rows(grey)
    paper = _paper(rows, dpi)
    found: list[Streak] = []
    for dark in (True, False):
        profile = _profile(paper, dpi, dark)
        limit = _DARKER if dark else _LIGHTER
        spans = _whole_spans(profile, limit, dpi)
        if len(spans) <= _MOST:
            found += [Streak(*span, dark) for span in spans if _is_streak(grey, rows, span, spans, profile, limit, dpi)]
    breaking = _breaking_spans(grey, dpi) if broken_lines else []
    found += [Streak(x0, x1, False) for x0, x1 in breaking if not any(x0 <= s.x1 and s.x0 <= x1 for s in found)]
    edge = round(_END * dpi)
    return sorted((streak for streak in found if edge <= streak.x0 and streak.x1 <= grey.shape[1] - edge), key=lambda streak: streak.x0)


def _mean_rows(grey: Grey) -> Grey:
    height, width = grey.shape
    return cv2.resize(grey[: height - height % _STEP], (width, height // _STEP), interpolation=cv2.INTER_AREA)


def _paper(rows: Grey, dpi: float) -> Floats:
    """Three quarters of a band are no brighter than this: the paper, whatever is written on it; shape (bands, width)."""
    band = max(6, round(_BAND * dpi / _STEP))
    starts = list(range(0, len(rows) - band // 2, band))
    return np.stack([_upper_quartile(rows[a:b]) for a, b in pairwise([*starts, len(rows)])]).astype(np.float32)


def _profile(paper: Floats, dpi: float, dark: bool) -> _Profile:
    size = 2 * round(_WIDEST * dpi) + 1
    across = np.ones((1, size), np.uint8)
    usual = np.asarray(cv2.morphologyEx(paper, cv2.MORPH_CLOSE if dark else cv2.MORPH_OPEN, across), np.float32)
    # Beside a black border or a picture there is no paper that a streak could show on.
    bright = cv2.dilate(usual, np.ones((1, 8 * size + 1), np.uint8))
    valid = (usual > 0.75 * bright) & (usual > 0.55 * float(np.median(paper)))
    return _Profile(paper, usual, valid)


def _upper_quartile(rows: Grey) -> Grey:
    rank = len(rows) // 4
    # cv2 sorts columns faster than numpy parts them.
    quartile: Grey = cv2.sort(rows, cv2.SORT_EVERY_COLUMN + cv2.SORT_DESCENDING)[rank]
    return quartile


def _whole_spans(profile: _Profile, limit: float, dpi: float) -> list[tuple[int, int]]:
    """Columns [x0, x1) of lines that run through nearly all bands, one column of drift allowed."""
    depth = np.abs(profile.depth)
    hits = (depth >= limit) | ~profile.valid
    near = cv2.dilate(hits.astype(np.uint8), np.ones((1, 3), np.uint8)) > 0
    seen = profile.valid.sum(axis=0)
    share = (near & profile.valid).sum(axis=0) / np.maximum(seen, 1)
    strong = (hits & profile.valid).sum(axis=0) >= 0.5 * np.maximum(seen, 1)
    whole = (share >= _WHOLE) & strong & (seen >= 0.5 * len(depth))
    return [(begin, end) for begin, end in flags_to_runs(whole) if end - begin <= _WIDEST * dpi]


def _is_streak(
    grey: Grey, rows: Grey, span: tuple[int, int], spans: list[tuple[int, int]], profile: _Profile, limit: float, dpi: float
) -> bool:
    """True when the line runs to both edges of the sheet and is no ruling of a picture cut close.

    No letter touches a ruling, and where rulings reach the edges, so do all of
    them; a streak runs on through blank margins alone.
    """
    blank = [_runs_out(rows, span, limit, dpi, at_end) for at_end in (False, True)]
    if None in blank:
        return False
    if _touching(grey, span, dpi) >= _TOUCHED:
        return True
    hits = (np.abs(profile.depth) >= limit) & profile.valid
    share = hits.mean(axis=0)
    for x0, x1 in spans:
        share[max(0, x0 - 3) : x1 + 3] = 0
    return all(blank) and (bool((share >= _LONG).any()) or len(spans) == 1)


def _runs_out(rows: Grey, span: tuple[int, int], limit: float, dpi: float, at_end: bool) -> bool | None:
    """Whether the margin beside the line is blank at this end of the sheet; None when the line stops before it."""
    reach = round(0.25 * dpi)
    left, right = rows[:, max(0, span[0] - reach) : max(0, span[0] - 3)], rows[:, span[1] + 3 : span[1] + reach]
    beside = np.concatenate([left, right], axis=1)[:: -1 if at_end else 1].astype(np.float32)
    line = rows[:: -1 if at_end else 1, span[0] : span[1]].astype(np.float32)
    if beside.shape[1] < reach:
        return None
    paper = np.median(beside, axis=1)
    # Beyond the sheet lie desk, lid or a black border.
    on_sheet = np.flatnonzero(paper > 0.6 * np.percentile(paper, 75))
    if not len(on_sheet):
        # Black from end to end: no sheet that a streak could run off.
        return None
    end = on_sheet[on_sheet > on_sheet[0] + 1][: max(3, round(_END * dpi / _STEP))]
    off = np.abs(line[end] - paper[end, None]).max(axis=1) >= limit / 2
    if not len(end) or off.mean() < 0.8:
        return None
    return bool((beside[end] > paper[end, None] - 40).mean() > 0.97)


def _touching(grey: Grey, span: tuple[int, int], dpi: float) -> float:
    """Share of rows in which ink that is neither a crossing line nor the line itself stands right beside the line."""
    reach = round(0.16 * dpi)
    x0, x1 = max(0, span[0] - reach), min(grey.shape[1], span[1] + reach)
    part = grey[:, x0:x1]
    paper = float(np.median(part))
    ink = (part < paper - 0.4 * max(paper - float(part.min()), 60.0)).astype(np.uint8)
    plumb = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((round(0.2 * dpi), 1), np.uint8))
    ink[cv2.dilate(plumb, np.ones((1, 3), np.uint8)) > 0] = 0
    ink[:, max(0, span[0] - x0 - 1) : span[1] - x0 + 1] = 0
    # A crossing line, or one that ends here, fills the strip on one side at least; it may step by a row.
    thick = cv2.dilate(ink, np.ones((3, 1), np.uint8))
    sides = (thick[:, : max(1, span[0] - x0 - 1)], thick[:, span[1] - x0 + 1 :])
    across = np.max([side.mean(axis=1) for side in sides if side.size], axis=0) > 0.8
    across = np.convolve(across, np.ones(5), "same") > 0
    near = ink[:, max(0, span[0] - x0 - 4) : span[1] - x0 + 4].any(axis=1)
    return float((near & ~across).mean())


def _breaking_spans(grey: Grey, dpi: float) -> list[tuple[int, int]]:
    """Columns where a light streak breaks the lines that cross it, on paper as light as itself."""
    ink = cv2.threshold(grey[::2], float(np.median(grey[::8, ::8])) - 70, 1, cv2.THRESH_BINARY_INV)[1]
    lines = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((1, round(0.35 * dpi)), np.uint8))
    held = np.flatnonzero(lines.any(axis=1))
    if len(held) < _FEWEST:
        return []
    lines = lines[held]
    crossed = cv2.morphologyEx(lines, cv2.MORPH_CLOSE, np.ones((1, 2 * round(_WIDEST * dpi) + 1), np.uint8))
    broken = cv2.subtract(crossed, lines).sum(axis=0, dtype=np.int64)
    hit = (broken >= _FEWEST) & (broken >= _BROKEN * crossed.sum(axis=0, dtype=np.int64))
    edges = np.flatnonzero(np.diff(np.concatenate([[0], hit.astype(np.int8), [0]])))
    return [(int(a), int(b)) for a, b in edges.reshape(-1, 2).tolist() if b - a <= _WIDEST * dpi]
