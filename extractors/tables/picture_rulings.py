"""A picture of a level page -> rulings."""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt

from extractors.imaging.arrays import Mask
from extractors.tables.ruling import Ruling

# In inches: shortest piece of a line, thickest line, gap that a broken line may have.
_PIECE = 0.16
_THICKEST = 0.045
_GAP = 0.05
# Share of a window that must be inked for the window to lie on a line.
_INKED = 0.8


def ink_to_line_masks(ink: Mask, dpi: float) -> tuple[Mask, Mask]:
    """Pixels on level lines and pixels on plumb lines; each mask has the shape of ``ink``."""
    return _level_pixels(ink, dpi), _level_pixels(np.ascontiguousarray(ink.T), dpi).T.copy()


def _level_pixels(ink: Mask, dpi: float) -> Mask:
    size = max(9, round(_PIECE * dpi)) | 1
    # A line a little off level steps from row to row: take the row above and below along.
    thick = cv2.dilate(ink, np.ones((3, 1), np.uint8))
    share = cv2.blur(thick, (size, 1))
    on_line = cv2.compare(share, 255.0 * _INKED, cv2.CMP_GE)
    # The window must lie whole on the line, so a pixel belongs if some window over it does.
    on_line = cv2.dilate(on_line, np.ones((1, size), np.uint8))
    return cv2.bitwise_and(on_line, thick)


def ink_to_rulings(ink: Mask, dpi: float) -> list[Ruling]:
    """Rulings in points, from a level and plumb binary picture (255 = ink)."""
    level = _mask_to_pieces(_level_pixels(ink, dpi), dpi)
    plumb = _mask_to_pieces(_level_pixels(np.ascontiguousarray(ink.T), dpi), dpi)
    point = 72.0 / dpi
    rulings = [Ruling("h", at * point, start * point, end * point) for at, start, end in level]
    rulings += [Ruling("v", at * point, start * point, end * point) for at, start, end in plumb]
    return rulings


def _mask_to_pieces(mask: Mask, dpi: float) -> list[tuple[float, float, float]]:
    """(at, start, end) in pixels of each thin connected stroke."""
    count, labels, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
    shortest, thickest = _PIECE * dpi, _THICKEST * dpi + 2
    pieces = []
    for label in range(1, count):
        x, y, width, height, area = stats[label].tolist()
        if width < shortest or area > thickest * width:
            continue
        part = labels[y : y + height, x : x + width] == label
        pieces += [(y + at, x + start, x + end) for at, start, end in _part_to_pieces(part, thickest)]
    return pieces


def _part_to_pieces(part: npt.NDArray[np.bool_], thickest: float) -> list[tuple[float, float, float]]:
    height, width = part.shape
    if height <= thickest:
        ys = np.arange(height)[:, None]
        return [(float((part * ys).sum() / part.sum()), 0.0, float(width))]
    return _bent_to_pieces(part)


def _bent_to_pieces(part: npt.NDArray[np.bool_]) -> list[tuple[float, float, float]]:
    """A stroke that leaves its level is cut into stretches, each with its own height."""
    height, width = part.shape
    ys = np.arange(height)[:, None]
    stretch = max(1, round(width / max(1, height // 3)))
    pieces = []
    for start in range(0, width, stretch):
        chunk = part[:, start : start + stretch]
        if chunk.any():
            pieces.append((float((chunk * ys).sum() / chunk.sum()), float(start), float(start + chunk.shape[1])))
    return pieces
