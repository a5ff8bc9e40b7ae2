"""What one table says that others may confirm or contradict: small, frozen, picklable."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from sys import intern

from normalizers.checks.figures import budget_costs, fold, unit_of
from normalizers.consensus.unit_scope import units_of
from normalizers.doubts.misreading import may_be_misread, table_severity
from normalizers.paths import fund_path
from normalizers.record import FUND_FIELDS, Field, TargetTable
from normalizers.rules.dates import parse_year
from normalizers.rules.numbers import parse_number
from normalizers.vocabulary.units import load_units

COMPARED = ("level3", "operator", "value", "unit", "explanation")
_WAN = Decimal(10000)
# Scopes in which only budgets of projects are compared.
BUDGET = "budget\t"


@dataclass(frozen=True, slots=True, order=True)
class RowFacts:
    """One indicator; texts as mended, ``unit`` in its canonical spelling.

    ``doubts`` are the columns that the reader was not sure of, ``guessed`` those
    that were taken from what stands elsewhere, which makes them no witness for it.
    """

    index: int
    level2: str
    level3: str
    operator: str
    value: str
    unit: str
    explanation: str
    page_no: int
    misreadable: bool
    scoring: str = ""
    doubts: tuple[str, ...] = ()
    guessed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, order=True)
class TableFacts:
    """One table. ``scope`` says whose names it may be compared with: one unit and year, else one document.

    ``amount_text`` is the total of a project or the budget cost of a unit, in 万元;
    ``cost_row`` the row of the budget cost, -1 without one; ``funds`` the amounts as
    they stand, parted by tabs.
    """

    scope: str
    document: str
    number: int
    kind: str
    name: str
    page_no: int
    department: str
    filled_by: str
    responsible: str
    phone: str
    misreadable: bool
    cost_row: int
    amount_text: str
    goal: str
    goal_guessed: bool
    funds: str
    rows: tuple[RowFacts, ...]

    @property
    def amount(self) -> Decimal | None:
        """In 万元; None where the form gives none."""
        return Decimal(self.amount_text) if self.amount_text else None

    def place(self, document: str, row: int | None = None) -> str:
        """Where it stands, as a message says it; the document is named when it is another one."""
        parts = [self.name, f"page {self.page_no}", "" if document == self.document else self.document]
        inside = ", ".join(part for part in parts if part)
        return f"table {self.number} ({inside})" + ("" if row is None else f" row {row + 1}")


def tables_to_facts(tables: Sequence[TargetTable], document: str) -> list[TableFacts]:
    """The facts of all tables of a document, in order.

    Args:
        document: path or any other name that no other document of the batch has.
    """
    units = units_of(tables)
    return [table_to_facts(table, document, number, unit) for number, (table, unit) in enumerate(zip(tables, units, strict=True), 1)]


def table_to_facts(table: TargetTable, document: str = "", number: int = 1, unit: str = "") -> TableFacts:
    """The facts of one table; without a unit they are compared inside its document only."""
    costs = budget_costs(table)
    amount = _amount(table, costs)
    return TableFacts(
        scope=scope_name(table, document, unit),
        document=document,
        number=number,
        kind=table.kind,
        name=table.text("project_name") or table.text("unit_name"),
        page_no=table.pages[0] if table.pages else 1,
        department=intern(table.text("department")),
        filled_by=table.text("signoff/filled_by"),
        responsible=table.text("signoff/responsible"),
        phone=table.text("signoff/phone"),
        misreadable=table_severity(table) == "review",
        cost_row=costs[0] if len(costs) == 1 else -1,
        amount_text="" if amount is None else f"{amount.normalize():f}",
        goal=table.text("overall_goal"),
        goal_guessed=_is_guessed(table, "overall_goal", table.fields.get("overall_goal")),
        funds="\t".join(table.text(fund_path(name)) for name in FUND_FIELDS),
        rows=tuple(_rows(table)),
    )


def scope_name(table: TargetTable, document: str, unit: str) -> str:
    """Unit and year where both are known, else the document."""
    year = parse_year(table.text("fiscal_year")) if unit else None
    return f"unit\t{unit}\t{year}" if year else f"document\t{document}"


def is_shared(facts: TableFacts) -> bool:
    """True when tables of other documents may belong to the same scope."""
    return facts.scope.startswith(("unit\t", BUDGET))


def scopes_of(tables: Sequence[TargetTable], document: str) -> set[str]:
    """The scopes that the tables of a document belong to."""
    return {scope_name(table, document, unit) for table, unit in zip(tables, units_of(tables), strict=True)}


def _amount(table: TargetTable, costs: list[int]) -> Decimal | None:
    """From the texts, as facts are collected before fields are typed."""
    total = parse_number(table.text("funds/total"))
    factor = load_units().to_base(Decimal(1), table.funds_unit or "万元")
    if total is not None and factor is not None:
        return total * factor / _WAN
    if len(costs) != 1:
        return None
    number = parse_number(table.rows[costs[0]].text("value"))
    cost = load_units().to_base(number, unit_of(table.rows[costs[0]])) if number is not None else None
    return None if cost is None else cost / _WAN


def _rows(table: TargetTable) -> Iterator[RowFacts]:
    doubted = {found.path for found in table.findings if found.severity == "review"}
    for index, row in enumerate(table.rows):
        # The same wordings stand in thousands of forms: one copy of each is kept.
        yield RowFacts(
            index,
            intern(row.text("level2")),
            intern(row.text("level3")),
            intern(row.text("operator")),
            intern(fold_figure(row.text("value"))),
            intern(unit_of(row)),
            intern(row.text("explanation")),
            row.page_no,
            may_be_misread(row.fields.get("level3")),
            intern(row.text("scoring_standard")),
            tuple(name for name in COMPARED if row.path(name) in doubted),
            tuple(name for name in COMPARED if _is_guessed(table, row.path(name), row.fields.get(name))),
        )


def _is_guessed(table: TargetTable, path: str, field: Field | None) -> bool:
    """Whether a rule changed the text and asked about it: most of those that do take it from what stands elsewhere."""
    rules = {step.rule for step in field.steps} if field is not None else set()
    return bool(rules) and any(found.path == path and found.code in rules for found in table.findings)


def fold_figure(text: str) -> str:
    """A value as it is compared: 36.50 is 36.5, words without width and marks."""
    plain = fold(text) if not any(c.isdigit() for c in text) else "".join(text.split())
    head, point, tail = plain.partition(".")
    return (head + (point + tail).rstrip("0").rstrip(".")) if point and tail.isdigit() else plain
