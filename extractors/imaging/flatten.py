"""Curved paper laid flat: lines that bend after the perspective was taken out are drawn straight.

The slopes of the strokes along the lines tell how far the paper rises and
falls; a smooth surface through them is taken out of the picture.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from extractors.imaging.arrays import Matrix, Picture, Segments

Floats = npt.NDArray[np.float64]

# Powers along a line and across the lines.
_ALONG, _ACROSS = (1, 2, 3, 4), (0, 1, 2)
# Slopes: of strokes that can belong to a line, from which a page counts as bent, and the usual scatter.
_STEEP, _BENT, _SCATTER = 0.12, 0.003, 0.004
# The surface must leave at most this share of the slopes; fewer strokes say nothing.
_LEFT, _FEWEST = 0.65, 24
# Inches that a line must be off somewhere, and the most that a sheet can be.
_LEAST, _MOST = 0.012, 0.35


@dataclass(frozen=True, slots=True)
class Surface:
    """Displacement by powers of the place along and across a line, in half the longer side from the middle of the page.

    ``reach``: lowest and highest place along, then across, where strokes were seen; beyond it nothing more bends.
    """

    coefficients: Floats
    reach: tuple[float, float, float, float]

    def at(self, u: Floats, v: Floats) -> Floats:
        """Shape (len(u), len(v))."""
        u, v = np.clip(u, *self.reach[:2]), np.clip(v, *self.reach[2:])
        along, across = np.stack([u**i for i in _ALONG]), np.stack([v**j for j in _ACROSS])
        surface: Floats = along.T @ self.coefficients @ across
        return surface


@dataclass(frozen=True, slots=True)
class Bend:
    """How far lines are off on a level page: ``down`` moves level lines, ``across`` plumb ones; ``size`` of the page in pixels."""

    down: Surface | None
    across: Surface | None
    size: tuple[int, int]

    def places(self) -> tuple[Floats, Floats]:
        """For each pixel of the flat page, x and y on the bent one; shapes (height, width)."""
        width, height = self.size
        unit = max(width, height) / 2
        columns, rows = np.arange(width, dtype=np.float64), np.arange(height, dtype=np.float64)
        u, v = (columns - width / 2) / unit, (rows - height / 2) / unit
        xs, ys = np.meshgrid(columns, rows)
        if self.down is not None:
            ys += unit * self.down.at(u, v).T
        if self.across is not None:
            xs += unit * self.across.at(v, u)
        return xs, ys

    def as_matrix(self) -> Matrix:
        """The affine matrix that comes nearest: from pixels of the flat page to pixels of the bent one."""
        width, height = self.size
        xs, ys = (each[:: max(1, height // 24), :: max(1, width // 24)] for each in self.places())
        rows, columns = np.mgrid[0:height, 0:width][:, :: max(1, height // 24), :: max(1, width // 24)]
        flat = np.column_stack([columns.ravel(), rows.ravel(), np.ones(columns.size)])
        matrix: Matrix = np.eye(3)
        matrix[:2] = np.linalg.lstsq(flat, np.column_stack([xs.ravel(), ys.ravel()]), rcond=None)[0].T
        return matrix


def segments_to_bend(segments: Segments, matrix: Matrix, size: tuple[int, int], dpi: float) -> Bend | None:
    """How the page is bent; None when it is flat enough.

    Args:
        segments: straight strokes of the picture before the matrix.
        matrix: makes it level and plumb.
        size: width and height after it.
    """
    if len(segments) < _FEWEST:
        return None
    moved = cv2.perspectiveTransform(segments.reshape(-1, 1, 2).astype(np.float64), matrix).reshape(-1, 4)
    unit = max(size) / 2
    ends = (moved - np.array([size[0] / 2, size[1] / 2] * 2)) / unit
    down = _fit(ends, unit, dpi)
    across = _fit(ends[:, [1, 0, 3, 2]], unit, dpi)
    return Bend(down, across, size) if down is not None or across is not None else None


def _fit(ends: Floats, unit: float, dpi: float) -> Surface | None:
    """The surface whose slopes the strokes along the first axis have."""
    run, rise = ends[:, 2] - ends[:, 0], ends[:, 3] - ends[:, 1]
    ends, run, rise = (each[np.abs(rise) <= _STEEP * np.abs(run)] for each in (ends, run, rise))
    if len(ends) < _FEWEST:
        return None
    slopes, weights = rise / run, np.abs(run)
    before = _usual(np.abs(slopes), weights)
    if before < _BENT:
        return None
    u, v = (ends[:, 0] + ends[:, 2]) / 2, (ends[:, 1] + ends[:, 3]) / 2
    system = np.column_stack([i * u ** (i - 1) * v**j for i in _ALONG for j in _ACROSS])
    solved = _solve(system, slopes, weights)
    surface = Surface(solved.reshape(len(_ALONG), len(_ACROSS)), (u.min(), u.max(), v.min(), v.max()))
    off = np.abs(surface.at(np.linspace(u.min(), u.max(), 12), np.linspace(v.min(), v.max(), 12))).max() * unit / dpi
    flat = _usual(np.abs(slopes - system @ solved), weights) <= _LEFT * before
    return surface if flat and _LEAST <= off <= _MOST else None


def _solve(system: Floats, slopes: Floats, weights: Floats) -> Floats:
    """Least squares; strokes far off (a fold, a signature) count little, and powers that the strokes do not ask for stay small."""
    solved = np.zeros(system.shape[1])
    for scatter in (4 * _SCATTER, 2 * _SCATTER, _SCATTER, _SCATTER):
        trust = weights / (1 + ((slopes - system @ solved) / scatter) ** 2)
        ridge = 1e-5 * trust.sum() * np.eye(system.shape[1])
        solved = np.linalg.solve(system.T @ (system * trust[:, None]) + ridge, system.T @ (trust * slopes))
    return solved


def _usual(values: Floats, weights: Floats) -> float:
    """What three quarters of the length do not exceed: a page may be bent on one side only."""
    order = np.argsort(values)
    place = int(np.searchsorted(np.cumsum(weights[order]), 0.75 * weights.sum()))
    return float(values[order][min(place, len(values) - 1)])


def warp_flat(picture: Picture, matrix: Matrix, bend: Bend, interpolation: int, paper: int) -> Picture:
    """The picture under the matrix, and flat; on a sheet of the bend's size."""
    xs, ys = bend.places()
    back = np.linalg.inv(matrix)
    depth = back[2, 0] * xs + back[2, 1] * ys + back[2, 2]
    columns = ((back[0, 0] * xs + back[0, 1] * ys + back[0, 2]) / depth).astype(np.float32)
    rows = ((back[1, 0] * xs + back[1, 1] * ys + back[1, 2]) / depth).astype(np.float32)
    return cv2.remap(picture, columns, rows, interpolation, borderMode=cv2.BORDER_CONSTANT, borderValue=(paper, paper, paper))
