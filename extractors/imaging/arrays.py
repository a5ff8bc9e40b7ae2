"""Names for the arrays that pictures are kept in."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
import numpy.typing as npt

# BGR uint8, shape (height, width, 3).
Picture = npt.NDArray[Any]
# uint8, shape (height, width).
Grey = npt.NDArray[Any]
# uint8, shape (height, width), 255 where true.
Mask = npt.NDArray[Any]
# float64, shape (3, 3): takes (x, y, 1) of one picture to another.
Matrix = npt.NDArray[np.float64]
# float32, shape (n, 4): x0, y0, x1, y1 of straight strokes, in pixels.
Segments = npt.NDArray[Any]


def above(grey: Grey, limit: float) -> Mask:
    """255 where a picture is brighter than the limit."""
    return cv2.threshold(grey, limit, 255, cv2.THRESH_BINARY)[1]


def brightest(picture: Picture) -> Grey:
    """The brightest of the three channels at each pixel."""
    blue, green, red = cv2.split(picture)
    return cv2.max(cv2.max(blue, green), red)


def darkest(picture: Picture) -> Grey:
    """The darkest of the three channels at each pixel."""
    blue, green, red = cv2.split(picture)
    return cv2.min(cv2.min(blue, green), red)


def shrunk(picture: Picture, scale: float) -> Picture:
    """The picture at a scale below 1, each pixel the mean of those it stands for; first by halves, which OpenCV is fastest with."""
    while scale <= 0.5:
        picture, scale = cv2.resize(picture, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA), 2 * scale
    return picture if scale > 0.99 else cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)


def is_grey(picture: Picture) -> bool:
    """True when the three channels of a picture are equal everywhere."""
    blue, green, red = cv2.split(picture)
    return not cv2.norm(blue, green, cv2.NORM_INF) and not cv2.norm(green, red, cv2.NORM_INF)
