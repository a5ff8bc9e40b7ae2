"""An upright page taken apart: without its seals, its ink, its lines, its seals."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from extractors.imaging.arrays import Mask, Picture
from extractors.imaging.ink import grey_to_ink, picture_to_grey
from extractors.imaging.seal_layer import has_colour, lift_red, red_seals
from extractors.imaging.seal_rings import Ring, find_rings, rings_to_mask
from extractors.tables.picture_rulings import ink_to_line_masks

Box = tuple[int, int, int, int]


@dataclass(slots=True)
class SealMark:
    """A seal in pixels. ``lifted``: its ink is red and could be taken off."""

    box: Box
    lifted: bool
    ring: Ring | None = None


@dataclass(slots=True)
class Sheet:
    """An upright page, its layers apart.

    Attributes:
        kept: BGR with everything.
        clean: BGR without red seals; the same array as ``kept`` when there is none.
        dpi: of both.
        ink: 255 on ink of ``clean``.
        line_ink: ``ink`` without the rings of black seals; rulings are looked for here.
        lines: 255 on long straight lines.
        seal_ink: 255 on red seal ink; None on a page without.
        seals: what was found.
    """

    kept: Picture
    clean: Picture
    dpi: float
    ink: Mask
    line_ink: Mask
    lines: Mask
    seal_ink: Mask | None
    seals: list[SealMark]


def take_apart(picture: Picture, dpi: float) -> Sheet:
    """Layers of an upright, evenly lit picture."""
    red_boxes: list[Box] = []
    seal_ink: Mask | None = None
    clean = picture
    if has_colour(picture):
        red_boxes, red = red_seals(picture, dpi)
        if red_boxes:
            seal_ink, clean = red, lift_red(picture)
    ink = grey_to_ink(picture_to_grey(clean), dpi)
    lines = cv2.bitwise_or(*ink_to_line_masks(ink, dpi))
    rings = [ring for ring in find_rings(ink, lines, dpi) if not any(_covers(box, ring) for box in red_boxes)]
    line_ink = _without_rings(ink, rings)
    seals = [SealMark(box, True) for box in _outermost(red_boxes)] + [SealMark(_on_page(ring.box, ink), False, ring) for ring in rings]
    return Sheet(picture, clean, dpi, ink, line_ink, lines, seal_ink, seals)


def _without_rings(ink: Mask, rings: list[Ring]) -> Mask:
    return cv2.subtract(ink, rings_to_mask(rings, (ink.shape[0], ink.shape[1]))) if rings else ink


def _covers(box: Box, ring: Ring) -> bool:
    return box[0] <= ring.x <= box[2] and box[1] <= ring.y <= box[3]


def _outermost(boxes: list[Box]) -> list[Box]:
    """Without boxes that lie inside another (the star inside its seal)."""
    return [
        box for box in boxes
        if not any(o != box and o[0] <= box[0] and o[1] <= box[1] and o[2] >= box[2] and o[3] >= box[3] for o in boxes)
    ]  # fmt: skip


def _on_page(box: Box, ink: Mask) -> Box:
    height, width = ink.shape[:2]
    return max(0, box[0]), max(0, box[1]), min(width, box[2]), min(height, box[3])


def seal_reach(sheet: Sheet) -> Mask:
    """255 wherever ink of a seal lies or may lie."""
    reach = np.zeros(sheet.ink.shape[:2], np.uint8)
    if sheet.seal_ink is not None:
        for x0, y0, x1, y1 in (seal.box for seal in sheet.seals if seal.lifted):
            reach[y0:y1, x0:x1] = sheet.seal_ink[y0:y1, x0:x1]
    for seal in sheet.seals:
        if seal.ring is not None:
            disc = np.zeros_like(reach)
            cv2.circle(disc, (round(seal.ring.x), round(seal.ring.y)), round(seal.ring.radius + seal.ring.thickness), 255, -1)
            reach |= cv2.bitwise_and(disc, sheet.ink)
    return reach
