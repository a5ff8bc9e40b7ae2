"""Lines that should be level and plumb -> the matrix that makes them so.

A scan needs a turn. A photograph needs more: its parallels meet in a vanishing
point, and the matrix sends both vanishing points to infinity.
"""

from __future__ import annotations

from itertools import combinations

import cv2
import numpy as np
import numpy.typing as npt

from extractors.imaging.arrays import Mask, Matrix, Segments
from extractors.imaging.segments import common_angle, segment_angles, weighted_median

Floats = npt.NDArray[np.float64]

# Lines that end further than this share of their length off level need more than a turn.
_BENT = 0.0022
# A corner moves by at most this many times the share of their length that lines are off by.
_FAR = 8.0
# Sine of the angle by which a stroke may miss its vanishing point before it counts little; paper is never quite flat.
_LOOSE, _STRICT = 0.015, 0.005
_FAMILY_REACH = 14.0
_TEXT_REACH = 6.0


def segments_to_skew(segments: Segments) -> tuple[float, float]:
    """Degrees that the page is turned clockwise (within ±20), and how sure that is (0-1)."""
    angle, share = common_angle(segments)
    # A handful of strokes may be a signature; ten long lines are a form.
    return angle, share * min(1.0, len(segments) / 10.0)


def ink_to_skew(ink: Mask, dpi: float) -> float:
    """Degrees that lines of text run downhill, within ±6: at the right angle, text and white part sharpest."""
    scale = min(1.0, 75.0 / dpi)
    small = cv2.resize(ink, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    points = np.argwhere(small > 60).astype(np.float64)
    if len(points) < 50:
        return 0.0
    coarse = max(np.arange(-_TEXT_REACH, _TEXT_REACH + 0.1, 0.5), key=lambda a: _sharpness(points, float(a)))
    return float(max(np.arange(coarse - 0.5, coarse + 0.55, 0.1), key=lambda a: _sharpness(points, float(a))))


def _sharpness(points: Floats, angle: float) -> float:
    """How unevenly the ink spreads over lines at this angle, along the text or across it."""
    tangent = np.tan(np.radians(angle))
    best = 0.0
    for along, across in ((points[:, 1], points[:, 0]), (-points[:, 0], points[:, 1])):
        position = across - along * tangent
        counts = np.bincount((position - position.min()).astype(np.int64)).astype(np.float64)
        best = max(best, float(np.square(np.diff(counts)).sum()))
    return best


def turn_matrix(width: int, height: int, degrees: float) -> Matrix:
    """Turns a picture by ``degrees`` counter-clockwise about its centre: it takes out a clockwise skew of that size."""
    matrix = np.eye(3)
    matrix[:2] = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1.0)
    return matrix


def segments_to_matrix(segments: Segments, width: int, height: int, skew: float) -> Matrix:
    """The matrix that levels the lines of both families; a plain turn where that is enough.

    Args:
        segments: straight strokes of the picture, in pixels.
        width, height: of the picture.
        skew: angle that most lines share, from ``segments_to_skew``.
    """
    turn = turn_matrix(width, height, skew)
    level = _family(segments, skew)
    plumb = _family(segments, skew + 90.0)
    if len(level) < 4 or len(plumb) < 4 or max(_slant(level, turn), _slant(plumb, turn)) <= _BENT:
        return turn
    matrix = _vanishing_matrix(level, plumb, width, height)
    before = _slant(level, turn) + _slant(plumb, turn)
    # Stems of letters may point to a vanishing point that the lines, nearly parallel, know nothing of.
    if matrix is None or _moved(matrix, turn, width, height) > _FAR * before:
        return turn
    return matrix if _slant(level, matrix) + _slant(plumb, matrix) < 0.7 * before else turn


def _family(segments: Segments, angle: float) -> Segments:
    if not len(segments):
        return segments
    off = (segment_angles(segments) - angle + 90.0) % 180.0 - 90.0
    return segments[np.abs(off) <= _FAMILY_REACH]


def _slant(family: Segments, matrix: Matrix) -> float:
    """How far lines are off their axis after the matrix, as a share of their length (weighted median)."""
    moved = cv2.perspectiveTransform(family.reshape(-1, 1, 2).astype(np.float64), matrix).reshape(-1, 4)
    wide, high = np.abs(moved[:, 2] - moved[:, 0]), np.abs(moved[:, 3] - moved[:, 1])
    return weighted_median(np.minimum(wide, high) / np.maximum(np.maximum(wide, high), 1e-6), np.hypot(wide, high))


def _moved(matrix: Matrix, turn: Matrix, width: int, height: int) -> float:
    """How far apart two matrices put a corner of the picture, about its middle, as a share of its longer side."""
    corners = np.array([[[0, 0]], [[width, 0]], [[0, height]], [[width, height]]], np.float64)
    one, other = (cv2.perspectiveTransform(corners, each).reshape(-1, 2) for each in (matrix, turn))
    apart = (one - one.mean(axis=0)) - (other - other.mean(axis=0))
    return float(np.hypot(apart[:, 0], apart[:, 1]).max()) / max(width, height)


def _vanishing_matrix(level: Segments, plumb: Segments, width: int, height: int) -> Matrix | None:
    size = max(width, height) / 2
    to_unit = np.array([[1 / size, 0, -width / 2 / size], [0, 1 / size, -height / 2 / size], [0, 0, 1]])
    far_x, far_y = _vanishing_point(level, to_unit), _vanishing_point(plumb, to_unit)
    horizon = np.cross(far_x, far_y)
    if abs(horizon[2]) < 1e-9:
        return None
    horizon = horizon / horizon[2]
    # The horizon must lie well outside the picture, or the photograph is no photograph of a page.
    if np.hypot(horizon[0], horizon[1]) > 0.6:
        return None
    project = np.array([[1, 0, 0], [0, 1, 0], horizon])
    x_axis, y_axis = (project @ far_x)[:2], (project @ far_y)[:2]
    x_axis, y_axis = x_axis / np.linalg.norm(x_axis), y_axis / np.linalg.norm(y_axis)
    if abs(x_axis[0]) < abs(x_axis[1]):
        x_axis, y_axis = y_axis, x_axis
    x_axis, y_axis = x_axis * np.sign(x_axis[0]), y_axis * np.sign(y_axis[1])
    affine = np.eye(3)
    affine[:2, :2] = np.linalg.inv(np.column_stack([x_axis, y_axis]))
    matrix: Matrix = np.linalg.inv(to_unit) @ affine @ project @ to_unit
    matrix /= matrix[2, 2]
    return matrix


def _vanishing_point(family: Segments, to_unit: Matrix) -> Floats:
    """The point nearest to all lines (may be at infinity), outliers weighed down."""
    ends = cv2.perspectiveTransform(family.reshape(-1, 1, 2).astype(np.float64), to_unit).reshape(-1, 4)
    ones = np.ones(len(ends))
    lines = np.cross(np.column_stack([ends[:, :2], ones]), np.column_stack([ends[:, 2:], ones]))
    lengths = np.hypot(ends[:, 2] - ends[:, 0], ends[:, 3] - ends[:, 1])
    lines /= np.maximum(np.hypot(lines[:, 0], lines[:, 1]), 1e-9)[:, None]
    middles = np.column_stack([(ends[:, :2] + ends[:, 2:]) / 2, ones])
    point = _best_crossing(lines, middles, lengths)
    for scale in np.geomspace(_LOOSE, _STRICT, 8):
        weights = lengths / (1.0 + (_sines(lines, middles, point) / scale) ** 2)
        point = np.linalg.eigh((lines * (weights**2)[:, None]).T @ lines)[1][:, 0]
    return point


def _best_crossing(lines: Floats, middles: Floats, lengths: Floats) -> Floats:
    """Of the points where two long lines cross, the one that most of the length points to."""
    longest = np.argsort(-lengths)[:16]
    best, best_score = np.zeros(3), -1.0
    for i, j in combinations(longest.tolist(), 2):
        point = np.cross(lines[i], lines[j])
        size = float(np.linalg.norm(point))
        if size > 1e-9:
            score = float((lengths / (1.0 + (_sines(lines, middles, point / size) / _LOOSE) ** 2)).sum())
            if score > best_score:
                best, best_score = point / size, score
    return best


def _sines(lines: Floats, middles: Floats, point: Floats) -> Floats:
    """Sine of the angle between each stroke and the ray from its middle to the point."""
    # The cross product of each middle and the point, without its third part, written out: it is asked hundreds of times.
    x = middles[:, 1] * point[2] - middles[:, 2] * point[1]
    y = middles[:, 2] * point[0] - middles[:, 0] * point[2]
    sines: Floats = np.abs(x * lines[:, 1] - y * lines[:, 0]) / np.maximum(np.hypot(x, y), 1e-9)
    return sines
