"""Every check, in the order it runs, and the three ways to run them."""

from __future__ import annotations

from collections.abc import Sequence

from normalizers.checking import funds
from normalizers.checking.check import Check
from normalizers.record import TargetTable
from normalizers.taxonomy import Taxonomy

CHECKS: tuple[Check, ...] = (
    funds.funds_sum,
    funds.funds_negative,
    funds.cost_against_total,
)


def check_table(table: TargetTable, taxonomy: Taxonomy) -> None:
    """Add the findings that one table gives by itself; no value changes."""
    for each in CHECKS:
        if each.scope == "table" and each.applies_to(table.kind):
            each.work(table)


def check_document(tables: Sequence[TargetTable]) -> None:
    """Add the findings that the tables of one document give together."""
    for each in CHECKS:
        if each.scope == "document":
            each.work(tables)
