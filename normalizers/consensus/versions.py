"""The same form filed or scanned twice: other bytes, the same kind, year, unit and project."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from normalizers.checks.figures import fold
from normalizers.checks.place import listed
from normalizers.consensus.facts import RowFacts, TableFacts
from normalizers.paths import fund_path
from normalizers.record import FUND_FIELDS, Severity, TargetTable
from normalizers.rules.numbers import parse_number

CODE = "version.differs"
_HEADER = {
    "department": "department", "goal": "overall_goal",
    "filled_by": "signoff/filled_by", "phone": "signoff/phone", "responsible": "signoff/responsible",
}  # fmt: skip
_COLUMNS = {
    "level3": "level3", "operator": "operator", "value": "value",
    "unit": "unit", "explanation": "explanation", "scoring": "scoring_standard",
}  # fmt: skip
# What a wrong reading changes the meaning of; in words a slip is heard elsewhere.
_WEIGHTY = {"operator", "value", "unit", "phone"}

# Share of the fields in which two readings of one paper may differ; a missing row counts once.
_FEW, _FEW_AT_LEAST = 0.1, 3

Difference = tuple[str, Severity, str, str]


def compare_versions(table: TargetTable, own: TableFacts, scope: Sequence[TableFacts], contents: Mapping[str, str]) -> list[dict[str, Any]]:
    """Link a table with its versions in other documents, and say where they differ.

    Args:
        scope: the tables of its unit and year; a table that belongs to no unit or year has no versions.
        contents: sha256 by the name of a document.

    Returns:
        ``{"sha256", "table_id"}`` of each version, in the order of their documents.
    """
    found = [other for other in scope if _is_version(own, other) and other.document in contents]
    differences: dict[tuple[str, str], list[tuple[str, Severity]]] = {}
    for other in found:
        found_here = list(_differences(table, own, other))
        twice = _is_same_paper(own, other, found_here)
        for path, severity, mine, theirs in found_here:
            severity = severity if twice else "info"
            differences.setdefault((path, mine), []).append((f"{theirs} in {other.place(own.document)}", severity))
    for (path, mine), said in differences.items():
        severity = "review" if any(each == "review" for _, each in said) else "info"
        message = f"Another version of this form differs: {mine} here, {listed(place for place, _ in said)}."
        table.find(path, CODE, message, severity)
    return [{"sha256": contents[each.document], "table_id": f"{contents[each.document][:12]}-{each.number}"} for each in found]


def _is_version(own: TableFacts, other: TableFacts) -> bool:
    return (
        other.document != own.document
        and other.scope == own.scope
        and other.kind == own.kind
        and fold(other.name) == fold(own.name) != ""
    )


def _is_same_paper(own: TableFacts, other: TableFacts, differences: Sequence[Difference]) -> bool:
    """Nearly all fields agree: one paper scanned twice, so that where they differ one was read wrongly.

    Two filings that differ in much, a draft and what was approved, are both right.
    """
    fields = len(_HEADER) + len(FUND_FIELDS) + len(_COLUMNS) * max(len(own.rows), len(other.rows))
    return len(differences) <= max(_FEW_AT_LEAST, _FEW * fields)


def _differences(table: TargetTable, own: TableFacts, other: TableFacts) -> Iterator[Difference]:
    pairs = list(_pairs(own.rows, other.rows))
    alike = sum(mine is not None and theirs is not None and fold(mine.level3) == fold(theirs.level3) for mine, theirs in pairs)
    if 2 * alike < max(len(own.rows), len(other.rows)):
        yield "", "info", f"{len(own.rows)} indicators", f"{len(other.rows)}, of which {alike} have the same name,"
        return
    for name, path in _HEADER.items():
        yield from _of_field(name, path, getattr(own, name), getattr(other, name))
    for name, mine_text, their_text in zip(FUND_FIELDS, own.funds.split("\t"), other.funds.split("\t"), strict=True):
        if parse_number(mine_text) != parse_number(their_text):
            yield fund_path(name), "review", _say(mine_text), _say(their_text)
    for mine, theirs in pairs:
        yield from _of_row(table, mine, theirs)


def _of_row(table: TargetTable, mine: RowFacts | None, theirs: RowFacts | None) -> Iterator[Difference]:
    if mine is None:
        assert theirs is not None
        yield "", "review", f"no indicator {theirs.level3!r}", f"it stands in row {theirs.index + 1}"
    elif theirs is None:
        yield table.rows[mine.index].path(), "review", f"{mine.level3!r}", "there is no such indicator"
    else:
        for name, column in _COLUMNS.items():
            yield from _of_field(name, table.rows[mine.index].path(column), getattr(mine, name), getattr(theirs, name))


def _of_field(name: str, path: str, mine: str, theirs: str) -> Iterator[Difference]:
    if mine == theirs or (name not in _WEIGHTY and fold(mine) == fold(theirs)):
        return
    yield path, "review" if name in _WEIGHTY else "info", _say(mine), _say(theirs)


def _say(text: str) -> str:
    return repr(text) if text else "nothing"


def _pairs(own: Sequence[RowFacts], other: Sequence[RowFacts]) -> Iterator[tuple[RowFacts | None, RowFacts | None]]:
    """Rows of the same indicator: by name, else by value, unit and explanation, else by their place."""
    left, right = list(own), list(other)
    found: list[tuple[RowFacts | None, RowFacts | None]] = []
    for key in (_by_name, _by_rest, _by_place):
        waiting: dict[tuple[str, ...], list[RowFacts]] = {}
        for row in right:
            waiting.setdefault(key(row), []).append(row)
        rest = []
        for row in left:
            same = waiting.get(key(row))
            if same:
                found.append((row, same.pop(0)))
            else:
                rest.append(row)
        left, right = rest, [row for rows in waiting.values() for row in rows]
    yield from sorted(found, key=lambda pair: pair[0].index if pair[0] else 0)
    yield from ((row, None) for row in left)
    yield from ((None, row) for row in sorted(right))


def _by_name(row: RowFacts) -> tuple[str, ...]:
    return row.level2, fold(row.level3)


def _by_rest(row: RowFacts) -> tuple[str, ...]:
    return row.value, row.unit, fold(row.explanation)


def _by_place(row: RowFacts) -> tuple[str, ...]:
    return (str(row.index),)
