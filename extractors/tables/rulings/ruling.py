"""A ruling: one straight drawn line of a table, from whatever source."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, NamedTuple

from extractors.model import BBox


class Ruling(NamedTuple):
    """A horizontal (``h``) or vertical (``v``) line, in points.

    ``at`` is y for a horizontal and x for a vertical; ``start <= end`` is its
    extent along the other axis.
    """

    orientation: Literal["h", "v"]
    at: float
    start: float
    end: float

    @property
    def length(self) -> float:
        return self.end - self.start

    def is_level_in(self, boxes: Iterable[BBox]) -> bool:
        """Whether the middle of a level line lies in one of the boxes."""
        return any(box.contains((self.start + self.end) / 2, self.at) for box in boxes)
