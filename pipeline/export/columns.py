"""What each column of the flat tables is: its type, its heading and what it says, for every format that can tell.

Fields of a form come from ``normalizers/contract.py``; what the program adds to them is declared here.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

from normalizers.contract import CONTRACT
from pipeline.export.names import CHINESE, VALUES
from pipeline.export.rows import COLUMNS, FLAGS, NUMBERS, WHOLE

Type = Literal["text", "whole", "number", "flag", "date"]
# The corners of a box as columns of their own, where a format has room for them.
BOX = ("x0", "top", "x1", "bottom")

TABLES = {
    "indicators": ("指标", "One row an indicator: the fields of its row, the canonical indicator, where it stands on the page."),
    "tables": ("表", "One row a form: its head, funds and sign-off."),
    "corrections": ("修改", "One row a correction: which field, by which rule, before and after."),
    "findings": ("待核", "One row a cause of doubt: what a person should look at (review) or may know (info)."),
    "failures": ("失败", "One row an input that could not be read, with the way out."),
    "grids": ("其他表", "One row a table that is no form."),
    "grid_cells": ("其他表的格", "The cells of the tables that are no form, one a row."),
}
_SAID = {
    "document": "Path of the file as it was given",
    "sha256": "Digest of the content of the file",
    "table_id": "The form: first twelve digits of sha256 and its number in the file",
    "kind": "Kind of form",
    "row": "Number of the row on its form, from 1",
    "value_number": "value as a number; blank where it is words",
    "value_base": "value_number in unit_base",
    "unit_base": "The unit in which its like are compared: 元, 米, 平方米, 公斤, 人次, %",
    "indicator_id": "Canonical indicator; blank where none fits",
    "indicator_name": "Name of the canonical indicator",
    "match_score": "How near the name is to the canonical one, 0 to 1",
    "match_method": "How the canonical indicator was found",
    "status": "How the values came about: read, corrected or inferred; of a form the state of its document",
    "review": "Whether a person should look at it",
    "page_no": "Page, from 1",
    "bbox": "Box on the upright page, x0 top x1 bottom, in points of 1/72 inch from its top left",
    "indicators": "How many indicators the form has",
    "blank_level2": "Second levels whose row is empty",
    "filing_unit": "Who files the form",
    "filing_unit_source": "Where the filing unit is known from",
    "pages": "Pages of the form",
    "path": "JSON Pointer of the field in documents/<sha12>.json",
    "rule": "Rule that made the correction",
    "before": "Text before",
    "after": "Text after",
    "code": "Stable code, family.what",
    "severity": "review: a person should look; info: for information",
    "message": "What was found, in English",
    "priority": "1 is the most urgent",
    "field": "Field inside its row or form",
    "field_name": "Heading of the field",
    "raw": "Text as it was read",
    "proposal": "Another reading, never applied",
    "confidence": "Confidence of the reading, 0 to 1",
    "corrected_value": "For people to fill in: the right value",
    "decision": "For people to fill in: 正确, 更正, 退回 or 无法辨认",
    "decision_reason": "For people to fill in: why",
    "also": "Other fields of the same cause",
    "finding_id": "The finding; the same when the dataset is cleaned again",
    "reader": "What read the page",
    "reason": "Why",
    "way_out": "What to do about it",
    "grid_id": "The table that is no form",
    "title": "Title as printed",
    "row_count": "Rows", "column_count": "Columns", "cell_count": "Cells",
    "grid_row": "Row of the cell, from 1", "grid_column": "Column of the cell, from 1",
    "row_span": "Rows that the cell takes", "column_span": "Columns that the cell takes",
    "text": "Text of the cell", "number": "The text as a number", "marks": "Marks on the cell, such as struck-out",
    "x0": "Left edge of the box, in points", "top": "Upper edge of the box, in points",
    "x1": "Right edge of the box, in points", "bottom": "Lower edge of the box, in points",
}  # fmt: skip
_OTHERWISE = {
    ("failures", "path"): "Path of the input", ("grids", "unit"): "Unit of the whole table", ("grid_cells", "unit"): "Unit of the number",
    ("findings", "value"): "Value as delivered", ("findings", "row"): "Row of the form, from 1",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a flat table."""

    table: str
    name: str
    type: Type
    heading: str
    description: str
    choices: tuple[str, ...] = ()


@lru_cache(maxsize=32)
def columns_of(table: str, with_box: bool = False) -> tuple[Column, ...]:
    """The columns of a table in their order; with the corners of the box behind them for formats that want numbers."""
    names = COLUMNS[table] + (BOX if with_box and "bbox" in COLUMNS[table] else ())
    return tuple(_column(table, name) for name in names)


def with_corners(table: str, row: list[Any]) -> list[Any]:
    """A row for ``columns_of(table, with_box=True)``: the corners of its box as numbers behind it."""
    if "bbox" not in COLUMNS[table]:
        return row
    parts = str(row[COLUMNS[table].index("bbox")] or "").split()
    try:
        corners: list[float | None] = [float(part) for part in parts]
    except ValueError:
        corners = []
    return [*row, *(corners if len(corners) == len(BOX) else [None] * len(BOX))]


def _column(table: str, name: str) -> Column:
    declared = next((each for each in CONTRACT if each.column == name and each.block in _blocks_of(table)), None)
    said = _OTHERWISE.get((table, name)) or (_described(declared) if declared else _SAID[name])
    choices = declared.choices if declared else tuple(VALUES.get(name, ())) if name in ("kind", "severity", "match_method") else ()
    return Column(table, name, _type_of(name), name if name in BOX else CHINESE[name], said, choices)


def _blocks_of(table: str) -> tuple[str, ...]:
    """A table of rows repeats the head of its form; findings and cells have columns of their own."""
    blocks = {"indicators": ("indicators", "table"), "tables": ("table", "funds", "mid_term_funds", "funds_execution", "signoff")}
    return blocks.get(table, ())


def _described(declared: Any) -> str:
    kinds = f"{', '.join(declared.kinds)}: " if declared.kinds else ""
    amount = ", in 万元" if declared.type == "amount" else ""
    return f"{kinds}{declared.description or declared.heading}{amount}"


def _type_of(name: str) -> Type:
    if name in FLAGS:
        return "flag"
    if name in WHOLE:
        return "whole"
    if name in NUMBERS or name in BOX:
        return "number"
    return "date" if any(each.column == name and each.type == "date" for each in CONTRACT) else "text"
