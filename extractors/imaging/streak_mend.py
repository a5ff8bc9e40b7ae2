"""Streaks taken off a page: print that shows through is brought back, the rest is closed from both sides."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import cv2
import numpy as np
import numpy.typing as npt

from extractors.imaging.arrays import Grey, Mask, Picture
from extractors.imaging.ink import picture_to_grey
from extractors.imaging.streaks import Streak, find_streaks

# Values of the mask: the print under the streak is gone; it was brought back.
LOST, FAINT = 255, 128
# Share of its contrast that print under a streak must keep to be brought back.
_SHOWS = 0.3
# Grey levels between paper and ink from which a row counts as crossed by a stroke, and the fewest such rows that tell.
_INK, _FEWEST = 80.0, 6

# Columns beside a streak that its blur reaches.
_STREAK_BORDER = 2
# Inches of a streak that are looked at together.
_BAND = 0.4

Floats = npt.NDArray[np.float32]


def take_off_streaks(picture: Picture, dpi: float, broken_lines: bool = True) -> tuple[Picture, Mask | None]:
    """The picture without streaks down and across, and where they were; the same picture and None when there are none.

    Args:
        picture: BGR uint8; it is not changed.
        broken_lines: see ``find_streaks``.

    Returns:
        the mended picture, and a mask with ``LOST`` and ``FAINT`` on the streaks.
    """
    grey = picture_to_grey(picture)
    down, across = (find_streaks(each, dpi, broken_lines) for each in (grey, cv2.transpose(grey)))
    if not down and not across:
        return picture, None
    mended, mask = picture.copy(), np.zeros(grey.shape, np.uint8)
    _mend_all(mended, mask, grey, down, dpi)
    if across:
        # Views, so the steps for streaks down serve those across.
        _mend_all(mended.transpose(1, 0, 2), mask.T, picture_to_grey(mended).T, across, dpi)
    return mended, mask


def _mend_all(picture: Picture, mask: Mask, grey: Grey, streaks: Sequence[Streak], dpi: float) -> None:
    for streak in streaks:
        x0, x1 = max(2, streak.x0 - _STREAK_BORDER), min(grey.shape[1] - 2, streak.x1 + _STREAK_BORDER)
        sides = np.stack([grey[:, x0 - 2 : x0].min(axis=1), grey[:, x1 : x1 + 2].min(axis=1)]).astype(np.float32)
        paper = float(np.percentile(sides, 75))
        crossed = sides.max(axis=0) < paper - _INK
        shows = _shows_through(grey[:, streak.x0 : streak.x1].astype(np.float32), sides, crossed, paper)
        if shows is None:
            x0, x1 = streak.x0 - 1, streak.x1 + 1
            _close(picture, x0, x1)
        else:
            _bring_back(picture, x0, x1, crossed, dpi)
        mask[:, x0:x1] = LOST if shows is None else FAINT


def _shows_through(line: Floats, sides: Floats, crossed: npt.NDArray[np.bool_], paper: float) -> float | None:
    """Share of the contrast that strokes keep where they cross the streak; None when too little or nobody can tell."""
    if crossed.sum() < _FEWEST:
        return None
    on_paper = np.percentile(line, 75, axis=0)
    on_ink = np.median(line[crossed], axis=0)
    usual = paper - float(np.median(sides[:, crossed]))
    kept = float(((on_paper - on_ink) / max(usual, 1.0)).min())
    return kept if kept >= _SHOWS else None


def _bring_back(picture: Picture, x0: int, x1: int, crossed: npt.NDArray[np.bool_], dpi: float) -> None:
    """Stretch each column between what paper and what strokes look like on it to what they look like beside it.

    What paper looks like is taken band by band: a streak may drift, and light is not even.
    """
    beside = np.concatenate([picture[:, x0 - 2 : x0], picture[:, x1 : x1 + 2]], axis=1).astype(np.float32)
    part = picture[:, x0:x1].astype(np.float32)
    paper, paper_here = _paper_down(beside.mean(axis=1, keepdims=True), dpi), _paper_down(part, dpi)
    ink, ink_here = np.median(beside[crossed], axis=(0, 1)), np.median(part[crossed], axis=0)
    gain = (np.median(paper, axis=0) - ink) / np.maximum(np.median(paper_here, axis=0) - ink_here, 12.0)
    picture[:, x0:x1] = np.clip(paper + (part - paper_here) * gain, 0, 255).astype(np.uint8)


def _paper_down(part: Floats, dpi: float) -> Floats:
    """Three quarters of the rows around are no brighter, for each row, column and channel of a strip."""
    height = len(part)
    starts = np.linspace(0, height, max(2, round(height / (_BAND * dpi))) + 1).astype(np.int64)
    levels = np.stack([np.percentile(part[a:b], 75, axis=0) for a, b in pairwise(starts.tolist())])
    middles = (starts[:-1] + starts[1:]) / 2
    flat = levels.reshape(len(levels), -1)
    rows = np.arange(height)
    whole = np.stack([np.interp(rows, middles, column) for column in flat.T], axis=1)
    return whole.reshape(part.shape).astype(np.float32)


def _close(picture: Picture, x0: int, x1: int) -> None:
    """Each row drawn straight from the pixel left of the streak to the one right of it."""
    share = ((np.arange(x0, x1) - x0 + 1) / (x1 - x0 + 1)).astype(np.float32)[None, :, None]
    left, right = (picture[:, x : x + 1].astype(np.float32) for x in (x0 - 1, x1))
    picture[:, x0:x1] = np.rint(left * (1 - share) + right * share).astype(np.uint8)
