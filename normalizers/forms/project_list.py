"""Lists in which every project is a row, or some rows: cut into one form a project.

Projects, budgets and goals stand in columns of their own beside those of the
indicators, each in a cell over the rows of its project. The cells of these
columns become the header block of a form; the rest are its indicators.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from extractors.model import Cell
from extractors.tables.wrap import unwrap
from normalizers.forms.field_builder import cell_to_field
from normalizers.forms.header.header_fields import HeaderBlock, set_field
from normalizers.forms.segments import Row, Segment, is_header_row
from normalizers.forms.signoff_rows import is_signoff_row
from normalizers.paths import fund_path, is_plan
from normalizers.record import Finding
from normalizers.rules.money import declared_unit
from normalizers.vocabulary.label_keys import label_key
from normalizers.vocabulary.labels import Labels

Place = tuple[float, float]
_PROJECT = "project_name"
_HEADER = ("unit_name", _PROJECT, "department", "overall_goal", "mid_term_goal")
# A head over the amount of each project, without its unit of money: 预算数, 2027年项目预算金额, 申请资金.
_AMOUNT = re.compile(r"^((本|当)?年度?|20\d\d年度?|年初|项目|部门)*(预算|资金|经费|金额|申请|申报|安排|批复|下达)+(数|额|总额)?$")
_AMOUNT_WORDS = re.compile(r"预算|资金|经费|金额")
_UNIT = re.compile(r"[(（][^()（）]*[)）]$")
_LEVELS = ("level1", "level2", "level3")
_TOTAL = ("合计", "总计", "小计", "项目合计", "部门合计", "单位合计")
# The rows of the grid that name its columns: the head of the levels and at most these above it.
_HEAD_ROWS = 2


@dataclass(frozen=True, slots=True)
class ListColumn:
    """A column of the list that speaks of the project: the path of its field, its head, its place."""

    path: str
    head: str
    place: Place


@dataclass(slots=True)
class ListedProject:
    """One project of a list: its rows as a segment of their own, and the fields of its columns."""

    segment: Segment
    block: HeaderBlock


def split_project_list(segment: Segment, labels: Labels) -> list[ListedProject]:
    """The projects of a list; nothing for any other segment.

    Title, lines above and lines below are those of every project of the list.
    """
    at = next((i for i, row in enumerate(segment.rows) if is_header_row(row.texts(), labels)), None)
    columns = _project_columns(segment.rows[at], labels) if at is not None else []
    if at is None or not any(column.path == _PROJECT for column in columns):
        return []
    start, header = _head_start(segment.rows, at), segment.rows[at]
    above, unit = segment.rows[:start], _declared_unit(segment.rows[start : at + 1])
    body = [row for row in segment.rows[at + 1 :] if not is_header_row(row.texts(), labels)]
    body, below = _without_signoff(body, labels)
    shared = _shared_cells(columns, body)
    projects: list[ListedProject] = []
    totals: list[str] = []
    for row in body:
        if not any(row.texts()):
            continue
        if _is_total(row, columns):
            totals.append(" ".join(text for text in row.texts() if text))
            continue
        if not projects or _begins_project(row, columns, projects[-1]):
            projects.append(_new_project(segment, [*above, header], columns, unit))
        _take_row(projects[-1], row, columns)
    for project in projects:
        _fill_shared(project, columns, shared)
        project.segment.rows += below
    _note_totals(projects, totals)
    return projects


def _project_columns(header: Row, labels: Labels) -> list[ListColumn]:
    """Columns of the project: known heads anywhere, unknown ones left of the first level."""
    levels = [header.place(cell)[0] for cell in header.cells if labels.column_of(unwrap(cell.text)) in _LEVELS]
    first = min(levels, default=0.0)
    columns = []
    for cell in header.cells:
        head, place = unwrap(cell.text), header.place(cell)
        path = _path_of_head(head, labels)
        if path is None and head and place[0] < first:
            path = f"other:{head}"
        if path is not None:
            columns.append(ListColumn(path, head, place))
    return columns


def _path_of_head(head: str, labels: Labels) -> str | None:
    """The field of the project that a head of the list names; None for a head of the indicators."""
    if not head or label_key(head) in labels.columns:
        return None
    found = labels.header_of(head)
    if found in _HEADER:
        return found
    fund = labels.fund_of(head)
    if fund is None and _AMOUNT.match(label_key(_UNIT.sub("", head))):
        fund = "total"
    return fund_path(fund) if fund else None


def _head_start(rows: Sequence[Row], at: int) -> int:
    """Where the head of the list begins: a cell of it that begins above belongs to the head, too."""
    return min(
        (cell.rows.start - rows[at].index + at for cell in rows[at].cells if rows[at].index - cell.rows.start <= _HEAD_ROWS), default=at
    )


def _declared_unit(heads: Sequence[Row]) -> str:
    """The unit of money that a head over amounts names."""
    texts = (text for row in heads for text in row.texts())
    return next((unit for text in texts if _AMOUNT_WORDS.search(text) and (unit := declared_unit(text))), "")


def _without_signoff(body: list[Row], labels: Labels) -> tuple[list[Row], list[Row]]:
    stop = next((i for i, row in enumerate(body) if is_signoff_row(row, labels)), len(body))
    return body[:stop], body[stop:]


def _cells_at(row: Row, column: ListColumn) -> list[Cell]:
    return [cell for cell in row.cells if column.place[0] <= sum(row.place(cell)) / 2 <= column.place[1]]


def _text_at(row: Row, column: ListColumn) -> str:
    return "".join(unwrap(cell.text) for cell in _cells_at(row, column))


def _is_own(row: Row, cell: Cell, columns: Sequence[ListColumn]) -> bool:
    """True for a cell that stands under a head of the project."""
    middle = sum(row.place(cell)) / 2
    return any(column.place[0] <= middle <= column.place[1] for column in columns)


def _is_total(row: Row, columns: Sequence[ListColumn]) -> bool:
    """A row of sums: it says so, or has neither a project nor an indicator."""
    own = [unwrap(cell.text) for cell in row.cells if row.begins(cell) and unwrap(cell.text)]
    if own and label_key(own[0]) in _TOTAL:
        return True
    named = any(_text_at(row, column) for column in columns if column.path == _PROJECT)
    return not named and not any(unwrap(cell.text) for cell in row.cells if not _is_own(row, cell, columns))


def _begins_project(row: Row, columns: Sequence[ListColumn], last: ListedProject) -> bool:
    """A name begins here that is not the last one again; where it is, another unit's project of that name."""
    for column in columns:
        if column.path not in (_PROJECT, "unit_name"):
            continue
        text = "".join(unwrap(cell.text) for cell in _cells_at(row, column) if row.begins(cell))
        known = last.block.fields.get(column.path)
        if text and known is not None and known.text and label_key(text) != label_key(known.text):
            return True
        if text and column.path == _PROJECT and (known is None or not known.text):
            return True
    return False


def _new_project(segment: Segment, above: Sequence[Row], columns: Sequence[ListColumn], unit: str) -> ListedProject:
    """The lines and rows above the list, its own head among them without what speaks of the project."""
    *title, header = above
    head = replace(header, cells=[cell for cell in header.cells if not _is_own(header, cell, columns)])
    return ListedProject(Segment(list(segment.head), [*title, head], list(segment.foot)), HeaderBlock(funds_unit=unit))


def _take_row(project: ListedProject, row: Row, columns: Sequence[ListColumn]) -> None:
    """The cells of the project's columns to its fields, the others to its rows."""
    block = project.block
    for column in columns:
        for cell in _cells_at(row, column):
            if row.begins(cell) or column.path not in block.fields:
                set_field(block, column.path, cell_to_field(cell), row)
                block.has_funds = block.has_funds or is_plan(column.path)
    rest = [cell for cell in row.cells if not _is_own(row, cell, columns)]
    if any(unwrap(cell.text) for cell in rest):
        project.segment.rows.append(replace(row, cells=rest))


def _shared_cells(columns: Sequence[ListColumn], body: Sequence[Row]) -> dict[int, Cell]:
    """The unit above each row of the grid where its own cell is blank: text prints it once over the rows that it covers."""
    found: dict[int, Cell] = {}
    for column in (each for each in columns if each.path == "unit_name"):
        last: Cell | None = None
        for row in body:
            last = next((cell for cell in _cells_at(row, column) if unwrap(cell.text)), last)
            if last is not None:
                found[row.index] = last
    return found


def _fill_shared(project: ListedProject, columns: Sequence[ListColumn], shared: dict[int, Cell]) -> None:
    unit = project.block.fields.get("unit_name")
    rows = [row for row in project.segment.rows if row.index in shared]
    if not any(column.path == "unit_name" for column in columns) or (unit is not None and unit.text) or not rows:
        return
    cell = shared[rows[-1].index]
    field = cell_to_field(cell)
    field.raw = field.text = ""
    field.change("layout.fill-down", unwrap(cell.text), "inferred")
    project.block.fields["unit_name"] = field


def _note_totals(projects: Sequence[ListedProject], totals: Sequence[str]) -> None:
    """Rows of sums belong to no project; each is written down with the first."""
    for text in totals if projects else ():
        message = f"The row {text!r} is a sum over the list and belongs to no project; left out."
        projects[0].block.findings.append(Finding("", "layout.list-total", "info", message))
