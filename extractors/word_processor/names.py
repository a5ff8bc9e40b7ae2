"""Tags and attributes by a short prefix, whatever namespace the file writes them in: transitional, strict, or that of Word 2003."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

from extractors.whole_numbers import whole_number

if TYPE_CHECKING:
    from lxml.etree import _Element

_PREFIXES = {
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main": "w",
    "http://purl.oclc.org/ooxml/wordprocessingml/main": "w",
    "http://schemas.microsoft.com/office/word/2003/wordml": "w",
    "http://schemas.microsoft.com/office/word/2003/auxHint": "wx",
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships": "r",
    "http://purl.oclc.org/ooxml/officeDocument/relationships": "r",
    "http://schemas.openxmlformats.org/officeDocument/2006/math": "m",
    "http://purl.oclc.org/ooxml/officeDocument/math": "m",
    "http://schemas.openxmlformats.org/drawingml/2006/main": "a",
    "http://purl.oclc.org/ooxml/drawingml/main": "a",
    "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing": "wp",
    "http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing": "wp",
    "http://schemas.openxmlformats.org/markup-compatibility/2006": "mc",
    "http://schemas.microsoft.com/office/word/2010/wordml": "w14",
    "http://schemas.microsoft.com/office/word/2010/wordprocessingShape": "wps",
    "urn:schemas-microsoft-com:vml": "v",
    "urn:schemas-microsoft-com:office:office": "o",
    "http://schemas.openxmlformats.org/package/2006/relationships": "rel",
    "http://schemas.microsoft.com/office/2006/xmlPackage": "pkg",
    "urn:oasis:names:tc:opendocument:xmlns:office:1.0": "office",
    "urn:oasis:names:tc:opendocument:xmlns:text:1.0": "text",
    "urn:oasis:names:tc:opendocument:xmlns:table:1.0": "table",
    "urn:oasis:names:tc:opendocument:xmlns:style:1.0": "style",
    "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0": "draw",
    "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0": "fo",
    "urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0": "svg",
    "urn:oasis:names:tc:opendocument:xmlns:form:1.0": "form",
    "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0": "manifest",
    "urn:openoffice:names:experimental:ooo-ms-interop:xmlns:field:1.0": "field",
    "urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0": "loext",
    "http://www.w3.org/1999/xlink": "xlink",
    "http://www.w3.org/XML/1998/namespace": "xml",
    "http://www.w3.org/1998/Math/MathML": "math",
}


@lru_cache(maxsize=4096)
def _short(name: str) -> str:
    namespace, _, local = name[1:].partition("}") if name.startswith("{") else ("", "", name)
    prefix = _PREFIXES.get(namespace, "" if not namespace else "?")
    return f"{prefix}:{local}" if prefix else local


def tag(element: _Element) -> str:
    """``w:tbl``; empty for comments and processing instructions, ``?:name`` in an unknown namespace."""
    name = element.tag
    return _short(name) if isinstance(name, str) else ""


def children(element: _Element, *tags: str) -> Iterator[_Element]:
    """The children with one of these tags."""
    for child in element:
        if tag(child) in tags:
            yield child


def child(element: _Element | None, *path: str) -> _Element | None:
    """The first child with the first tag, its first child with the next, and so on."""
    for name in path:
        element = None if element is None else next(children(element, name), None)
    return element


def value(element: _Element | None, name: str = "w:val") -> str | None:
    """An attribute by its short name; one of ``w:`` may stand without a namespace."""
    if element is None:
        return None
    for key, held in element.attrib.items():
        short = _short(str(key))
        if short == name or short == name.partition(":")[2]:
            return str(held)
    return None


def number(element: _Element | None, name: str = "w:val", default: int = 0) -> int:
    """A whole number of at most nine digits; the default where there is none."""
    text = (value(element, name) or "").strip()
    digits = text.removeprefix("-").partition(".")[0]
    found = whole_number(digits, -1)
    return default if found < 0 else -found if text.startswith("-") else found


def is_on(element: _Element | None) -> bool | None:
    """A switch such as ``w:b``: on without a value; None where it is not there."""
    if element is None:
        return None
    return (value(element) or "1").lower() not in ("0", "false", "off", "none")
