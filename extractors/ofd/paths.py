"""Paths of an OFD (AbbreviatedData) as paths of straight lines and Bézier curves."""

from __future__ import annotations

import math
from collections.abc import Iterable

from extractors.errors import BrokenFileError, TooLargeError
from extractors.messages import tell
from extractors.ofd.matrix import Matrix
from extractors.ofd.tree import to_number

# How many numbers follow each letter.
_COUNTS = {"S": 2, "M": 2, "L": 2, "Q": 4, "B": 6, "A": 7, "C": 0}
_MOST_STEPS = 200_000

Point = tuple[float, float]
Step = tuple[str, tuple[Point, ...]]
"""``m`` and ``l`` with one point, ``c`` with three, ``h`` with none: as PDF names them."""


def to_steps(data: str) -> list[Step]:
    """The steps of a path.

    Raises:
        BrokenFileError: it is no path.
        TooLargeError: it has more steps than anything that is drawn on a form.
    """
    tokens = data.replace(",", " ").split()
    steps: list[Step] = []
    last: Point = (0.0, 0.0)
    k = 0
    while k < len(tokens):
        letter = tokens[k].upper()
        count = _COUNTS.get(letter)
        if count is None or k + count >= len(tokens) + (count == 0) or (not steps and letter not in "SM"):
            raise BrokenFileError(*tell("ofd.path", text=" ".join(tokens[k : k + 8])[:60]))
        values = [to_number(token) for token in tokens[k + 1 : k + 1 + count]]
        steps += _steps(letter, values, last)
        if steps[-1][1]:
            last = steps[-1][1][-1]
        if len(steps) > _MOST_STEPS:
            raise TooLargeError(*tell("ofd.path-steps", most=_MOST_STEPS))
        k += 1 + count
    return steps


def _steps(letter: str, values: list[float], last: Point) -> list[Step]:
    points = tuple(zip(values[::2], values[1::2], strict=False))
    if letter in "SM":
        return [("m", points)]
    if letter == "L":
        return [("l", points)]
    if letter == "B":
        return [("c", points)]
    if letter == "C":
        return [("h", ())]
    if letter == "Q":
        (cx, cy), (x, y) = points
        first = (last[0] + 2 / 3 * (cx - last[0]), last[1] + 2 / 3 * (cy - last[1]))
        return [("c", (first, (x + 2 / 3 * (cx - x), y + 2 / 3 * (cy - y)), (x, y)))]
    return _arc(last, values)


def _arc(start: Point, values: list[float]) -> list[Step]:
    """An elliptic arc: radii, turn of the ellipse in degrees, large or not, clockwise or not, end."""
    rx, ry, degrees, large, sweep, x, y = values
    rx, ry = abs(rx), abs(ry)
    if min(rx, ry) < 1e-9 or math.dist(start, (x, y)) < 1e-9:
        return [("l", ((x, y),))]
    cos, sin = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    dx, dy = (start[0] - x) / 2, (start[1] - y) / 2
    px, py = cos * dx + sin * dy, -sin * dx + cos * dy
    grow = max(1.0, math.sqrt((px / rx) ** 2 + (py / ry) ** 2))
    rx, ry = rx * grow, ry * grow
    across = (rx * py) ** 2 + (ry * px) ** 2
    factor = math.sqrt(max(0.0, (rx * ry) ** 2 / across - 1.0)) * (1 if bool(large) != bool(sweep) else -1)
    cx, cy = factor * rx * py / ry, -factor * ry * px / rx
    begin = math.atan2((py - cy) / ry, (px - cx) / rx)
    span = (math.atan2((-py - cy) / ry, (-px - cx) / rx) - begin) % (2 * math.pi)
    span = span if sweep else span - 2 * math.pi
    circle = Matrix(rx * cos, rx * sin, -ry * sin, ry * cos, *_plus(cos * cx - sin * cy, sin * cx + cos * cy, start, (x, y)))
    return [*_unit_arcs(circle, begin, span)]


def _plus(dx: float, dy: float, start: Point, end: Point) -> Point:
    return dx + (start[0] + end[0]) / 2, dy + (start[1] + end[1]) / 2


def _unit_arcs(circle: Matrix, begin: float, span: float) -> Iterable[Step]:
    """A part of the unit circle, transformed, in pieces of a quarter at most."""
    count = max(1, math.ceil(abs(span) / (math.pi / 2) - 1e-9))
    part = span / count
    reach = 4 / 3 * math.tan(part / 4)
    for k in range(count):
        a, b = begin + k * part, begin + (k + 1) * part
        first = circle.point(math.cos(a) - reach * math.sin(a), math.sin(a) + reach * math.cos(a))
        second = circle.point(math.cos(b) + reach * math.sin(b), math.sin(b) - reach * math.cos(b))
        yield "c", (first, second, circle.point(math.cos(b), math.sin(b)))
