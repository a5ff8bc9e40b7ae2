"""What a report says, gathered in one pass over the documents; memory holds one document and counts of what differs."""

from __future__ import annotations

import csv
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from normalizers.finding_details import one_a_cause
from normalizers.paths import table_of
from pipeline.dataset import Dataset
from pipeline.report.delivered import delivered_values
from pipeline.report.frequent import Frequent

# Upper edges of the bands in which confidences are counted; what says nothing of itself is in the last.
BANDS = (0.5, 0.8, 0.9, 0.95, 0.99, 1.0)
_EXAMPLES = 3
_BUDGET_COST = "common.budget-cost"
_MOST_LISTED = 300
# What of the checks of money says that figures do not go together.
_MONEY = frozenset({"funds", "execution", "cross-table", "batch"})
_NOT_TOGETHER = frozenset({"sum-mismatch", "cost-mismatch", "part-above-total", "project-totals-exceed", "mid-term", "rate", "over-budget"})


@dataclass(slots=True)
class Filed:
    """What one unit filed for one year; money in 万元, of each form once however often it was scanned."""

    forms: Counter[str] = field(default_factory=Counter)
    money: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    again: int = 0
    without_total: int = 0
    not_together: int = 0
    for_a_person: int = 0


@dataclass(slots=True)
class Read:
    """What one reader delivered."""

    pages: int = 0
    values: int = 0
    marked: int = 0
    bands: Counter[float] = field(default_factory=Counter)


@dataclass(slots=True)
class Sum:
    """Figures of one form that do not go together, and where it stands."""

    unit: str
    year: str
    file: str
    page: int | None
    code: str
    funds: dict[str, Any]
    message: str


@dataclass(slots=True)
class Collected:
    """Counts over a dataset."""

    documents: int = 0
    statuses: Counter[str] = field(default_factory=Counter)
    rows: int = 0
    filed: dict[tuple[str, str], Filed] = field(default_factory=lambda: defaultdict(Filed))
    readers: dict[str, Read] = field(default_factory=lambda: defaultdict(Read))
    grids: int = 0
    methods: Counter[str] = field(default_factory=Counter)
    unmapped: Frequent = field(default_factory=Frequent)
    corrections: Counter[str] = field(default_factory=Counter)
    examples: dict[str, list[tuple[str, str, str]]] = field(default_factory=lambda: defaultdict(list))
    review: Counter[str] = field(default_factory=Counter)
    info: Counter[str] = field(default_factory=Counter)
    sums: list[Sum] = field(default_factory=list)
    sum_count: int = 0
    failures: list[dict[str, str]] = field(default_factory=list)
    failure_count: int = 0

    @property
    def tables(self) -> int:
        return sum(each.forms.total() for each in self.filed.values())

    @property
    def values(self) -> int:
        return sum(each.values for each in self.readers.values())

    @property
    def marked(self) -> int:
        return sum(each.marked for each in self.readers.values())


def collect(dataset: Dataset, on_document: Callable[[dict[str, Any]], object] = lambda _document: None) -> Collected:
    """One pass over all documents, by the paths of their inputs.

    Args:
        on_document: is shown each document, for whoever else wants to look at them in the same pass.
    """
    found = Collected()
    for document in dataset.load_documents():
        _document(found, document)
        on_document(document)
    for row in csv_rows(dataset, "failures.csv"):
        found.failure_count += 1
        if len(found.failures) < _MOST_LISTED:
            found.failures.append(row)
    return found


def csv_rows(dataset: Dataset, name: str) -> Iterator[dict[str, str]]:
    """Lines of a CSV file of the dataset; none when it is not there."""
    path = dataset.root / name
    if not path.is_file():
        return
    with path.open(encoding="utf-8-sig", errors="replace", newline="") as file:
        for row in csv.DictReader(file):
            yield {key: value for key, value in row.items() if isinstance(key, str) and isinstance(value, str)}


def unit_and_year(table: dict[str, Any]) -> tuple[str, str]:
    """Who filed a form and for which year; empty where nobody knows."""
    return str(table.get("filing_unit") or table.get("unit_name") or ""), str(table.get("fiscal_year") or "")


def _document(found: Collected, document: dict[str, Any]) -> None:
    found.documents += 1
    found.statuses[document["status"]] += 1
    found.grids += len(document.get("grids", ()))
    keys = [_table(found, document, table) for table in document["tables"]]
    _values(found, document)
    _corrections(found, document)
    _findings(found, document, keys)


def _table(found: Collected, document: dict[str, Any], table: dict[str, Any]) -> tuple[str, str]:
    key = unit_and_year(table)
    filed, kind, total = found.filed[key], table["kind"], total_of(table)
    filed.forms[kind] += 1
    if _is_again(document["document"]["sha256"], table):
        filed.again += 1
    elif total is None:
        filed.without_total += 1
    else:
        filed.money[kind] += total
    for row in table["indicators"]:
        found.rows += 1
        found.methods[row["match_method"]] += 1
        if row["match_method"] == "unmapped" and row["level3"]:
            found.unmapped.add(str(row["level3"]))
    return key


def total_of(table: dict[str, Any]) -> float | None:
    """The money of a form in 万元: its total, or the budget cost of a form whose funds say none."""
    total: float | None = table["funds"]["total"]
    if total is not None:
        return total
    costs = (row for row in table["indicators"] if row["indicator_id"] == _BUDGET_COST and row["unit"] == "万元")
    return next((row["value_number"] for row in costs), None)


def _is_again(sha256: str, table: dict[str, Any]) -> bool:
    """Whether another file holds the same form and is the one that counts."""
    return any((each["sha256"], each["table_id"]) < (sha256, table["table_id"]) for each in table.get("versions") or ())


def _values(found: Collected, document: dict[str, Any]) -> None:
    for page in document["document"]["pages"]:
        found.readers[page["reader"]].pages += 1
    for each in delivered_values(document):
        read = found.readers[each.reader]
        read.values += 1
        read.marked += each.is_marked
        confidence = each.source.get("confidence")
        read.bands[BANDS[-1] if confidence is None or confidence >= BANDS[-1] else BANDS[bisect_right(BANDS, confidence)]] += 1


def _corrections(found: Collected, document: dict[str, Any]) -> None:
    for each in document["corrections"]:
        found.corrections[each["rule"]] += 1
        examples = found.examples[each["rule"]]
        pair = (str(each["before"] or ""), str(each["after"] or ""))
        if len(examples) < _EXAMPLES and all(pair != known[:2] for known in examples):
            examples.append((*pair, document["document"]["path"]))


def _findings(found: Collected, document: dict[str, Any], keys: list[tuple[str, str]]) -> None:
    for each in one_a_cause(document["findings"]):
        (found.review if each["severity"] == "review" else found.info)[each["code"]] += 1
        index = table_of(each["path"])
        if index is None or index >= len(keys):
            continue
        filed = found.filed[keys[index]]
        filed.for_a_person += each["severity"] == "review"
        family, _, what = each["code"].partition(".")
        if family in _MONEY and what in _NOT_TOGETHER:
            filed.not_together += 1
            found.sum_count += 1
            if len(found.sums) < _MOST_LISTED:
                funds = {name: value for name, value in document["tables"][index]["funds"].items() if value is not None}
                found.sums.append(Sum(*keys[index], document["document"]["path"], each["page_no"], each["code"], funds, each["message"]))
