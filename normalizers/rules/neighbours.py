"""Rules that need more than one field: they take a whole table and what the document says besides."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from normalizers.record import TargetTable


@dataclass(frozen=True, slots=True)
class Context:
    """What a table rule may know beyond its table.

    Attributes:
        seal_codes: serial numbers of seals read anywhere in the document.
        texts: running text of the other tables, as (where, text), to complete a sentence from.
        known_names: third-level names of the taxonomy with their aliases.
    """

    seal_codes: tuple[str, ...] = ()
    texts: tuple[tuple[str, str], ...] = ()
    known_names: frozenset[str] = frozenset()


NO_CONTEXT = Context()
Work = Callable[[TargetTable, Context], None]


@dataclass(frozen=True, slots=True)
class TableRule:
    """One function on a table, under the stable id that its corrections carry."""

    id: str
    work: Work
    examples: tuple[str, ...] = ()
    near_misses: tuple[str, ...] = ()

    @property
    def story(self) -> str:
        """Which cues it asks for, and what it does with one of them alone."""
        return (self.work.__doc__ or "").strip()

    def apply(self, table: TargetTable, context: Context = NO_CONTEXT) -> None:
        """Change fields and make findings; run it once a table, after the text rules."""
        self.work(table, context)


def table_rule(id: str, examples: tuple[str, ...] = (), near_misses: tuple[str, ...] = ()) -> Callable[[Work], TableRule]:
    """Turn a function on a table into a TableRule; its docstring is the rule's story."""
    return lambda work: TableRule(id, work, examples, near_misses)
