"""Red seals are a layer of their own in a colour picture: found, and lifted off."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np

from extractors.imaging.arrays import Mask, Picture, above, brightest, darkest

# Red stands out by this much (0-255) over green and blue in seal ink.
_REDNESS = 38
# Seals and fingerprints measure between these, in inches.
_SMALLEST, _LARGEST = 0.5, 3.2
# Inches: no seal has a straight stroke this long; half the longest break in one.
_STRAIGHT, _BREAK = 1.5, 0.08


def red_mask(picture: Picture) -> Mask:
    """255 where the ink is red; pixels where red ink lies over black are left out."""
    blue, green, red = cv2.split(picture)
    return above(cv2.subtract(red, cv2.max(green, blue)), _REDNESS - 1)


def has_colour(picture: Picture) -> bool:
    """False for a grey or black and white picture."""
    small = np.ascontiguousarray(picture[::4, ::4])
    return bool((cv2.subtract(brightest(small), darkest(small)) > 24).mean() > 0.0004)


def lift_red(picture: Picture, boxes: Sequence[tuple[int, int, int, int]] | None = None) -> Picture:
    """The picture with red ink turned to paper; black ink below it stays black.

    Red ink is bright in the red channel, black ink is dark in all: near red
    ink the red channel alone is kept, stretched so that the seal's own red is
    as bright as paper.

    Args:
        boxes: where seals are, in pixels; red elsewhere (a red number) stays.
            None lifts all that is red.
    """
    mask = red_mask(picture)
    if boxes is not None:
        mask = cv2.bitwise_and(mask, boxes_to_mask(boxes, mask.shape[:2]))
    if not cv2.countNonZero(mask):
        return picture
    near = cv2.dilate(mask, np.ones((5, 5), np.uint8)) > 0
    red = picture[:, :, 2]
    level = float(np.percentile(red[mask > 0], 30))
    # Paper is 240 after the light was evened.
    stretched = np.clip(red[near].astype(np.float32) * (240.0 / max(level, 80.0)), 0, 240).astype(np.uint8)
    lifted: Picture = picture.copy()
    lifted[near] = stretched[:, None]
    return lifted


def red_seals(picture: Picture, dpi: float) -> tuple[list[tuple[int, int, int, int]], Mask]:
    """Boxes (x0, y0, x1, y1) of red seals in pixels, and the mask of their ink."""
    mask = red_mask(picture)
    scale = min(1.0, 50.0 / dpi)
    small = cv2.resize(mask, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    small = cv2.threshold(small, 40, 255, cv2.THRESH_BINARY)[1]
    small = _without_bars(small, dpi * scale)
    joined = cv2.morphologyEx(small, cv2.MORPH_CLOSE, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (15, 15)))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    boxes: list[tuple[int, int, int, int]] = []
    for x, y, width, height, area in stats[1:].tolist():
        inches = np.array([width, height]) / (dpi * scale)
        if inches.max() < _SMALLEST or inches.min() < 0.5 * _SMALLEST or inches.max() > 2 * _LARGEST or area < 20:
            continue
        boxes.append((round(x / scale), round(y / scale), round((x + width) / scale), round((y + height) / scale)))
    return boxes, mask


def _without_bars(mask: Mask, dpi: float) -> Mask:
    """The mask without coloured areas and rulings: what runs straight on for longer than a seal has straight strokes."""
    along = _runs_along(mask, dpi)
    down = _runs_along(np.ascontiguousarray(mask.T), dpi).T
    return cv2.subtract(mask, cv2.bitwise_or(along, down))


def _runs_along(mask: Mask, dpi: float) -> Mask:
    """255 on and beside what runs on along a row; it may step by a row, and pale ink breaks."""
    stepping = cv2.dilate(mask, np.ones((3, 1), np.uint8))
    whole = cv2.morphologyEx(stepping, cv2.MORPH_CLOSE, np.ones((1, 1 + 2 * round(_BREAK * dpi)), np.uint8))
    straight = np.ones((1, round(_STRAIGHT * dpi)), np.uint8)
    # What lies on the same row before and behind is of the same ruling.
    return cv2.bitwise_and(cv2.dilate(cv2.morphologyEx(whole, cv2.MORPH_OPEN, straight), straight), stepping)


def boxes_to_mask(boxes: Sequence[tuple[int, int, int, int]], shape: tuple[int, ...]) -> Mask:
    mask = np.zeros((shape[0], shape[1]), np.uint8)
    for x0, y0, x1, y1 in boxes:
        mask[max(0, y0 - 6) : y1 + 6, max(0, x0 - 6) : x1 + 6] = 255
    return mask
