"""What a report says, gathered from the flat tables in one pass; memory grows with what is different, not with the dataset."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import Any

from pipeline.dataset import Dataset
from pipeline.export.rows import COLUMNS
from pipeline.export.source import source_of

_EXAMPLES = 3
_MOST_FAILURES = 500


@dataclass(slots=True)
class Unit:
    """One unit in one year: forms, money in 万元, and whether its sums add up."""

    forms: int = 0
    projects: int = 0
    money: float = 0.0
    without_total: int = 0
    not_adding_up: int = 0
    for_a_person: int = 0


@dataclass(slots=True)
class Collected:
    """Counts over a dataset."""

    documents: set[str] = field(default_factory=set)
    kinds: Counter[str] = field(default_factory=Counter)
    years: Counter[str] = field(default_factory=Counter)
    rows: int = 0
    values: int = 0
    statuses: Counter[str] = field(default_factory=Counter)
    methods: Counter[str] = field(default_factory=Counter)
    unmapped: Counter[str] = field(default_factory=Counter)
    corrections: Counter[str] = field(default_factory=Counter)
    examples: dict[str, list[tuple[str, str]]] = field(default_factory=lambda: defaultdict(list))
    review: Counter[str] = field(default_factory=Counter)
    info: Counter[str] = field(default_factory=Counter)
    readers: Counter[str] = field(default_factory=Counter)
    confidences: Counter[str] = field(default_factory=Counter)
    units: dict[tuple[str, str], Unit] = field(default_factory=lambda: defaultdict(Unit))
    failures: list[dict[str, Any]] = field(default_factory=list)
    failure_count: int = 0


def collect(dataset: Dataset) -> Collected:
    """One pass over all rows."""
    found = Collected()
    unit_of: dict[str, tuple[str, str]] = {}
    adders = {"indicators": _indicator, "corrections": _correction}
    with source_of(dataset) as source:
        for name, row in source.rows():
            named = dict(zip(COLUMNS[name], row, strict=True))
            if name == "tables":
                unit_of[named["table_id"]] = _table(found, named)
            elif name == "findings":
                _finding(found, named, unit_of)
            elif name == "failures":
                found.failure_count += 1
                if len(found.failures) < _MOST_FAILURES:
                    found.failures.append(named)
            elif name in adders:
                adders[name](found, named)
    return found


def _table(found: Collected, row: dict[str, Any]) -> tuple[str, str]:
    key = (row["unit_name"] or row.get("filing_unit") or "", str(row["fiscal_year"] or ""))
    found.documents.add(row["sha256"])
    found.kinds[row["kind"]] += 1
    found.years[key[1]] += 1
    unit = found.units[key]
    unit.forms += 1
    if row["kind"] != "overall":
        unit.projects += 1
        if row["funds_total"] is None:
            unit.without_total += 1
        else:
            unit.money += row["funds_total"]
    return key


def _indicator(found: Collected, row: dict[str, Any]) -> None:
    found.rows += 1
    found.statuses[row["status"]] += 1
    found.methods[row["match_method"]] += 1
    if row["match_method"] == "unmapped" and row["level3"]:
        found.unmapped[row["level3"]] += 1


def _correction(found: Collected, row: dict[str, Any]) -> None:
    found.corrections[row["rule"]] += 1
    if len(found.examples[row["rule"]]) < _EXAMPLES:
        found.examples[row["rule"]].append((row["before"], row["after"]))


def _finding(found: Collected, row: dict[str, Any], unit_of: dict[str, tuple[str, str]]) -> None:
    (found.review if row["severity"] == "review" else found.info)[row["code"]] += 1
    if row["severity"] == "review":
        found.readers[row["reader"] or ""] += 1
    unit = found.units.get(unit_of.get(row["table_id"] or "", ("", "")))
    if unit is not None:
        unit.for_a_person += row["severity"] == "review"
        unit.not_adding_up += row["code"].endswith("-mismatch") and row["code"].startswith("funds.")
