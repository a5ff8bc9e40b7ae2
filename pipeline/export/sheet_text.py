"""Text as a cell of a workbook may hold it: what it may not is seen to be missing, and never cut in silence."""

from __future__ import annotations

import re

from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from extractors.characters import REPLACED, only_characters

# What a cell holds, in units of UTF-16.
MOST_UNITS = 32_767
_TAIL = "…（此处截断，原文共 {} 字，见 CSV 或 JSON）"
# Programs take _x0041_ in a cell for an escaped A.
_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")


def to_sheet_text(text: str) -> str:
    """The text of a cell; a longer one ends with words that say so.

    >>> to_sheet_text("a\\x0bb"), to_sheet_text("_x0041_")
    ('a\ufffdb', '_x005F_x0041_')
    """
    text = _ESCAPE.sub("_x005F_", ILLEGAL_CHARACTERS_RE.sub(REPLACED, only_characters(text)))
    if len(text) * 2 <= MOST_UNITS or _units(text) <= MOST_UNITS:
        return text
    tail = _TAIL.format(len(text))
    most = (MOST_UNITS - _units(tail)) * 2
    return text.encode("utf-16-le")[:most].decode("utf-16-le", "ignore") + tail


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2
