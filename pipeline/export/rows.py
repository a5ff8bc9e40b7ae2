"""The flat tables of a dataset, one row at a time; every format writes these."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import Any

from normalizers.contract import CONTRACT, fields_of, names_of
from normalizers.finding_details import one_a_cause
from normalizers.record import INDICATOR_FIELDS, OWN_CELLS
from normalizers.vocabulary.units import load_units
from pipeline.export.grid_rows import GRID_CELLS, GRIDS, grid_cells_of, grids_of
from pipeline.export.names import chinese_field
from pipeline.pointers import asked_about

Row = dict[str, Any]
_HEADER = names_of("table", always=True)
_GOALS = names_of("table", always=False)
_FUNDS = names_of("funds")
_MID_TERM = names_of("mid_term_funds")
# Of the matrix of funds its line of totals.
_SPENT = names_of("funds_execution")
_SIGNOFF = names_of("signoff")
_FIELDS = tuple(name for each in INDICATOR_FIELDS for name in ((each, "value_number") if each == "value" else (each,)))
_MATCH = ("indicator_id", "indicator_name", "match_score", "match_method")
_EXTRA = tuple(each.name for each in fields_of("indicators", always=False) if not each.last)
_LAST = tuple(each.name for each in fields_of("indicators") if each.last)
_KEYS = ("document", "sha256", "table_id", "kind")

COLUMNS: dict[str, tuple[str, ...]] = {
    "indicators": (
        *_KEYS, "fiscal_year", "unit_name", "project_name", "row", *_FIELDS, *_MATCH, *_EXTRA, "status", "review", "page_no", "bbox",
        *_LAST, "value_base", "unit_base",
    ),
    "tables": (
        *_KEYS, *_HEADER, *(f"funds_{name}" for name in _FUNDS), *_SIGNOFF, "indicators", "blank_level2", "pages", "status", "review",
        *(f"mid_term_{name}" for name in _MID_TERM), *(f"execution_{name}" for name in _SPENT), *_GOALS,
        "filing_unit", "filing_unit_source",
    ),
    "corrections": ("document", "sha256", "path", "rule", "before", "after"),
    "findings": (
        "document", "sha256", "path", "code", "severity", "message", "priority", "page_no", "bbox", "table_id", "row", "field",
        "field_name", "value", "raw", "proposal", "confidence", "corrected_value", "decision",
        "decision_reason", "also", "finding_id", "reader",
    ),
    "failures": ("path", "code", "reason", "way_out"),
    "grids": GRIDS,
    "grid_cells": GRID_CELLS,
}  # fmt: skip
# Columns that hold whole numbers, and all that hold numbers.
WHOLE = frozenset(
    {"row", "page_no", "indicators", "grid_row", "grid_column", "row_span", "column_span", "row_count", "column_count", "cell_count"}
    | {each.column for each in CONTRACT if each.type == "year"}
)
NUMBERS = (
    WHOLE
    | {"value_number", "value_base", "match_score", "priority", "confidence", "number"}
    | {each.column for each in CONTRACT if each.type in ("amount", "figure")}
)
FLAGS = frozenset({"review"})


def document_to_rows(document: dict[str, Any]) -> dict[str, list[list[Any]]]:
    """The rows of one document for all tables, in the order of ``COLUMNS``; what cleaning remembers of it."""
    return {name: [[row.get(column) for column in COLUMNS[name]] for row in make(document)] for name, make in _MAKERS.items()}


def _of_document(document: dict[str, Any]) -> Row:
    return {"document": document["document"]["path"], "sha256": document["document"]["sha256"]}


def _indicators(document: dict[str, Any]) -> Iterator[Row]:
    asked = asked_about(document)
    for index, table in enumerate(document["tables"]):
        keys = _of_document(document) | {"table_id": table["table_id"], "kind": table["kind"]}
        header = {name: table[name] for name in ("fiscal_year", "unit_name", "project_name")}
        for number, row in enumerate(table["indicators"]):
            base = f"/tables/{index}/indicators/{number}"
            place = _place(document, base)
            yield keys | header | {name: row.get(name) for name in ("row", *_FIELDS, *_MATCH, *_EXTRA, *_LAST)} | {
                "status": _row_status(document, base),
                "review": base in asked,
                "page_no": place[0],
                "bbox": place[1],
            } | _in_base(row)


def _in_base(row: Row) -> Row:
    """The value in the unit in which its like are compared: 3 亩 are 2,000 平方米."""
    found = load_units().base_of(str(row["unit"])) if row["unit"] else None
    if found is None:
        return {}
    base, factor = found
    number = row["value_number"]
    return {"unit_base": base, "value_base": None if number is None else float(f"{float(Fraction(str(number)) * factor):.12g}")}


def _tables(document: dict[str, Any]) -> Iterator[Row]:
    asked = asked_about(document)
    for index, table in enumerate(document["tables"]):
        base = f"/tables/{index}"
        yield _of_document(document) | {"table_id": table["table_id"], "kind": table["kind"]} | {name: table[name] for name in _HEADER} | {
            f"funds_{name}": table["funds"][name] for name in _FUNDS
        } | {name: table["signoff"][name] for name in _SIGNOFF} | {
            "indicators": len(table["indicators"]),
            "blank_level2": "、".join(table["blank_level2"]),
            "pages": " ".join(map(str, table["pages"])),
            "status": document["status"],
            "review": base in asked,
            "filing_unit": table["filing_unit"],
            "filing_unit_source": table["filing_unit_source"],
        } | _of_template(table)


def _of_template(table: dict[str, Any]) -> Row:
    """Plans over years, and what was spent and reached: blank on a form that has no place for it."""
    mid_term = table.get("mid_term_funds", {})
    spent: dict[str, Any] = next((line for line in table.get("funds_execution", []) if line["line"] == "total"), {})
    return (
        {f"mid_term_{name}": mid_term.get(name) for name in _MID_TERM}
        | {f"execution_{name}": spent.get(name) for name in _SPENT}
        | {name: table.get(name) for name in _GOALS}
    )


def _corrections(document: dict[str, Any]) -> Iterator[Row]:
    for each in document["corrections"]:
        yield _of_document(document) | each


def _findings(document: dict[str, Any]) -> Iterator[Row]:
    """One row a cause; fields by their Chinese heads."""
    readers = {page["page_no"]: page["reader"] for page in document["document"]["pages"]}
    for each in one_a_cause(document["findings"]):
        yield _of_document(document) | each | {
            "bbox": " ".join(f"{value:g}" for value in each["bbox"]) if each["bbox"] else None,
            "field_name": chinese_field(each["field"]),
            "also": " ".join(each["also"]),
            "reader": readers.get(each["page_no"]),
        }


def _row_status(document: dict[str, Any], base: str) -> str:
    """The strongest of the row's fields: inferred, then corrected, then read."""
    found = {document["provenance"][path]["status"] for path in (f"{base}/{name}" for name in _FIELDS) if path in document["provenance"]}
    return next((status for status in ("inferred", "corrected") if status in found), "read")


def _place(document: dict[str, Any], base: str) -> tuple[int | None, str | None]:
    """Page of the row and the box around its own cells."""
    places = [document["provenance"].get(f"{base}/{name}") for name in OWN_CELLS]
    known = [place for place in places if place]
    if not known:
        return None, None
    page_no = known[0]["page_no"]
    boxes = [place["bbox"] for place in known if place["bbox"] and place["page_no"] == page_no]
    if not boxes:
        return page_no, None
    box = [min(b[0] for b in boxes), min(b[1] for b in boxes), max(b[2] for b in boxes), max(b[3] for b in boxes)]
    return page_no, " ".join(f"{value:g}" for value in box)


_MAKERS: dict[str, Callable[[dict[str, Any]], Iterator[Row]]] = {
    "indicators": _indicators,
    "tables": _tables,
    "corrections": _corrections,
    "findings": _findings,
    "grids": grids_of,
    "grid_cells": grid_cells_of,
}
