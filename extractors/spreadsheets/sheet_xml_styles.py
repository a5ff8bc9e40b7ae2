"""Styles of a SpreadsheetML 2003 file: number formats, borders, and what is not seen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from extractors.safe_xml import local
from extractors.spreadsheets.held import SIDES

if TYPE_CHECKING:
    from lxml.etree import _Element

_SS = "{urn:schemas-microsoft-com:office:spreadsheet}"
_MOST_PARENTS = 30
# Formats that the file calls by a name. Dates are as a Chinese program shows them.
_NAMED = {
    "General": "General",
    "General Number": "General",
    "General Date": "yyyy/m/d h:mm",
    "Short Date": "yyyy/m/d",
    "Long Date": 'yyyy"年"m"月"d"日"',
    "Short Time": "h:mm",
    "Long Time": "h:mm:ss",
    "Fixed": "0.00",
    "Standard": "#,##0.00",
    "Percent": "0.00%",
    "Scientific": "0.00E+00",
    "Yes/No": '"Yes";"Yes";"No"',
    "True/False": '"True";"True";"False"',
    "On/Off": '"On";"On";"Off"',
}


@dataclass(frozen=True, slots=True)
class Style:
    """What of a style is asked."""

    code: str = "General"
    sides: frozenset[str] = frozenset()
    struck: bool = False
    white: bool = False


def value(element: _Element, name: str) -> str | None:
    """An attribute of the file's own namespace."""
    found = element.get(f"{_SS}{name}")
    return None if found is None else str(found)


def styles_of(root: _Element) -> dict[str, Style]:
    """All styles by their id; what one leaves out is as in its parent."""
    found = {value(each, "ID") or "": each for each in root.iter(f"{_SS}Style")}
    return {name: _style(name, found) for name in found}


def _style(name: str, found: dict[str, _Element]) -> Style:
    said: dict[str, _Element] = {}
    chain = [name]
    while len(chain) < _MOST_PARENTS and (parent := value(found[chain[-1]], "Parent")) in found and parent is not None:
        chain.append(parent)
    for each in [*chain, *(["Default"] if "Default" in found else [])]:
        for part in found[each]:
            said.setdefault(local(part), part)
    code = (value(said["NumberFormat"], "Format") if "NumberFormat" in said else None) or "General"
    font, interior = said.get("Font"), said.get("Interior")
    white = font is not None and (value(font, "Color") or "").upper() == "#FFFFFF"
    filled = interior is not None and (value(interior, "Color") or "#FFFFFF").upper() != "#FFFFFF"
    struck = font is not None and value(font, "StrikeThrough") == "1"
    return Style(_NAMED.get(code, code), _sides(said.get("Borders")), struck, white and not filled)


def _sides(borders: _Element | None) -> frozenset[str]:
    if borders is None:
        return frozenset()
    drawn = (each for each in borders if value(each, "LineStyle") not in (None, "None"))
    return frozenset((value(each, "Position") or "").lower() for each in drawn) & frozenset(SIDES)
