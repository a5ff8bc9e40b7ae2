"""Numbers of ODF lists."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from extractors.whole_numbers import whole_number
from extractors.word_processor.names import number, tag, value
from extractors.word_processor.numerals import FORMATS
from extractors.word_processor.odt.styles import Styles
from extractors.word_processor.symbols import shown_signs

if TYPE_CHECKING:
    from lxml.etree import _Element

_FORMATS = {
    "1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman", "": "none",
    "01, 02, 03, ...": "decimalZero",
    "一, 二, 三, ...": "chineseCounting", "壹, 贰, 叁, ...": "chineseLegalSimplified", "甲, 乙, 丙, ...": "ideographTraditional",
    "子, 丑, 寅, ...": "ideographZodiac", "①, ②, ③, ...": "decimalEnclosedCircle", "１, ２, ３, ...": "decimalFullWidth",
}  # fmt: skip
_PLACE = re.compile(r"%(\d+)%")


@dataclass(slots=True)
class Counter:
    """How far the lists of one kind are, by level from 1."""

    counts: dict[int, int] = field(default_factory=dict)


class Lists:
    """Counts the lists of a document in their order; ``unknown`` holds ways to count that are not known."""

    def __init__(self, styles: Styles) -> None:
        self._styles = styles
        self._by_id: dict[str, Counter] = {}
        self._by_style: dict[str, Counter] = {}
        self.unknown: set[str] = set()

    def begin(self, element: _Element, style: str) -> Counter:
        """The counter of a ``text:list`` that lies in no other: a new one, or that of a list which it goes on with."""
        name = value(element, "xml:id") or ""
        before = value(element, "text:continue-list")
        counter = self._by_id.get(before or "")
        if counter is None:
            goes_on = value(element, "text:continue-numbering") == "true"
            counter = self._by_style.get(style, Counter()) if goes_on else Counter()
        self._by_style[style] = counter
        if name:
            self._by_id[name] = counter
        return counter

    def next(self, counter: Counter, style: str, level: int, start: str | None) -> str:
        """What stands before the next entry at a level, with the gap behind it."""
        element = self._level(style, level)
        counts = counter.counts
        for deeper in [each for each in counts if each > level]:
            del counts[deeper]
        for above in range(1, level):
            counts.setdefault(above, self._start(style, above))
        begin = whole_number(start, -1)
        if begin >= 0:
            counts[level] = begin
        else:
            counts[level] = counts[level] + 1 if level in counts else self._start(style, level)
        if element is None:
            return ""
        if tag(element) != "text:list-level-style-number":
            sign = shown_signs(value(element, "text:bullet-char") or "")[0].replace("\ufffd", "•")
            return f"{sign} " if sign else ""
        shown = self._shown(element, counts, style, level)
        return f"{shown} " if shown else ""

    def _shown(self, element: _Element, counts: dict[int, int], style: str, level: int) -> str:
        pattern = value(element, "loext:num-list-format")
        if pattern is not None:
            return _PLACE.sub(lambda found: self._figure(whole_number(found[1]), counts, style), pattern)
        levels = max(number(element, "text:display-levels", 1), 1)
        figures = [self._figure(each, counts, style) for each in range(max(level - levels + 1, 1), level + 1)]
        middle = ".".join(figure for figure in figures if figure)
        return f"{value(element, 'style:num-prefix') or ''}{middle}{value(element, 'style:num-suffix') or ''}"

    def _figure(self, level: int, counts: dict[int, int], style: str) -> str:
        name = value(self._level(style, level), "style:num-format") or ""
        if name not in _FORMATS:
            self.unknown.add(name)
        return FORMATS[_FORMATS.get(name, "decimal")](counts.get(level, 1))

    def _start(self, style: str, level: int) -> int:
        return number(self._level(style, level), "text:start-value", 1)

    def _level(self, style: str, level: int) -> _Element | None:
        holder = self._styles.lists.get(style)
        return next((each for each in holder if number(each, "text:level", -1) == level), None) if holder is not None else None
