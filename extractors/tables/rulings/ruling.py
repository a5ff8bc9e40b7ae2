"""A ruling: one straight drawn line of a table, from whatever source."""

from __future__ import annotations

from typing import Literal, NamedTuple


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
