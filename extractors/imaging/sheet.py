"""An upright page taken apart: without its seals, its ink, its lines, its seals."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from extractors.imaging.arrays import Mask, Picture
from extractors.imaging.ink import grey_to_ink, pale_lines, picture_to_grey
from extractors.imaging.seal_layer import boxes_to_mask, has_colour, lift_red, red_seals
from extractors.imaging.seal_rings import Ring, find_rings
from extractors.imaging.seal_shapes import discs_to_mask, paint_over, rings_to_mask, stars_to_mask
from extractors.imaging.show_through import find_print
from extractors.imaging.streak_mend import take_off_streaks
from extractors.run_in_parallel import side_by_side
from extractors.tables.rulings.picture_rulings import ink_to_rulings, rulings_to_mask
from extractors.tables.rulings.ruling import Ruling

Box = tuple[int, int, int, int]


@dataclass(slots=True)
class SealMark:
    """A seal in pixels. ``lifted``: its ink is red and could be taken off. ``ring``: None where its outline is not round or not clear."""

    box: Box
    lifted: bool
    ring: Ring | None = None


@dataclass(slots=True)
class Sheet:
    """An upright page, its layers apart.

    Attributes:
        kept: BGR with everything.
        clean: BGR without the red of seals, and without rings and stars of
            black ones; the same array as ``kept`` when there is no seal.
        dpi: of both.
        ink: 255 on ink of ``clean``.
        rulings: drawn lines, in points.
        lines: 255 on the ink of the rulings.
        seal_reach: 255 where seal ink lies or may lie; None on a page without.
        seals: what was found.
        streaks: what ``streak_mend`` gives for streaks that were taken off; None without.
        streaked: BGR with the streaks, and the seals; None without streaks.
    """

    kept: Picture
    clean: Picture
    dpi: float
    ink: Mask
    rulings: list[Ruling]
    lines: Mask
    seal_reach: Mask | None
    seals: list[SealMark]
    streaks: Mask | None = None
    streaked: Picture | None = None


def take_apart(
    picture: Picture,
    dpi: float,
    streaks: Mask | None = None,
    streaked: Picture | None = None,
    moved: bool = True,
    threads: int = 1,
) -> Sheet:
    """Layers of an upright, evenly lit picture.

    Args:
        streaks, streaked: streaks that were taken off already, and the picture with them.
        moved: the page did not lie like this before, so that streaks may be plumb now that were not.
        threads: how many cores may be busy.
    """
    # Streaks of the scanner are plumb before the page is levelled, those of a printer or copier after.
    mended, more = take_off_streaks(picture, dpi, broken_lines=False) if moved else (picture, None)
    if more is not None:
        streaks, streaked = more if streaks is None else cv2.max(streaks, more), picture if streaked is None else streaked
    sheet = _take_apart(mended, dpi, streaks, threads)
    sheet.streaks, sheet.streaked = streaks, streaked
    return sheet


def _take_apart(picture: Picture, dpi: float, streaks: Mask | None, threads: int) -> Sheet:
    boxes, red = red_seals(picture, dpi) if has_colour(picture) else ([], None)
    red = red if boxes else None
    red_rings, sheet = side_by_side(
        lambda: [] if red is None else find_rings(red, np.zeros_like(red), dpi),
        lambda: _take_apart_black(picture, dpi, streaks, boxes, red, threads),
        threads,
    )
    sheet.seals[:0] = [SealMark(box, True, next((r for r in red_rings if _covers(box, r)), None)) for box in _outermost(boxes)]
    return sheet


def _take_apart_black(
    picture: Picture, dpi: float, streaks: Mask | None, boxes: list[Box], red: Mask | None, threads: int
) -> Sheet:
    """The layers without the marks of the red seals, whose boxes and ink are given."""
    clean = lift_red(picture, boxes) if boxes else picture
    grey = picture_to_grey(clean)
    ink = grey_to_ink(grey, dpi)
    pale = cv2.subtract(pale_lines(grey, dpi, threads), ink)
    printed = find_print(grey, ink, dpi) if cv2.countNonZero(pale) else None
    drawn = cv2.bitwise_or(ink, pale) if printed is None else cv2.bitwise_and(ink, printed)
    rulings = ink_to_rulings(drawn, dpi, (), streaks, threads)
    lines = rulings_to_mask(rulings, ink, dpi)
    rings = [ring for ring in find_rings(ink, lines, dpi, threads) if not any(_covers(box, ring) for box in boxes)]
    shape = (ink.shape[0], ink.shape[1])
    reach: Mask | None = None if red is None else cv2.bitwise_and(red, boxes_to_mask(boxes, shape))
    if rings:
        outlines = rings_to_mask(rings, shape)
        hiding = outlines if streaks is None else cv2.max(outlines, streaks)
        rulings = ink_to_rulings(cv2.subtract(drawn, outlines), dpi, [(ring.x, ring.y, ring.radius) for ring in rings], hiding, threads)
        lines = rulings_to_mask(rulings, ink, dpi)
        discs = cv2.bitwise_and(discs_to_mask(rings, shape), cv2.subtract(ink, lines))
        reach = discs if reach is None else cv2.bitwise_or(reach, discs)
        known = cv2.subtract(cv2.bitwise_or(outlines, stars_to_mask(rings, ink)), lines)
        clean = paint_over(clean, known)
        ink = cv2.subtract(ink, known)
    return Sheet(picture, clean, dpi, ink, rulings, lines, reach, [SealMark(_on_page(ring.box, ink), False, ring) for ring in rings])


def _covers(box: Box, ring: Ring) -> bool:
    return box[0] <= ring.x <= box[2] and box[1] <= ring.y <= box[3]


def _outermost(boxes: list[Box]) -> list[Box]:
    """Without boxes that lie mostly inside a bigger one (the star inside its seal)."""
    kept: list[Box] = []
    for box in sorted(boxes, key=lambda b: -_area(b)):
        if not any(_area((max(box[0], o[0]), max(box[1], o[1]), min(box[2], o[2]), min(box[3], o[3]))) > 0.7 * _area(box) for o in kept):
            kept.append(box)
    return kept


def _area(box: Box) -> int:
    return max(0, box[2] - box[0]) * max(0, box[3] - box[1])


def _on_page(box: Box, ink: Mask) -> Box:
    height, width = ink.shape[:2]
    return max(0, box[0]), max(0, box[1]), min(width, box[2]), min(height, box[3])
