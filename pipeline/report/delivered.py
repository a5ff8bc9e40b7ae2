"""The values that a document delivers, each with who read it and whether a finding for a person speaks of it."""

from __future__ import annotations

from collections.abc import Iterator, Set
from typing import Any, NamedTuple

from pipeline.pointers import pointed, step_into


class Delivered(NamedTuple):
    """One value: its JSON Pointer, what it is, where it comes from, its reader; ``is_marked`` where a person is asked about it."""

    path: str
    value: Any
    source: dict[str, Any]
    reader: str
    is_marked: bool


def delivered_values(document: dict[str, Any]) -> Iterator[Delivered]:
    """Every value of a form that is not blank, in the order of the provenance."""
    marked = {each["path"] for each in document["findings"] if each["severity"] == "review"}
    readers = {page["page_no"]: page["reader"] for page in document["document"]["pages"]}
    # Fields of a row stand one after the other: what they lie in is looked for once.
    inside, holder = "", None
    for path, source in document["provenance"].items():
        around, _, name = path.rpartition("/")
        if around != inside or holder is None:
            inside, holder = around, pointed(document, around)
        value = step_into(holder, name)
        if value is None or isinstance(value, (list, dict)):
            continue
        reader = readers.get(source.get("page_no"), source.get("origin") or "")
        yield Delivered(path, value, source, reader, covered(path, marked))


def covered(path: str, marked: Set[str]) -> bool:
    """Whether one of these paths is the path or holds it: the field itself, its row, its table or the whole document.

    >>> covered("/tables/0/funds/total", {"/tables/0"}), covered("/tables/10/title", {"/tables/1"})
    (True, False)
    """
    if not marked:
        return False
    end = len(path)
    while end > 0:
        if path[:end] in marked:
            return True
        end = path.rfind("/", 0, end)
    return "" in marked or "/" in marked
