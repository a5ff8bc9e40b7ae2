"""The same indicator elsewhere completes a name that was cut off."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from normalizers.checks.figures import fold
from normalizers.checks.place import listed
from normalizers.consensus.facts import RowFacts, TableFacts
from normalizers.consensus.spelling import is_cut_from
from normalizers.record import TargetTable

COMPLETE = "consensus.complete-name"
PROPOSE = "consensus.name-cut"

Key = tuple[str, str, str]
Sighting = tuple[TableFacts, RowFacts]


class NameIndex:
    """The names of a scope by value, unit and explanation."""

    def __init__(self, tables: Sequence[TableFacts]) -> None:
        self._by_key: dict[Key, list[Sighting]] = defaultdict(list)
        self._by_start: dict[str, list[Sighting]] = defaultdict(list)
        for table in tables:
            for row in table.rows:
                self._by_key[_key(row)].append((table, row))
                self._by_start[fold(row.level3)[:4]].append((table, row))

    def completions(self, row: RowFacts) -> list[Sighting]:
        """Longer names of rows with the same value, unit and explanation; empty when this name is used by others too."""
        if not row.value or not row.explanation:
            return []
        return _longer(row, self._by_key[_key(row)])

    def likely(self, row: RowFacts) -> list[Sighting]:
        """Longer names that begin as this one and share two of value, unit and explanation."""
        mine = _key(row)
        alike = [(t, r) for t, r in self._by_start[fold(row.level3)[:4]] if sum(a == b for a, b in zip(mine, _key(r), strict=True)) >= 2]
        return _longer(row, alike)


def _key(row: RowFacts) -> Key:
    return row.value, row.unit, fold(row.explanation)


def _longer(row: RowFacts, sightings: list[Sighting]) -> list[Sighting]:
    short = fold(row.level3)
    if sum(fold(other.level3) == short for _, other in sightings) > 1:
        return []
    return [(table, other) for table, other in sightings if is_cut_from(short, fold(other.level3))]


def complete_names(table: TargetTable, facts: TableFacts, index: NameIndex) -> None:
    """N12: a name cut off is completed when one name begins so and value, unit and explanation are the same.

    With two of the three, or with several names to choose from, or where the
    characters come from a text layer and cannot be misread, it is proposed only.
    """
    for row in facts.rows:
        if not row.level3:
            continue
        found = index.completions(row)
        names = sorted({other.level3 for _, other in found})
        if len(names) == 1 and row.misreadable:
            table.rows[row.index].fields["level3"].change(COMPLETE, names[0])
            continue
        found = found or index.likely(row)
        if found:
            _propose(table, facts, row, found)


def _propose(table: TargetTable, facts: TableFacts, row: RowFacts, found: list[Sighting]) -> None:
    places = listed(f"{other.level3!r} in {where.place(facts.document, other.index)}" for where, other in found)
    message = f"{row.level3!r} may be cut off: {places} begins so. Not changed."
    table.find(f"indicators/{row.index}/level3", PROPOSE, message, "info")
