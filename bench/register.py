"""Where a page came to lie on a scan or a photograph of it: the way from true points to pixels, found from the pictures alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import cv2
import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Picture = NDArray[Any]
    Matrix = NDArray[np.float64]

_FEATURES = 6000
_LEAST = 80


def page_to_scan(page: Picture, dpi: float, scan: Picture) -> Matrix | None:
    """The 3x3 matrix from points (1/72 inch) of a page to pixels of a scan of it.

    Args:
        page: clean picture of the page, BGR uint8.
        dpi: of ``page``.
        scan: BGR uint8, turned, skewed or seen at an angle.

    Returns:
        None when too few places are found in both.
    """
    finder = cv2.ORB.create(_FEATURES, patchSize=47, edgeThreshold=31)
    (here, first), (there, second) = (finder.detectAndCompute(_soft(each), None) for each in (page, scan))
    pairs = cv2.BFMatcher(cv2.NORM_HAMMING).knnMatch(first, second, k=2)
    good = [pair[0] for pair in pairs if len(pair) == 2 and pair[0].distance < 0.8 * pair[1].distance]
    if len(good) < _LEAST:
        return None
    source = np.array([here[each.queryIdx].pt for each in good])
    target = np.array([there[each.trainIdx].pt for each in good])
    matrix, kept = cv2.findHomography(source, target, cv2.RANSAC, 3.0)
    if matrix is None or int(kept.sum()) < _LEAST:
        return None
    return np.asarray(matrix @ np.diag([dpi / 72, dpi / 72, 1.0]), np.float64)


def _soft(picture: Picture) -> Picture:
    gray: Picture = cv2.GaussianBlur(cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY), (0, 0), 1.2)
    return gray


def moved(points: list[tuple[float, float]], matrix: Matrix) -> list[tuple[float, float]]:
    """Points after a 3x3 matrix."""
    result = cv2.perspectiveTransform(np.array([points], np.float64), matrix)[0]
    return [(float(x), float(y)) for x, y in result]


def quarter_turns(matrix: Matrix) -> int:
    """How often the scan must be turned by 90 degrees counter-clockwise (``np.rot90``) for the page to stand upright."""
    (x0, y0), (x1, y1) = moved([(100.0, 100.0), (400.0, 100.0)], matrix)
    return round(float(np.degrees(np.arctan2(y1 - y0, x1 - x0))) / 90) % 4


def turned(matrix: Matrix, size: tuple[int, int], turns: int) -> Matrix:
    """The matrix after ``np.rot90(scan, turns)``; ``size`` is (height, width) of the scan before."""
    height, width = size
    for _ in range(turns):
        matrix = np.array([[0, 1, 0], [-1, 0, width - 1], [0, 0, 1]], np.float64) @ matrix
        height, width = width, height
    return matrix
