"""Elements of an OFD by their local names (drafts of the standard had other namespaces), and what their attributes say."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator

from extractors.errors import BrokenFileError
from extractors.messages import tell
from extractors.model import BBox
from extractors.ofd.package import Element
from extractors.safe_xml import local

_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,3})?")
# Millimetres: a page of a kilometre is none.
_FARTHEST = 1e6


def children(element: Element | None, *names: str) -> Iterator[Element]:
    """The elements right below one that bear one of these names; all without any names."""
    if element is not None:
        for each in element:
            if isinstance(each.tag, str) and (not names or local(each) in names):
                yield each


def child(element: Element | None, name: str) -> Element | None:
    return next(children(element, name), None)


def below(element: Element | None, *path: str) -> Element | None:
    """The first element at the end of a path of names."""
    for name in path:
        element = child(element, name)
    return element


def text_of(element: Element | None) -> str:
    """The text of an element, stripped; empty where it is not there."""
    return (element.text or "").strip() if element is not None else ""


def to_number(text: str) -> float:
    """Raises BrokenFileError where it is no number, or one that no page has room for."""
    if not _NUMBER.fullmatch(text) or not math.isfinite(value := float(text)) or abs(value) > _FARTHEST:
        raise BrokenFileError(*tell("ofd.number", text=text[:40]))
    return value


def numbers(text: str) -> list[float]:
    """Numbers parted by white space, or by commas, which some programs write."""
    return [to_number(each) for each in text.replace(",", " ").split()]


def number(element: Element, name: str, default: float) -> float:
    value = element.get(name)
    return default if value is None or not value.strip() else to_number(value.strip())


def box_of(text: str) -> BBox:
    """``x y width height`` as a box.

    Raises:
        BrokenFileError: there are not four numbers.
    """
    values = numbers(text)
    if len(values) != 4:
        raise BrokenFileError(*tell("ofd.box", text=text[:60]))
    x, y, width, height = values
    return BBox(x, y, x + max(width, 0.0), y + max(height, 0.0))


def is_true(text: str | None, default: bool) -> bool:
    return default if text is None else text.strip().lower() in ("true", "1")
