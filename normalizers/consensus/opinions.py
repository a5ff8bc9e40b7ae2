"""What the other tables of a document or a batch say.

``collect_document`` takes the facts of a document, ``build`` puts the facts of
all of them together in any order, ``apply_document`` uses them. Names are
compared within one unit and year, or within one document that names no unit,
never across counties. Only one thing is corrected: a name cut off that stands
whole elsewhere with the same value, unit and explanation. All else is proposed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from normalizers.consensus.duplicate_rows import Twins, compare_twins
from normalizers.consensus.facts import TableFacts, is_shared, table_to_facts, tables_to_facts
from normalizers.consensus.goals import Goals, compare_goals
from normalizers.consensus.identity import People, propose_department, propose_person, same_phone_same_person
from normalizers.consensus.names import NameIndex, complete_names
from normalizers.consensus.versions import compare_versions
from normalizers.doubts.settle_across_tables import settle_doubts
from normalizers.record import TargetTable

# What is said, under the codes of the correction or the findings.
SAYINGS: tuple[tuple[tuple[str, ...], Callable[..., object]], ...] = (
    (("consensus.complete-name", "consensus.name-cut"), complete_names),
    (("consensus.department-spelling",), propose_department),
    (("consensus.person-spelling",), propose_person),
    (("consensus.two-phones", "consensus.two-spellings"), same_phone_same_person),
    (("consensus.twin-differs",), compare_twins),
    (("consensus.goal-differs",), compare_goals),
    (("reading.doubt", "reading.under-seal"), settle_doubts),
    (("version.differs",), compare_versions),
)

__all__ = ["Consensus", "TableFacts", "apply", "apply_document", "build", "collect", "collect_document", "is_shared"]


class Scope:
    """The tables of one unit and year, with what is looked up in them."""

    def __init__(self, tables: Sequence[TableFacts]) -> None:
        self.tables = without_copies(tables)
        self.names = NameIndex(self.tables)
        self.people = People(self.tables)
        self.twins = Twins(self.tables)
        self.goals = Goals(self.tables)


@dataclass(slots=True)
class Consensus:
    """Facts by scope, sorted; indexes are built when a scope is first asked for."""

    scopes: dict[str, tuple[TableFacts, ...]]
    _last: tuple[str, Scope] | None = field(default=None, compare=False)

    def scope(self, name: str) -> Scope:
        """The tables that may be compared; the last scope is kept, as tables of a document come together."""
        if self._last is None or self._last[0] != name:
            self._last = (name, Scope(self.scopes.get(name, ())))
        return self._last[1]

    def facts(self, name: str) -> tuple[TableFacts, ...]:
        """What is known of one scope, files that lie in the batch twice counted once."""
        return self.scope(name).tables

    def spans_documents(self, name: str) -> bool:
        """True when a scope holds tables of more than one document."""
        return len({each.document for each in self.scopes.get(name, ())}) > 1

    def as_collected(self, facts: Sequence[TableFacts]) -> list[TableFacts]:
        """The same tables as they were collected: typing has changed amounts since."""
        known = {(each.document, each.number): each for name in {f.scope for f in facts} for each in self.scopes.get(name, ())}
        return [known.get((each.document, each.number), each) for each in facts]

    def __getstate__(self) -> tuple[dict[str, tuple[TableFacts, ...]]]:
        return (self.scopes,)

    def __setstate__(self, state: tuple[dict[str, tuple[TableFacts, ...]]]) -> None:
        self.scopes, self._last = state[0], None


def without_copies(tables: Iterable[TableFacts]) -> tuple[TableFacts, ...]:
    """Sorted, and a file that lies in the batch twice has one voice."""
    voices: dict[TableFacts, TableFacts] = {}
    for each in sorted(tables):
        voices.setdefault(replace(each, document=""), each)
    return tuple(voices.values())


def collect(table: TargetTable) -> TableFacts:
    """The facts of a single table, as part of a document without a name."""
    return table_to_facts(table)


def collect_document(tables: Sequence[TargetTable], document: str) -> list[TableFacts]:
    """The facts of a document's tables.

    Args:
        document: path or another name that no other document of the batch has.
    """
    return tables_to_facts(tables, document)


def build(facts: Iterable[TableFacts]) -> Consensus:
    """Put facts together; their order does not matter.

    For a batch leave out what only its own document can use: ``build(filter(is_shared, facts))``.
    ``apply_document`` finds that again in the document, and memory holds a fraction.
    """
    scopes: dict[str, list[TableFacts]] = defaultdict(list)
    for each in facts:
        scopes[each.scope].append(each)
    return Consensus({name: tuple(sorted(scopes[name])) for name in sorted(scopes)})


def apply(table: TargetTable, consensus: Consensus, facts: TableFacts | None = None) -> None:
    """Complete what was cut off and propose what most others say.

    Args:
        facts: what ``collect_document`` gave for this table; without it the table
            counts as part of a document without a name.
    """
    own = facts or collect(table)
    _apply(table, own, consensus.scope(own.scope))


def _apply(table: TargetTable, own: TableFacts, scope: Scope) -> None:
    complete_names(table, own, scope.names)
    propose_department(table, own, scope.people)
    propose_person(table, own, scope.people)
    same_phone_same_person(table, own, scope.people)
    compare_twins(table, own, scope.twins)
    compare_goals(table, own, scope.goals)
    settle_doubts(table, own, scope.tables, scope.twins, scope.goals)


def apply_document(tables: Sequence[TargetTable], consensus: Consensus, document: str) -> None:
    """``apply`` for the tables of one document, under the name that it was collected with."""
    own = collect_document(tables, document)
    local = build(facts for facts in own if facts.scope not in consensus.scopes)
    for table, facts in zip(tables, own, strict=True):
        apply(table, consensus if facts.scope in consensus.scopes else local, facts)


def describe_consensus() -> list[dict[str, Any]]:
    """What consensus corrects, proposes and settles, as plain data."""
    return [
        {"id": codes[0], "codes": list(codes), "scope": "consensus", "kinds": [], "story": (work.__doc__ or "").strip()}
        for codes, work in SAYINGS
    ]
