"""A doubt of the reader that the form itself, or another table, settles.

The reader marks what it read with little confidence. Where an independent cue
says the same, the mark becomes a note: nobody has to look at a total that its
parts, the budget cost and the doubtful reading agree on.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

from normalizers.checks.direction import all_cues
from normalizers.checks.figures import PARTS, amount_in_wan, budget_costs, fund
from normalizers.matching.taxonomy import Taxonomy
from normalizers.paths import fund_path
from normalizers.record import Field, IndicatorRow, TargetTable
from normalizers.rules.operators import parse_operator
from normalizers.vocabulary.characters import folded
from normalizers.vocabulary.phrases import load_lexicon, to_key

DOUBTS = ("reading.doubt", "reading.under-seal")
_LONG = 10
# A strict sign is what a lost bar leaves of ≥ or ≤: a side alone never settles it.
_SIDES = {"≥": "at least", "≤": "at most"}


def settle(table: TargetTable, paths: Iterable[str], reason: str) -> None:
    """Turn doubts about these fields into notes that give the reason."""
    settled = set(paths)
    table.findings = [
        replace(found, severity="info", message=f"{found.message} Settled: {reason}.")
        if found.code in DOUBTS and found.severity == "review" and found.path in settled
        else found
        for found in table.findings
    ]


def confirm(table: TargetTable, taxonomy: Taxonomy) -> None:
    """Settle doubts by the sums of funds and by the direction of each indicator."""
    if not any(found.code in DOUBTS and found.severity == "review" for found in table.findings):
        return
    confirm_by_sums(table)
    for row in table.rows:
        if _is_standard(row.text("scoring_standard")):
            settle(table, [row.path("scoring_standard")], "it is a standard wording, character by character")
        if _points_the_same_way(row, taxonomy):
            settle(table, [row.path("operator")], "every other cue of the row asks for the same side")


def confirm_by_sums(table: TargetTable) -> None:
    """The total is the sum of its parts and the budget cost besides: every amount in it was read right.

    Three figures that agree by chance would all have to be wrong in the same way.
    """
    total, rows = fund(table, "total"), budget_costs(table)
    parts = {name: value for name in PARTS if (value := fund(table, name)) is not None}
    cost = amount_in_wan(table.rows[rows[0]]) if len(rows) == 1 else None
    if total is not None and parts and total == cost == sum(parts.values(), Decimal(0)):
        paths = ["funds/total", table.rows[rows[0]].path("value")]
        single = [fund_path(name) for name in parts] if len(parts) == 1 else []
        settle(table, paths + single, "the total, its parts and the budget cost agree")


def _is_standard(text: str) -> bool:
    wordings = load_lexicon().wordings.get("scoring_standard", {})
    wording = wordings.get(to_key(text).key, "")
    return len(text) >= _LONG and folded(wording) == folded(text)


def _points_the_same_way(row: IndicatorRow, taxonomy: Taxonomy) -> bool:
    """The operator agrees with a cue, with every cue, and with every reading that is an operator at all."""
    operator = row.text("operator")
    side = _SIDES.get(operator)
    found = all_cues(row, taxonomy)
    if side is None or not found or any(says != side for _, says in found):
        return False
    return all(each in (None, operator) for each in _read_operators(row.fields.get("operator")))


def _read_operators(field: Field | None) -> list[str | None]:
    if field is None or field.cell is None:
        return []
    return [parse_operator(text) for text in (field.cell.text, *(reading.text for reading in field.cell.readings))]
