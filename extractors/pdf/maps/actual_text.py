"""Text that says to programs that it is another one (ActualText): figures are believed as their glyphs have them.

It is meant for ligatures, hyphens and glyphs that no map can tell, and the library
hands it over in the place of what is painted. A number may hide behind it.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Any

from extractors.geometry.page_ink import Char
from extractors.geometry.placement import Placement, page_placement
from extractors.model import HiddenText
from extractors.pdf.drawn import Placed, bounds, placed_objects
from extractors.pdf.maps.shapes import FIGURES, SIGNS
from extractors.pdf.pdfium.calls import pdfium_calls
from extractors.pdf.pdfium.glyphs import read_chars
from extractors.pdf.text_layer import is_garbled
from extractors.pdf.text_objects import TextStyle

_TELLS = FIGURES | SIGNS
_NAME = b"ActualText"


def false_texts(
    texts: Sequence[Placed], chars: Iterable[Char], styles: Mapping[int, TextStyle], again: Callable[[], AbstractContextManager[Any]]
) -> tuple[list[Placed], list[HiddenText]]:
    """The texts that are told with other figures or signs than they show, and what is told of them.

    Args:
        texts: of a page, in the order of painting.
        chars: all its glyphs, as they are told.
        styles: of the texts that have any, by address.
        again: opens the same page once more.
    """
    told = _by_run(chars)
    marked = [
        each
        for each in texts
        if ((style := styles.get(each.address)) is None or not _TELLS.isdisjoint(told.get(style.run, ""))) and actual_mark(each.handle)
    ]
    if not marked:
        return [], []
    own = _own_texts(again, {each.order for each in marked})
    wrong: list[Placed] = []
    hidden: list[HiddenText] = []
    for group in _groups(marked):
        said = "".join(told.get(styles[each.address].run, "") for each in group if each.address in styles)
        shown = "".join(own.get(each.order, "") for each in group)
        if _figures(said) != _figures(shown) and not any(is_garbled(char) for char in shown):
            wrong += group
            box = bounds(group[0])
            hidden += [HiddenText(said, box, "invisible")] if box is not None and said.strip() else []
    return wrong, hidden


def forget_actual_text(texts: Iterable[Placed]) -> None:
    """Let these texts say what their glyphs say."""
    calls = pdfium_calls()
    for each in texts:
        while mark := actual_mark(each.handle):
            if not calls.PageObjRemoveMark(each.handle, ctypes.c_void_p(mark)):
                break


def actual_mark(item: ctypes.c_void_p) -> int | None:
    """The mark of an object that says another text for it."""
    calls, size = pdfium_calls(), ctypes.c_ulong()
    for k in range(calls.PageObjCountMarks(item)):
        mark: int | None = calls.PageObjGetMark(item, k)
        if mark and calls.PageObjMarkGetParamStringValue(ctypes.c_void_p(mark), _NAME, None, 0, ctypes.byref(size)):
            return mark
    return None


def _own_texts(again: Callable[[], AbstractContextManager[Any]], orders: set[int]) -> dict[int, str]:
    """What the glyphs of the texts of these orders say by the maps of their fonts."""
    with again() as page:
        place: Placement = page_placement(page)
        objects = [each for each in placed_objects(page.raw, place) if each.order in orders]
        forget_actual_text(objects)
        chars, styles = read_chars(page, place)
        own = _by_run(chars)
        return {each.order: own.get(styles[each.address].run, "") for each in objects if each.address in styles}


def _by_run(chars: Iterable[Char]) -> dict[int, str]:
    texts: dict[int, list[str]] = {}
    for char in chars:
        texts.setdefault(char.run, []).append(char.text)
    return {run: "".join(each) for run, each in texts.items()}


def _groups(marked: Sequence[Placed]) -> list[list[Placed]]:
    """Texts that follow each other: one that is said for several of them is told with the first."""
    groups: list[list[Placed]] = []
    for each in marked:
        if groups and groups[-1][-1].order + 1 == each.order:
            groups[-1].append(each)
        else:
            groups.append([each])
    return groups


def _figures(text: str) -> str:
    return "".join(char for char in text if char in _TELLS)
