"""A clean document with types: its forms, their rows, and what a person should look at."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from pipeline.pointers import asked_about


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that a person should look at (``review``) or may want to know (``info``); ``path`` is a JSON Pointer."""

    path: str
    code: str
    severity: Literal["review", "info"]
    message: str


@dataclass(frozen=True, slots=True)
class Row:
    """One indicator of a form; what is not on the page is None.

    ``value`` is the clean text, ``value_number`` the number in it. ``asks`` is True where a finding of severity ``review``
    names the row or a field of it. ``json`` is the row as it stands in the document, with all that only some forms have.
    """

    row: int
    level1: str | None
    level2: str | None
    level3: str | None
    operator: str | None
    value: str | None
    value_number: float | None
    unit: str | None
    explanation: str | None
    scoring_standard: str | None
    remark: str | None
    indicator_id: str | None
    indicator_name: str | None
    match_score: float
    match_method: str
    asks: bool
    json: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Table:
    """One form. Funds are in 万元; ``filled_on`` is an ISO date. ``json`` is the table as it stands in the document."""

    table_id: str
    kind: str
    title: str | None
    fiscal_year: int | None
    unit_name: str | None
    project_name: str | None
    department: str | None
    funds: dict[str, float | None]
    overall_goal: str | None
    signoff: dict[str, str | None]
    pages: tuple[int, ...]
    rows: tuple[Row, ...]
    json: dict[str, Any]


@dataclass(frozen=True, slots=True)
class CleanedDocument:
    """One document of the dataset; ``json`` is its value by the schema (``jixiao schema``)."""

    path: str
    sha256: str
    status: Literal["success", "partial", "failed"]
    tables: tuple[Table, ...]
    findings: tuple[Finding, ...]
    json: dict[str, Any]

    def questions(self) -> tuple[Finding, ...]:
        """What asks for a person."""
        return tuple(each for each in self.findings if each.severity == "review")


def to_document(value: dict[str, Any]) -> CleanedDocument:
    """The types around the JSON value of a document."""
    findings = tuple(Finding(each["path"], each["code"], each["severity"], each["message"]) for each in value["findings"])
    asked = asked_about(value)
    tables = tuple(_table(each, f"/tables/{index}", asked) for index, each in enumerate(value["tables"]))
    head = value["document"]
    return CleanedDocument(head["path"], head["sha256"], value["status"], tables, findings, value)


_HEADER = ("table_id", "kind", "title", "fiscal_year", "unit_name", "project_name", "department", "funds", "overall_goal", "signoff")
_FIELDS = ("row", "level1", "level2", "level3", "operator", "value", "value_number", "unit", "explanation", "scoring_standard", "remark")
_MATCH = ("indicator_id", "indicator_name", "match_score", "match_method")


def _table(value: dict[str, Any], path: str, asked: frozenset[str]) -> Table:
    header = {name: value[name] for name in _HEADER}
    return Table(**header, pages=tuple(value["pages"]), rows=tuple(_rows(value, path, asked)), json=value)


def _rows(table: dict[str, Any], path: str, asked: frozenset[str]) -> Iterator[Row]:
    for index, value in enumerate(table["indicators"]):
        asks = f"{path}/indicators/{index}" in asked
        yield Row(**{name: value[name] for name in (*_FIELDS, *_MATCH)}, asks=asks, json=value)
