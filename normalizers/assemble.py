"""A clean document as the JSON value of the output contract."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from extractors.model import Page, Source
from normalizers.contract import TABLE_KEYS, names_of
from normalizers.finding_details import describe_findings
from normalizers.grids.output import grid_out
from normalizers.paths import (
    UNKNOWN_COLUMN,
    blank_row_path,
    execution_path,
    fund_path,
    is_execution,
    is_mid_term,
    is_of_row,
    is_other,
    other_path,
    parts_of,
    row_path,
    signoff_path,
)
from normalizers.record import INDICATOR_FIELDS, Field, IndicatorRow, TargetTable

if TYPE_CHECKING:
    from normalizers.cleaned import CleanDocument

SCHEMA_VERSION = "1.1"


def assemble(clean: CleanDocument) -> dict[str, Any]:
    """The value of ``documents/<sha12>.json``; keys in the order of the contract."""
    document = clean.document
    sha12 = document.sha256[:12]
    findings = _findings(clean)
    result: dict[str, Any] = {
        "schema_version": SCHEMA_VERSION,
        "document": {
            "path": document.path,
            "sha256": document.sha256,
            "media_type": document.media_type,
            "page_count": document.page_count,
            "pages": [_page_out(page) for page in document.pages],
        },
        "status": _status(clean, findings),
        "tables": [table_out(table, f"{sha12}-{index + 1}") for index, table in enumerate(clean.tables)],
        "provenance": {},
        "corrections": [],
        "findings": findings,
    }
    if clean.grids:
        result["grids"] = [grid_out(grid, f"{sha12}-g{index + 1}") for index, grid in enumerate(clean.grids)]
    fields: dict[str, Field] = {}
    for index, table in enumerate(clean.tables):
        places = TablePlaces(table)
        for path, field in table.all_fields():
            pointer = f"/tables/{index}/{places.of(path)}"
            fields[pointer] = field
            if field.source is not None and _has_place(places.of(path), field):
                result["provenance"][pointer] = _provenance_out(field, field.source)
            result["corrections"] += [{"path": pointer, "rule": s.rule, "before": s.before, "after": s.after} for s in field.steps]
    for index, grid in enumerate(clean.grids):
        for number, cell in enumerate(grid.cells):
            pointer = f"/grids/{index}/cells/{number}"
            fields[pointer] = cell.read
            result["corrections"] += [{"path": pointer, "rule": s.rule, "before": s.before, "after": s.after} for s in cell.read.steps]
    describe_findings(result, clean.tables, fields)
    return result


class TablePlaces:
    """Where each path of a table stands in the output: rows by their position, labels escaped, lines of the funds matrix by number."""

    def __init__(self, table: TargetTable) -> None:
        self._rows = {row.order: row_path(index) for index, row in enumerate(table.rows)}
        self._rows |= {row.order: blank_row_path(index) for index, row in enumerate(table.blank_rows)}
        self._lines = _line_names(table)

    def of(self, path: str) -> str:
        """The path inside its table that the JSON Pointer leads to.

        Raises:
            KeyError: no such row stands on the form.
        """
        parts = parts_of(path)
        if parts.row is not None:
            row, name = self._rows[parts.row], parts.name
            if name.startswith(UNKNOWN_COLUMN):
                name = f"other/{_escaped(name.removeprefix(UNKNOWN_COLUMN))}"
            return f"{row}/{name}" if name else row
        if is_other(path):
            return other_path(_escaped(parts.name))
        return execution_path(str(self._lines.index(parts.line)), parts.name) if is_execution(path) else path


def _has_place(path: str, field: Field) -> bool:
    """False for a blank cell of a column that the contract does not know: the output leaves it out."""
    return bool(field.text or field.steps) or not is_of_row(path) or parts_of(path).name in INDICATOR_FIELDS


def _escaped(label: str) -> str:
    return label.replace("~", "~0").replace("/", "~1")


def _line_names(table: TargetTable) -> list[str]:
    """Lines of the funds matrix in the order of the page."""
    return list(dict.fromkeys(parts_of(path).line for path in table.fields if is_execution(path)))


def _findings(clean: CleanDocument) -> list[dict[str, Any]]:
    found = [{"path": f.path, "code": f.code, "severity": f.severity, "message": f.message} for f in clean.findings]
    for index, table in enumerate(clean.tables):
        places = TablePlaces(table)
        for each in table.findings:
            path = f"/tables/{index}/{places.of(each.path)}" if each.path else f"/tables/{index}"
            cause = {"cause": f"/tables/{index} {each.cause}"} if each.cause else {}
            found.append({"path": path, "code": each.code, "severity": each.severity, "message": each.message, **cause})
    for index, grid in enumerate(clean.grids):
        for each in grid.findings:
            path = f"/grids/{index}/cells/{each.path}" if each.path else f"/grids/{index}"
            cause = {"cause": f"/grids/{index} {each.cause}"} if each.cause else {}
            found.append({"path": path, "code": each.code, "severity": each.severity, "message": each.message, **cause})
    unique = {(f["path"], f["code"], f["message"]): f for f in found}
    return sorted(unique.values(), key=lambda f: (_path_key(f["path"]), f["code"], f["message"]))


def _path_key(path: str) -> list[tuple[int, str]]:
    """Numbers by their worth, however long they are, behind names."""
    return [(len(part.lstrip("0")) if part.isdecimal() else -1, part) for part in path.split("/")]


def _status(clean: CleanDocument, findings: list[dict[str, Any]]) -> str:
    if not clean.tables and not clean.grids:
        return "failed"
    return "partial" if any(f["severity"] == "review" for f in findings) else "success"


def _page_out(page: Page) -> dict[str, Any]:
    out: dict[str, Any] = {
        "page_no": page.page_no,
        "width": page.width,
        "height": page.height,
        "reader": page.reader,
        "rotation": page.rotation,
        "skew_degrees": page.skew_degrees,
        "seals": [{"bbox": seal.bbox.as_list(), "code": seal.code} for seal in page.seals],
    }
    if page.transform:
        out["transform"] = list(page.transform)
    if page.hidden_text:
        out["hidden_text"] = [{"text": each.text, "bbox": each.bbox.as_list(), "reason": each.reason} for each in page.hidden_text]
    if page.marks:
        out["marks"] = [{"text": each.text, "bbox": each.bbox.as_list(), "kind": each.kind} for each in page.marks]
    if page.notes:
        out["notes"] = [note.message for note in page.notes]
    return out


def table_out(table: TargetTable, table_id: str) -> dict[str, Any]:
    """One entry of ``tables``."""
    values = _structure(table, table_id) | {name: table.value(name) for name in names_of("table", always=True)}
    values |= {name: table.value(name) for name in names_of("table", always=False) if name in table.fields}
    out = {name: values.pop(name) for name in TABLE_KEYS}
    return out | values | _sometimes(table)


def _structure(table: TargetTable, table_id: str) -> dict[str, Any]:
    """What a table holds beside its own fields."""
    return {
        "table_id": table_id,
        "kind": table.kind,
        "pages": table.pages,
        "filing_unit": table.filing_unit or None,
        "filing_unit_source": table.filing_unit_source or None,
        "funds": {name: table.value(fund_path(name)) for name in names_of("funds")},
        "indicators": [_row_out(index, row) for index, row in enumerate(table.rows)],
        "blank_level2": table.blank_level2,
        "signoff": {name: table.value(signoff_path(name)) for name in names_of("signoff")},
    }


def _sometimes(table: TargetTable) -> dict[str, Any]:
    """Blocks that only some forms of the family have."""
    out: dict[str, Any] = {}
    mid_term = {parts_of(path).name: field.value for path, field in table.fields.items() if is_mid_term(path)}
    if mid_term:
        out["mid_term_funds"] = {name: mid_term.get(name) for name in names_of("mid_term_funds")}
    if lines := _execution_lines(table):
        out["funds_execution"] = lines
    if table.other_fields:
        out["other_fields"] = {label: field.text or None for label, field in table.other_fields.items()}
    return out


def _execution_lines(table: TargetTable) -> list[dict[str, Any]]:
    """The funds matrix, one entry a line in the order of the page."""
    lines: dict[str, dict[str, Any]] = {}
    for path, field in table.fields.items():
        if is_execution(path):
            parts = parts_of(path)
            lines.setdefault(parts.line, {"line": parts.line})[parts.name] = field.value
    return list(lines.values())


def _row_out(index: int, row: IndicatorRow) -> dict[str, Any]:
    out: dict[str, Any] = {"row": index + 1}
    for name in INDICATOR_FIELDS:
        out[name] = row.text(name) or None
        if name == "value":
            out["value_number"] = row.fields["value"].value if "value" in row.fields else None
    match = row.match
    out |= {
        "indicator_id": match.indicator_id,
        "indicator_name": match.indicator_name,
        "match_score": round(match.score, 4),
        "match_method": match.method,
    }
    extra = {name: field.text for name, field in row.fields.items() if name not in INDICATOR_FIELDS and field.text}
    named = {name: text for name, text in extra.items() if not name.startswith(UNKNOWN_COLUMN)}
    other = {name.removeprefix(UNKNOWN_COLUMN): text for name, text in extra.items() if name.startswith(UNKNOWN_COLUMN)}
    return out | named | ({"other": other} if other else {})


def _provenance_out(field: Field, source: Source) -> dict[str, Any]:
    return {
        "raw": field.raw,
        "page_no": source.page_no,
        "bbox": source.bbox.as_list() if source.bbox else None,
        "confidence": round(source.confidence if field.confidence is None else field.confidence, 4),
        "engine": source.engine,
        "origin": source.origin,
        **(source.place.as_dict() if source.place is not None else {}),
        "status": field.status,
    }

