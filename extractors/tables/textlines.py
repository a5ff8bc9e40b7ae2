"""Glyphs -> lines -> text, for Chinese and Latin alike."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from extractors.geometry.page_ink import Char, box_around, is_cjk
from extractors.model import BBox
from extractors.tables.runs import in_order

# Gaps in shares of the font size: where a Latin word ends, where a gap shows
# although no blank was typed, and where Chinese text stands visibly apart.
WORD_GAP = 0.17
CJK_GAP = 1.0
# Type this much smaller, in shares of the height of a line, may stand in two lines beside it.
_SMALL = 0.75
# A blank that was typed shows from this gap on; glyphs closer than the second share abut.
_TYPED, _CLOSE = 0.05, 0.049


@dataclass(slots=True)
class GlyphLine:
    """Glyphs on one base line, in reading order; ``text`` has no line break."""

    chars: list[Char]
    text: str

    @property
    def bbox(self) -> BBox:
        return box_around(self.chars)


def chars_to_lines(chars: Sequence[Char]) -> list[GlyphLine]:
    """Lines from top to bottom; text that runs up or down the page comes last, column by column."""
    lines: list[GlyphLine] = []
    angles = {char.angle for char in chars}
    for angle in (0, 180, 90, 270):
        if angle in angles:
            turned = [char for char in chars if char.angle == angle] if len(angles) > 1 else chars
            lines += [GlyphLine(group, chars_to_text(group)) for group in _group(turned, angle)]
    return [line for line in lines if line.text]


def chars_to_text(chars: Sequence[Char]) -> str:
    """The text of glyphs in reading order, with the blanks that a reader sees."""
    if is_letter_spaced(chars):
        return "".join(char.text for char in chars if not char.text.isspace())
    pieces: list[str] = []
    last: Char | None = None
    blank = False
    for char in chars:
        text = char.text
        if text.isspace():
            blank = True
            continue
        if last is not None and not _abut(last, char) and _blank_between(last, char, blank):
            pieces.append(" ")
        pieces.append(text)
        last, blank = char, False
    return "".join(pieces)


def is_letter_spaced(chars: Sequence[Char]) -> bool:
    """A Chinese word stretched over its cell (项　目　名　称): the same wide white between all of its glyphs."""
    first = next((char for char in chars if not char.text.isspace()), None)
    if first is None or not is_cjk(first.text):
        return False
    last, gaps = None, []
    for char in chars:
        if char.text.isspace():
            continue
        if last is not None:
            gap = gap_between(last, char)
            if gap <= 0.5 * first.size or not is_cjk(char.text):
                return False
            gaps.append(gap)
        last = char
    return bool(gaps) and max(gaps) - min(gaps) <= 0.35 * first.size


def gap_between(left: Char, right: Char) -> float:
    """White between two glyphs of a line, along the direction of the text."""
    if left.angle == 90:
        return right.top - left.bottom
    if left.angle == 270:
        return left.top - right.bottom
    if left.angle == 180:
        return left.x0 - right.x1
    return right.x0 - left.x1


def _abut(left: Char, right: Char) -> bool:
    """Whether level glyphs stand so close that no rule sees white between them; that is nearly all of them."""
    return right.x0 - left.x1 < _CLOSE * left.size and not left.angle and not right.angle


def _blank_between(left: Char, right: Char, typed: bool) -> bool:
    gap = gap_between(left, right) / max(left.size, right.size, 0.1)
    # Two numbers in full-width digits are as wide as Chinese text, and a typed blank parts them all the same.
    if left.text.isdigit() and right.text.isdigit() and is_cjk(left.text) and is_cjk(right.text):
        return gap > (CJK_GAP / 4 if typed else CJK_GAP / 2)
    if is_cjk(left.text) and is_cjk(right.text):
        return gap > CJK_GAP
    if is_cjk(left.text) or is_cjk(right.text):
        return gap > (WORD_GAP if typed else CJK_GAP / 2)
    return (typed and gap > _TYPED) or gap > WORD_GAP


def _group(chars: Sequence[Char], angle: int) -> list[list[Char]]:
    """Glyphs whose line boxes overlap by half or more share a line."""
    across = angle in (90, 270)
    # Glyphs with the very same line box belong together without asking; that is nearly all of them.
    strips: dict[tuple[float, float], list[Char]] = {}
    same: dict[tuple[float, float], list[Char]] = {}
    for char in chars:
        edges = (char.x0, char.x1) if across else (char.top, char.bottom)
        strip = same.get(edges)
        if strip is None:
            strip = same[edges] = strips.setdefault((round(edges[0], 1), round(edges[1], 1)), [])
        strip.append(char)
    # Large glyphs first: they make the lines that raised and lowered small ones join.
    lines: list[list[Char]] = []
    heads: list[tuple[float, float]] = []
    stacked = _stacked(strips) if not across and len(strips) > 2 else set()
    for low, high in sorted(strips, key=lambda s: (s[0] - s[1], s[0])):
        k = None if (low, high) in stacked else _best_line(heads, low, high)
        if k is None:
            heads.append((low, high))
            lines.append(strips[low, high])
        else:
            lines[k].extend(strips[low, high])
    order = sorted(range(len(lines)), key=lambda k: sum(heads[k]), reverse=angle in (90, 180))
    return [_in_reading_order(lines[k], angle) for k in order]


def _stacked(strips: Mapping[tuple[float, float], Sequence[Char]]) -> set[tuple[float, float]]:
    """Strips of small type, one over the other beside a line of large type: each is a line of its own."""
    found: set[tuple[float, float]] = set()
    for low, high in strips:
        inside = [(a, b) for a, b in strips if b - a <= _SMALL * (high - low) and min(b, high) - max(a, low) >= (b - a) / 2]
        for upper, lower in combinations(sorted(inside), 2):
            if lower[0] >= (upper[0] + upper[1]) / 2 and _over_each_other(strips[upper], strips[lower]):
                found |= {upper, lower}
    return found


def _over_each_other(upper: Sequence[Char], lower: Sequence[Char]) -> bool:
    start, end = max(min(c.x0 for c in part) for part in (upper, lower)), min(max(c.x1 for c in part) for part in (upper, lower))
    return end - start > upper[0].size


def _best_line(heads: list[tuple[float, float]], low: float, high: float) -> int | None:
    best, best_share = None, 0.5
    for k, (line_low, line_high) in enumerate(heads):
        if line_high <= low or line_low >= high:
            continue
        share = (min(high, line_high) - max(low, line_low)) / max(min(high - low, line_high - line_low), 0.01)
        if share >= best_share:
            best, best_share = k, share
    return best


def _in_reading_order(chars: list[Char], angle: int) -> list[Char]:
    if angle == 90:
        return sorted(chars, key=lambda c: c.top)
    if angle == 270:
        return sorted(chars, key=lambda c: -c.bottom)
    if angle == 180:
        return sorted(chars, key=lambda c: -c.x1)
    return in_order(chars)
