"""What a document says to others about the budgets of projects, as facts of a unit and year of their own.

Scopes begin with ``budget``: nothing in them takes part in what is said of indicators, people or names.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal

from normalizers.budgets.lists import ListedProject, grid_to_projects, years_in
from normalizers.cleaned import CleanDocument
from normalizers.consensus.facts import BUDGET, RowFacts, TableFacts, table_to_facts
from normalizers.consensus.unit_scope import units_of
from normalizers.filing.names import to_one_office
from normalizers.filing.unit import units_known_of_file
from normalizers.grids.grid import Grid
from normalizers.record import TargetTable
from normalizers.rules.dates import parse_year
from normalizers.vocabulary.characters import folded

LISTED, FORM = "budget-list", "budget-form"
KINDS = ("project", "application")
# Facts of a document are told apart by their number.
_FORMS, _GRIDS, _MOST = 1_000_000, 2_000_000, 1000


def collect_budgets(clean: CleanDocument, document: str) -> list[TableFacts]:
    """Of each form of a project its name and total, of each table of projects what it lists, one for each unit.

    Only what names its unit and year can be compared with other documents.

    Args:
        document: the name of the document, as for ``collect_document``.
    """
    return [*_of_forms(clean, document), *_of_grids(clean, document)]


def grid_year(clean: CleanDocument, grid: Grid) -> int | None:
    """The year of a table of budgets: in its title, else the one that the lines of its document name."""
    found = years_in([f"{grid.title}预算"]) or years_in([line.text for page in clean.document.pages for line in page.lines])
    return found.pop() if len(found) == 1 else None


def units_of_forms(clean: CleanDocument) -> list[str]:
    """The unit of each form, folded, by the document alone; empty where that is not certain."""
    known = units_known_of_file(clean.tables, clean.grids, clean.document.pages)
    return [folded(unit) or before for unit, before in zip(known, units_of(clean.tables), strict=True)]


def place_of(facts: TableFacts, row: RowFacts | None = None) -> str:
    """Where it stands, as a message says it: document, table, page, and the cell by row and column."""
    if facts.kind == LISTED:
        number = (facts.number - _GRIDS) // _MOST + 1
        cell = f", {row.level2}" if row is not None else ""
        inside = f"table g{number} ({facts.name}, page {row.page_no if row is not None else facts.page_no}{cell})"
    else:
        inside = f"table {facts.number - _FORMS} ({facts.name}, page {facts.page_no})"
    return f"{inside} of {facts.document}" if facts.document else inside


def list_to_facts(grid: Grid, index: int, projects: Sequence[ListedProject], scope: str, document: str, part: int = 0) -> TableFacts:
    """The projects of one unit in a table."""
    rows = tuple(
        RowFacts(
            each.cell, f"row {each.row}, column {each.column}", each.name, "", "" if each.amount is None else _plain(each.amount), "万元",
            each.printed, each.page_no, False,
        )
        for each in projects
    )  # fmt: skip
    return _facts(scope, document, _GRIDS + index * _MOST + part, LISTED, grid.title, grid.page_no, "", rows)


def _of_grids(clean: CleanDocument, document: str) -> list[TableFacts]:
    found = []
    for index, grid in enumerate(clean.grids):
        year = grid_year(clean, grid)
        by_office: dict[str, list[ListedProject]] = defaultdict(list)
        for project in grid_to_projects(grid):
            by_office[folded(project.office)].append(project)
        for part, (office, projects) in enumerate(sorted(by_office.items())):
            if office and year and part < _MOST:
                found.append(list_to_facts(grid, index, projects, _scope(office, year), document, part))
    return found


def _of_forms(clean: CleanDocument, document: str) -> list[TableFacts]:
    found = []
    for index, (table, unit) in enumerate(zip(clean.tables, units_of_forms(clean), strict=True)):
        year = parse_year(table.text("fiscal_year"))
        name = table.text("project_name")
        if table.kind in KINDS and to_one_office(unit) and year and name:
            found.append(form_to_facts(table, index, _scope(unit, year), document))
    return found


def form_to_facts(table: TargetTable, index: int, scope: str, document: str) -> TableFacts:
    """The name and the total of one form."""
    amount = table_to_facts(table).amount_text
    page_no = table.pages[0] if table.pages else 1
    return _facts(scope, document, _FORMS + index + 1, FORM, table.text("project_name"), page_no, amount, ())


def _scope(unit: str, year: int) -> str:
    return f"{BUDGET}{unit}\t{year}"


def _plain(amount: Decimal) -> str:
    return f"{amount.normalize():f}"


def _facts(
    scope: str, document: str, number: int, kind: str, name: str, page_no: int, amount: str, rows: tuple[RowFacts, ...]
) -> TableFacts:
    return TableFacts(scope, document, number, kind, name, page_no, "", "", "", "", False, -1, amount, "", False, "", rows)
