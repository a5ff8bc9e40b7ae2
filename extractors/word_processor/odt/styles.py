"""What ODF styles do to text, as far as it changes what is read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from extractors.whole_numbers import whole_number
from extractors.word_processor.context import Look
from extractors.word_processor.names import child, children, tag, value

if TYPE_CHECKING:
    from lxml.etree import _Element

Properties = dict[str, object]
_DEEPEST = 50


class Styles:
    """The styles of a document, common and automatic, by family and name."""

    def __init__(self, *roots: _Element | None) -> None:
        self._styles: dict[tuple[str, str], _Element] = {}
        self._defaults: dict[str, _Element] = {}
        self._fonts: dict[str, str] = {}
        self.lists: dict[str, _Element] = {}
        for root in roots:
            for part in root if root is not None else ():
                self._take(part)
        self._cache: dict[tuple[str, str], Properties] = {}

    def _take(self, part: _Element) -> None:
        if tag(part) == "office:font-face-decls":
            for each in children(part, "style:font-face"):
                self._fonts[value(each, "style:name") or ""] = (value(each, "svg:font-family") or "").strip("'\"")
        if tag(part) not in ("office:styles", "office:automatic-styles"):
            return
        for each in part:
            name, family = value(each, "style:name") or "", value(each, "style:family") or ""
            if tag(each) == "style:style":
                self._styles[family, name] = each
            elif tag(each) == "style:default-style":
                self._defaults[family] = each
            elif tag(each) == "text:list-style":
                self.lists[name] = each

    def line(self, family: str, name: str | None) -> list[_Element]:
        """A style and its parents, the nearest first."""
        line: list[_Element] = []
        while name and (family, name) in self._styles and len(line) < _DEEPEST:
            element = self._styles[family, name]
            if element in line:
                break
            line.append(element)
            name = value(element, "style:parent-style-name")
        return line

    def all(self, family: str) -> list[_Element]:
        return [each for (held, _), each in self._styles.items() if held == family]

    def found(self, family: str, name: str | None, part: str, attribute: str) -> str | None:
        """The nearest value of an attribute of a part of a style."""
        return next((held for each in self.line(family, name) if (held := value(child(each, part), attribute)) is not None), None)

    def properties(self, family: str, name: str | None) -> Properties:
        key = (family, name or "")
        if key not in self._cache:
            merged: Properties = {}
            default = self._defaults.get(family)
            line = [*self.line(family, name), *([default] if default is not None else [])]
            for each in reversed(line):
                merged |= _own(child(each, "style:text-properties"))
            self._cache[key] = merged
        return self._cache[key]

    def look(self, paragraph: str | None, spans: tuple[str, ...]) -> Look:
        """The look of text in spans of these styles, the innermost last, in a paragraph of a style."""
        merged = dict(self.properties("paragraph", paragraph))
        for name in spans:
            merged |= self.properties("text", name)
        font = str(merged.get("font", ""))
        return Look(
            bool(merged.get("hidden")), bool(merged.get("upper")), bool(merged.get("struck")), bool(merged.get("raised")),
            bool(merged.get("white")) and not merged.get("painted"), self._fonts.get(font, font),
        )  # fmt: skip


def _own(element: _Element | None) -> Properties:
    """What ``style:text-properties`` says."""
    found: Properties = {}
    for key, held in element.attrib.items() if element is not None else ():
        name, text = str(key).rpartition("}")[2], str(held)
        if name == "display":
            found["hidden"] = text == "none"
        elif name == "text-transform":
            found["upper"] = text == "uppercase"
        elif name in ("text-line-through-style", "text-line-through-type"):
            found["struck"] = text != "none"
        elif name == "text-position":
            first = text.split()[0] if text.split() else ""
            found["raised"] = first == "super" or (first.endswith("%") and whole_number(first[:-1]) > 0)
        elif name == "color":
            found["white"] = text.lower() == "#ffffff"
        elif name == "background-color":
            found["painted"] = text.lower() not in ("transparent", "#ffffff")
        elif name in ("font-name", "font-family"):
            found["font"] = text.strip("'\"")
    return found
