"""What a born-digital page puts on paper, whichever library told us."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import NamedTuple

from extractors.model import BBox, HiddenText, PageMark
from extractors.tables.rulings.ruling import Ruling

# Where the line box of a font stands about its base line, in shares of the size.
ASCENT, DESCENT = 0.85, 0.15

# Within this share of the size a glyph that is printed again is the same one. Glyphs are looked up by cells of so many
# points, in which as a rule all that is within reach lies; and so many cells to each side hold any page.
_DOUBLE, _CELL, _FARTHEST = 0.12, 8, (1 << 19) - 1

_CJK = re.compile(r"[\u1100-\u11ff\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\U00020000-\U0003ffff]")


@lru_cache(maxsize=65536)
def is_cjk(text: str) -> bool:
    """Whether the text has Chinese, Japanese or Korean characters or their punctuation."""
    return bool(_CJK.search(text))


class Char(NamedTuple):
    """One glyph. The box is the line box of its font size, not the tight ink.

    ``angle`` is the direction of the text, clockwise in degrees: 0 for text
    that runs to the right, 90 down the page, 270 up the page. ``run`` numbers
    the object of the file that the glyph stands in, from 1; 0 where that is not known.
    """

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    size: float
    angle: int = 0
    run: int = 0

    @property
    def center(self) -> tuple[float, float]:
        return (self.x0 + self.x1) / 2, (self.top + self.bottom) / 2

    @property
    def bbox(self) -> BBox:
        return BBox(self.x0, self.top, self.x1, self.bottom)


def box_around(chars: Collection[Char]) -> BBox:
    """The box around some glyphs, at least one."""
    # Lists: half as dear as generators for the few glyphs that a line has.
    return BBox(min([c.x0 for c in chars]), min([c.top for c in chars]), max([c.x1 for c in chars]), max([c.bottom for c in chars]))


@dataclass(frozen=True, slots=True)
class Fill:
    """A coloured area, in the order of painting; ``color`` is None for white, which wipes what lies below."""

    bbox: BBox
    color: tuple[float, ...] | None


@dataclass(frozen=True, slots=True)
class FilledField:
    """Where a form field or a note stands whose text is among the glyphs; ``differs`` where it shows something else than its ``value``."""

    box: BBox
    value: str
    differs: bool = False


@dataclass(frozen=True, slots=True)
class CutText:
    """A line of text that the file holds beyond the ``clip`` under which it is painted, so that nobody sees it."""

    box: BBox
    clip: BBox


@dataclass(slots=True)
class PageInk:
    """Glyphs, lines, coloured areas and pictures of a page, in upright points.

    ``slants`` are boxes around strokes and shapes that are neither level nor
    upright, ``dots`` the middles of specks as small as a line is thick, ``shapes`` counts all drawn paths, ``hidden`` the glyphs that are
    not painted, ``lost`` the places of text that the library knows of and does
    not hand over. ``hidden_text`` and ``marks`` are no part of ``chars`` any more;
    what ``fields`` hold is. ``cut`` are the places of what clips leave out,
    ``doubted`` the figures and signs that some font shows by the glyph of another one, as far as shapes tell.
    """

    width: float
    height: float
    chars: list[Char]
    rulings: list[Ruling]
    fills: list[Fill] = field(default_factory=list)
    pictures: list[BBox] = field(default_factory=list)
    slants: list[BBox] = field(default_factory=list)
    dots: list[tuple[float, float]] = field(default_factory=list)
    shapes: int = 0
    hidden: int = 0
    lost: list[BBox] = field(default_factory=list)
    hidden_text: list[HiddenText] = field(default_factory=list)
    marks: list[PageMark] = field(default_factory=list)
    fields: list[FilledField] = field(default_factory=list)
    cut: list[CutText] = field(default_factory=list)
    doubted: frozenset[str] = frozenset()


def turn_upright(ink: PageInk, angle: int) -> PageInk:
    """The page turned so that text of direction ``angle`` runs to the right."""
    if angle == 0:
        return ink
    flipped = angle in (90, 270)
    width, height = (ink.height, ink.width) if flipped else (ink.width, ink.height)
    chars = []
    for char in ink.chars:
        box = turn_box(char.bbox, angle, ink.width, ink.height)
        chars.append(char._replace(x0=box.x0, top=box.top, x1=box.x1, bottom=box.bottom, angle=(char.angle - angle) % 360))
    rulings = [_turn_ruling(r, angle, ink.width, ink.height) for r in ink.rulings]
    fills = [Fill(turn_box(fill.bbox, angle, ink.width, ink.height), fill.color) for fill in ink.fills]
    pictures, slants = ([turn_box(b, angle, ink.width, ink.height) for b in boxes] for boxes in (ink.pictures, ink.slants))
    turned = PageInk(width, height, chars, rulings, fills, pictures, slants, shapes=ink.shapes, hidden=ink.hidden)
    turned.hidden_text = [replace(each, bbox=turn_box(each.bbox, angle, ink.width, ink.height)) for each in ink.hidden_text]
    turned.marks = [replace(each, bbox=turn_box(each.bbox, angle, ink.width, ink.height)) for each in ink.marks]
    turned.fields = [replace(each, box=turn_box(each.box, angle, ink.width, ink.height)) for each in ink.fields]
    turned.cut = [CutText(*(turn_box(b, angle, ink.width, ink.height) for b in (each.box, each.clip))) for each in ink.cut]
    return turned


def _turn_point(x: float, y: float, angle: int, width: float, height: float) -> tuple[float, float]:
    if angle == 90:
        return y, width - x
    if angle == 180:
        return width - x, height - y
    return height - y, x


def turn_box(box: BBox, angle: int, width: float, height: float) -> BBox:
    """A box on a page of this width and height, after ``turn_upright`` by the same angle (90, 180 or 270)."""
    ax, ay = _turn_point(box.x0, box.top, angle, width, height)
    bx, by = _turn_point(box.x1, box.bottom, angle, width, height)
    return BBox(min(ax, bx), min(ay, by), max(ax, bx), max(ay, by))


def _turn_ruling(ruling: Ruling, angle: int, width: float, height: float) -> Ruling:
    if ruling.orientation == "h":
        box = BBox(ruling.start, ruling.at, ruling.end, ruling.at)
    else:
        box = BBox(ruling.at, ruling.start, ruling.at, ruling.end)
    box = turn_box(box, angle, width, height)
    horizontal = (ruling.orientation == "h") == (angle == 180)
    return Ruling("h", box.top, box.x0, box.x1) if horizontal else Ruling("v", box.x0, box.top, box.bottom)


def standing_together(chars: list[Char], others: list[Char]) -> list[Char]:
    """Those glyphs that stand where one of ``others`` stands, whatever either is taken for."""
    cells = {(round(x / 2) + i, round(y / 2) + j) for x, y in (other.center for other in others) for i in (-1, 0, 1) for j in (-1, 0, 1)}
    return [char for char in chars if (round(char.center[0] / 2), round(char.center[1] / 2)) in cells]


def drop_doubles(chars: list[Char]) -> list[Char]:
    """A glyph printed twice at one place (imitated bold, shadow) counts once."""
    close = _close_ones(chars)
    if not close:
        return list(chars)
    seen: dict[tuple[str, int, int], list[tuple[float, float, int]]] = {}
    dropped = set()
    for k in close:
        char = chars[k]
        reach = max(char.size * _DOUBLE, 0.3)
        x, y = char.center
        columns = {int((x - reach) // _CELL), int((x + reach) // _CELL)}
        rows = {int((y - reach) // _CELL), int((y + reach) // _CELL)}
        near = [o for i in columns for j in rows for o in seen.get((char.text, i, j), ())]
        if any(abs(ox - x) <= reach and abs(oy - y) <= reach and angle == char.angle for ox, oy, angle in near):
            dropped.add(k)
        else:
            seen.setdefault((char.text, int(x // _CELL), int(y // _CELL)), []).append((x, y, char.angle))
    return [char for k, char in enumerate(chars) if k not in dropped] if dropped else list(chars)


def _close_ones(chars: Sequence[Char]) -> list[int]:
    """Indexes of the glyphs that may be doubles of each other: few, as a rule.

    Whatever is closer than half a cell lies in one cell of at least one of four grids that are half a cell apart.
    """
    import numpy as np

    if len(chars) < 2:
        return []
    numbers: dict[str, int] = {}
    codes = np.array([numbers.setdefault(char.text, len(numbers)) for char in chars]) << 40
    x0, top, x1, bottom, size = np.array([char[1:6] for char in chars]).T
    half = max(_CELL / 2, _DOUBLE * float(size.max()))
    columns, rows = (np.clip((x0 + x1) / 2 / half, -_FARTHEST, _FARTHEST), np.clip((top + bottom) / 2 / half, -_FARTHEST, _FARTHEST))
    across, down = np.floor(columns).astype(np.int64) + _FARTHEST, np.floor(rows).astype(np.int64) + _FARTHEST
    close = np.zeros(len(chars), bool)
    for right in (0, 1):
        for lower in (0, 1):
            keys = codes | (across + right >> 1) << 20 | (down + lower >> 1)
            order = np.argsort(keys, kind="stable")
            same = np.flatnonzero(keys[order[1:]] == keys[order[:-1]])
            close[order[same]] = close[order[same + 1]] = True
    found: list[int] = np.flatnonzero(close).tolist()
    return found
