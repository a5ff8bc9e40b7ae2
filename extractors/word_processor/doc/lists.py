"""The numbers of lists of Word 97, which stand in no text: 1、, （一）, 第三条."""

from __future__ import annotations

from dataclasses import dataclass, field

from extractors.word_processor.doc.sprms import properties
from extractors.word_processor.doc.streams import LIST_OVERRIDES, LISTS, Streams, number, place_of
from extractors.word_processor.numerals import FORMATS
from extractors.word_processor.symbols import shown_signs

_LIST, _LEVEL_HEAD, _OVERRIDE, _LEVELS = 28, 28, 16, 9
_SIMPLE, _LEGAL, _NO_RESTART = 1, 4, 8
_BULLET, _NONE = 23, 255
_FONT = 0x4A4F
_HIDDEN_LIST = 0xF801
# By the numbers that the file has for them, the names of the same ways to count in documents of today.
_COUNTED = {
    0: "decimal", 1: "upperRoman", 2: "lowerRoman", 3: "upperLetter", 4: "lowerLetter", 5: "ordinal", 10: "ideographDigital",
    11: "japaneseCounting", 14: "decimalFullWidth", 15: "decimalHalfWidth", 18: "decimalEnclosedCircle", 19: "decimalFullWidth2",
    22: "decimalZero", 26: "decimalEnclosedFullstop", 27: "decimalEnclosedParen", 28: "decimalEnclosedCircleChinese",
    29: "ideographEnclosedCircle", 30: "ideographTraditional", 31: "ideographZodiac", 33: "taiwaneseCounting",
    35: "taiwaneseCountingThousand", 36: "taiwaneseDigital", 37: "chineseCounting", 38: "chineseLegalSimplified",
    39: "chineseCountingThousand", 57: "numberInDash", 255: "none",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Level:
    """``pattern`` has the characters 0 to 8 where the figures of levels stand; ``gap`` follows it."""

    start: int
    way: int
    flags: int
    pattern: str
    gap: str
    font: int


@dataclass(slots=True)
class _List:
    levels: list[_Level]
    counts: dict[int, int] = field(default_factory=dict)


@dataclass(slots=True)
class _Override:
    """One use of a list: where it begins otherwise, and levels of its own."""

    list: _List | None
    starts: dict[int, int] = field(default_factory=dict)
    levels: dict[int, _Level] = field(default_factory=dict)


class Lists:
    """Counts the lists of one document, paragraph by paragraph in their order; ``unknown`` counts what could not be told."""

    def __init__(self, streams: Streams) -> None:
        self._overrides = _overrides(streams, _lists(streams))

    def next(self, used: int, level: int, font_name: list[str]) -> str | None:
        """What stands before the next entry of the list in use, with the gap behind it; None where that cannot be told."""
        if used in (0, _HIDDEN_LIST):
            return ""
        override = self._overrides[used - 1] if used <= len(self._overrides) else None
        if override is None or override.list is None:
            return None
        levels, counts = override.list.levels, override.list.counts
        level = min(level, len(levels) - 1)
        if level < 0:
            return None
        for above in range(level):
            counts.setdefault(above, levels[above].start)
        counts[level] = self._count(override, level, counts)
        for deeper in [each for each in counts if each > level and not _of(override, each).flags & _NO_RESTART]:
            del counts[deeper]
        return _shown(override, level, counts, font_name)

    def _count(self, override: _Override, level: int, counts: dict[int, int]) -> int:
        if level in override.starts:
            return override.starts.pop(level)
        return counts[level] + 1 if level in counts else _of(override, level).start


def _of(override: _Override, level: int) -> _Level:
    assert override.list is not None
    return override.levels.get(level, override.list.levels[level])


def _shown(override: _Override, level: int, counts: dict[int, int], fonts: list[str]) -> str | None:
    own = _of(override, level)
    if own.way == _BULLET:
        font = fonts[own.font] if 0 <= own.font < len(fonts) else ""
        sign = shown_signs(own.pattern, font)[0].replace("\ufffd", "•")
        return f"{sign}{own.gap}" if sign else ""
    parts: list[str] = []
    for char in own.pattern:
        if char >= "\x09":
            parts.append(char)
            continue
        way = _of(override, ord(char)).way if ord(char) <= level else own.way
        name = "decimal" if own.flags & _LEGAL else _COUNTED.get(way)
        if name is None:
            return None
        parts.append(FORMATS[name](counts.get(ord(char), 1)))
    text = "".join(parts)
    return f"{text}{own.gap}" if text else ""


def _lists(streams: Streams) -> dict[int, _List]:
    """The lists by their numbers; their levels stand behind all of them."""
    table = streams.table
    at, length = place_of(streams.main, LISTS)
    count = number(table, at) if length else 0
    heads = [table[at + 2 + _LIST * index : at + 2 + _LIST * (index + 1)] for index in range(count)]
    at += length
    found: dict[int, _List] = {}
    for head in heads:
        if len(head) < _LIST:
            break
        levels = []
        for _ in range(1 if head[26] & _SIMPLE else _LEVELS):
            level, at = _level(table, at)
            levels.append(level)
        found[number(head, 0, 4)] = _List(levels)
    return found


def _level(table: bytes, at: int) -> tuple[_Level, int]:
    head = table[at : at + _LEVEL_HEAD].ljust(_LEVEL_HEAD, b"\0")
    of_runs = at + _LEVEL_HEAD + head[25]
    text = of_runs + head[24]
    size = number(table, text)
    held = table[text + 2 : text + 2 + 2 * size]
    font = next((number(operand, 0) for code, operand in properties(table[of_runs:text]) if code == _FONT), -1)
    pattern = held.decode("utf-16-le", "replace")
    flags = (_LEGAL if head[5] & 4 else 0) | (_NO_RESTART if head[5] & 8 else 0)
    gap = "" if head[15] == 2 else " "
    return _Level(number(head, 0, 4), head[4], flags, pattern, gap, font), text + 2 + 2 * size


def _overrides(streams: Streams, lists: dict[int, _List]) -> list[_Override]:
    part = streams.part(LIST_OVERRIDES)
    count = number(part, 0, 4)
    heads = [part[4 + _OVERRIDE * index : 4 + _OVERRIDE * (index + 1)] for index in range(min(count, len(part) // _OVERRIDE))]
    at, found = 4 + _OVERRIDE * len(heads), []
    for head in heads:
        override = _Override(lists.get(number(head, 0, 4)))
        at += 4
        for _ in range(head[12] if len(head) > 12 else 0):
            start, flags = number(part, at, 4), number(part, at + 4, 4)
            at += 8
            if flags & 0x20:
                override.levels[flags & 15], at = _level(part, at)
            elif flags & 0x10:
                override.starts[flags & 15] = start
        found.append(override)
    return found
