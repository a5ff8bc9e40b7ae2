"""Cases of table rules and checks as data: a TOML file an id, in ``tests/cases/rules`` and ``tests/cases/checks``.

A case has the forms of one file as they stand before (``form``), and of another file of the same batch (``other``): their kind,
their fields by path, their rows by column. A field is its text, or a table of its text and what the reader saw besides (``raw``,
``marks``, ``readings``, ``origin``). What comes of the first form, or of all where a check compares forms: ``changes`` (path:
text after) and ``findings`` (path, severity, code). Where both are empty, everything stays as it is.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from extractors.model import BBox, Cell, Document, Page, Reading, Seal, Source
from normalizers.checks.check import Check
from normalizers.clean import context_of
from normalizers.consensus.facts import tables_to_facts
from normalizers.matching.match import match_row
from normalizers.matching.taxonomy import load_taxonomy
from normalizers.record import Field, Finding, IndicatorRow, TargetTable
from normalizers.rules.table_rule import TableRule
from normalizers.settings import CleanSettings
from normalizers.typed import type_table
from normalizers.vocabulary.bundled import parse_toml

CASES = Path(__file__).parents[1] / "cases"
Case = dict[str, Any]
_BOX = BBox(0, 0, 10, 10)
_ENGINES = {"picture": "paddleocr", "text-layer": "pdfium"}


def cases_of(family: str, id: str) -> list[Case]:
    """The cases of a rule or a check."""
    found: list[Case] = parse_toml((CASES / family / f"{id}.toml").read_text(encoding="utf-8"))["case"]
    return found


def run_rule(rule: TableRule, case: Case) -> Case:
    """What the rule makes of the first form of the case."""
    tables = [to_table(form) for form in case["form"]]
    page = Page(1, 600.0, 800.0, "ocr", seals=[Seal(_BOX, code) for code in case.get("seal_codes", ())])
    document = Document("form.pdf", "0" * 64, "application/pdf", [page], [])
    context = context_of(document, tables, CleanSettings())
    before, known = _texts(tables[:1]), [len(tables[0].findings)]
    rule.apply(tables[0], context)
    return outcome(tables[:1], before, known)


def run_check(check: Check, case: Case) -> Case:
    """What the check finds in the forms of the case."""
    tables = [to_table(form) for form in case["form"]]
    others = [to_table(form) for form in case.get("other", ())]
    for table in (*tables, *others):
        given = list(table.findings)
        type_table(table)
        table.findings = given
        for row in table.rows:
            row.match = match_row(row, load_taxonomy())
    before = _texts(tables)
    known = [len(table.findings) for table in tables]
    if check.scope == "batch":
        own, elsewhere = tables_to_facts(tables, "form.pdf"), tables_to_facts(others, "other.pdf")
        check.work(tables, own, sorted([*own, *elsewhere]))
    elif check.scope == "document":
        check.work(tables)
    elif check.applies_to(tables[0].kind):
        check.work(tables[0], *([load_taxonomy()] if check.scope == "taxonomy" else []))
    return outcome(tables, before, known)


def to_table(form: Case) -> TargetTable:
    """A form as a case describes it; a document's only page is 1."""
    table = TargetTable(
        form.get("kind", "project"),
        {path: _to_field(value) for path, value in form.get("fields", {}).items()},
        [_to_row(row, order) for order, row in enumerate(form.get("row", ()))],
        list(form.get("blank_level2", ())),
        [1],
        funds_unit=form.get("funds_unit", "万元"),
        has_funds=form.get("has_funds", True),
        unknown_heads=frozenset(form.get("unknown_heads", ())),
        other_fields={label: _to_field(value) for label, value in form.get("other_fields", {}).items()},
    )
    table.blank_rows = [_to_row(row, len(table.rows) + number) for number, row in enumerate(form.get("blank_row", ()))]
    table.findings = [Finding(path, code, severity, "") for path, severity, code in form.get("doubts", ())]
    return table


def _to_row(row: Case, order: int) -> IndicatorRow:
    return IndicatorRow({name: _to_field(value) for name, value in row.items()}, order=order)


def _to_field(value: Any) -> Field:
    given = {"text": value} if isinstance(value, str) else value
    origin, confidence = given.get("origin", "picture"), given.get("confidence", 0.98)
    engine = _ENGINES.get(origin, origin)
    readings = tuple(Reading(text, share, how) for how, text, share in given.get("readings", ()))
    raw = given.get("raw", given["text"])
    marks = tuple(given.get("marks", ()))
    cell = Cell(range(1), range(1), raw, 1, _BOX, confidence, engine, readings, marks, origin=origin)
    return Field(raw, given["text"], source=Source(1, _BOX, engine, confidence, origin), cell=cell)


def _texts(tables: list[TargetTable]) -> list[dict[str, str]]:
    return [{path: each.text for path, each in table.all_fields()} for table in tables]


def outcome(tables: list[TargetTable], before: list[dict[str, str]], known: list[int]) -> Case:
    """What changed and what was found; paths of a second form begin with its number."""
    changes, findings = {}, []
    for number, (table, texts, count) in enumerate(zip(tables, before, known, strict=True)):
        at = f"{number}:" if number else ""
        changes |= {f"{at}{path}": each.text for path, each in table.all_fields() if each.text != texts.get(path, "")}
        findings += [[f"{at}{each.path}", each.severity, each.code] for each in table.findings[count:]]
    return {"changes": changes, "findings": sorted(findings)}
