"""The sheet in the picture: what lies around it is no part of the page."""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt

from extractors.imaging.arrays import Grey, Mask

# Surroundings are this much darker than the sheet; a shade on the sheet is not.
_DARKER = 0.75
_SMALLEST_SHEET = 0.3
# Pixels (at 20 dpi) that the picture is extended by.
_FRAME = 8
# Steps of light within a twentieth of an inch, as a share of the light: the edge of a sheet has them, a shadow has not.
_STEP = 0.15
_FINE = 3


def find_surroundings(bright: Grey, dpi: float) -> Mask | None:
    """255 where the sheet is not; None when the sheet fills the picture.

    Args:
        bright: the brightest channel of the picture.
    """
    scale = min(1.0, 20.0 / dpi)
    small = cv2.resize(bright, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    # Ink must not count as dark ground: a closing fills lines and letters. The frame keeps narrow dark borders from being filled too.
    framed = cv2.copyMakeBorder(small, _FRAME, _FRAME, _FRAME, _FRAME, cv2.BORDER_REPLICATE)
    framed = cv2.morphologyEx(framed, cv2.MORPH_CLOSE, np.ones((_FRAME - 1, _FRAME - 1), np.uint8))
    light = _light_plane(framed)
    dark = (framed < _DARKER * light).astype(np.uint8) * 255
    if not cv2.countNonZero(dark):
        return None
    sheet = _largest(cv2.bitwise_not(dark))
    if sheet is None or cv2.countNonZero(sheet) < _SMALLEST_SHEET * sheet.size:
        return None
    points = cv2.findNonZero(sheet)
    hull = np.zeros_like(sheet)
    cv2.fillConvexPoly(hull, cv2.convexHull(points), (255,))
    ground = _with_sharp_edge(cv2.bitwise_not(hull), bright, light)
    # Only what is dark out to the edge is ground; a torn corner that is light stays.
    outside = cv2.dilate(ground, np.ones((5, 5), np.uint8))[_FRAME:-_FRAME, _FRAME:-_FRAME]
    if not cv2.countNonZero(outside):
        return None
    return cv2.resize(outside, (bright.shape[1], bright.shape[0]), interpolation=cv2.INTER_NEAREST)


def _with_sharp_edge(ground: Mask, bright: Grey, light: npt.NDArray[np.float64]) -> Mask:
    """The parts of the ground where the sheet ends; the shadow in the gutter of a book fades in and is part of the page."""
    height, width = (side - 2 * _FRAME for side in ground.shape[:2])
    fine = cv2.resize(bright, (width * _FINE, height * _FINE), interpolation=cv2.INTER_AREA)
    fine = cv2.morphologyEx(fine, cv2.MORPH_CLOSE, np.ones((3 * _FINE, 3 * _FINE), np.uint8))
    steps = cv2.morphologyEx(fine, cv2.MORPH_GRADIENT, np.ones((3, 3), np.uint8))
    steepest = cv2.resize(cv2.dilate(steps, np.ones((4 * _FINE, 4 * _FINE), np.uint8)), (width, height), interpolation=cv2.INTER_NEAREST)
    count, labels = cv2.connectedComponents(ground)
    kept = np.zeros_like(ground)
    inner = (slice(_FRAME, -_FRAME), slice(_FRAME, -_FRAME))
    for label in range(1, count):
        part = (labels == label).astype(np.uint8)
        edge = (cv2.dilate(part, np.ones((3, 3), np.uint8)) - part)[inner] > 0
        if not edge.any() or float(np.median(steepest[edge] / light[inner][edge])) >= _STEP:
            kept[part > 0] = 255
    return kept


def _light_plane(grey: Grey) -> npt.NDArray[np.float64]:
    """The light on the sheet as a plane: steady light that falls off to one side; what is far darker is no sheet."""
    height, width = grey.shape[:2]
    ys, xs = np.mgrid[0:height, 0:width]
    system = np.column_stack([xs.ravel() / width, ys.ravel() / height, np.ones(grey.size)])
    values = grey.ravel().astype(np.float64)
    keep = values >= np.percentile(values, 30)
    plane = values
    for _ in range(4):
        kept = system[keep]
        plane = system @ np.linalg.lstsq(kept.T @ kept, kept.T @ values[keep], rcond=None)[0]
        keep = values >= 0.85 * plane
    shaped: npt.NDArray[np.float64] = plane.reshape(grey.shape)
    return shaped


def _largest(mask: Mask) -> Mask | None:
    count, labels, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=4)
    if count < 2:
        return None
    return np.where(labels == 1 + int(stats[1:, cv2.CC_STAT_AREA].argmax()), 255, 0).astype(np.uint8)
