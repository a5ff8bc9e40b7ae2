"""Who files a form, where the form itself does not say so.

It stands beside ``unit_name``, never in it: what the form says is one thing,
what is known of it another. A unit that is not certain is not given.
"""

from __future__ import annotations

from collections.abc import Sequence

from extractors.model import Page
from normalizers.filing.names import collects, is_bureau, is_same_office, may_stand_above
from normalizers.filing.witnesses import (
    Witness,
    department_of,
    file_witnesses,
    implementing_offices,
    is_asked_about,
    own_witnesses,
    path_witnesses,
)
from normalizers.grids.grid import Grid
from normalizers.record import TargetTable

CONFLICT = "filing-unit.conflict"
_PATH = "filing_unit"
_SAID = {
    "sign-off": "who signs below it", "title": "its title", "department": "主管部门 and who runs the project", "seal": "its seal",
    "other-form": "another form of the file", "other-table": "a line over a table of the file", "file-name": "the name of the file",
    "folder": "the folder",
}  # fmt: skip
# What lies around a form and is no part of it: it may hold forms of offices below the one that it names.
_AROUND = ("seal", "folder")
_ON_FORM = ("sign-off", "title", "department")


def name_filing_units(tables: Sequence[TargetTable], grids: Sequence[Grid], paths: Sequence[str], pages: Sequence[Page] = ()) -> None:
    """Give each form the unit that files it, and where that is known from; where sources part, a finding.

    The sources in their order: ``form`` its own field; ``sign-off``, ``title``, ``department``, ``seal``
    what else stands on it; ``other-form`` of the same file, ``other-table`` a line over a table of the
    file, ``file-name``, ``folder``.

    Args:
        paths: every path under which the file lies.
    """
    of_file, several = file_witnesses(tables, grids, pages)
    around = [] if several else path_witnesses(paths)
    for table in tables:
        witnesses = _believed([*own_witnesses(table, pages), *of_file, *_not_its_subject(around, table)], table)
        if table.text("unit_name"):
            _by_itself(table, witnesses)
        else:
            _by_witnesses(table, witnesses)


def units_known_of_file(tables: Sequence[TargetTable], grids: Sequence[Grid], pages: Sequence[Page]) -> list[str]:
    """The unit that files each form as far as its file says so, wherever the file lies; empty where that is not certain."""
    of_file, _ = file_witnesses(tables, grids, pages)
    return [_known(table, _believed([*own_witnesses(table, pages), *of_file], table)) for table in tables]


def _known(table: TargetTable, witnesses: Sequence[Witness]) -> str:
    if table.text("unit_name"):
        return table.text("unit_name") if not is_asked_about(table, "unit_name") else ""
    first, against = _nearest(table, witnesses)
    return first.name if first is not None and not against else ""


def _not_its_subject(witnesses: Sequence[Witness], table: TargetTable) -> list[Witness]:
    """A file may be called after its project: 云田县文化馆 may be what is built."""
    subject = "".join(table.text("project_name").split())
    return [each for each in witnesses if each.source != "file-name" or each.name not in subject]


def _believed(witnesses: Sequence[Witness], table: TargetTable) -> list[Witness]:
    """Those that are sure, and those that another one bears out; the form's own word counts as one."""
    own = table.text("unit_name")
    return [
        each
        for each in witnesses
        if each.sure
        or (own and is_same_office(each.name, own))
        or any(other is not each and other.source != each.source and is_same_office(each.name, other.name) for other in witnesses)
    ]


def _by_itself(table: TargetTable, witnesses: Sequence[Witness]) -> None:
    """The form names its unit; in doubt only where something else says the same."""
    own = table.text("unit_name")
    if is_asked_about(table, "unit_name") and not any(is_same_office(each.name, own) for each in witnesses):
        return
    table.filing_unit, table.filing_unit_source = own, "form"
    against = [each for each in witnesses if not is_same_office(each.name, own) and not may_stand_above(each.name, own)]
    for each in against:
        on_form = each.source in ("sign-off", "title", "seal")
        if on_form or each.source in ("file-name", "folder"):
            message = f"The form names {own!r}, {_SAID[each.source]} names {each.name!r}; which of the two files it?"
            table.find(_PATH, CONFLICT, message, "review" if on_form else "info")


def _by_witnesses(table: TargetTable, witnesses: Sequence[Witness]) -> None:
    """The form names no unit: the nearest source, if nothing else parts from it."""
    first, against = _nearest(table, witnesses)
    if first is None:
        return
    running = [f"实施单位 {name!r}" for name in implementing_offices(table) if not is_same_office(name, first.name)]
    if not against and (not running or first.source in _ON_FORM):
        table.filing_unit, table.filing_unit_source = first.name, first.source
        return
    said = f"{_SAID[first.source]} says {first.name!r}, {', '.join([*against, *running])}"
    # Who runs a project for another one is no contradiction, only no certainty.
    table.find(_PATH, CONFLICT, f"The form names no unit that files it; {said}. Left empty.", "review" if against else "info")


def _nearest(table: TargetTable, witnesses: Sequence[Witness]) -> tuple[Witness | None, list[str]]:
    """The nearest source, and what parts from it."""
    # Who approves signs and stamps, too.
    witnesses = [each for each in witnesses if each.source != "sign-off" or not collects(each.name) or len(witnesses) == 1]
    if not witnesses:
        return None, []
    first, department = witnesses[0], department_of(table)
    against = [f"{_SAID[each.source]} {each.name!r}" for each in witnesses[1:] if _parts(first, each)]
    if first.source != "department" and department and _is_of_another(first.name, department):
        against.append(f"主管部门 {department!r}")
    return first, against


def _parts(first: Witness, other: Witness) -> bool:
    """Whether two sources cannot both be right."""
    if is_same_office(first.name, other.name):
        return False
    around = other.source in _AROUND or (other.source == "file-name" and first.source in _ON_FORM)
    return not (around and may_stand_above(other.name, first.name))


def _is_of_another(name: str, department: str) -> bool:
    """A bureau under another bureau's name; what is no bureau has one above it."""
    return is_bureau(name) and is_bureau(department) and not is_same_office(name, department)
