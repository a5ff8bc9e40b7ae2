"""The name of a table and the unit that stands over it: from the lines above it, or from its first rows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from extractors.model import Cell, TextLine
from extractors.tables.wrap import unwrap
from normalizers.vocabulary.label_keys import plain
from normalizers.vocabulary.units import load_units

_UNIT = re.compile(r"(?:金额|计量|货币|数量)?单位\s*[:：]\s*[(（]?\s*(?:人民币)?\s*([^\s\d()（）:：;；,，、]{1,4})")
_NAMES_A_TABLE = re.compile(r"表([(（].{0,12}[)）])?$")
_DIGIT = r"[\d一二三四五六七八九十]"
_NUMBER = re.compile(
    rf"^(公开|预算|决算|附|财决|财预|批复|预)?(表)?{_DIGIT}+(?:[-—][-—\d]*)?表?$"
    rf"|^(附件|附表|表){_DIGIT}+(?:[-—.][-—.\d]*)?[:：]?$"
)
_LABELLED = re.compile(r"^.{1,10}[:：]")
_SENTENCE = re.compile(r"[。；;，,]")
_PAGE = re.compile(r"^[\s\-–—·./|第页共\d]*$")
_LONGEST = 45


def to_title(lines: Sequence[TextLine], cells: Sequence[Cell], column_count: int) -> str:
    """The line that names the table: the last one that calls itself a table, else the last short line; else a first row that does."""
    texts = [text for line in lines for text in [_squeezed(line.text)] if _may_name(text)]
    called = [text for text in texts if _NAMES_A_TABLE.search(text)]
    if called:
        return called[-1]
    for text in _first_rows(cells, column_count):
        if _may_name(text) and _NAMES_A_TABLE.search(text):
            return text
    return texts[-1] if texts else ""


def to_unit(lines: Sequence[TextLine], cells: Sequence[Cell], column_count: int) -> str:
    """The unit that the line or row above the figures gives, in its usual spelling; empty where none does."""
    for text in [*(line.text for line in reversed(lines)), *_first_rows(cells, column_count)]:
        for found in _UNIT.finditer(plain(text)):
            unit = load_units().canonical(found.group(1))
            if unit:
                return unit
    return ""


def _first_rows(cells: Sequence[Cell], column_count: int) -> Iterable[str]:
    """Texts of the first rows that hold one text each."""
    for row in range(3):
        texts = [cell for cell in cells if cell.rows.start == row and cell.text.strip()]
        if len(texts) > 2 or (texts and column_count < 2):
            return
        yield from (re.sub(r"\s", "", unwrap(cell.text)) for cell in texts)


def _squeezed(text: str) -> str:
    """Without white space, the unit and the number of the table that stand on the same line."""
    kept = [part for part in re.split(r"\s+", plain(text).strip()) if part and not (len(part) > 1 and _NUMBER.match(part))]
    return _UNIT.sub("", "".join(kept))


def _may_name(text: str) -> bool:
    if not 2 <= len(text) <= _LONGEST or _PAGE.match(text) or _NUMBER.match(text):
        return False
    return not (_LABELLED.match(text) or _SENTENCE.search(text))
