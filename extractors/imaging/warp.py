"""A picture under a matrix, with its detail kept: the slowest step of making a page level, and how it is made cheaper."""

from __future__ import annotations

import cv2
import numpy as np

from extractors.imaging.arrays import Grey, Matrix, Picture, is_grey

# What a level page is given around it: evenly lit paper.
_PAPER = 240.0


def warp(picture: Picture, matrix: Matrix, size: tuple[int, int]) -> Picture:
    """The picture under the matrix, on paper of a size.

    Of a grey picture one of the three equal channels is warped. Of a coloured one,
    detail is in how bright it is, so only that is interpolated from sixteen pixels; its colour from four.

    Args:
        picture: evenly lit, BGR uint8.
        matrix: takes its pixels to those of the result.
        size: width and height of the result.
    """
    if is_grey(picture):
        return cv2.cvtColor(_warp_finely(picture[:, :, 1], matrix, size), cv2.COLOR_GRAY2BGR)
    parted = cv2.cvtColor(picture, cv2.COLOR_BGR2YCrCb)
    # All three at once: OpenCV is faster with three channels than with two.
    _, *colour = cv2.split(_under(parted, matrix, size, cv2.INTER_LINEAR, (_PAPER, 128.0, 128.0)))
    light = _warp_finely(cv2.extractChannel(parted, 0), matrix, size)
    return cv2.cvtColor(cv2.merge([light, *colour]), cv2.COLOR_YCrCb2BGR)


def _warp_finely(grey: Grey, matrix: Matrix, size: tuple[int, int]) -> Grey:
    # OpenCV weighs sixteen floats faster than sixteen bytes.
    warped = _under(grey.astype(np.float32), matrix, size, cv2.INTER_CUBIC, (_PAPER,))
    return cv2.convertScaleAbs(np.maximum(warped, 0.0))  # rounds, and cuts off at 255


def _under(layers: Picture, matrix: Matrix, size: tuple[int, int], flags: int, around: tuple[float, ...]) -> Picture:
    border = cv2.BORDER_CONSTANT
    if np.abs(matrix[2] - (0.0, 0.0, 1.0)).max() == 0:
        return cv2.warpAffine(layers, matrix[:2], size, flags=flags, borderMode=border, borderValue=around)
    return cv2.warpPerspective(layers, matrix, size, flags=flags, borderMode=border, borderValue=around)
