"""Print of the other side that shines through thin paper: a second, fainter form behind the first."""

from __future__ import annotations

import cv2
import numpy as np

from extractors.imaging.arrays import Grey, Mask, Picture, above
from extractors.imaging.ink import grey_to_ink, picture_to_grey
from extractors.imaging.seal_layer import lift_red

# Grey levels between print and what shines through, and the darkest level that may part them.
_PRINT_FROM_SHOWN, _PARTS = 70.0, 128
# Share of the ink that must be of each kind; a valley between the two holds at most this share of the lower peak.
_LEAST, _VALLEY = 0.12, 0.5
# A line is at least this long, in inches; lines and letters each make up at least this share of either kind.
_LINE, _BOTH = 0.35, 0.1
# Share of the ghost that stands in parts of the page (inches) where print does: a part with tired toner is no ghost.
_PART, _TOGETHER = 1.0, 0.6
_PAPER = 240
# Letters from behind: this much darker than the paper, below this share of the usual depth of print, and apart from it.
_FAINT, _PRINT = 12.0, 0.5
# Inches: a stroke is thinner than this, a letter between these; ink and its soft edge reach this far.
_STROKE, _LETTERS, _SOFT_EDGE = 0.05, (0.04, 0.25), 0.025
# At least so many letters; a worn page has up to twenty faint specks of their size.
_FEWEST = 40


def find_print(grey: Grey, ink: Mask, dpi: float) -> Mask | None:
    """255 on and around print where faint letters stand beside it: elsewhere a line is a ruling of the other side.

    Args:
        grey: evenly lit (paper 240).
        ink: 255 where its ink is.

    Returns:
        None on a page through which nothing shines.
    """
    size = max(5, round(_STROKE * dpi)) | 1
    depth = cv2.morphologyEx(cv2.GaussianBlur(grey, (3, 3), 0.8), cv2.MORPH_BLACKHAT, np.ones((size, size), np.uint8))
    usual = float(np.median(depth[ink > 0])) if ink.any() else 0.0
    edge = 2 * round(_SOFT_EDGE * dpi) + 1
    printed = cv2.dilate(above(depth, _PRINT * usual), np.ones((edge, edge), np.uint8))
    faint = cv2.subtract(above(depth, _FAINT - 1), printed)
    faint = cv2.morphologyEx(faint, cv2.MORPH_CLOSE, np.ones((3, 3), np.uint8))
    stats = cv2.connectedComponentsWithStats(faint, connectivity=8)[2][1:]
    width, height, area = stats[:, 2], stats[:, 3], stats[:, 4]
    sized = (np.minimum(width, height) >= _LETTERS[0] * dpi) & (np.maximum(width, height) <= _LETTERS[1] * dpi)
    return printed if int((sized & (area >= 0.2 * width * height)).sum()) >= _FEWEST else None


def without_ghost(picture: Picture, dpi: float) -> Picture:
    """The picture without print from behind; the same picture when there is none, or when nobody could tell.

    Two kinds of ink, each with lines and letters and well apart in darkness,
    are two forms; grey rulings around black text, or grey text between black
    rulings, are one.

    Args:
        picture: evenly lit (paper 240), BGR.
    """
    limit = _find_limit(picture[::2, ::2], dpi / 2)
    if limit is None:
        return picture
    grey = picture_to_grey(lift_red(picture))
    # The soft edge of a dark stroke is as faint as the ghost: it stays.
    print_mask = cv2.dilate(cv2.bitwise_not(above(grey, limit)), np.ones((5, 5), np.uint8))
    cleaned: Picture = picture.copy()
    cleaned[(print_mask == 0) & (grey < _PAPER - 12)] = _PAPER
    return cleaned


def _find_limit(picture: Picture, dpi: float) -> float | None:
    """The grey level between print and ghost; None when there is one kind of ink."""
    grey = picture_to_grey(lift_red(np.ascontiguousarray(picture)))
    ink = grey_to_ink(grey, dpi)
    # The core of a stroke tells how dark its ink is; its edges are always grey.
    core = cv2.erode(grey, np.ones((3, 3), np.uint8))
    limit = _valley(core[ink > 0])
    if limit is None:
        return None
    dark = cv2.dilate(cv2.bitwise_and(ink, cv2.bitwise_not(above(grey, limit))), np.ones((3, 3), np.uint8))
    faint = cv2.subtract(ink, dark)
    strong = cv2.bitwise_and(ink, dark)
    return limit if _is_form(strong, dpi) and _is_form(faint, dpi) and _stand_together(strong, faint, dpi) else None


def _stand_together(strong: Mask, faint: Mask, dpi: float) -> bool:
    size = (max(1, round(strong.shape[1] / dpi / _PART)), max(1, round(strong.shape[0] / dpi / _PART)))
    a, b = (cv2.resize(mask, size, interpolation=cv2.INTER_AREA).astype(np.float64) for mask in (strong, faint))
    return float(b[a >= 0.25 * b].sum()) >= _TOGETHER * float(b.sum())


def _valley(levels: Grey) -> float | None:
    if len(levels) < 2000:
        return None
    counts = np.convolve(np.bincount(levels, minlength=256)[:256], np.ones(9) / 9, "same")
    low = int(counts[:_PARTS].argmax())
    high = _PARTS + int(counts[_PARTS:225].argmax())
    if high - low < _PRINT_FROM_SHOWN:
        return None
    limit = max(_PARTS, low + int(counts[low:high].argmin()))
    share = float((levels > limit).mean())
    clear = counts[limit] <= _VALLEY * min(counts[low], counts[high])
    return float(limit) if clear and _LEAST <= share <= 1 - _LEAST else None


def _is_form(ink: Mask, dpi: float) -> bool:
    """Whether ink has both long lines and letters."""
    size = round(_LINE * dpi)
    thick = cv2.dilate(ink, np.ones((2, 2), np.uint8))
    lines = cv2.bitwise_or(*(cv2.morphologyEx(thick, cv2.MORPH_OPEN, np.ones(shape, np.uint8)) for shape in ((1, size), (size, 1))))
    share = cv2.countNonZero(cv2.bitwise_and(lines, ink)) / max(1, cv2.countNonZero(ink))
    return _BOTH <= share <= 1 - _BOTH
