"""The numbers of lists, which stand in no run: 1、, （一）, 第三条."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from extractors.word_processor.docx.styles import Styles, own_properties
from extractors.word_processor.names import child, children, is_on, number, value
from extractors.word_processor.numerals import FORMATS
from extractors.word_processor.symbols import shown_signs
from extractors.word_processor.tree import Run

if TYPE_CHECKING:
    from lxml.etree import _Element

_LEVELS = 9
_PLACE = re.compile(r"%([1-9])")


class Numbering:
    """Counts the lists of one document, paragraph by paragraph in their order."""

    def __init__(self, root: _Element | None, styles: Styles) -> None:
        self._styles = styles
        self._nums = {value(each, "w:numId"): each for each in children(root, "w:num")} if root is not None else {}
        self._abstracts = {value(each, "w:abstractNumId"): each for each in children(root, "w:abstractNum")} if root is not None else {}
        self._counts: dict[str, dict[int, int]] = {}
        self._begun: set[tuple[str, int]] = set()
        self.unknown: set[str] = set()

    def run(self, ppr: _Element | None) -> Run | None:
        """What stands before a paragraph with these properties; None where it is in no list."""
        style = value(child(ppr, "w:pStyle"))
        own = child(ppr, "w:numPr")
        inherited, holder = self._styles.numbering(style)
        num_id = value(child(own, "w:numId")) or value(child(inherited, "w:numId"))
        num = self._nums.get(num_id)
        if num_id is None or num is None or num_id == "0":
            return None
        abstract = self._abstract(num)
        level_element = child(own, "w:ilvl")
        if level_element is None:
            level_element = child(inherited, "w:ilvl")
        level = number(level_element) if level_element is not None else self._level_of_style(num, abstract, holder)
        return self._next(num_id, num, abstract, min(max(level, 0), _LEVELS - 1)) if abstract is not None else None

    def _abstract(self, num: _Element, hops: int = 3) -> _Element | None:
        abstract = self._abstracts.get(value(child(num, "w:abstractNumId")))
        linked = value(child(abstract, "w:numStyleLink"))
        if linked is None or not hops:
            return abstract
        numbering, _ = self._styles.numbering(linked)
        other = self._nums.get(value(child(numbering, "w:numId")))
        return abstract if other is None else self._abstract(other, hops - 1)

    def _level_of_style(self, num: _Element, abstract: _Element | None, style: str | None) -> int:
        for level in children(abstract, "w:lvl") if abstract is not None else ():
            if style is not None and value(child(level, "w:pStyle")) == style:
                return number(level, "w:ilvl")
        return 0

    def _override(self, num: _Element, level: int) -> _Element | None:
        return next((each for each in children(num, "w:lvlOverride") if number(each, "w:ilvl", -1) == level), None)

    def _level(self, num: _Element, abstract: _Element, level: int) -> _Element | None:
        own = child(self._override(num, level), "w:lvl")
        if own is not None:
            return own
        return next((each for each in children(abstract, "w:lvl") if number(each, "w:ilvl", -1) == level), None)

    def _next(self, num_id: str, num: _Element, abstract: _Element, level: int) -> Run | None:
        counts = self._counts.setdefault(value(abstract, "w:abstractNumId") or num_id, {})
        for each in range(level + 1):
            self._begin(counts, num_id, num, abstract, each, counted=each == level)
        for deeper in [each for each in counts if each > level and self._restarts(num, abstract, each, level)]:
            del counts[deeper]
        element = self._level(num, abstract, level)
        return None if element is None else self._shown(element, num, abstract, counts)

    def _begin(self, counts: dict[int, int], num_id: str, num: _Element, abstract: _Element, level: int, counted: bool) -> None:
        override = child(self._override(num, level), "w:startOverride")
        first = (num_id, level) not in self._begun
        start = number(child(self._level(num, abstract, level), "w:start"), default=1)
        if override is not None and first and (counted or level not in counts):
            self._begun.add((num_id, level))
            counts[level] = number(override, default=start)
        elif level not in counts:
            counts[level] = start
        elif counted:
            counts[level] += 1

    def _restarts(self, num: _Element, abstract: _Element, level: int, above: int) -> bool:
        restart = child(self._level(num, abstract, level), "w:lvlRestart")
        return restart is None or (number(restart) != 0 and above < number(restart))

    def _shown(self, element: _Element, num: _Element, abstract: _Element, counts: dict[int, int]) -> Run | None:
        rpr = own_properties(child(element, "w:rPr"))
        text = value(child(element, "w:lvlText")) or ""
        if value(child(element, "w:numFmt")) == "bullet":
            text = shown_signs(text, str(rpr.get("w:rFonts", "")))[0].replace("\ufffd", "•")
        else:
            plain = is_on(child(element, "w:isLgl")) or False
            text = _PLACE.sub(lambda found: self._figure(int(found[1]) - 1, num, abstract, counts, plain), text)
        gap = "" if value(child(element, "w:suff")) == "nothing" or not text else " "
        return Run(text + gap, hidden="not-shown" if rpr.get("w:vanish") else None)

    def _figure(self, level: int, num: _Element, abstract: _Element, counts: dict[int, int], plain: bool) -> str:
        name = value(child(self._level(num, abstract, level), "w:numFmt")) or "decimal"
        if name not in FORMATS:
            self.unknown.add(name)
        return FORMATS.get("decimal" if plain else name, str)(counts.get(level, 1))
