"""Where the ink of a black seal lies: its ring and its star are known shapes, the rest is a guess."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np

from extractors.imaging.arrays import Mask, Picture
from extractors.imaging.seal_rings import Ring

# The star reaches this far from the centre, in radii of the ring.
_STAR = 0.42
_PAPER = (240, 240, 240)


def rings_to_mask(rings: Sequence[Ring], shape: tuple[int, int], slack: float = 1.5) -> Mask:
    """255 on the outlines of the rings."""
    mask: Mask = np.zeros(shape, np.uint8)
    for ring in rings:
        cv2.circle(mask, (round(ring.x), round(ring.y)), round(ring.radius), (255,), round(ring.thickness + 2 * slack))
    return mask


def discs_to_mask(rings: Sequence[Ring], shape: tuple[int, int]) -> Mask:
    """255 inside and on the rings."""
    mask: Mask = np.zeros(shape, np.uint8)
    for ring in rings:
        cv2.circle(mask, (round(ring.x), round(ring.y)), round(ring.radius + ring.thickness), (255,), -1)
    return mask


def stars_to_mask(rings: Sequence[Ring], ink: Mask) -> Mask:
    """255 on the thick blot in the middle of each ring, its points included."""
    mask: Mask = np.zeros(ink.shape[:2], np.uint8)
    for ring in rings:
        reach = round(_STAR * ring.radius)
        x0, y0 = max(0, round(ring.x) - reach), max(0, round(ring.y) - reach)
        part = ink[y0 : round(ring.y) + reach, x0 : round(ring.x) + reach]
        if not part.size:
            continue
        size = max(5, round(0.085 * ring.radius)) | 1
        body = cv2.morphologyEx(part, cv2.MORPH_OPEN, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (size, size)))
        grown = cv2.dilate(body, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * size + 1, 2 * size + 1)))
        if cv2.countNonZero(body) > 0.04 * ring.radius**2:
            place = mask[y0 : y0 + part.shape[0], x0 : x0 + part.shape[1]]
            place[:] = cv2.bitwise_or(place, cv2.bitwise_and(grown, part))
    return mask


def paint_over(picture: Picture, mask: Mask) -> Picture:
    """The picture with the mask, and the grey along its edge, turned to paper."""
    painted: Picture = picture.copy()
    painted[cv2.dilate(mask, np.ones((3, 3), np.uint8)) > 0] = _PAPER
    return painted
