"""A page as people see it, asked for what stands in places of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from extractors.model import BBox
from extractors.options import ReadOptions

if TYPE_CHECKING:
    import numpy as np


class Witness:
    """Draws the page when it is asked first.

    Args:
        draw: gives a BGR picture of the page and its dpi.
    """

    def __init__(self, draw: Callable[[], tuple[np.ndarray, float]], options: ReadOptions) -> None:
        self._draw, self._options = draw, options

    def texts(self, boxes: Sequence[BBox]) -> list[str]:
        """What is read in these boxes, in points."""
        from extractors.pictures.file import ocr_engine

        return [line.text for line in ocr_engine(self._options).recognize(self._crops(boxes))]

    def signs(self, boxes: Sequence[BBox]) -> list[str]:
        """The signs of comparison in these boxes by their strokes, which the recogniser takes for letters; empty for what is none."""
        from extractors.ocr.glyphs import picture_to_operator

        shapes = [picture_to_operator(crop) for crop in self._crops(boxes)]
        return [shape.text if shape is not None else "" for shape in shapes]

    def _crops(self, boxes: Sequence[BBox]) -> list[np.ndarray]:
        image, dpi = self._picture
        return [cut_box(image, box, dpi / 72) for box in boxes]

    @cached_property
    def _picture(self) -> tuple[np.ndarray, float]:
        return self._draw()


def cut_box(image: np.ndarray, box: BBox, scale: float) -> np.ndarray:
    """The pixels of a picture under a box, at least one each way."""
    height, width = image.shape[:2]
    x0, top = (min(max(int(v * scale), 0), limit - 1) for v, limit in ((box.x0, width), (box.top, height)))
    return image[top : max(int(box.bottom * scale) + 1, top + 1), x0 : max(int(box.x1 * scale) + 1, x0 + 1)]
