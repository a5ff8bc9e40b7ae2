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
# A dash told by its shape alone is believed this much; a recogniser may take a long one for one of these, a short one for any character.
_DASH = 0.9
_LONE_MARKS = (".", "。", "·", "'", ",", "、")
# What else one long level bar is read as, and how sure anybody can be of it: sans faces draw 一 and — alike.
_LONE_BARS, _BAR = ("一", "_", "－", "ー", "ㄧ"), 0.5


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


def bar_to_text(dash: str, text: str, confidence: float, most: float) -> tuple[str, float]:
    """What stands in a cell whose ink is one bar, and how sure that is, 0 to 1.

    Args:
        dash: what the bar's shape says, from ``ink_to_dash``; empty where the ink is none.
        text: what was read, at most one character.
        confidence: of that.
        most: that a text of this cell is believed.

    >>> bar_to_text("—", "、", 0.4, 1.0), bar_to_text("—", "一", 0.99, 1.0), bar_to_text("", "一", 0.99, 1.0)
    (('—', 0.9), ('一', 0.5), ('一', 0.99))
    """
    if dash and (not text or text in _LONE_MARKS or dash == "-"):
        return dash, min(_DASH, most)
    if dash and text in _LONE_BARS:
        return (text if text == "一" else dash), min(_BAR, confidence)
    return text, confidence


def without_lines(ink: Mask, lines: Mask) -> Mask:
    """Ink that belongs to no ruling, with the blur along rulings left out."""
    kept: Mask = cv2.subtract(ink, cv2.dilate(lines, np.ones((3, 3), np.uint8)))
    return kept
