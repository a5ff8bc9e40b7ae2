"""Columns of the form that were not found, though their text is on the page."""

from __future__ import annotations

from collections.abc import Iterator

from normalizers.checks.check import check
from normalizers.doubts.misreading import already_marked, row_severity
from normalizers.paths import UNKNOWN_COLUMN
from normalizers.record import TargetTable

# Every target form has these; a template may do without the last two.
_EXPECTED = ("operator", "value", "unit", "explanation", "scoring_standard")


@check("column.lost", kinds=("overall", "project"))
def lost_columns(table: TargetTable) -> None:
    """A column without any text, while text of the rows stands under a head that is no known one, or under none.

    Then the head was misread and every row lacks that column. A template that
    leaves a column out has no such homeless text.
    """
    strays = sorted(_strays(table))
    lost = [name for name in _EXPECTED if not any(row.text(name) for row in table.rows)]
    # A unit that a rule inferred does not prove its column.
    if "unit" not in lost and all(_inferred(row.fields["unit"].status) for row in table.rows if row.text("unit")):
        lost.append("unit")
    if not lost or not strays:
        return
    where = ", ".join(repr(each) for each in strays[:3])
    for row in table.rows:
        paths = [row.path(name) for name in lost] if len(lost) == 1 else [row.path()]
        message = f"No column was found for {'、'.join(lost)}, and text stands under {where}. Compare the row with the page."
        for path in paths:
            # A head that was filed as text and that nobody knows is named already.
            named = row_severity(row, "level3") == "info" and table.unknown_heads.issuperset(strays)
            if not named and not already_marked(table, path):
                table.find(path, "column.lost", message, row_severity(row, "level3"), cause="lost")


def _inferred(status: str) -> bool:
    return status == "inferred"


def _strays(table: TargetTable) -> Iterator[str]:
    """Heads that are no known column, and the place of text that no column took."""
    for row in table.rows:
        for name, field in row.fields.items():
            if name.startswith(UNKNOWN_COLUMN) and field.text and name.removeprefix(UNKNOWN_COLUMN) in table.unknown_heads:
                yield name.removeprefix(UNKNOWN_COLUMN)
    if any(found.code == "layout.unplaced-text" for found in table.findings):
        yield "no head"
