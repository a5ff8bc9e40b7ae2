"""The sheets of the workbook as people read them: what comes first, how wide it is; ids and paths stand last."""

from __future__ import annotations

from normalizers.contract import fields_of, spoken_as
from pipeline.export.rows import COLUMNS

_SOMETIMES = tuple(each.name for each in fields_of("indicators", always=False))
_SPENT = tuple(each.column for each in fields_of("funds_execution"))
_MID_TERM = tuple(each.column for each in fields_of("mid_term_funds"))
_GOALS = tuple(each.name for each in fields_of("table", always=False))

# What a reader wants first. Columns that are not named follow in the order of the CSV; those of _LAST close the row.
_FIRST = {
    "indicators": (
        "filing_unit", "fiscal_year", "kind", "project_name", "row", "level1", "level2", "level3", "operator", "value", "unit",
        "explanation", "scoring_standard", "remark", "review", "page_no", "status", *_SOMETIMES, "indicator_name", "match_method",
        "unit_name",
    ),
    "tables": (
        "filing_unit", "fiscal_year", "kind", "title", "unit_name", "project_name", "department",
        "funds_total", "funds_fiscal_appropriation", "funds_carry_over", "funds_other", "overall_goal", "indicators", "review", "pages",
        "business_review", "performance_review", "filled_by", "phone", "filled_on", "responsible", "blank_level2", "status",
        *_SPENT, *_MID_TERM, *_GOALS, "filing_unit_source",
    ),
    "corrections": ("document", "row", "field_name", "before", "after", "rule"),
    "findings": (
        "priority", "severity", "document", "page_no", "crop", "row", "field_name", "value", "raw", "proposal",
        "corrected_value", "decision", "decision_reason", "message", "confidence", "reader", "code",
    ),
    "failures": ("path", "reason", "way_out", "code"),
    "grids": ("title", "unit", "row_count", "column_count", "cell_count", "review", "page_no", "pages", "document"),
}  # fmt: skip
_LAST = ("bbox", "path", "field", "also", "indicator_id", "table_id", "grid_id", "finding_id", "sha256")
# What the workbook says beside the columns of the CSV.
_OWN = {"indicators": ("filing_unit",), "corrections": ("row", "field_name"), "findings": ("crop",)}
TO_FILL_IN = ("corrected_value", "decision", "decision_reason")
# What ``decide`` understands in 处理, as the list of the cell offers it.
DECISIONS = ("正确", "更正", "退回", "无法辨认")

# Widths in digits of the standard font; a Chinese character takes a little more than two.
_WIDE = spoken_as("sentence", "indicator") | {"message", "rule", "before", "after", "raw", "value", "proposal", "way_out", "reason"}
_WIDTHS = {
    "row": 6, "operator": 9, "unit": 10, "kind": 8, "fiscal_year": 8, "review": 9, "page_no": 8, "pages": 8, "crop": 8, "priority": 9,
    "severity": 8, "status": 9, "level1": 13, "level2": 16, "value": 16, "unit_name": 22, "project_name": 26, "department": 24,
    "title": 28, "document": 40, "path": 40, "corrected_value": 24, "decision_reason": 20, "field_name": 16, "also": 30,
    "indicator_name": 20, "blank_level2": 20, "bbox": 26, "sha256": 20, "filing_unit": 22, "confidence": 9, "code": 24,
}  # fmt: skip
_WIDTH, _WIDEST = 12, 34
# As wide or narrower, a column holds a short word or a number, which stands in the middle.
_NARROW = 9


def columns_of_sheet(table: str) -> tuple[str, ...]:
    """The columns of a sheet in the order in which people read; every column of the CSV is among them.

    >>> columns_of_sheet("corrections")
    ('document', 'row', 'field_name', 'before', 'after', 'rule', 'path', 'sha256')
    """
    columns = (*COLUMNS[table], *_OWN.get(table, ()))
    first = [name for name in _FIRST[table] if name in columns]
    last = [name for name in _LAST if name in columns and name not in first]
    between = [name for name in columns if name not in first and name not in last]
    return tuple(dict.fromkeys((*first, *between, *last)))


def width_of(table: str, column: str) -> int:
    """How wide a column is, in digits."""
    if column == "value" and table == "findings":
        return _WIDEST
    return _WIDTHS.get(column, _WIDEST if column in _WIDE else _WIDTH)


def lines_of(table: str, column: str) -> str:
    """How a cell takes its text: ``one`` line for ids, ``short`` in the middle of a narrow column, else ``many`` lines."""
    if column in _LAST and column not in _FIRST[table]:
        return "one"
    return "short" if width_of(table, column) <= _NARROW else "many"


def last_to_print(table: str) -> int:
    """The number of the column that a printed page ends with: what helps a reader, without ids and seldom fields."""
    columns = columns_of_sheet(table)
    ends = {"indicators": "status", "tables": "status", "findings": "message", "grids": "document"}
    return columns.index(ends[table]) + 1 if table in ends else len([name for name in columns if name not in _LAST])
