"""The same indicator elsewhere completes a name that was cut off."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence

from normalizers.checks.figures import fold
from normalizers.checks.place import listed
from normalizers.consensus.facts import RowFacts, TableFacts
from normalizers.consensus.spelling import is_cut_from
from normalizers.record import TargetTable

COMPLETE = "consensus.complete-name"
PROPOSE = "consensus.name-cut"

Sighting = tuple[TableFacts, RowFacts]
# What the rows of a bucket have in common.
Key = tuple[str, ...]


class _Bucket:
    """Rows that have something in common, each with its place in the scope, by their names."""

    def __init__(self) -> None:
        self._named: dict[str, list[tuple[int, Sighting]]] = defaultdict(list)
        self._sorted: list[str] = []

    def add(self, name: str, place: int, sighting: Sighting) -> None:
        self._named[name].append((place, sighting))

    def places(self, name: str) -> set[int]:
        return {place for place, _ in self._named.get(name, ())}

    def longer(self, short: str) -> dict[int, Sighting]:
        """Rows by their places whose names this one may be cut from; names that begin alike stand together in their order."""
        if len(self._sorted) < len(self._named):
            self._sorted = sorted(self._named)
        found: dict[int, Sighting] = {}
        for at in range(bisect_right(self._sorted, short), len(self._sorted)):
            name = self._sorted[at]
            if not name.startswith(short):
                break
            if is_cut_from(short, name):
                found.update(self._named[name])
        return found


class NameIndex:
    """The names of a scope by value, unit and explanation: all three, or any two and how the name begins."""

    def __init__(self, tables: Sequence[TableFacts]) -> None:
        self._buckets: dict[Key, _Bucket] = defaultdict(_Bucket)
        for place, (table, row) in enumerate((each, row) for each in tables for row in each.rows):
            name = fold(row.level3)
            for key in (_key(row), *_pairs(name, row)):
                self._buckets[key].add(name, place, (table, row))

    def completions(self, row: RowFacts) -> list[Sighting]:
        """Longer names of rows with the same value, unit and explanation; empty when this name is used by others too."""
        if not row.value or not row.explanation:
            return []
        return self._longer(row, [_key(row)])

    def likely(self, row: RowFacts) -> list[Sighting]:
        """Longer names that begin as this one and share two of value, unit and explanation."""
        return self._longer(row, _pairs(fold(row.level3), row))

    def _longer(self, row: RowFacts, keys: Iterable[Key]) -> list[Sighting]:
        short = fold(row.level3)
        buckets = [self._buckets[key] for key in keys if key in self._buckets]
        if len({place for bucket in buckets for place in bucket.places(short)}) > 1:
            return []
        found = {place: sighting for bucket in buckets for place, sighting in bucket.longer(short).items()}
        return [found[place] for place in sorted(found)]


def _key(row: RowFacts) -> Key:
    return row.value, row.unit, fold(row.explanation)


def _pairs(name: str, row: RowFacts) -> list[Key]:
    """Two of value, unit and explanation, which two, and the first four characters of the name."""
    return [(name[:4], f"{i}{j}", _key(row)[i], _key(row)[j]) for i, j in ((0, 1), (0, 2), (1, 2))]


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
    table.find(table.rows[row.index].path("level3"), PROPOSE, message, "info")
