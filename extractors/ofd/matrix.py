"""Transforms of the plane."""

from __future__ import annotations

import math
from typing import NamedTuple

from extractors.errors import BrokenFileError
from extractors.messages import tell
from extractors.model import BBox
from extractors.ofd.tree import numbers


class Matrix(NamedTuple):
    """``x' = a x + c y + e``, ``y' = b x + d y + f``."""

    a: float = 1.0
    b: float = 0.0
    c: float = 0.0
    d: float = 1.0
    e: float = 0.0
    f: float = 0.0

    def then(self, other: Matrix) -> Matrix:
        """This transform first, the other after it."""
        return Matrix(
            self.a * other.a + self.b * other.c, self.a * other.b + self.b * other.d,
            self.c * other.a + self.d * other.c, self.c * other.b + self.d * other.d,
            self.e * other.a + self.f * other.c + other.e, self.e * other.b + self.f * other.d + other.f,
        )  # fmt: skip

    def point(self, x: float, y: float) -> tuple[float, float]:
        return self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f

    def box(self, box: BBox) -> BBox:
        """The box around the corners of one that is transformed."""
        corners = [self.point(x, y) for x in (box.x0, box.x1) for y in (box.top, box.bottom)]
        xs, ys = [x for x, _ in corners], [y for _, y in corners]
        return BBox(min(xs), min(ys), max(xs), max(ys))

    @property
    def scale(self) -> float:
        return math.sqrt(abs(self.a * self.d - self.b * self.c))


def shift(x: float, y: float) -> Matrix:
    return Matrix(e=x, f=y)


def turn(degrees: float) -> Matrix:
    """Clockwise, where y points down."""
    cos, sin = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    return Matrix(cos, sin, -sin, cos)


def to_matrix(text: str | None) -> Matrix:
    """What a CTM says: six numbers; the identity where there is none."""
    if not text:
        return Matrix()
    values = numbers(text)
    if len(values) != 6:
        raise BrokenFileError(*tell("ofd.transform", text=text[:80]))
    return Matrix(*values)
