"""Streaks taken off a page: print that shows through is brought back, the rest is closed from both sides."""

from __future__ import annotations

from collections.abc import Sequence

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

Floats = npt.NDArray[np.float32]


def take_off_streaks(picture: Picture, dpi: float) -> tuple[Picture, Mask | None]:
    """The picture without streaks down and across, and where they were; the same picture and None when there are none.

    Args:
        picture: BGR uint8; it is not changed.

    Returns:
        the mended picture, and a mask with ``LOST`` and ``FAINT`` on the streaks.
    """
    grey = picture_to_grey(picture)
    down, across = find_streaks(grey, dpi), find_streaks(np.ascontiguousarray(grey.T), dpi)
    if not down and not across:
        return picture, None
    mended, mask = picture.copy(), np.zeros(grey.shape, np.uint8)
    _mend_all(mended, mask, grey, down)
    if across:
        # Views, so the steps for streaks down serve those across.
        _mend_all(mended.transpose(1, 0, 2), mask.T, picture_to_grey(mended).T, across)
    return mended, mask


def _mend_all(picture: Picture, mask: Mask, grey: Grey, streaks: Sequence[Streak]) -> None:
    for streak in streaks:
        x0, x1 = max(2, streak.x0 - 1), min(grey.shape[1] - 2, streak.x1 + 1)
        sides = np.stack([grey[:, x0 - 2 : x0].min(axis=1), grey[:, x1 : x1 + 2].min(axis=1)]).astype(np.float32)
        paper = float(np.percentile(sides, 75))
        crossed = sides.max(axis=0) < paper - _INK
        shows = _shows_through(grey[:, streak.x0 : streak.x1].astype(np.float32), sides, crossed, paper)
        if shows is None:
            _close(picture, x0, x1)
        else:
            _bring_back(picture, x0, x1, crossed)
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


def _bring_back(picture: Picture, x0: int, x1: int, crossed: npt.NDArray[np.bool_]) -> None:
    """Stretch each column between what paper and what strokes look like on it to what they look like beside it."""
    beside = np.concatenate([picture[:, x0 - 2 : x0], picture[:, x1 : x1 + 2]], axis=1).astype(np.float32)
    paper, ink = np.percentile(beside, 75, axis=(0, 1)), np.median(beside[crossed], axis=(0, 1))
    part = picture[:, x0:x1].astype(np.float32)
    paper_here, ink_here = np.percentile(part, 75, axis=0), np.median(part[crossed], axis=0)
    gain = (paper - ink) / np.maximum(paper_here - ink_here, 12.0)
    picture[:, x0:x1] = np.clip(paper + (part - paper_here) * gain, 0, 255).astype(np.uint8)


def _close(picture: Picture, x0: int, x1: int) -> None:
    """Each row drawn straight from the pixel left of the streak to the one right of it."""
    share = ((np.arange(x0, x1) - x0 + 1) / (x1 - x0 + 1)).astype(np.float32)[None, :, None]
    left, right = (picture[:, x : x + 1].astype(np.float32) for x in (x0 - 1, x1))
    picture[:, x0:x1] = np.rint(left * (1 - share) + right * share).astype(np.uint8)
