"""Thin level strokes that come out too pale for ink: of 一 and 二 in a font with serifs only the dark end is left."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Gray = NDArray[Any]
    Mask = NDArray[np.bool_]

# Shares of the contrast between paper and the darkest strokes: how much darker than the paper, and than what lies above and
# below it, a pale stroke is. Ink is darker by 0.4.
_PALE, _RIDGE = 0.2, 0.15
# A stroke is lower than this many pixels at 300 dpi, and longer than the shortest.
_LOWEST, _SHORTEST_STROKE = 7, 7
# From the border a ruling's own grey edge reaches this far, in pixels.
_BORDER = 4
# Grey levels that the grain of the paper reaches.
_GRAIN = 12


def with_faint_strokes(gray: Gray, ink: Mask) -> Mask:
    """Ink with the pale level strokes that touch it.

    Args:
        gray: the inside of a cell, uint8, shape (height, width).
        ink: of the cell, same shape, from ``textlines.gray_to_ink``.
    """
    import cv2
    import numpy as np

    if not ink.any() or min(gray.shape) <= 2 * _BORDER + 1:
        return ink
    smooth = cv2.GaussianBlur(gray, (3, 3), 0.8)
    paper = float(np.median(smooth[~ink])) if not ink.all() else 255.0
    contrast = paper - float(smooth[ink].min())
    ridge = cv2.morphologyEx(smooth, cv2.MORPH_BLACKHAT, np.ones((_LOWEST, 1), np.uint8))
    pale = (smooth < paper - max(_PALE * contrast, _GRAIN)) & (ridge > max(_RIDGE * contrast, _GRAIN))
    # What lies right above or below ink is its own grey edge.
    pale &= cv2.dilate(ink.astype(np.uint8), np.ones((5, 1), np.uint8)) == 0
    for edge in (np.s_[:_BORDER], np.s_[-_BORDER:], np.s_[:, :1], np.s_[:, -1:]):
        pale[edge] = False
    strokes = cv2.morphologyEx(pale.astype(np.uint8), cv2.MORPH_OPEN, np.ones((1, _SHORTEST_STROKE), np.uint8))
    if not strokes.any():
        return ink
    _, labels = cv2.connectedComponents(strokes, connectivity=8)
    near = cv2.dilate(ink.astype(np.uint8), np.ones((3, 5), np.uint8)) > 0
    touching = np.unique(labels[near & (labels > 0)])
    result: Mask = ink | np.isin(labels, touching[touching > 0])
    return result
