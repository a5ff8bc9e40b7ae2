"""What cleaning produces: fields with their life story, rows, tables.

A path is relative to the table here (``funds/total``, ``indicators/3/unit``,
``indicators/3`` for a whole row, ``""`` for the table). It names a row by its place
on the form, which never changes: a row that is set aside as blank keeps its paths
and all that was found about it. Assembling the document makes positions of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from extractors import model
from extractors.model import BBox, Cell, Mark, Source
from normalizers.contract import names_of
from normalizers.paths import other_path, row_path

Status = Literal["read", "corrected", "inferred"]
Severity = model.Severity
Value = str | int | float | None

HEADER_FIELDS = names_of("table", always=True)
FUND_FIELDS = names_of("funds")
SIGNOFF_FIELDS = names_of("signoff")
INDICATOR_FIELDS = names_of("indicators", always=True)
# Any of these makes a row one that carries an indicator; levels often stand over several rows, or alone.
CARRIERS = tuple(name for name in INDICATOR_FIELDS if name not in ("level1", "level2"))
# Those whose cells belong to one row alone; a remark, too, may span several.
OWN_CELLS = tuple(name for name in CARRIERS if name != "remark")


@dataclass(frozen=True, slots=True)
class Step:
    """One change of one field's text, by one rule."""

    rule: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Finding:
    """Something a person should look at (``review``) or may want to know (``info``).

    Findings of a table with one code and one ``cause`` are one thing to look at, whatever fields they cover.
    """

    path: str
    code: str
    severity: Severity
    message: str
    cause: str = ""


@dataclass(slots=True)
class Field:
    """One value of the form: as read (raw), as mended (text), as typed (value).

    ``raw`` is the text of the cell with its line breaks unwrapped. ``value`` is
    set last: a number for funds, ``fiscal_year`` and the target value (None where
    that is words), an ISO date for ``filled_on``, the text for all others.
    ``confidence`` is the share of values like this one that are right; None until
    it is weighed.
    """

    raw: str
    text: str
    value: Value = None
    source: Source | None = None
    status: Status = "read"
    steps: list[Step] = field(default_factory=list)
    cell: Cell | None = None
    confidence: float | None = None

    def change(self, rule: str, after: str, status: Status = "corrected") -> None:
        """Replace the text and write down by which rule; no step when nothing changes."""
        if after != self.text:
            self.steps.append(Step(rule, self.text, after))
            self.text = after
            self.status = status

    def has_mark(self, mark: Mark) -> bool:
        """Whether the reader left this mark (see ``Cell``) on the cell that the value stands in."""
        return self.cell is not None and mark in self.cell.marks


@dataclass(slots=True)
class Match:
    """How an indicator found its canonical entry."""

    indicator_id: str | None = None
    indicator_name: str | None = None
    score: float = 0.0
    method: Literal["exact", "alias", "fuzzy", "consensus", "unmapped"] = "unmapped"
    runner_up: str | None = None


@dataclass(slots=True)
class IndicatorRow:
    """One row that carries an indicator; ``fields`` by the names of INDICATOR_FIELDS.

    ``order`` is its place among all the rows of the form, blank ones included; its table gives it.
    """

    fields: dict[str, Field]
    match: Match = field(default_factory=Match)
    page_no: int = 1
    box: BBox | None = None
    order: int = 0

    def path(self, name: str = "") -> str:
        """The path of the row, or of one field of it."""
        return row_path(self.order, name)

    def text(self, name: str) -> str:
        """The mended text of a field; empty when the field is not on the page."""
        found = self.fields.get(name)
        return found.text if found else ""

    def number(self) -> float | None:
        """The target value as a number; None when it is words or missing."""
        found = self.fields.get("value")
        return float(found.value) if found and isinstance(found.value, (int, float)) else None


@dataclass(slots=True)
class TargetTable:
    """One 绩效目标表. ``fields`` by path: ``title``, ``funds/total``, ``signoff/phone`` …

    ``rows`` carry an indicator; ``blank_rows`` are second levels that the county
    left blank, named in ``blank_level2``. ``other_fields`` are labelled values
    that the contract has no place for, by label: nothing on the page vanishes.
    ``own_amounts`` are the labels of those that stand in the matrix of funds, with their column.
    ``funds_unit`` is the unit that the form declares for its funds, or empty.
    ``filing_unit`` is who files it, which the form may not say itself; ``filing_unit_source`` where that is known from.
    ``signed_by`` are the offices that sign below the form.
    ``without_checks`` are ids of checks that its template leaves out, ``unknown_heads`` heads of indicators that nobody knows.
    ``heads`` are all heads of the indicators, with the column that each is taken for.
    """

    kind: str
    fields: dict[str, Field]
    rows: list[IndicatorRow]
    blank_level2: list[str]
    pages: list[int]
    findings: list[Finding] = field(default_factory=list)
    blank_rows: list[IndicatorRow] = field(default_factory=list)
    funds_unit: str = ""
    has_funds: bool = False
    other_fields: dict[str, Field] = field(default_factory=dict)
    own_amounts: dict[str, str] = field(default_factory=dict)
    without_checks: frozenset[str] = frozenset()
    filing_unit: str = ""
    filing_unit_source: str = ""
    signed_by: tuple[str, ...] = ()
    unknown_heads: frozenset[str] = frozenset()
    heads: tuple[tuple[str, str], ...] = ()

    def __post_init__(self) -> None:
        for order, row in enumerate((*self.rows, *self.blank_rows)):
            row.order = order

    def text(self, path: str) -> str:
        found = self.fields.get(path)
        return found.text if found else ""

    def value(self, path: str) -> Value:
        found = self.fields.get(path)
        return found.value if found else None

    def find(self, path: str, code: str, message: str, severity: Severity = "review", cause: str = "") -> None:
        self.findings.append(Finding(path, code, severity, message, cause))

    def all_fields(self) -> Iterator[tuple[str, Field]]:
        """Every field with its path relative to the table, rows included."""
        yield from self.fields.items()
        for row in (*self.rows, *self.blank_rows):
            for name, value in row.fields.items():
                yield row.path(name), value
        for label, value in self.other_fields.items():
            yield other_path(label), value
