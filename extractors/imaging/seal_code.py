"""The serial number on the lower rim of a round seal, straightened so that it can be read."""

from __future__ import annotations

import re
from collections.abc import Sequence

import cv2
import numpy as np

from extractors.imaging.arrays import Picture
from extractors.imaging.seal_rings import Ring

# The number stands between these radii and this far (degrees) to both sides of the lowest point.
_INNER, _OUTER = 0.74, 0.955
_SIDE = 62.0
_HEIGHT = 48
# Serial numbers of seals have 13 digits; with fewer some are hidden.
_CODE = re.compile(r"(?<!\d)\d{13}(?!\d)")
_CLEAR = 0.8


def ring_to_strip(picture: Picture, ring: Ring) -> Picture:
    """The lower rim as a straight strip of 48 pixels height, digits upright, left to right."""
    middle = ring.radius * (_INNER + _OUTER) / 2
    scale = _HEIGHT / (ring.radius * (_OUTER - _INNER))
    width = max(_HEIGHT, round(np.radians(2 * _SIDE) * middle * scale))
    # The lowest point is at 90 degrees (y goes down); the text runs against the clock's way from there.
    angles = np.radians(np.linspace(90 + _SIDE, 90 - _SIDE, width))[None, :]
    radii = np.linspace(_INNER, _OUTER, _HEIGHT)[:, None] * ring.radius
    xs, ys = ring.x + radii * np.cos(angles), ring.y + radii * np.sin(angles)
    return cv2.remap(
        picture, xs.astype(np.float32), ys.astype(np.float32), cv2.INTER_CUBIC, borderMode=cv2.BORDER_CONSTANT, borderValue=(240, 240, 240)
    )


def text_to_code(text: str, sureness: Sequence[float]) -> str | None:
    """The serial number in what was read on a rim; None unless every digit of it is clear.

    Args:
        sureness: of each character of ``text``, 0 to 1.
    """
    found = _CODE.search(text)
    if found is None or len(sureness) != len(text):
        return None
    return found.group() if min(sureness[found.start() : found.end()]) >= _CLEAR else None
