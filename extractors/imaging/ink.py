"""Even light, and which pixels are ink."""

from __future__ import annotations

import cv2
import numpy as np

from extractors.imaging.arrays import Grey, Mask, Picture, above, brightest, shrunk
from extractors.run_in_parallel import side_by_side

# Side of the neighbourhood that tells paper from ink, in inches.
_NEIGHBOURHOOD = 0.14
# How much darker than the paper around it ink is (0-255); pencil-grey lines are about 40 darker.
_CONTRAST = 22.0
# Inches: a pale ruling is looked at over this length, is thinner than this, and no shorter than this.
_STRETCH, _THIN, _SHORTEST_PALE_RULE = 0.04, 0.04, 0.1
# What is as dark as this is ink anyhow; paper is 240.
_PALE = 150.0


def picture_to_grey(picture: Picture) -> Grey:
    return cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY)


def paper_light(grey: Grey, dpi: float) -> Grey:
    """How bright the bare paper is at each pixel: ink is painted over by the paper around it."""
    scale = min(1.0, 30.0 / dpi)
    small = shrunk(grey, scale)
    size = max(3, round(0.35 * dpi * scale)) | 1
    paper = cv2.dilate(small, np.ones((3, 3), np.uint8))
    paper = cv2.medianBlur(paper, min(size, 255))
    paper = cv2.GaussianBlur(paper, (0, 0), size / 3)
    return cv2.resize(paper, (grey.shape[1], grey.shape[0]), interpolation=cv2.INTER_LINEAR)


def even_light(picture: Picture, dpi: float, bright: Grey | None = None) -> Picture:
    """The picture with the paper made equally bright (240) everywhere; ink keeps its colour and contrast.

    Args:
        bright: the brightest channel of the picture, where it is known.
    """
    paper = paper_light(brightest(picture) if bright is None else bright, dpi)
    paper = np.maximum(paper, 40)
    return cv2.divide(picture, cv2.merge([paper, paper, paper]), scale=240.0)


def grey_to_ink(grey: Grey, dpi: float) -> Mask:
    """255 where ink is, 0 on paper: darker than the mean of the neighbourhood, so shades do no harm."""
    side = max(3, round(_NEIGHBOURHOOD * dpi)) | 1
    mean = cv2.blur(grey, (side, side))
    ink = above(cv2.subtract(mean, grey), _CONTRAST - 1)
    # The middle of a bold stroke or a star is as dark as its surroundings; there darkness itself tells.
    return cv2.bitwise_or(ink, cv2.bitwise_not(above(grey, 90)))


def pale_lines(grey: Grey, dpi: float, threads: int = 1) -> Mask:
    """255 on level and plumb strokes as thin as rulings that are as dark against the paper beside them as ink is.

    Beside black letters, the mean of the neighbourhood is too dark for a pale ruling to be ink there.
    """
    level, plumb = side_by_side(lambda: _pale_level(grey, dpi), lambda: _pale_level(cv2.transpose(grey), dpi), threads)
    return cv2.bitwise_or(level, cv2.transpose(plumb))


def _pale_level(grey: Grey, dpi: float) -> Mask:
    along, across = max(3, round(_STRETCH * dpi)) | 1, max(5, round(_THIN * dpi)) | 1
    # Grain passes for depth unless it is averaged along the line first; letters spread by as much.
    even = cv2.blur(grey, (along, 1))
    depth = cv2.morphologyEx(even, cv2.MORPH_BLACKHAT, np.ones((across, 1), np.uint8))
    letters = cv2.dilate(cv2.bitwise_not(above(grey, _PALE)), np.ones((3, along + 2), np.uint8))
    pale = cv2.subtract(above(depth, _CONTRAST - 1), letters)
    pale = cv2.morphologyEx(pale, cv2.MORPH_OPEN, np.ones((1, round(_SHORTEST_PALE_RULE * dpi)), np.uint8))
    # Lines that cross took a piece out.
    return cv2.morphologyEx(pale, cv2.MORPH_CLOSE, np.ones((1, 2 * along - 1), np.uint8))
