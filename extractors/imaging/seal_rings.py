"""Round seals by their shape: the ring tells where there is no colour."""

from __future__ import annotations

import math
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from extractors.imaging.arrays import Mask
from extractors.run_in_parallel import side_by_side

# Radius of a round seal, in inches: 17 to 71 mm across (photographs enlarge).
_SMALLEST, _LARGEST = 0.33, 1.4
_SEARCH_DPI = 50.0
# Share of the visible circle that must be inked, more where only that speaks for it; and at most of the circle just inside.
_COVERED, _WELL_COVERED, _INSIDE = 0.62, 0.85, 0.45
_VISIBLE = 0.4
# A worn ring stands out by this from the circles just inside and outside; a circle through small type (100 dpi) has less: 0.02 to 0.33
# of 44 found on 300 pages without a seal.
_STANDS_OUT = 0.36
# A circle that has come near the ink twice, and has less than this of itself on ink, is not going to be a ring.
_HOPELESS = 0.5
# The largest circles are searched on a picture smaller by this, with what its lines lose of their black given back: there are
# half as many points, and as many radii, to try. Of 125 rings on 211 scans none is lost.
_COARSE, _GAIN = 0.7, 1.2
# Of the circles that a band may hold, so many by either cue are fitted; pixels of the small picture beside a ring.
_FITTED, _BESIDE = 5, 4.0


@dataclass(frozen=True, slots=True)
class Ring:
    """The outer ring of a seal, in pixels."""

    x: float
    y: float
    radius: float
    thickness: float

    @property
    def box(self) -> tuple[int, int, int, int]:
        reach = self.radius + self.thickness
        return round(self.x - reach), round(self.y - reach), round(self.x + reach), round(self.y + reach)


def find_rings(ink: Mask, rulings: Mask, dpi: float, threads: int = 1) -> list[Ring]:
    """Rings of seals, the clearest first.

    Args:
        ink: 255 where ink is.
        rulings: 255 on the drawn lines of tables, which are left out of the search.
        threads: how many cores may be busy.
    """
    loose = cv2.subtract(ink, rulings)
    scale = min(1.0, _SEARCH_DPI / dpi)
    small = cv2.resize(loose, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    small = cv2.GaussianBlur(cv2.convertScaleAbs(small, alpha=1.6), (0, 0), 1.0)
    coarse = cv2.convertScaleAbs(cv2.resize(small, None, fx=_COARSE, fy=_COARSE, interpolation=cv2.INTER_AREA), alpha=_GAIN)
    bounds = np.geomspace(_SMALLEST * dpi, _LARGEST * dpi, 4).tolist()
    # By bands of radius, so that big ones do not crowd out small ones.
    found, largest = side_by_side(
        lambda: _fitted(ink, small, scale, (bounds[0], bounds[1]), dpi) + _fitted(ink, small, scale, (bounds[1], bounds[2]), dpi),
        lambda: _fitted(ink, coarse, scale * _COARSE, (bounds[2], bounds[3]), dpi),
        threads,
    )
    if any(covered < _WELL_COVERED for covered, _ in largest):  # a worn ring, or one of which a better circle can be found
        largest += _fitted(ink, small, scale, (bounds[2], bounds[3]), dpi)
    rings: list[Ring] = []
    for _, ring in sorted(found + largest, key=lambda f: (-round(f[0], 2), -f[1].radius)):
        if not any(_same(ring, other) for other in rings):
            rings.append(ring)
    return rings


def _fitted(ink: Mask, small: Mask, scale: float, radii: tuple[float, float], dpi: float) -> list[tuple[float, Ring]]:
    """Rings with radii between these, with the share of each that is inked; searched on the small picture of the ink."""
    circles = _circles(small, scale * radii[0], scale * radii[1])
    # The search ranks by edges, of which a page of text may have more than a ring: that it stands out is a second cue.
    clear = np.argsort(-_standing_out(small, circles), kind="stable")[:_FITTED].tolist()
    chosen = [(k, _COVERED) for k in range(min(_FITTED, len(circles)))] + [(k, _WELL_COVERED) for k in clear if k >= _FITTED]
    fits = []
    for k, least in chosen:
        x, y, radius = (circles[k] / scale).tolist()
        fits.append(_fit(ink, x, y, radius, dpi, least))
    return [fit for fit in fits if fit is not None]


def _circles(picture: Mask, low: float, high: float) -> npt.NDArray[np.float32]:
    """Circles with radii between these, shape (circles, 3): x, y, radius."""
    found = cv2.HoughCircles(picture, cv2.HOUGH_GRADIENT, 1.5, low, param1=120, param2=18, minRadius=int(low), maxRadius=int(high) + 1)
    return np.zeros((0, 3), np.float32) if found is None else np.asarray(found[0], np.float32)


def _standing_out(small: Mask, circles: npt.NDArray[np.float32]) -> npt.NDArray[np.float64]:
    """How much darker each circle (x, y, radius) is than the circles just inside and outside it, of what lies on the picture."""
    angles = np.radians(np.arange(0, 360, 4.0))
    x, y, radius = (circles[:, i : i + 1].astype(np.float64) for i in range(3))

    def darkness(off: float) -> npt.NDArray[np.float64]:
        xs, ys = x + (radius + off) * np.cos(angles), y + (radius + off) * np.sin(angles)
        on = (xs > -0.5) & (ys > -0.5) & (xs < small.shape[1] - 0.5) & (ys < small.shape[0] - 0.5)
        mean: npt.NDArray[np.float64] = _sample(small, xs, ys).sum(axis=1) / np.maximum(on.sum(axis=1), _VISIBLE * len(angles))
        return mean

    line = np.max([darkness(off) for off in (-1.0, 0.0, 1.0)], axis=0)
    return np.asarray(line - (darkness(-_BESIDE) + darkness(_BESIDE)) / 2)


def _same(a: Ring, b: Ring) -> bool:
    return float(np.hypot(a.x - b.x, a.y - b.y)) < 0.5 * max(a.radius, b.radius)


def _fit(ink: Mask, x: float, y: float, radius: float, dpi: float, least: float) -> tuple[float, Ring] | None:
    """Pull the circle onto the ink near it; ``least`` is the share of it that must be inked.

    Returns:
        share of the circle that is inked, and the ring; None when the ink there is no ring.
    """
    angles = np.radians(np.arange(0, 360, 1.0))
    reach = 0.11 * dpi
    for step in range(7):
        # A third of the directions is enough to come near.
        some = angles[::3] if step < 5 else angles
        near = _radii_of_ink(ink, x, y, radius, reach, some)
        hit = ~np.isnan(near)
        if hit.mean() < 0.25:
            return None
        x, y, radius = _circle_through(x + near[hit] * np.cos(some[hit]), y + near[hit] * np.sin(some[hit]))
        if step == 1 and _coverage(ink, x, y, radius, 2.0, some)[1] < max(_HOPELESS, least - 0.15):
            return None
        reach = max(2.5, reach * 0.65)
    if not 0.9 * _SMALLEST * dpi <= radius <= 1.1 * _LARGEST * dpi:
        return None
    visible, covered = _coverage(ink, x, y, radius, 1.5, angles)
    beside = max(7.0, 0.06 * radius)
    _, inside = _coverage(ink, x, y, radius - beside, 1.0, angles)
    if visible < _VISIBLE or covered < least or inside > _INSIDE:
        return None
    if covered < _WELL_COVERED and covered - max(inside, _coverage(ink, x, y, radius + beside, 1.0, angles)[1]) < _STANDS_OUT:
        return None
    return covered, Ring(x, y, radius, _thickness(ink, x, y, radius, angles))


def _radii_of_ink(ink: Mask, x: float, y: float, radius: float, reach: float, angles: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """For each direction the radius of the ink nearest to the circle; NaN without any within reach."""
    steps = np.arange(-reach, reach + 0.5, 1.0)
    steps = steps[np.argsort(np.abs(steps), kind="stable")]
    radii = radius + steps
    hits = _sample(ink, x + np.outer(np.cos(angles), radii), y + np.outer(np.sin(angles), radii)) > 0
    first = hits.argmax(axis=1)
    return np.where(hits.any(axis=1), radii[first], np.nan)


def _sample(ink: Mask, xs: npt.NDArray[np.float64], ys: npt.NDArray[np.float64]) -> npt.NDArray[np.uint8]:
    columns, rows = np.rint(xs).astype(np.int64), np.rint(ys).astype(np.int64)
    inside = (columns >= 0) & (rows >= 0) & (columns < ink.shape[1]) & (rows < ink.shape[0])
    values = ink[np.clip(rows, 0, ink.shape[0] - 1), np.clip(columns, 0, ink.shape[1] - 1)]
    return np.where(inside, values, 0).astype(np.uint8)


def _circle_through(xs: npt.NDArray[np.float64], ys: npt.NDArray[np.float64]) -> tuple[float, float, float]:
    """Least-squares circle, outliers left out once."""
    # About their centre the numbers stay small, and the normal equations exact enough.
    middle_x, middle_y = float(xs.mean()), float(ys.mean())
    xs, ys = xs - middle_x, ys - middle_y
    squares, system = xs**2 + ys**2, np.column_stack([2 * xs, 2 * ys, np.ones(len(xs))])
    keep = np.ones(len(xs), bool)
    for _ in range(2):
        kept = system[keep]
        x, y, rest = np.linalg.lstsq(kept.T @ kept, kept.T @ squares[keep], rcond=None)[0].tolist()
        radius = math.sqrt(max(rest + x * x + y * y, 1e-6))
        off = np.abs(np.hypot(xs - x, ys - y) - radius)
        rank = (len(off) - 1) * 3 // 4
        keep = off <= np.partition(off, rank)[rank] + 1e-6
    return x + middle_x, y + middle_y, radius


def _coverage(ink: Mask, x: float, y: float, radius: float, slack: float, angles: npt.NDArray[np.float64]) -> tuple[float, float]:
    """Share of the circle that is on the picture, and share of that which is inked."""
    xs, ys = x + radius * np.cos(angles), y + radius * np.sin(angles)
    on = (xs >= 0) & (ys >= 0) & (xs < ink.shape[1]) & (ys < ink.shape[0])
    if not on.any():
        return 0.0, 0.0
    radii = radius + np.arange(-slack, slack + 0.1, 1.0)
    hits = _sample(ink, x + np.outer(np.cos(angles[on]), radii), y + np.outer(np.sin(angles[on]), radii)) > 0
    return float(on.mean()), float(hits.any(axis=1).mean())


def _thickness(ink: Mask, x: float, y: float, radius: float, angles: npt.NDArray[np.float64]) -> float:
    radii = radius + np.arange(-10.0, 10.5, 1.0)
    hits = _sample(ink, x + np.outer(np.cos(angles), radii), y + np.outer(np.sin(angles), radii)) > 0
    return float(max(2.0, np.median(hits.sum(axis=1))))
