"""The same indicator filed twice: what differs in one character may be misread."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence

from normalizers.checks.figures import fold
from normalizers.checks.place import listed
from normalizers.consensus.facts import RowFacts, TableFacts
from normalizers.consensus.spelling import is_slip
from normalizers.doubts.misreading import already_marked
from normalizers.record import TargetTable
from normalizers.rules.operators import parse_operator
from normalizers.vocabulary.units import load_units

Sighting = tuple[TableFacts, RowFacts]
# Shorter texts differ in one character on purpose too often: 县道 and 乡道.
_LONG_ENOUGH = 5


class Twins:
    """Rows of a scope by what identifies an indicator when one column is left out."""

    def __init__(self, tables: Sequence[TableFacts]) -> None:
        self.by_meaning: dict[tuple[str, ...], list[Sighting]] = defaultdict(list)
        self.without_value: dict[tuple[str, ...], list[Sighting]] = defaultdict(list)
        self.without_name: dict[tuple[str, ...], list[Sighting]] = defaultdict(list)
        self.without_explanation: dict[tuple[str, ...], list[Sighting]] = defaultdict(list)
        for table in tables:
            for row in table.rows:
                name, text = fold(row.level3), fold(row.explanation)
                self.by_meaning[name, text, row.value].append((table, row))
                self.without_value[name, text, row.unit].append((table, row))
                self.without_name[text, row.value, row.unit].append((table, row))
                self.without_explanation[name, row.value, row.unit].append((table, row))

    def same_but(self, row: RowFacts, column: str) -> list[Sighting]:
        """Rows that agree in all that identifies an indicator, one column left out."""
        name, text = fold(row.level3), fold(row.explanation)
        if column == "level3":
            return self.without_name[text, row.value, row.unit] if len(text) >= _LONG_ENOUGH and row.value else []
        if column == "explanation":
            return self.without_explanation[name, row.value, row.unit] if row.value else []
        if column == "value":
            return self.without_value[name, text, row.unit] if text else []
        return self.by_meaning[name, text, row.value] if row.value else []


def compare_twins(table: TargetTable, facts: TableFacts, twins: Twins) -> None:
    """An indicator that stands in two tables with the same figures is read twice from two places.

    Operator or unit different, name or explanation different in one character:
    the minority is marked, or both where it is one against one. What a text
    layer says is certain and never marked.
    """
    for row in facts.rows:
        if not row.misreadable or not row.level3:
            continue
        name, text = fold(row.level3), fold(row.explanation)
        if row.value and len(name) >= _LONG_ENOUGH - 1:
            same = twins.by_meaning[name, text, row.value]
            for column in ("operator", "unit"):
                _mark_minority(table, facts, row, column, same)
        if row.value and len(text) >= 4:
            _mark_slip(table, facts, row, "level3", twins.without_name[text, row.value, row.unit])
        if row.value and len(name) >= 4:
            _mark_slip(table, facts, row, "explanation", twins.without_explanation[name, row.value, row.unit])


def _mark_minority(table: TargetTable, facts: TableFacts, row: RowFacts, column: str, same: list[Sighting]) -> None:
    own = getattr(row, column)
    counts = Counter(getattr(other, column) for _, other in same if getattr(other, column))
    rivals = [(where, other) for where, other in _fair(row, column, same) if getattr(other, column) not in ("", own)]
    # A blank is outvoted by any one reading.
    if rivals and counts[own] <= max(counts[getattr(other, column)] for _, other in rivals):
        _mark(table, facts, row, column, rivals)


def _fair(row: RowFacts, column: str, same: list[Sighting]) -> list[Sighting]:
    """Who may contradict a reading: not one that is doubted itself where this is not, and no noise against a known unit or sign."""
    fair = [(where, other) for where, other in same if column in row.doubts or column not in other.doubts]
    if column in _KNOWN and _KNOWN[column](getattr(row, column)):
        fair = [(where, other) for where, other in fair if _KNOWN[column](getattr(other, column))]
    return fair


def _is_unit(text: str) -> bool:
    return load_units().known(text) or load_units().is_sentinel(text)


def _is_operator(text: str) -> bool:
    return parse_operator(text) is not None


_KNOWN: dict[str, Callable[[str], bool]] = {"unit": _is_unit, "operator": _is_operator}


def _mark_slip(table: TargetTable, facts: TableFacts, row: RowFacts, column: str, same: list[Sighting]) -> None:
    own = fold(getattr(row, column))
    if len(own) < _LONG_ENOUGH:
        return
    counts = Counter(fold(getattr(other, column)) for _, other in same)
    rivals = [(where, other) for where, other in _fair(row, column, same) if is_slip(own, fold(getattr(other, column)))]
    rivals = [(where, other) for where, other in rivals if counts[fold(getattr(other, column))] >= counts[own]]
    if rivals:
        _mark(table, facts, row, column, rivals)


def _mark(table: TargetTable, facts: TableFacts, row: RowFacts, column: str, rivals: list[Sighting]) -> None:
    path = table.rows[row.index].path(column)
    if already_marked(table, path):
        return
    places = listed(f"{getattr(other, column)!r} in {where.place(facts.document, other.index)}" for where, other in rivals)
    message = f"{getattr(row, column)!r} here, {places}, the rest of the indicator being the same. Compare with the page."
    table.find(path, "consensus.twin-differs", message)
