"""Raised figures: the mark of a note is no digit of the value before it, the 2 of m² is the unit's."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from extractors.geometry.page_ink import DESCENT, Char, is_cjk

# In shares of the larger glyph: a raised one is at most this large, stands at least this much higher, and this close.
_SMALL, _HIGHER, _CLOSE = 0.82, 0.18, 0.6
_FIGURES = frozenset("0123456789０１２３４５６７８９*＊†‡①②③④⑤⑥⑦⑧⑨⑩[]［］()（）注")
_DIGITS = frozenset("0123456789０１２３４５６７８９")
# What stands before a square or a cube: metres of all sizes, and 米 itself.
_LENGTH = re.compile(r"(?:^|[^A-Za-z])(?:[kcdmh]?m|KM|CM|M)$|米$", re.ASCII)
_TEN = re.compile(r"(?:^|[^0-9.,])10$")


@dataclass(slots=True)
class Raised:
    """What is left of the glyphs of a cell, and what was said by those that are raised.

    Attributes:
        chars: without the marks of notes.
        notes: the marks of notes, as text.
        doubtful: raised figures that may be part of the number, as in 10 to the 6th or 8 hours 30.
    """

    chars: list[Char]
    notes: list[str] = field(default_factory=list)
    doubtful: list[str] = field(default_factory=list)


def take_raised(chars: Sequence[Char]) -> Raised:
    """The glyphs of one cell without the marks of notes; most cells have glyphs of one size and pass untouched."""
    sizes = {char.size for char in chars}
    if len(sizes) < 2 or min(sizes) > _SMALL * max(sizes):
        return Raised(list(chars))
    result = Raised([])
    inked = sorted((char for char in chars if not char.text.isspace()), key=lambda char: char.x0)
    drop: set[int] = set()
    for base in inked:
        group = _raised_behind(base, inked)
        if group:
            _judge(base, group, inked, drop, result)
    result.chars = [char for char in chars if id(char) not in drop]
    return result


def _raised_behind(base: Char, inked: Sequence[Char]) -> list[Char]:
    """The raised figures that follow a glyph closely, left to right."""
    group: list[Char] = []
    end = base.x1
    for char in inked:
        if char.x0 < base.x0 or char is base or char.text not in _FIGURES or not _is_raised(char, base):
            continue
        if -_CLOSE * char.size <= char.x0 - end <= _CLOSE * char.size:
            group.append(char)
            end = char.x1
    return group


def _is_raised(char: Char, base: Char) -> bool:
    if char.angle or base.angle or char.size > _SMALL * base.size:
        return False
    higher = _base_line(base) - _base_line(char)
    return _HIGHER * base.size <= higher <= base.size


def _base_line(char: Char) -> float:
    return char.bottom - DESCENT * char.size


def _judge(base: Char, group: list[Char], inked: Sequence[Char], drop: set[int], result: Raised) -> None:
    before = "".join(char.text for char in inked if char.x0 <= base.x0 and char not in group and abs(char.bottom - base.bottom) < 0.1)
    text = "".join(char.text for char in group)
    judged = judge_raised(before, text)
    if judged == "text":
        return
    (result.notes if judged == "note" else result.doubtful).append(text)
    drop.update(id(char) for char in group)


def judge_raised(before: str, text: str) -> Literal["text", "note", "doubtful"]:
    """What raised figures are behind a text: part of it (the 2 of m²), the mark of a note, or perhaps part of the number.

    >>> judge_raised("1200m", "2"), judge_raised("合格率", "1"), judge_raised("3×10", "6")
    ('text', 'note', 'doubtful')
    """
    base = before[-1:]
    if not base or (_LENGTH.search(before) and text in ("2", "3")):
        return "text"
    if base in _DIGITS and (_TEN.search(before) or sum(char in _DIGITS for char in text) > 1):
        return "doubtful"
    return "note" if base in _DIGITS or is_cjk(base) or base in ")%" or base.isalpha() else "text"
