"""White print on black paper: told by where the light is, and turned back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

if TYPE_CHECKING:
    from extractors.imaging.arrays import Picture

# Long side of the small picture that is looked at, and grey levels of what is dark and what is light there.
_SIDE = 800
_DARK, _LIGHT = 90, 150
# Share of a negative that is dark, and of the light in it that may be more than thin strokes.
_MOSTLY, _SOLID = 0.7, 0.2
# Strokes and rulings are thinner than this share of the long side; paper on a dark desk is not.
_STROKE = 0.012


def with_dark_ink(image: Picture) -> tuple[Picture, bool]:
    """The picture with dark ink on light paper, and whether it had to be inverted; BGR uint8.

    A sheet that lies on a dark desk has one large light area and is left as it is.
    """
    if not is_negative(image):
        return image, False
    return cv2.bitwise_not(image), True


def is_negative(image: Picture) -> bool:
    """Whether thin light strokes stand on dark paper that goes on to the edges."""
    height, width = image.shape[:2]
    factor = min(1.0, _SIDE / max(height, width))
    size = (max(1, round(width * factor)), max(1, round(height * factor)))
    # The cheap look: on most pages most pixels are light.
    rough = cv2.resize(image, size, interpolation=cv2.INTER_NEAREST)
    grey = cv2.cvtColor(rough, cv2.COLOR_BGR2GRAY)
    if np.mean(grey < _DARK) < _MOSTLY:
        return False
    light = (cv2.cvtColor(cv2.resize(image, size, interpolation=cv2.INTER_AREA), cv2.COLOR_BGR2GRAY) > _LIGHT).astype(np.uint8)
    if not light.any():
        return False
    stroke = max(3, round(_STROKE * max(size)))
    solid = cv2.morphologyEx(light, cv2.MORPH_OPEN, np.ones((stroke, stroke), np.uint8))
    return float(solid.sum()) <= _SOLID * float(light.sum())
