"""What a run looks like by its styles and its own properties, as far as it changes what is read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from extractors.word_processor.context import Look
from extractors.word_processor.names import child, children, is_on, tag, value

if TYPE_CHECKING:
    from lxml.etree import _Element

Properties = dict[str, object]

# Where both the style of the paragraph and that of the run switch one of these on, it is off.
_TOGGLES = ("w:vanish", "w:caps", "w:strike")
_DEEPEST = 50


def own_properties(rpr: _Element | None) -> Properties:
    """What a ``w:rPr`` says itself."""
    found: Properties = {}
    for each in rpr if rpr is not None else ():
        name = tag(each)
        if name in (*_TOGGLES, "w:dstrike"):
            found[name] = is_on(each)
        elif name == "w:vertAlign":
            found[name] = value(each) == "superscript"
        elif name == "w:position":
            found[name] = value(each)
        elif name == "w:color":
            found[name] = (value(each) or "").upper() == "FFFFFF" and value(each, "w:themeColor") in (None, "background1")
            found[name] = found[name] or value(each, "w:themeColor") == "background1"
        elif name in ("w:shd", "w:highlight"):
            found["shaded"] = is_shaded(each)
        elif name == "w:rFonts":
            font = value(each, "w:ascii") or value(each, "w:hAnsi")
            if font:
                found[name] = font
    return found


def is_shaded(element: _Element | None) -> bool:
    """Whether ``w:shd`` or ``w:highlight`` paints anything else than white."""
    if element is None:
        return False
    if tag(element) == "w:highlight":
        return value(element) not in (None, "none", "white")
    fill = (value(element, "w:fill") or "auto").upper()
    pattern = value(element) or "clear"
    return fill not in ("AUTO", "FFFFFF") or pattern not in ("clear", "nil") or value(element, "w:themeFill") not in (None, "background1")


class Styles:
    """The styles of a document; ``None`` for one without them."""

    def __init__(self, root: _Element | None) -> None:
        self._styles: dict[str, _Element] = {}
        self._defaults: Properties = {}
        self._default_paragraph: str | None = None
        self._chains: dict[str | None, Properties] = {}
        if root is None:
            return
        self._defaults = own_properties(child(root, "w:docDefaults", "w:rPrDefault", "w:rPr"))
        for style in children(root, "w:style"):
            name = value(style, "w:styleId") or ""
            self._styles.setdefault(name, style)
            if value(style, "w:type") == "paragraph" and value(style, "w:default") in ("1", "true", "on"):
                self._default_paragraph = name

    def look(self, rpr: _Element | None, paragraph_style: str | None, table_style: str | None = None) -> Look:
        """The look of a run with these own properties in a paragraph, in a table, of these styles."""
        own = own_properties(rpr)
        of_run = self._chain(value(child(rpr, "w:rStyle")))
        of_paragraph = self._chain(paragraph_style or self._default_paragraph)
        of_table = self._chain(table_style)
        merged = {**self._defaults, **of_table, **of_paragraph, **of_run, **own}
        for name in _TOGGLES:
            if name not in own:
                switched = sum(bool(each.get(name)) for each in (of_table, of_paragraph, of_run))
                merged[name] = bool(self._defaults.get(name)) or switched % 2 == 1
        return Look(
            bool(merged.get("w:vanish")), bool(merged.get("w:caps")), bool(merged.get("w:strike") or merged.get("w:dstrike")),
            bool(merged.get("w:vertAlign")), bool(merged.get("w:color")) and not merged.get("shaded"), str(merged.get("w:rFonts", "")),
        )  # fmt: skip

    def numbering(self, style: str | None) -> tuple[_Element | None, str | None]:
        """The ``w:numPr`` that a paragraph's style has or inherits, and the style that has it."""
        for name, element in self._line(style or self._default_paragraph):
            found = child(element, "w:pPr", "w:numPr")
            if found is not None:
                return found, name
        return None, None

    def paints(self, style: str | None) -> bool:
        """Whether a table's style may colour its cells, or nobody knows."""
        return any(is_shaded(each) for _, element in self._line(style) for each in element.iter() if tag(each) == "w:shd")

    def _line(self, style: str | None) -> list[tuple[str, _Element]]:
        """A style and those that it is based on, each once."""
        line: list[tuple[str, _Element]] = []
        while style in self._styles and len(line) < _DEEPEST and style not in (name for name, _ in line):
            element = self._styles[style]
            line.append((style, element))
            style = value(child(element, "w:basedOn"))
        return line

    def _chain(self, style: str | None) -> Properties:
        if style not in self._chains:
            merged: Properties = {}
            for _, element in reversed(self._line(style)):
                merged |= own_properties(child(element, "w:rPr"))
            self._chains[style] = merged
        return self._chains[style]
