"""Ink of characters told from ink of rulings, whatever the size and weight of the type.

A stroke of a large or bold character is as long and as straight as the side
of a small cell. What tells them apart is what the stroke belongs to: the
rulings of a table hang together over inches, a character ends within its
square. A piece of a broken ruling is thin, or a corner or a crossing with no
more than one stroke each way.
"""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
import numpy.typing as npt

from extractors.imaging.arrays import Mask

# In inches: a straight run that no character has (36 points), and the thickest ruling.
_RUN, _THIN = 0.5, 0.05
# A row of bold characters that touch may have such a run, but not one as long, and along as much of it, as a frame of one row has.
_ROW, _RUN_OF_ROW, _ALONG = 0.6, 1.0, 0.85
# Parts smaller than this each way, in inches, are not looked at closely: no piece of a ruling that short is missed.
_SMALL = 0.16
# Share of the rows, and of the columns, of a corner or a crossing that hold one stroke.
_ONE_STROKE = 0.8


def ink_to_glyphs(ink: Mask, dpi: float) -> Mask:
    """255 on ink that belongs to characters: parts that are neither thin nor have a long straight run.

    Characters that touch a ruling count as the ruling's, lone level or plumb strokes (一) as no characters.

    Args:
        ink: 255 on ink of a level page.
        dpi: its resolution.
    """
    count, labels, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    width, height = stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT]
    is_glyph = np.minimum(width, height) > max(3.0, _THIN * dpi)
    is_glyph[0] = False
    is_glyph[_with_long_runs(ink, labels, stats, dpi)] = False
    for label in np.flatnonzero(is_glyph & (np.maximum(width, height) >= _SMALL * dpi)).tolist():
        x, y, wide, high, _ = stats[label].tolist()
        is_glyph[label] = not _is_corner(labels[y : y + high, x : x + wide] == label, _THIN * dpi)
    table = np.where(is_glyph, 255, 0).astype(np.uint8)
    glyphs: Mask = table[labels] if count > 1 else np.zeros_like(ink)
    return glyphs


def _with_long_runs(ink: Mask, labels: npt.NDArray[Any], stats: npt.NDArray[Any], dpi: float) -> npt.NDArray[np.intp]:
    """Labels of the parts with a level or plumb run that is longer than any of a character."""
    run, row_run = round(_RUN * dpi), round(_RUN_OF_ROW * dpi)
    large = (stats[:, cv2.CC_STAT_WIDTH] >= run) | (stats[:, cv2.CC_STAT_HEIGHT] >= run)
    large[0] = False
    found = []
    for label in np.flatnonzero(large).tolist():
        x, y, wide, high, _ = stats[label].tolist()
        part = (labels[y : y + high, x : x + wide] == label).view(np.uint8)
        sides = ((part, high), (cv2.transpose(part), wide))
        if any(_along(each, row_run) > _ALONG if across <= _ROW * dpi else _along(each, run) > 0 for each, across in sides):
            found.append(label)
    return np.array(found, np.intp)


def _along(part: npt.NDArray[Any], run: int) -> float:
    """Share of the columns of a part that lie on a level run of so many pixels, a little off level or not."""
    if part.shape[1] < run:
        return 0.0
    # A line a little off level steps from row to row.
    thick = cv2.dilate(part, np.ones((3, 1), np.uint8))
    runs = cv2.morphologyEx(thick, cv2.MORPH_OPEN, np.ones((1, run), np.uint8), borderType=cv2.BORDER_CONSTANT, borderValue=(0,))
    return float(runs.any(axis=0).mean())


def _is_corner(part: npt.NDArray[np.bool_], thickest: float) -> bool:
    """True for a corner, a crossing or a straight piece: nearly every row and column holds one thin stroke."""
    return all(_one_thin(each, thickest) for each in (part, part.T))


def _one_thin(part: npt.NDArray[np.bool_], thickest: float) -> bool:
    begins = np.count_nonzero(part[:, 1:] & ~part[:, :-1], axis=1) + part[:, 0]
    filled = np.count_nonzero(part, axis=1)
    return float(((begins == 1) & (filled <= thickest)).mean()) >= _ONE_STROKE
