"""A number format of a workbook cut into its sections and signs."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache

# What stands in no file under these numbers, and a Chinese spreadsheet program shows so.
CHINESE = {
    **dict.fromkeys((27, 36, 50, 52, 57), 'yyyy"年"m"月"'),
    **dict.fromkeys((28, 29, 51, 53, 54, 58), 'm"月"d"日"'),
    14: "yyyy/m/d", 22: "yyyy/m/d h:mm", 30: "m-d-yy", 31: 'yyyy"年"m"月"d"日"', 32: 'h"时"mm"分"', 33: 'h"时"mm"分"ss"秒"',
    **dict.fromkeys((34, 55), 'AM/PMh"时"mm"分"'),
    **dict.fromkeys((35, 56), 'AM/PMh"时"mm"分"ss"秒"'),
}
_PART = re.compile(
    r'"(?P<quoted>[^"]*)"|[\\!](?P<escaped>.)|_(?P<space>.)|\*(?P<fill>.)|\[(?P<bracket>[^\[\]]*)\]'
    r"|(?P<general>General|G/通用格式)|(?P<noon>AM/PM|A/P|上午/下午)|(?P<power>E[+-])(?=[0#?])|(?P<date>y+|m+|d+|h+|s+|a{3,4}|e+)|(?P<sign>.)",
    re.I | re.S,
)
_CONDITION = re.compile(r"(<=|>=|<>|=|<|>)(-?\d+(?:\.\d+)?)")
_PLAIN_BRACKETS = re.compile(r"black|blue|cyan|green|magenta|red|white|yellow|colou?r\s?\d+", re.I)


@dataclass(slots=True)
class Section:
    """One section. ``parts`` are (kind, text): ``literal``, ``digit`` (0, # or ?), ``sign``, ``date``, ``noon``, ``power``, ``general``.

    ``known`` is False where it holds what is not understood; then nothing of it may be shown.
    """

    parts: list[tuple[str, str]] = field(default_factory=list)
    condition: tuple[str, float] | None = None
    known: bool = True
    chinese_digits: bool = False
    elapsed: bool = False

    @property
    def is_date(self) -> bool:
        return any(kind == "date" for kind, _ in self.parts)

    def has(self, kind: str) -> bool:
        return any(each == kind for each, _ in self.parts)


@lru_cache(maxsize=512)
def sections_of(code: str) -> tuple[Section, ...]:
    """The sections of a format, at least one."""
    sections = [Section()]
    for found in _PART.finditer(code):
        kind, text = found.lastgroup or "", found[found.lastgroup or 0]
        if kind == "sign" and text == ";":
            sections.append(Section())
        else:
            _add(sections[-1], kind, text)
    return tuple(sections)


def _add(section: Section, kind: str, text: str) -> None:
    if kind in ("quoted", "escaped"):
        section.parts.append(("literal", text))
    elif kind == "space":
        section.parts.append(("literal", " "))
    elif kind == "bracket":
        _add_bracket(section, text)
    elif kind == "sign":
        section.parts.append(("digit" if text in "0#?" else "sign" if text in ".,%@/" else "literal", text))
    elif kind != "fill":
        section.parts.append((kind, text.lower() if kind == "date" else text))


def _add_bracket(section: Section, text: str) -> None:
    condition = _CONDITION.fullmatch(text)
    if condition:
        section.condition = (condition[1], float(condition[2]))
    elif text.upper() == "DBNUM1":
        section.chinese_digits = True
    elif text.startswith("$"):
        currency = text[1:].split("-")[0]
        section.parts += [("literal", currency)] if currency else []
    elif text.lower().strip("hms") == "" and text:
        section.elapsed = True
        section.parts.append(("date", text.lower()))
    elif not _PLAIN_BRACKETS.fullmatch(text):
        section.known = False
