"""Two sheets side by side on one picture: the white gutter between them."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np

from extractors.imaging.arrays import Mask
from extractors.model import BBox

# A picture of two sheets is at least this much wider than high (two portrait sheets 1.41, two landscape ones 2.8).
_WIDE = 1.2
# The gutter lies in the middle, within this share of the width, and is at least this wide, in inches.
_MIDDLE, _WIDTH = 0.12, 0.25
# Both sheets hold a table at least this share of the picture wide.
_TABLE = 0.28


def find_gutter(ink: Mask, tables: Sequence[BBox], dpi: float) -> float | None:
    """Where the left sheet ends, in points; None for a picture of one sheet.

    Args:
        ink: of the upright page.
        tables: the places of the tables, in points.
    """
    height, width = ink.shape[:2]
    if width < _WIDE * height:
        return None
    point = 72.0 / dpi
    middle = width * point / 2
    wide = [box for box in tables if box.width >= _TABLE * width * point]
    if not any(box.x1 <= middle for box in wide) or any(box.x0 < middle < box.x1 for box in tables):
        return None
    first = round(width * (0.5 - _MIDDLE / 2))
    # A speck or two lie in every gutter.
    empty = cv2.reduce(ink[:, first : width - first], 0, cv2.REDUCE_SUM, dtype=cv2.CV_32S)[0] <= 255 * 0.002 * height
    edges = np.flatnonzero(np.diff(np.concatenate([[0], empty.astype(np.int8), [0]]))).reshape(-1, 2)
    runs = [(int(b - a), int(a + b) / 2) for a, b in edges if b - a >= _WIDTH * dpi]
    return (first + max(runs)[1]) * point if runs else None
