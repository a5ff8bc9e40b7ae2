"""What speaks for an office as the one that files a form, nearest first."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from extractors.model import Page
from extractors.origin import is_filed, origin_of_page
from normalizers.filing.names import collects, is_bureau, is_same_office, to_office_of_path, to_one_office
from normalizers.grids.grid import Grid
from normalizers.record import TargetTable
from normalizers.vocabulary.characters import folded
from normalizers.vocabulary.label_keys import plain

# What file and folder names put around the name of the office.
_AROUND = re.compile(r"[\d\s_\-—－.、()（）\[\]【】]+|年度?|绩效.*|部门预算.*|预算公开.*|决算.*|项目.*|整体.*|自评.*|目标.*|扫描件?|表.*")
_YEAR = r"(?:[(（]?(?:19|20)\d\d[)）]?年度?)?"
_IN_TITLE = re.compile(rf"^{_YEAR}(.{{3,30}}?){_YEAR}(?:部门|单位)?(?:预算)?(?:项目|整体|专项|绩效)")
_IMPLEMENTING = ("实施单位", "项目实施单位", "项目单位", "项目执行单位", "执行单位", "承担单位", "项目承担单位")
_KEPT_WITH = ("file-name", "folder")


@dataclass(frozen=True, slots=True)
class Witness:
    """One source and the office that it names; ``sure`` unless it was recognised in a picture and nothing else says the same."""

    source: str
    name: str
    sure: bool = True


def own_witnesses(table: TargetTable, pages: Sequence[Page]) -> list[Witness]:
    """What the form shows beside its 单位名称: who signs, its title, who runs the project and is its department, its seal."""
    read = _is_read([page for page in pages if page.page_no in table.pages])
    found = [Witness("sign-off", name, not read) for name in table.signed_by]
    title = _IN_TITLE.match("".join(plain(table.text("title")).split()))
    if title and (office := to_one_office(title.group(1))):
        found.append(Witness("title", office, not is_asked_about(table, "title")))
    department = department_of(table)
    if department and any(folded(name) == folded(department) for name in implementing_offices(table)):
        found.append(Witness("department", department, not is_asked_about(table, "department")))
    return found + [Witness("seal", name) for name in _sealed(pages, table.pages)]


def implementing_offices(table: TargetTable) -> list[str]:
    """Who runs the project, where that is an office: as a rule the one that files, but not always."""
    return [name for label, field in table.other_fields.items() if label in _IMPLEMENTING and (name := to_one_office(field.text))]


def department_of(table: TargetTable) -> str:
    """主管部门 where it is the name of an office."""
    return to_one_office(table.text("department"))


def file_witnesses(tables: Sequence[TargetTable], grids: Sequence[Grid], pages: Sequence[Page]) -> tuple[list[Witness], bool]:
    """What the other forms and the lines over other tables of a file name, and whether several offices may have forms in it."""
    forms = _distinct(table.text("unit_name") for table in tables if not is_asked_about(table, "unit_name"))
    overall = [table for table in tables if table.kind == "overall"]
    nameless = [table for table in overall if not table.text("unit_name") or is_asked_about(table, "unit_name")]
    recognised = {page.page_no for page in pages if not is_filed(origin_of_page(page.reader))}
    offices = [(grid.office, grid.page_no in recognised) for grid in grids if grid.office]
    lines = _distinct(name for name, _ in offices)
    several = len(forms) > 1 or len(lines) > 1 or (bool(nameless) and len(overall) > 1)
    found = [Witness("other-form", name) for name in forms]
    # Read twice alike is sure enough.
    found += [Witness("other-table", name, any(not read for _, read in offices) or len(offices) > 1) for name in lines]
    return ([] if several else found), several


def path_witnesses(paths: Iterable[str]) -> list[Witness]:
    """What the names of file and folder say; nothing where the same bytes lie under two names that say different things."""
    found: list[Witness] = []
    for path in paths:
        pure = PurePosixPath(path)
        found += [Witness("file-name", name) for name in [_office_in(pure.stem)] if name]
        above = [name for folder in pure.parents if (name := _office_in(folder.name))]
        # An office keeps those of its offices below it; two bureaus, one in the other, keep things of each other.
        nested = all(is_same_office(above[0], name) or collects(name) or not is_bureau(above[0]) for name in above[1:])
        found += [Witness("folder", above[0])] if above and nested else []
    for source in _KEPT_WITH:
        names = [each.name for each in found if each.source == source]
        if any(not is_same_office(names[0], name) for name in names[1:]):
            found = [each for each in found if each.source != source]
    return [each for index, each in enumerate(found) if not collects(each.name) and each not in found[:index]]


def is_asked_about(table: TargetTable, path: str) -> bool:
    """True where a person is asked about a field."""
    return any(found.path == path and found.severity == "review" for found in table.findings)


def _is_read(pages: Iterable[Page]) -> bool:
    return not all(is_filed(origin_of_page(page.reader)) for page in pages)


def _sealed(pages: Sequence[Page], numbers: Sequence[int]) -> list[str]:
    """Offices in the words of seals; one that approves stamps forms of others."""
    texts = [mark.text for page in pages if page.page_no in numbers for mark in page.marks if mark.kind == "seal"]
    return list(dict.fromkeys(name for text in texts if (name := to_one_office(text)) and not collects(name)))


def _distinct(names: Iterable[str]) -> list[str]:
    found: list[str] = []
    for name in ("".join(each.split()) for each in names):
        if name and not any(is_same_office(name, other) for other in found):
            found.append(name)
    return found


def _office_in(name: str) -> str:
    parts = [part for part in _AROUND.sub(" ", name).split() if to_one_office(part)]
    return to_office_of_path(parts[0]) if len(parts) == 1 else ""
