"""Styles of an ODS file: what of a cell's look says whether it is seen, and where its borders are."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from extractors.safe_xml import local
from extractors.spreadsheets.held import SIDES

if TYPE_CHECKING:
    from lxml.etree import _Element

_SPACE = "{urn:oasis:names:tc:opendocument:xmlns:%s:1.0}%s"
_MOST_PARENTS = 30
Look = tuple[frozenset[str], bool, bool]
"""Sides with a border, struck out, in the colour of the paper."""


def value(element: _Element, name: str, space: str = "table") -> str | None:
    """An attribute, by its namespace's short name."""
    found = element.get(_SPACE % (space, name))
    return None if found is None else str(found)


def hidden_tables(roots: Iterable[_Element]) -> set[str]:
    """Names of the styles whose sheets are not shown."""
    return {
        value(each.getparent(), "name", "style") or ""
        for root in roots
        for each in root.iter(_SPACE % ("style", "table-properties"))
        if value(each, "display") == "false" and each.getparent() is not None
    }


class CellStyles:
    """Cell styles by name, with what they take from their parents."""

    def __init__(self, roots: Iterable[_Element]) -> None:
        self._styles: dict[str, _Element] = {}
        self._looks: dict[str, Look] = {}
        self._default: _Element | None = None
        for root in roots:
            for each in root.iter(_SPACE % ("style", "style"), _SPACE % ("style", "default-style")):
                if value(each, "family", "style") == "table-cell":
                    name = value(each, "name", "style")
                    if name is None:
                        self._default = each
                    else:
                        self._styles[name] = each

    def of(self, name: str) -> Look:
        if name not in self._looks:
            self._looks[name] = self._look(name)
        return self._looks[name]

    def _look(self, name: str) -> Look:
        said: dict[str, str] = {}
        style = self._styles.get(name)
        for _ in range(_MOST_PARENTS):
            if style is None:
                break
            _take(style, said)
            style = self._styles.get(value(style, "parent-style-name", "style") or "")
        if self._default is not None:
            _take(self._default, said)
        drawn = (side for side in SIDES if said.get(f"border-{side}", "none").split(" ")[-1] not in ("none", "hidden", ""))
        sides = frozenset(side for side in drawn if "none" not in said[f"border-{side}"].split())
        struck = said.get("text-line-through-style", "none") != "none"
        paper = said.get("background-color", "transparent").lower() in ("transparent", "#ffffff")
        return sides, struck, paper and said.get("color", "").lower() == "#ffffff"


def _take(style: _Element, said: dict[str, str]) -> None:
    """Add what a style says and none below it did."""
    own: dict[str, str] = {}
    for properties in style:
        if local(properties) in ("table-cell-properties", "text-properties"):
            for key, text in properties.attrib.items():
                name = str(key).rpartition("}")[2]
                own.setdefault(name, str(text))
    if "border" in own:
        for side in SIDES:
            own.setdefault(f"border-{side}", own["border"])
    for name, text in own.items():
        said.setdefault(name, text)
