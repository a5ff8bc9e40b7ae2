"""‰ and % differ by a ring that a scan loses: ten times the value."""

from __future__ import annotations

from functools import lru_cache

from normalizers.checks.check import check
from normalizers.doubts.misreading import already_marked, row_severity
from normalizers.matching.taxonomy import Taxonomy
from normalizers.record import TargetTable

_ALIKE = {"%": "‰", "‰": "%"}
# Rates in ‰ (births, fires, accidents) are small; above a hundred the figure cannot be a percentage.
_LARGE, _HUNDRED = 50, 100


@check("unit.per-mille", scope="taxonomy")
def per_mille(table: TargetTable, taxonomy: Taxonomy) -> None:
    """% where the indicator is usually given in ‰, or the other way round, or so large that ‰ is unlikely; told apart by OCR."""
    for row in table.rows:
        unit, usual = row.text("unit"), _first_units(taxonomy).get(row.match.indicator_id or "", "")
        path = row.path("unit")
        if usual and _ALIKE.get(unit) == usual and not already_marked(table, path):
            message = f"{row.text('level3')} is usually given in {usual}, here in {unit}; the two signs look alike. Compare with the page."
            table.find(path, "unit.per-mille", message, row_severity(row, "unit"))
        elif unit == "‰" and not usual and _LARGE <= (row.number() or 0) <= _HUNDRED and not already_marked(table, path):
            message = f"{row.text('value')} ‰ is a lot; % and ‰ look alike. Compare with the page."
            table.find(path, "unit.per-mille", message, row_severity(row, "unit"))


@lru_cache(maxsize=4)
def _first_units(taxonomy: Taxonomy) -> dict[str, str]:
    return {each.id: each.units[0] for each in taxonomy.indicators if each.units}
