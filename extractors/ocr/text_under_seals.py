"""Printed lines outside the tables that run into a black seal: what stands inside is read as one strip of the line.

The detector sees the strokes of the seal and of the print as one, and cuts them
as it likes. Where a line runs is known from its part outside the seal.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from typing import TYPE_CHECKING, Any

from extractors.characters import is_common_han
from extractors.ocr.crops import crop_line
from extractors.ocr.textlines import Span

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from extractors.imaging.seal_rings import Ring
    from extractors.ocr.engine import Engine
    from extractors.ocr.recognizer import LineReading

    Picture = NDArray[Any]

Box = tuple[int, int, int, int]
# Pixel box, text, confidence.
Found = tuple[Box, str, float]

# Words that share this much of the lower one's height stand on one line; strokes of a seal make a box higher, but not more than this.
_SHARED, _LIKE = 0.7, 2.2
# White around a strip that may be shown, in line heights.
_ROOM = 0.25
_LEAST_HAN = 2


@dataclass(frozen=True, slots=True)
class _Strip:
    """The part of a line inside a seal, and the words found there."""

    box: Box
    inside: tuple[Found, ...]


def read_into_seals(
    found: Sequence[Found], rings: Sequence[Ring], pictures: tuple[Picture, Picture], engine: Engine
) -> tuple[list[Found], list[Found]]:
    """Words inside seals that stand on printed lines, read anew.

    Args:
        found: words outside the tables.
        rings: of black seals.
        pictures: the page with the rings and without them.
        engine: gets each strip from both pictures.

    Returns:
        the words that stay as they are, and those that were read anew.
    """
    strips = [strip for ring in rings for strip in _strips(found, ring)]
    if not strips:
        return list(found), []
    crops = [_crop(picture, strip.box) for strip in strips for picture in pictures]
    readings = iter(engine.recognize(crops))
    rest, anew = list(found), []
    for strip in strips:
        best = max((next(readings), next(readings)), key=_worth)
        # Where the detector saw nothing, only a label tells print from the seal's own characters.
        if (strip.inside or _worth(best)[0]) and sum(map(is_common_han, best.text)) >= _LEAST_HAN:
            rest = [each for each in rest if each not in strip.inside]
            anew.append((strip.box, best.text, best.confidence))
    return rest, anew


def _worth(reading: LineReading) -> tuple[bool, float]:
    """A label with its colon is print; beyond that the surer reading."""
    return "：" in reading.text or ":" in reading.text, reading.confidence


def _crop(picture: Picture, box: Box) -> Picture:
    room = round(_ROOM * (box[3] - box[1]))
    return crop_line(picture, Span(*box), (box[0], box[1] - room, box[2], box[3] + room), box[3] - box[1])


def _strips(found: Sequence[Found], ring: Ring) -> list[_Strip]:
    """Where lines that begin or end outside a seal run through it."""
    free = [each for each in found if not _touches(each[0], ring)]
    strips: list[_Strip] = []
    for line in sorted(free, key=lambda each: each[0][0]):
        top, bottom = line[0][1], line[0][3]
        reach = _reach(ring, (top + bottom) / 2)
        if reach < bottom - top or any(_on_line(line[0], strip.box) for strip in strips):
            continue
        inside = tuple(each for each in found if each not in free and _on_line(line[0], each[0]))
        left = min([round(ring.x - reach), *(each[0][0] for each in inside)])
        right = max([round(ring.x + reach), *(each[0][2] for each in inside)])
        beside = [each[0] for each in free if _on_line(line[0], each[0])]
        left = max([left, *(box[2] for box in beside if box[2] <= ring.x)])
        right = min([right, *(box[0] for box in beside if box[0] >= ring.x)])
        if right - left > 2 * (bottom - top):
            strips.append(_Strip((left, top, right, bottom), inside))
    return strips


def _reach(ring: Ring, y: float) -> float:
    """Half the width of the seal at a height; 0 above and below it."""
    radius = ring.radius + ring.thickness
    return sqrt(max(radius**2 - (y - ring.y) ** 2, 0.0))


def _touches(box: Box, ring: Ring) -> bool:
    """True when a part of the box lies inside the ring."""
    x, y = min(max(ring.x, box[0]), box[2]), min(max(ring.y, box[1]), box[3])
    return bool((x - ring.x) ** 2 + (y - ring.y) ** 2 <= (ring.radius + ring.thickness) ** 2)


def _on_line(line: Box, box: Box) -> bool:
    height, other = line[3] - line[1], box[3] - box[1]
    shared = min(line[3], box[3]) - max(line[1], box[1])
    return shared >= _SHARED * min(height, other) and max(height, other) <= _LIKE * min(height, other)
