"""Findings as work for a person: where each stands, what it is about, how urgent it is, and which of them have one cause."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from extractors.whole_numbers import whole_number
from normalizers.paths import BLANK_ROWS, ROWS, inside_of, parts_of, table_of
from normalizers.record import Field, TargetTable
from normalizers.rules.roles import NUMBERS, OTHER, SENTENCES, role_of

Value = dict[str, Any]
# What a wrong value costs: money, targets and what they mean first, then names and dates, then running text.
_FIGURES = NUMBERS | {"operator", "unit", "fiscal_year"}
_RUNNING_TEXT = (SENTENCES - {"overall_goal"}) | {OTHER}
_NEARLY_SURE = 0.99
_ID_DIGITS = 12
_TABLE_IDS = {"tables": "table_id", "grids": "grid_id"}


def describe_findings(value: Value, tables: Iterable[TargetTable], pointers: Mapping[str, Field]) -> None:
    """Add to each finding of an assembled document what a person needs to work on it; nothing of it changes.

    Findings of one code on one physical cell, or with a ``cause`` that they share, have one
    ``finding_id``; ``also`` of each lists the paths of the others.

    Args:
        value: a document as ``assemble`` makes it, with ``provenance`` and ``findings``.
        pointers: the field behind each path of the provenance.
    """
    by_table = dict(enumerate(tables))
    causes: dict[tuple[Any, ...], list[Value]] = defaultdict(list)
    for finding in value["findings"]:
        place = place_of(finding["path"], value, by_table)
        causes[_cause(finding, place)].append(finding)
        finding.pop("cause", None)
        finding.update(_details(finding, place, value, pointers.get(finding["path"])))
    for cause, members in causes.items():
        number = hashlib.sha256(repr((value["document"]["sha256"], cause)).encode()).hexdigest()[:_ID_DIGITS]
        urgent = min(each["priority"] for each in members)
        for each in members:
            each["finding_id"], each["priority"] = number, urgent
            each["also"] = [other["path"] for other in members if other is not each]


def one_a_cause(findings: Iterable[Value]) -> list[Value]:
    """The first finding of each cause, in order: what a person has to look at, once."""
    seen: dict[str, Value] = {}
    for each in findings:
        seen.setdefault(each["finding_id"], each)
    return list(seen.values())


def proposal_of(field: Field | None) -> str | None:
    """Another reading of the same ink, the surest that says something else; None where all readings agree.

    What stood before a correction is the ``raw`` of a finding, not a proposal.
    """
    if field is None or field.cell is None:
        return None
    others = [each for each in field.cell.readings if _plain(each.text) not in ("", _plain(field.text), _plain(field.raw))]
    return max(others, key=lambda each: each.confidence).text if others else None


def _plain(text: str) -> str:
    return "".join(text.split())


def _cause(finding: Value, place: tuple[int | None, list[float] | None]) -> tuple[Any, ...]:
    if "cause" in finding:
        return finding["code"], finding["cause"]
    page_no, box = place
    # A finding on a row or a table speaks of something else than one on a cell of it.
    return (finding["code"], page_no, tuple(box)) if box and page_no and field_of(finding["path"]) else (finding["code"], finding["path"])


def _details(finding: Value, place: tuple[int | None, list[float] | None], value: Value, field: Field | None) -> Value:
    path = finding["path"]
    cell = _grid_cell(path, value)
    source = value["provenance"].get(path, cell or {})
    return {
        "finding_id": "",
        "priority": _priority(finding, source.get("confidence")),
        "page_no": place[0],
        "bbox": place[1],
        "table_id": _table_id(path, value),
        "row": _row(path, value),
        "field": field_of(path),
        "value": None if field is None else field.text or None,
        "raw": source.get("raw") if cell is None or field is None else field.raw or None,
        "proposal": proposal_of(field),
        "confidence": source.get("confidence"),
        "also": [],
    }


def _priority(finding: Value, confidence: float | None) -> int:
    """1 to 3, 1 first: what the field weighs, one step later where the value is nearly sure; 3 for what is only noted."""
    if finding["severity"] != "review":
        return 3
    name = field_of(finding["path"])
    role = role_of(inside_of(finding["path"])) if name else ""
    weight = 1 if name is None or role in _FIGURES else 3 if role in _RUNNING_TEXT else 2
    return min(3, weight + (confidence is not None and confidence >= _NEARLY_SURE))


def _parts(path: str) -> list[str]:
    return path.strip("/").split("/")


def field_of(path: str) -> str | None:
    """The name of the field that a path ends in, ``value`` or ``funds/total``; None for a row, a table, a page."""
    inside = inside_of(path)
    if _parts(path)[0] not in _TABLE_IDS or not inside:
        return None
    parts = parts_of(inside)
    return inside if parts.block not in (ROWS, BLANK_ROWS) else parts.name or None


def _grid_cell(path: str, value: Value) -> Value | None:
    """The cell of a grid that a path names; None for any other path."""
    parts = _parts(path)
    if parts[0] != "grids" or len(parts) < 4:
        return None
    cell: Value = value["grids"][int(parts[1])]["cells"][int(parts[3])]
    return cell


def _row(path: str, value: Value) -> int | None:
    """The row as people count, from 1."""
    cell = _grid_cell(path, value)
    if cell is not None:
        return int(cell["row"])
    parts = parts_of(inside_of(path))
    return parts.row + 1 if parts.block == ROWS and parts.row is not None else None


def _table_id(path: str, value: Value) -> str | None:
    parts = _parts(path)
    of_kind = value.get(parts[0], []) if parts[0] in _TABLE_IDS else []
    index = whole_number(parts[1], -1) if len(parts) > 1 else -1
    return str(of_kind[index][_TABLE_IDS[parts[0]]]) if 0 <= index < len(of_kind) else None


def place_of(path: str, value: Value, tables: Mapping[int, TargetTable] | None = None) -> tuple[int | None, list[float] | None]:
    """Page and box of what a path names: a field, a cell, a page, or all fields of a row or a table on its first page.

    Args:
        value: an assembled document.
        tables: its forms, for the page of one of which nothing has a place.
    """
    parts = _parts(path)
    if parts[:2] == ["document", "pages"] and len(parts) > 2:
        page = value["document"]["pages"][int(parts[2])]
        return page["page_no"], [0.0, 0.0, page["width"], page["height"]]
    if parts[0] == "grids" and len(parts) > 1:
        return _place_of_grid(path, value)
    own = value["provenance"].get(path)
    members = [own] if own else [each for key, each in value["provenance"].items() if key.startswith(f"{path}/")] if path else []
    pages = sorted({each["page_no"] for each in members if each.get("page_no")})
    if not pages:
        number = table_of(path)
        table = None if number is None else (tables or {}).get(number)
        return (table.pages[0] if table and table.pages else None), None
    boxes = [each["bbox"] for each in members if each["page_no"] == pages[0] and each["bbox"]]
    return pages[0], _around(boxes)


def _place_of_grid(path: str, value: Value) -> tuple[int | None, list[float] | None]:
    """Page and box of a cell of a grid, or around the grid on its first page."""
    cell, grid = _grid_cell(path, value), value["grids"][int(_parts(path)[1])]
    if cell is not None:
        return cell["page_no"], cell["bbox"]
    return grid["page_no"], _around([each["bbox"] for each in grid["cells"] if each["bbox"] and each["page_no"] == grid["page_no"]])


def _around(boxes: list[list[float]]) -> list[float] | None:
    if not boxes:
        return None
    return [min(b[0] for b in boxes), min(b[1] for b in boxes), max(b[2] for b in boxes), max(b[3] for b in boxes)]
