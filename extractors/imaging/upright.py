"""A picture of a page -> the same page level, plumb, evenly lit and the right way up."""

from __future__ import annotations

from dataclasses import dataclass, replace

import cv2
import numpy as np

from extractors.imaging.arrays import Mask, Matrix, Picture, Segments, above, brightest, darkest
from extractors.imaging.fills import lay_fills_open
from extractors.imaging.flatten import Bend, segments_to_bend, warp_flat
from extractors.imaging.ink import even_light, grey_to_ink, picture_to_grey
from extractors.imaging.orientation import LineJudge, find_quarter_turns
from extractors.imaging.paper import find_surroundings
from extractors.imaging.rectify import ink_to_skew, segments_to_matrix, segments_to_skew, turn_matrix
from extractors.imaging.seal_layer import lift_red
from extractors.imaging.segments import grey_to_segments, segments_apart
from extractors.imaging.sheet import Sheet, take_apart
from extractors.imaging.show_through import without_ghost
from extractors.imaging.streak_mend import take_off_streaks
from extractors.imaging.warp import warp
from extractors.run_in_parallel import side_by_side

WORKING_DPI = 200.0
# Finer pictures are brought down to the working resolution, others are left as they are.
_FINE = 240.0
A4_LONG = 11.69
# Below this the strokes found are not enough to speak for the page; the lines of text are asked.
_ENOUGH_STROKES = 0.25
# Of four pixels two at least must be ink for the one that they become.
_HALF_INKED = 120
# Degrees that a page may lie turned and still count as level: a pixel or two over its height.
_LEVEL = 0.03


@dataclass(frozen=True, slots=True)
class Upright:
    """An upright page, or one that is level and may have to be turned by quarters.

    Attributes:
        picture: BGR, evenly lit (paper about 240).
        dpi: of ``picture``.
        rotation: quarter turns taken out, in degrees clockwise (0, 90, 180, 270).
        skew: degrees that the page lay turned clockwise beyond that.
        to_original: takes a pixel of ``picture`` to a pixel of the original.
        photographed: a perspective was taken out.
        flattened: the paper was curved and is laid flat; ``to_original`` then leads to within a millimetre or two.
        streaks: what ``streak_mend`` gives for streaks taken off; None without.
        streaked: the picture with the streaks still in it; None without.
    """

    picture: Picture
    dpi: float
    rotation: int
    skew: float
    to_original: Matrix
    photographed: bool
    flattened: bool = False
    streaks: Mask | None = None
    streaked: Picture | None = None

    @property
    def moved(self) -> bool:
        """More than turned by quarters: lines of the picture have another direction than before."""
        return self.photographed or self.flattened or abs(self.skew) > _LEVEL

    def points_to_original(self) -> tuple[float, ...]:
        """The 3x3 matrix, row by row, from points of the upright page to pixels of the original."""
        scale = self.dpi / 72.0
        matrix = self.to_original @ np.diag([scale, scale, 1.0])
        return tuple(float(v) for v in (matrix / matrix[2, 2]).ravel())


def make_upright(image: Picture, dpi: float | None, judge: LineJudge | None) -> Upright:
    """Turn, level and light a picture of a page.

    Args:
        image: BGR uint8.
        dpi: of the image; None when unknown, then the page is taken for A4.
        judge: tells text from noise, to find which end is up.
    """
    return turn_and_take_apart(make_level(image, dpi), judge)[0]


def make_level(image: Picture, dpi: float | None, threads: int = 1) -> Upright:
    """Level and light a picture of a page, which may still lie on its side or head.

    Args:
        image: BGR uint8.
        dpi: of the image; None when unknown, then the page is taken for A4.
        threads: how many cores may be busy.
    """
    known = dpi if dpi else max(image.shape[:2]) / A4_LONG
    raw, scale = _to_working(image, known)
    work_dpi = known * scale
    raw = lay_fills_open(raw, work_dpi)
    work, streaks = take_off_streaks(raw, work_dpi)
    bright = brightest(work)
    lit, outside = side_by_side(
        lambda: without_ghost(even_light(work, work_dpi, bright), work_dpi), lambda: find_surroundings(bright, work_dpi), threads
    )
    if outside is not None:
        # Desk, scanner lid and black borders are no part of the page.
        lit[outside > 0] = 240
    matrix, skew, segments = _find_matrix(lit, outside, work_dpi)
    level, shift = _warp(lit, matrix)
    bend = segments_to_bend(segments, shift @ matrix, (level.shape[1], level.shape[0]), work_dpi)
    level = level if bend is None else warp_flat(lit, shift @ matrix, bend, cv2.INTER_CUBIC, 240)
    unbent = np.eye(3) if bend is None else bend.as_matrix()
    back = np.diag([1 / scale, 1 / scale, 1.0]) @ np.linalg.inv(shift @ matrix) @ unbent
    photographed = bool(np.abs(matrix[2, :2]).max() > 1e-12)
    upright = Upright(level, work_dpi, 0, skew, back, photographed, bend is not None)
    if streaks is None:
        return upright
    flat = bend or Bend(None, None, (level.shape[1], level.shape[0]))
    return _with_streaks(upright, even_light(raw, work_dpi), streaks, shift @ matrix, flat)


def turn_and_take_apart(level: Upright, judge: LineJudge | None, threads: int = 1) -> tuple[Upright, Sheet]:
    """A level page upright, and apart. It is taken apart as it lies: most pages lie as they should.

    Args:
        level: from ``make_level``.
        judge: as in ``make_upright``.
        threads: how many cores may be busy.
    """

    def apart(page: Upright) -> Sheet:
        return take_apart(page.picture, page.dpi, page.streaks, page.streaked, page.moved, threads)

    sheet = apart(level)
    turns = find_turns(level, sheet, judge)
    upright = turned(level, turns)
    return upright, (apart(upright) if turns else sheet)


def find_turns(level: Upright, sheet: Sheet, judge: LineJudge | None) -> int:
    """Quarter turns counter-clockwise that bring a level page upright (0-3).

    Args:
        level: the page.
        sheet: the same, taken apart.
        judge: as in ``make_upright``.
    """
    text = cv2.subtract(sheet.ink, cv2.dilate(sheet.lines, np.ones((3, 3), np.uint8)))
    # Half the size is enough to find lines of text by.
    half = above(cv2.resize(text, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA), _HALF_INKED)
    return find_quarter_turns(level.picture, half, level.dpi, judge)


def turned(level: Upright, turns: int) -> Upright:
    """The page after quarter turns counter-clockwise."""
    if not turns:
        return level

    def turn(layer: Picture) -> Picture:
        return np.ascontiguousarray(np.rot90(layer, turns))

    return replace(
        level,
        picture=turn(level.picture),
        rotation=(level.rotation - 90 * turns) % 360,
        to_original=level.to_original @ _unturn(level.picture, turns),
        streaks=None if level.streaks is None else turn(level.streaks),
        streaked=None if level.streaked is None else turn(level.streaked),
    )


def _with_streaks(upright: Upright, lit: Picture, streaks: Mask, matrix: Matrix, bend: Bend) -> Upright:
    """The streaks, and the picture with them, made level the same way."""
    kept = warp_flat(lit, matrix, bend, cv2.INTER_CUBIC, 240)
    mask = warp_flat(cv2.dilate(streaks, np.ones((3, 3), np.uint8)), matrix, bend, cv2.INTER_NEAREST, 0)
    return replace(upright, streaks=mask, streaked=kept)


def _to_working(image: Picture, dpi: float) -> tuple[Picture, float]:
    if dpi <= _FINE:
        return image, 1.0
    scale = WORKING_DPI / dpi
    return cv2.resize(image, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), scale


def _find_matrix(lit: Picture, outside: Mask | None, dpi: float) -> tuple[Matrix, float, Segments]:
    """The matrix that makes the page level and plumb, its skew in degrees, and the strokes that tell."""
    height, width = lit.shape[:2]
    grey = picture_to_grey(lift_red(lit))
    segments = grey_to_segments(grey, dpi)
    if outside is not None:
        segments = segments_apart(segments, outside, 0.2 * dpi)
    skew, sure = segments_to_skew(segments)
    if sure < _ENOUGH_STROKES:
        skew = ink_to_skew(grey_to_ink(grey, dpi), dpi)
        return turn_matrix(width, height, skew), skew, segments[:0]
    return segments_to_matrix(segments, width, height, skew), skew, segments


def _warp(picture: Picture, matrix: Matrix) -> tuple[Picture, Matrix]:
    """The picture under the matrix, on a sheet of the same size, larger where ink would fall off it.

    Returns:
        the picture, and the shift that came after the matrix.
    """
    height, width = picture.shape[:2]
    if np.abs(matrix - np.eye(3)).max() < 1e-9:
        return picture, np.eye(3)
    x0, y0, x1, y1 = _room(picture, matrix)
    shift = np.array([[1.0, 0, -x0], [0, 1.0, -y0], [0, 0, 1]])
    size = (x1 - x0, y1 - y0)
    return warp(picture, shift @ matrix, size), shift


def _room(picture: Picture, matrix: Matrix) -> tuple[int, int, int, int]:
    height, width = picture.shape[:2]
    dark = cv2.resize(darkest(picture), None, fx=0.125, fy=0.125, interpolation=cv2.INTER_AREA)
    points = np.argwhere(dark < 200)[:, ::-1].astype(np.float64) * 8.0 + 4.0
    if not len(points):
        return 0, 0, width, height
    moved = cv2.perspectiveTransform(points.reshape(-1, 1, 2), matrix).reshape(-1, 2)
    margin = 12
    # A few specks in the corners are not worth a larger sheet.
    low, high = np.percentile(moved, 0.05, axis=0) - margin, np.percentile(moved, 99.95, axis=0) + margin
    return min(0, int(low[0])), min(0, int(low[1])), max(width, int(high[0])), max(height, int(high[1]))


def _unturn(level: Picture, turns: int) -> Matrix:
    """From pixels of the turned picture back to pixels of the level one."""
    height, width = level.shape[:2]
    if turns == 0:
        return np.eye(3)
    if turns == 1:
        return np.array([[0.0, -1, width - 1], [1, 0, 0], [0, 0, 1]])
    if turns == 2:
        return np.array([[-1.0, 0, width - 1], [0, -1, height - 1], [0, 0, 1]])
    return np.array([[0.0, 1, 0], [-1, 0, height - 1], [0, 0, 1]])
