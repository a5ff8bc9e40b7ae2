"""A lone dash in a cell, told by its shape: a recogniser of lines says nothing of it."""

from __future__ import annotations

import cv2
import numpy as np

from extractors.imaging.arrays import Mask

# In inches: lengths of a hyphen, an en dash and the longest dash; thickest stroke.
_SHORT, _EN, _LONG = 0.022, 0.062, 0.3
_THICKEST = 0.03
# A dash is at least this many times as long as it is thick, fills its box, and keeps this share of the cell away from its borders.
_SLIM, _FULL, _AWAY = 1.7, 0.6, 0.15


def ink_to_dash(ink: Mask, dpi: float) -> str:
    """``-`` or ``—`` where one level bar away from the borders is all the ink of a cell, otherwise the empty text.

    Args:
        ink: 255 on the ink inside the cell, rulings taken off.
        dpi: of it.
    """
    height, width = ink.shape[:2]
    count, _, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    least = (0.006 * dpi) ** 2
    bars = [part for part in stats[1:count].tolist() if part[4] > least]
    if len(bars) != 1:
        return ""
    x, y, long, thick, area = bars[0]
    inside = min(y, height - y - thick) >= _AWAY * height and min(x, width - x - long) >= 0.02 * dpi
    shaped = long >= _SLIM * thick and thick <= _THICKEST * dpi and area >= _FULL * long * thick
    if not inside or not shaped or not _SHORT * dpi <= long <= _LONG * dpi:
        return ""
    return "-" if long < _EN * dpi else "—"


def without_lines(ink: Mask, lines: Mask) -> Mask:
    """Ink that belongs to no ruling, with the blur along rulings left out."""
    kept: Mask = cv2.subtract(ink, cv2.dilate(lines, np.ones((3, 3), np.uint8)))
    return kept
