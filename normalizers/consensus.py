"""What the other tables of a document or a batch say."""
from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from normalizers.record import TargetTable


@dataclass(frozen=True, slots=True)
class TableFacts:
    scope: str = ""


@dataclass(frozen=True, slots=True)
class Consensus:
    scopes: int = 0


def collect(table: TargetTable) -> TableFacts:
    return TableFacts()


def build(facts: Iterable[TableFacts]) -> Consensus:
    return Consensus()


def apply(table: TargetTable, consensus: Consensus) -> None:
    return None
