"""Glyphs -> lines -> text, for Chinese and Latin alike."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from extractors.ink import Char, is_cjk
from extractors.model import BBox, union_of

# Gaps in shares of the font size: where a Latin word ends, where a gap shows
# although no blank was typed, and where Chinese text stands visibly apart.
WORD_GAP = 0.17
CJK_GAP = 1.0


@dataclass(slots=True)
class GlyphLine:
    """Glyphs on one base line, in reading order; ``text`` has no line break."""

    chars: list[Char]
    text: str

    @property
    def bbox(self) -> BBox:
        box = union_of(char.bbox for char in self.chars)
        assert box is not None
        return box


def chars_to_lines(chars: Sequence[Char]) -> list[GlyphLine]:
    """Lines from top to bottom; text that runs up or down the page comes last, column by column."""
    lines: list[GlyphLine] = []
    for angle in (0, 180, 90, 270):
        turned = [char for char in chars if char.angle == angle]
        for group in _group(turned, angle):
            lines.append(GlyphLine(group, chars_to_text(group)))
    return [line for line in lines if line.text]


def chars_to_text(chars: Sequence[Char]) -> str:
    """The text of glyphs in reading order, with the blanks that a reader sees."""
    pieces: list[str] = []
    last: Char | None = None
    blank = False
    for char in chars:
        if char.text.isspace():
            blank = True
            continue
        if last is not None and _blank_between(last, char, blank):
            pieces.append(" ")
        pieces.append(char.text)
        last, blank = char, False
    return "".join(pieces)


def gap_between(left: Char, right: Char) -> float:
    """White between two glyphs of a line, along the direction of the text."""
    if left.angle == 90:
        return right.top - left.bottom
    if left.angle == 270:
        return left.top - right.bottom
    if left.angle == 180:
        return left.x0 - right.x1
    return right.x0 - left.x1


def _blank_between(left: Char, right: Char, typed: bool) -> bool:
    gap = gap_between(left, right) / max(left.size, right.size, 0.1)
    if is_cjk(left.text) and is_cjk(right.text):
        return gap > CJK_GAP
    if is_cjk(left.text) or is_cjk(right.text):
        return gap > (WORD_GAP if typed else CJK_GAP / 2)
    return (typed and gap > 0.05) or gap > WORD_GAP


def _group(chars: list[Char], angle: int) -> list[list[Char]]:
    """Glyphs whose line boxes overlap by half or more share a line."""
    across = angle in (90, 270)
    spans = [(char.x0, char.x1, char) if across else (char.top, char.bottom, char) for char in chars]
    # Large glyphs first: they make the lines that raised and lowered small ones join.
    lines: list[list[tuple[float, float, Char]]] = []
    heads: list[tuple[float, float]] = []
    for low, high, char in sorted(spans, key=lambda s: (-round(s[2].size, 1), s[0])):
        k = _best_line(heads, low, high)
        if k is None:
            heads.append((low, high))
            lines.append([(low, high, char)])
        else:
            lines[k].append((low, high, char))
    order = sorted(range(len(lines)), key=lambda k: sum(heads[k]), reverse=angle == 90 or angle == 180)
    return [_in_reading_order([item[2] for item in lines[k]], angle) for k in order]


def _best_line(heads: list[tuple[float, float]], low: float, high: float) -> int | None:
    best, best_share = None, 0.5
    for k, (line_low, line_high) in enumerate(heads):
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
    return sorted(chars, key=lambda c: c.x0)
