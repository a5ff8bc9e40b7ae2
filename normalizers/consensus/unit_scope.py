"""Which tables of a document belong to the same unit: only their names are compared."""

from __future__ import annotations

from collections.abc import Sequence

from normalizers.record import TargetTable
from normalizers.vocabulary.characters import folded


def units_of(tables: Sequence[TargetTable]) -> list[str]:
    """The unit that each table belongs to, folded; empty where the document names none for it.

    A project form names no unit of its own: it belongs to the unit named last
    before it, or, at the front, to the only unit that the document names.
    """
    named = [folded(table.text("unit_name")) for table in tables]
    distinct = {name for name in named if name}
    current = distinct.pop() if len(distinct) == 1 else ""
    result = []
    for name in named:
        current = name or current
        result.append(current)
    return result
