"""The text of a cell of an ODS file, without its comment and its drawings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from extractors.safe_xml import local
from extractors.spreadsheets.xml_parts import count_of

if TYPE_CHECKING:
    from lxml.etree import _Element

_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_LEFT_OUT = ("annotation", "ruby-text", "note", "tracked-changes")
_MOST_BLANKS = 1000


def shown_text(cell: _Element) -> str:
    """The paragraphs of a cell, one a line."""
    return "\n".join("".join(_pieces(each)) for each in cell if each.tag == f"{_TEXT}p")


def _pieces(element: _Element) -> list[str]:
    out = [str(element.text or "")]
    for each in element:
        out += _piece(each)
        out.append(str(each.tail or ""))
    return out


def _piece(each: _Element) -> list[str]:
    name = local(each)
    if name == "s":
        return [" " * min(count_of(each.get(f"{_TEXT}c")) or 1, _MOST_BLANKS)]
    if name in ("tab", "line-break"):
        return ["\t" if name == "tab" else "\n"]
    is_text = str(each.tag).startswith(_TEXT)
    return _pieces(each) if is_text and name not in _LEFT_OUT else []
