"""A document as ``jixiao extract`` wrote it, held against truth: which fields are wrong, and which of those nobody is told about."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

HEADER = {
    "kind": "kind",
    "title": "title",
    "fiscal_year": "year",
    "project_name": "project_name",
    "department": "department",
    "overall_goal": "goal",
}
INDICATOR = {
    "level1": "l1",
    "level2": "l2",
    "level3": "l3",
    "operator": "op",
    "value": "value",
    "unit": "unit",
    "explanation": "explain",
    "scoring_standard": "scoring",
}


@dataclass(frozen=True)
class Miss:
    """One wrong field; ``marked`` when a finding for review names it, its row or its table."""

    path: str
    truth: Any
    found: Any
    marked: bool

    def __str__(self) -> str:
        return f"{self.path}{'' if self.marked else ' [SILENT]'}: truth {self.truth!r}, found {self.found!r}"


def misses(document: dict[str, Any], truth: dict[str, Any]) -> list[Miss]:
    """Every field of the truth that the document has otherwise, and every indicator too many."""
    marked = {finding["path"] for finding in document["findings"] if finding["severity"] == "review"}
    found = []
    for path, expected, value in document_to_pairs(document, truth):
        if not same(value, expected):
            found.append(Miss(path, expected, value, bool(marked & {path, path.rsplit("/", 1)[0]})))
    return found


def document_to_pairs(document: dict[str, Any], truth: dict[str, Any]) -> Iterator[tuple[str, Any, Any]]:
    """(path, truth, found) of every field. Tables stand in the order of the file; a missing table has path ``/tables/N``."""
    for number, expected in enumerate(truth["tables"]):
        path = f"/tables/{number}"
        if number >= len(document["tables"]):
            yield path, expected["title"], None
            continue
        yield from _table_to_pairs(path, document["tables"][number], expected)
    for number in range(len(truth["tables"]), len(document["tables"])):
        yield f"/tables/{number}", None, document["tables"][number]["title"]


def _table_to_pairs(path: str, table: dict[str, Any], truth: dict[str, Any]) -> Iterator[tuple[str, Any, Any]]:
    for name, key in HEADER.items():
        yield f"{path}/{name}", truth[key], table.get(name)
    if truth["kind"] == "overall":
        yield f"{path}/unit_name", truth["unit_name"], table.get("unit_name")
    for part in ("funds", "signoff"):
        for name, expected in truth[part].items():
            yield f"{path}/{part}/{name}", expected, (table.get(part) or {}).get(name)
    rows, found = [row for row in truth["rows"] if row.get("l3")], table["indicators"]
    for expected_row, index in _aligned(rows, found):
        place = f"{path}/indicators/{index}"
        if expected_row is None or index is None:
            yield place, (expected_row or {}).get("l3"), None if index is None else found[index].get("level3")
            continue
        for name, key in INDICATOR.items():
            yield f"{place}/{name}", expected_row[key], found[index].get(name)


def _aligned(rows: list[dict[str, Any]], found: list[dict[str, Any]]) -> Iterator[tuple[dict[str, Any] | None, int | None]]:
    if len(rows) == len(found):
        yield from zip(rows, range(len(found)), strict=True)
        return
    names = [folded(row["l3"]) for row in rows], [folded(row.get("level3")) for row in found]
    for tag, a0, a1, b0, b1 in SequenceMatcher(None, *names, autojunk=False).get_opcodes():
        both = min(a1 - a0, b1 - b0)
        yield from zip(rows[a0 : a0 + both], range(b0, b0 + both), strict=True)
        if tag != "equal":
            yield from ((row, None) for row in rows[a0 + both : a1])
            yield from ((None, index) for index in range(b0 + both, b1))


def same(found: Any, truth: Any) -> bool:
    """Equal after width of letters and white space are folded; numbers as numbers; a list of truths allows each."""
    if isinstance(truth, list):
        return any(same(found, each) for each in truth)
    if isinstance(found, (int, float)) and isinstance(truth, (int, float)):
        return found == truth
    return folded(found) == folded(truth)


def folded(value: Any) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", "" if value is None else str(value)))
