"""The values that a document delivers, each with who read it and whether a finding for a person speaks of it."""

from __future__ import annotations

from collections.abc import Iterator, Set
from dataclasses import dataclass
from typing import Any

from pipeline.pointers import pointed


@dataclass(frozen=True, slots=True)
class Delivered:
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
    for path, source in document["provenance"].items():
        value = pointed(document, path)
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
