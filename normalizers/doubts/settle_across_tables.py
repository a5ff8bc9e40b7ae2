"""What two tables read the same was read twice, from two places on paper: doubts about it are settled."""

from __future__ import annotations

from collections.abc import Sequence

from normalizers.checks.place import listed
from normalizers.consensus.duplicate_rows import Twins
from normalizers.consensus.facts import RowFacts, TableFacts
from normalizers.consensus.goals import Goals, clauses
from normalizers.doubts.settle_doubts import settle
from normalizers.record import TargetTable

_HEADER = {"department": "department", "filled_by": "signoff/filled_by", "responsible": "signoff/responsible", "phone": "signoff/phone"}
_SHORTEST_VALUE = 3


def settle_doubts(table: TargetTable, facts: TableFacts, tables: Sequence[TableFacts], twins: Twins, goals: Goals) -> None:
    """Rows, the lines that forms of a unit share, and the goal."""
    for row in facts.rows:
        for column in row.doubts:
            _settle_row(table, facts, row, column, twins)
    for name, path in _HEADER.items():
        own = getattr(facts, name)
        others = [other for other in tables if not _is_same(other, facts) and getattr(other, name) == own]
        if len(own) >= _SHORTEST_VALUE and others:
            settle(table, [path], f"it reads the same in {listed(other.place(facts.document) for other in others)}")
    _settle_goal(table, facts, goals)


def _settle_row(table: TargetTable, facts: TableFacts, row: RowFacts, column: str, twins: Twins) -> None:
    """An operator counts only where the other reading was sure: a sign set in the same type is misread in the same way.

    A text that was taken from elsewhere says nothing about the place that it was taken from.
    """
    if column in row.guessed:
        return
    twins_read = [(where, other) for where, other in twins.same_but(row, column) if column not in other.guessed]
    others = [(where, other) for where, other in twins_read if not _is_same(where, facts)]
    agreeing = [(where, other) for where, other in others if getattr(other, column) == getattr(row, column)]
    sure = [where for where, other in agreeing if column != "operator" or column not in other.doubts]
    if sure and len(agreeing) == len(others):
        place = listed(where.place(facts.document) for where in sure)
        settle(table, [table.rows[row.index].path(column)], f"the same indicator reads the same in {place}")


def _settle_goal(table: TargetTable, facts: TableFacts, goals: Goals) -> None:
    """Word for word and mark for mark: a sentence that only sounds the same settles nothing, nor one that has more than this."""
    own = [] if facts.goal_guessed else clauses(facts.goal)
    others = [[(where, each, clause) for where, each in goals.wordings[clause.text] if not _is_same(where, facts)] for clause in own]
    said = [found for of_clause in others for found in of_clause]
    if own and all(others) and all(clause.is_borne_out_by(each, where.kind == facts.kind) for where, each, clause in said):
        places = listed(where.place(facts.document) for where, _, _ in said)
        settle(table, ["overall_goal"], f"every sentence of it reads the same in {places}")


def _is_same(left: TableFacts, right: TableFacts) -> bool:
    return (left.document, left.number) == (right.document, right.number)
