"""Forms of projects against the tables of a publication that list them, in one file or in several."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from normalizers.budgets.collect import (
    FORM,
    KINDS,
    LISTED,
    collect_budgets,
    form_to_facts,
    grid_year,
    list_to_facts,
    place_of,
    units_of_forms,
)
from normalizers.budgets.lists import grid_to_projects
from normalizers.checks.figures import fold, fund, near, say
from normalizers.checks.place import listed
from normalizers.cleaned import CleanDocument
from normalizers.consensus.facts import RowFacts, TableFacts
from normalizers.consensus.spelling import one_off
from normalizers.filing.names import is_same_office
from normalizers.filing.witnesses import is_asked_about
from normalizers.record import Finding, TargetTable
from normalizers.rules.dates import parse_year
from normalizers.vocabulary.characters import folded

DIFFERS, AGREES = "budget.amount-differs", "budget.amount-agrees"
NEAR, MISSING, UNKNOWN = "budget.near-name", "budget.project-missing", "budget.insufficient-data"
_TOTAL = "funds/total"
# A name that holds another one of at least so many characters may be the same project.
_LEAST = 4

Listed = tuple[TableFacts, RowFacts]


@dataclass(frozen=True, slots=True)
class _Form:
    """A form of this document and what may list it."""

    table: TargetTable
    facts: TableFacts
    lists: tuple[TableFacts, ...]


def compare_budgets(clean: CleanDocument, scopes: Mapping[str, Sequence[TableFacts]]) -> None:
    """Add to forms and tables what the others say of the same project; no value changes.

    Args:
        scopes: facts of all documents by their scope; those of ``collect_budgets`` are looked up.
    """
    document = clean.document.path
    own = collect_budgets(clean, document)
    forms = list(_forms(clean, own, scopes))
    for form in forms:
        _compare(form)
    _tell_grids(clean, forms, own, scopes)


def _forms(clean: CleanDocument, own: Sequence[TableFacts], scopes: Mapping[str, Sequence[TableFacts]]) -> Iterator[_Form]:
    by_number = {each.number: each for each in own if each.kind == FORM}
    for index, (table, unit) in enumerate(zip(clean.tables, units_of_forms(clean), strict=True)):
        if table.kind not in KINDS or not table.text("project_name"):
            continue
        facts = form_to_facts(table, index, "", "")
        scope = by_number[facts.number].scope if facts.number in by_number else ""
        elsewhere = [each for each in scopes.get(scope, ()) if each.kind == LISTED and each.document != clean.document.path]
        yield _Form(table, facts, (*_lists_here(clean, table, unit), *elsewhere))


def _lists_here(clean: CleanDocument, table: TargetTable, unit: str) -> list[TableFacts]:
    """Tables of the same file, as far as they are of the same unit and year, or do not say so."""
    year, found = parse_year(table.text("fiscal_year")), []
    for index, grid in enumerate(clean.grids):
        if year and grid_year(clean, grid) not in (None, year):
            continue
        projects = [each for each in grid_to_projects(grid) if not (unit and each.office) or is_same_office(folded(each.office), unit)]
        if projects:
            found.append(list_to_facts(grid, index, projects, "", ""))
    return found


def _compare(form: _Form) -> None:
    if not form.lists:
        return
    name = fold(form.table.text("project_name"))
    same = [(facts, row) for facts in form.lists for row in facts.rows if fold(row.level3) == name]
    if not same:
        _say_missing(form, name)
        return
    total = fund(form.table, "total")
    places = listed(f"{row.explanation} in {place_of(facts, row)}" for facts, row in same)
    known = [Decimal(row.value) for _, row in same if row.value]
    if total is None or not known:
        what = "the form gives no total" if total is None else "the table does not say what its figures count"
        form.table.find(_TOTAL, UNKNOWN, f"The project also stands as {places}; {what}, so the two were not compared.", "info")
    elif _agrees(form.table, total, same):
        form.table.find(_TOTAL, AGREES, f"年度资金总额 {say(total)} 万元 is {places}.", "info")
    else:
        doubted = is_asked_about(form.table, _TOTAL)
        message = f"年度资金总额 is {say(total)} 万元 here, the same project {places}; which is right?"
        form.table.find(_TOTAL, DIFFERS, message, "info" if doubted else "review")


def _agrees(table: TargetTable, total: Decimal, same: Sequence[Listed]) -> bool:
    """One row of each table, or its rows together, give the total, or what of it is granted this year."""
    carried = fund(table, "carry_over")
    wanted = [total] if not carried else [total, total - carried]
    for facts in {id(facts): facts for facts, _ in same}.values():
        amounts = [Decimal(row.value) for other, row in same if other is facts and row.value]
        if amounts and not any(near(each, target) for each in [*amounts, sum(amounts, Decimal(0))] for target in wanted):
            return False
    return True


def _say_missing(form: _Form, name: str) -> None:
    close = [(facts, row) for facts in form.lists for row in facts.rows if _is_close(fold(row.level3), name)]
    if close:
        places = listed(f"{row.level3!r} ({row.explanation}) in {place_of(facts, row)}" for facts, row in close)
        message = f"No table lists a project of this name; nearly so is called {places}. The amounts were not compared."
        form.table.find("project_name", NEAR, message, "info")
        return
    places = listed(place_of(facts) for facts in form.lists)
    form.table.find("project_name", MISSING, f"The project does not stand in {places}.", "info")


def _is_close(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    return one_off(one, other) or (len(short) >= _LEAST and short in long)


def _tell_grids(
    clean: CleanDocument, forms: Sequence[_Form], own: Sequence[TableFacts], scopes: Mapping[str, Sequence[TableFacts]]
) -> None:
    """The same at the cells of the tables, for whoever looks at these: what differs, and which projects have no form."""
    elsewhere = {each.number: _forms_elsewhere(each, scopes) for each in own if each.kind == LISTED}
    for index, grid in enumerate(clean.grids):
        projects = grid_to_projects(grid)
        ours = list_to_facts(grid, index, projects, "", "")
        theirs = [each for facts in own if facts.kind == LISTED and _is_of(facts, ours) for each in elsewhere[facts.number]]
        here = [form.facts for form in forms if any(facts.number == ours.number for facts in form.lists)]
        if not here and not theirs:
            continue
        lacking = []
        for row in ours.rows:
            same = [each for each in (*here, *theirs) if fold(each.name) == fold(row.level3)]
            if not same:
                lacking.append(row.level3)
            differing = [each for each in same if each.amount is not None and row.value and not near(each.amount, Decimal(row.value))]
            if len(same) == 1 and differing and sum(fold(other.level3) == fold(row.level3) for other in ours.rows) == 1:
                message = f"{row.level3!r} has {row.explanation} here, {say(same[0].amount)} 万元 in {place_of(same[0])}."
                grid.findings.append(Finding(str(row.index), DIFFERS, "info", message))
        if lacking:
            message = f"No form of the unit names {listed(map(repr, lacking))}."
            grid.findings.append(Finding("", MISSING, "info", message))


def _forms_elsewhere(facts: TableFacts, scopes: Mapping[str, Sequence[TableFacts]]) -> list[TableFacts]:
    return [each for each in scopes.get(facts.scope, ()) if each.kind == FORM and each.document != facts.document]


def _is_of(facts: TableFacts, whole: TableFacts) -> bool:
    """Whether facts of a unit come from this table: parts of a table are numbered behind it."""
    return 0 <= facts.number - whole.number < 1000
