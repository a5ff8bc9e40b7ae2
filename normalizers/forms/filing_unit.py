"""Who files a form, where the form itself does not say so: from its title, the rest of the file, or the names of file and folder.

It stands beside ``unit_name``, never in it: what the form says is one thing, what is known of it another.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import PurePosixPath

from normalizers.grids.grid import Grid
from normalizers.grids.office import is_office
from normalizers.record import TargetTable

# What file and folder names put around the name of the office.
_AROUND = re.compile(r"[\d\s_\-—－.、()（）\[\]【】]+|年度?|绩效.*|部门预算.*|预算公开.*|决算.*|项目.*|整体.*|自评.*|目标.*|扫描件?|表.*")


def name_filing_units(tables: Sequence[TargetTable], grids: Sequence[Grid], path: str) -> None:
    """Give each form the unit that files it, and where that is known from; nothing where two answers are as good.

    The sources in their order: ``form`` its own field, ``other-form`` of the same
    file, ``other-table`` a line over a table of the file, ``file-name``, ``folder``.
    """
    of_file = _only(table.text("unit_name") for table in tables)
    of_grids = _only(grid.office for grid in grids)
    of_name, of_folder = _office_in(PurePosixPath(path).stem), _of_folder(path)
    for table in tables:
        own = table.text("unit_name")
        known = (("form", own), ("other-form", of_file), ("other-table", of_grids), ("file-name", of_name), ("folder", of_folder))
        table.filing_unit_source, table.filing_unit = next(((source, name) for source, name in known if name), ("", ""))


def _only(names: Iterable[str]) -> str:
    """The name that all agree on; empty where there is none, or more than one."""
    found = {"".join(name.split()) for name in names if name}
    return found.pop() if len(found) == 1 else ""


def _of_folder(path: str) -> str:
    """The nearest folder that is called like an office."""
    return next((name for folder in PurePosixPath(path).parents if (name := _office_in(folder.name))), "")


def _office_in(name: str) -> str:
    parts = [part for part in _AROUND.sub(" ", name).split() if is_office(part)]
    return parts[0] if len(parts) == 1 else ""
