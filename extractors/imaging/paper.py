"""The sheet in the picture: what lies around it is no part of the page."""

from __future__ import annotations

import cv2
import numpy as np

from extractors.imaging.arrays import Mask, Picture

# Surroundings are this much darker than the sheet; a shade on the sheet is not.
_DARKER = 0.72
_SMALLEST_SHEET = 0.3


def whiten_surroundings(lit: Picture, original: Picture, dpi: float) -> Picture:
    """Paint everything outside the sheet white: desk, scanner lid, black borders.

    Args:
        lit: evenly lit picture, is changed in place where needed.
        original: the same picture before its light was evened.
    """
    outside = find_surroundings(original, dpi)
    if outside is not None:
        lit[outside > 0] = 240
    return lit


def find_surroundings(picture: Picture, dpi: float) -> Mask | None:
    """255 where the sheet is not; None when the sheet fills the picture."""
    scale = min(1.0, 20.0 / dpi)
    small = cv2.resize(picture.max(axis=2), None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    # Ink must not count as dark ground: a closing fills lines and letters.
    small = cv2.morphologyEx(small, cv2.MORPH_CLOSE, np.ones((7, 7), np.uint8))
    framed = cv2.copyMakeBorder(small, 1, 1, 1, 1, cv2.BORDER_REPLICATE)
    limit, _ = cv2.threshold(framed, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    bright, dark = framed[framed > limit], framed[framed <= limit]
    if not len(dark) or not len(bright) or np.median(dark) > _DARKER * np.median(bright):
        return None
    sheet = _largest(cv2.compare(framed, float(limit), cv2.CMP_GT))
    if sheet is None or cv2.countNonZero(sheet) < _SMALLEST_SHEET * sheet.size:
        return None
    points = cv2.findNonZero(sheet)
    hull = np.zeros_like(sheet)
    cv2.fillConvexPoly(hull, cv2.convexHull(points), 255)
    outside = cv2.dilate(cv2.bitwise_not(hull), np.ones((3, 3), np.uint8))[1:-1, 1:-1]
    return cv2.resize(outside, (picture.shape[1], picture.shape[0]), interpolation=cv2.INTER_NEAREST)


def _largest(mask: Mask) -> Mask | None:
    count, labels, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=4)
    if count < 2:
        return None
    return cv2.compare(labels.astype(np.float32), float(1 + int(stats[1:, cv2.CC_STAT_AREA].argmax())), cv2.CMP_EQ)
