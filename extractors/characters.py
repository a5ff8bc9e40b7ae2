"""Common Chinese characters, and what is no character: no XML and so no workbook may hold it; it becomes U+FFFD for all to see."""

from __future__ import annotations

import re
from dataclasses import replace

from extractors.model import Cell, Page, Table, TextLine

REPLACED = "\ufffd"
# Controls but for tab and line ends, half pairs, and the code points that Unicode will never give to a character.
_BEYOND = "".join(f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0, 0x110000, 0x10000))
_NONE = re.compile(f"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef{_BEYOND}]")


def only_characters(text: str) -> str:
    """The text, with U+FFFD for what is no character; same length.

    >>> only_characters("甲\\x00乙\\uffff\\n丙")
    '甲\ufffd乙\ufffd\\n丙'
    """
    return _NONE.sub(REPLACED, text)


def is_common_han(char: str) -> bool:
    """Whether a character is a common Chinese one."""
    return "\u4e00" <= char <= "\u9fff"


def clean_page(page: Page) -> None:
    """Replace it in all texts of a page outside its tables; a note says how often it stood in the page's own lines."""
    count = sum(len(_NONE.findall(line.text)) for line in page.lines)
    page.lines = [_line(line) for line in page.lines]
    page.hidden_text = [replace(each, text=only_characters(each.text)) for each in page.hidden_text]
    page.marks = [replace(each, text=only_characters(each.text)) for each in page.marks]
    page.notes = [replace(each, message=only_characters(each.message)) for each in page.notes]
    if count:
        page.note("text.no-character", "review", f"{count} signs outside the tables are no characters and came as {REPLACED}")


def clean_table(table: Table) -> None:
    """Replace it in the cells of a table; who cleans asks a person about each value with such a place."""
    table.cells = [_cell(cell) for cell in table.cells]


def _line(line: TextLine) -> TextLine:
    if not _NONE.search(line.text) and not any(_NONE.search(word.text) for word in line.words):
        return line
    words = tuple(replace(word, text=only_characters(word.text)) for word in line.words)
    return replace(line, text=only_characters(line.text), words=words)


def _cell(cell: Cell) -> Cell:
    if not _NONE.search(cell.text) and not any(_NONE.search(each.text) for each in cell.readings):
        return cell
    readings = tuple(replace(each, text=only_characters(each.text)) for each in cell.readings)
    return replace(cell, text=only_characters(cell.text), readings=readings)
