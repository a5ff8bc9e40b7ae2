"""Operators read by their shape: a second means that shares nothing with the recogniser.

A vertical line through ``>`` crosses two strokes, through ``≥`` three (its bar
lies under both arms). The arms close towards the point of the sign. Counting
crossings works on 12 pixels of height, where a recogniser takes ≥ for > or V.
"""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Picture = NDArray[np.uint8]

# Wider or narrower ink is no single sign of this family (定性, >=, 1).
_ASPECT = (0.6, 2.4)
# The two bars of a full-width = are up to this many times as wide as they are high together.
_WIDEST_PAIR = 4.5
_HEIGHT = 96
_WINDOW = (0.12, 0.88)
# Share of columns that must show the bar, or must not.
_BAR = 0.34
_NO_BAR = 0.06
# How much nearer the arms come over the width of the window, in heights of the glyph.
_CLOSING = 0.18


@dataclass(frozen=True, slots=True)
class Shape:
    """The sign that the ink has the shape of; ``clarity`` 0 to 1, how plainly."""

    text: str
    clarity: float


def picture_to_operator(crop: Picture) -> Shape | None:
    """The operator whose shape the ink of a crop has.

    Args:
        crop: BGR or grey uint8 of one text line, paper around it.

    Returns:
        ``≥ ≤ > < =`` with its clarity; None when the ink is another sign or too blurred to tell.
    """
    ink = _glyph(crop)
    if ink is None:
        return None
    columns = _window_runs(ink)
    if len(columns) < 8:
        return None
    height = ink.shape[0]
    if ink.shape[1] > _ASPECT[1] * height and not _are_two_bars(columns):
        return None
    barred = sum(len(runs) >= 3 for runs in columns) / len(columns)
    closing = _closing(columns, height)
    if closing is None:
        return None
    if abs(closing) < _CLOSING / 2:
        return Shape("=", _share_of_two(columns)) if _are_two_bars(columns) else None
    if abs(closing) < _CLOSING:
        return None
    points_right = closing > 0
    if barred >= _BAR:
        return Shape("≥" if points_right else "≤", min(1.0, barred / 0.6))
    if barred <= _NO_BAR and not _thick_below(columns):
        return Shape(">" if points_right else "<", 1.0 - barred)
    return None


def _share_of_two(columns: list[list[tuple[int, int]]]) -> float:
    return sum(len(runs) == 2 for runs in columns) / len(columns)


def _are_two_bars(columns: list[list[tuple[int, int]]]) -> bool:
    return _share_of_two(columns) > 0.9


def _glyph(crop: Picture) -> NDArray[np.bool_] | None:
    """Ink of the one sign in the crop, cut tight and enlarged; None when it is not shaped like a sign."""
    import cv2
    import numpy as np

    if crop.size == 0 or min(crop.shape[:2]) < 5:
        return None
    gray = crop if crop.ndim == 2 else cv2.cvtColor(crop, cv2.COLOR_BGR2GRAY)
    if _ranked(gray, 0.75) - float(gray.min()) < 40:
        return None
    _, small = cv2.threshold(gray, 0, 1, cv2.THRESH_BINARY_INV + cv2.THRESH_OTSU)
    rows, cols = np.nonzero(small.any(axis=1))[0], np.nonzero(small.any(axis=0))[0]
    height, width = int(rows[-1] - rows[0] + 1), int(cols[-1] - cols[0] + 1)
    if height < 5 or not _ASPECT[0] <= width / height <= _WIDEST_PAIR:
        return None
    top, left = max(int(rows[0]) - 1, 0), max(int(cols[0]) - 1, 0)
    tight = gray[top : int(rows[-1]) + 2, left : int(cols[-1]) + 2]
    scale = _HEIGHT / tight.shape[0]
    # Enlarged in grey, the gap between two thin strokes survives where black and white would close it.
    large = cv2.resize(tight, None, fx=scale, fy=scale, interpolation=cv2.INTER_CUBIC)
    local = _blurred(large.astype(np.float32), _HEIGHT / 8)
    cut: NDArray[np.bool_] = (large < local - 4) & (large < _ranked(large, 0.9) - 25)
    return cut


def _blurred(picture: NDArray[np.float32], sigma: float) -> NDArray[Any]:
    """The picture with a wide blur, made at a quarter of the size, where it costs little."""
    import cv2

    height, width = picture.shape
    small = cv2.resize(picture, (max(1, width // 4), max(1, height // 4)), interpolation=cv2.INTER_AREA)
    return cv2.resize(cv2.GaussianBlur(small, (0, 0), sigma / 4), (width, height), interpolation=cv2.INTER_LINEAR)


def _ranked(gray: NDArray[Any], share: float) -> float:
    """The grey level that this share of the pixels does not exceed."""
    import numpy as np

    rank = int((gray.size - 1) * share)
    return float(np.partition(gray, rank, axis=None)[rank])


def _window_runs(ink: NDArray[np.bool_]) -> list[list[tuple[int, int]]]:
    """Runs of ink down each column of the middle part, those of noise left out."""
    import numpy as np

    height, width = ink.shape
    least = max(2, height // 24)
    part = ink[:, int(width * _WINDOW[0]) : int(width * _WINDOW[1])].T.astype(np.int8)
    found: list[list[tuple[int, int]]] = [[] for _ in range(len(part))]
    # Edges come column by column, start and end by turns.
    columns, places = np.nonzero(np.diff(part, axis=1, prepend=0, append=0))
    for column, begin, end in zip(columns[::2].tolist(), places[::2].tolist(), places[1::2].tolist(), strict=True):
        if end - begin >= least:
            found[column].append((begin, end))
    return found


def _closing(columns: list[list[tuple[int, int]]], height: int) -> float | None:
    """How the gap between the two upper strokes shrinks from left to right, in heights; negative when it grows."""
    # Near the point of the sign the arms are one stroke and a bar is the second:
    # only the columns that show all strokes tell the arms apart.
    strokes = max((n for n in (2, 3, 4) if sum(len(runs) >= n for runs in columns) >= 0.2 * len(columns)), default=0)
    if not strokes:
        return None
    gaps = [_middle(runs[1]) - _middle(runs[0]) for runs in columns if len(runs) >= strokes]
    if len(gaps) < (0.4 if strokes == 2 else 0.2) * len(columns):
        return None
    third = max(1, round(0.35 * len(gaps)))
    return (median(gaps[:third]) - median(gaps[-third:])) / height


def _middle(run: tuple[int, int]) -> float:
    return (run[0] + run[1]) / 2


def _thick_below(columns: list[list[tuple[int, int]]]) -> bool:
    """True when the lower stroke is much thicker than the upper: a bar may have run into it."""
    ratios = [(runs[-1][1] - runs[-1][0]) / (runs[0][1] - runs[0][0]) for runs in columns if len(runs) == 2]
    return bool(ratios) and median(ratios) > 1.6
