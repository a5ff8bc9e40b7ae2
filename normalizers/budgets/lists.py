"""What a table of 项目支出 says of each project: its name, its amount, its unit."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from normalizers.filing.names import to_one_office
from normalizers.grids.grid import Grid, GridCell
from normalizers.vocabulary.label_keys import plain
from normalizers.vocabulary.units import load_units

_TITLE = re.compile(r"项目.{0,4}(支出|预算|经费)|支出.{0,3}项目|专项(资金|经费)?.{0,4}(支出|预算|安排)")
# What is spent, bought, planned for years or measured is another figure than the budget of the year.
_OTHER_TITLE = re.compile(r"决算|执行|采购|绩效|收入|项目库|规划|中期")
_NAME_HEADS = ("项目名称", "项目支出名称", "支出项目名称", "项目", "支出项目", "专项名称")
# The nearest to the project first.
_UNIT_HEADS = ("项目单位", "预算单位", "单位名称", "申报单位", "实施单位", "部门名称", "单位", "主管部门")
_TOTAL = re.compile(r"^(合计|总计|总额|资金总额|支出合计|资金合计|预算合计|项目支出合计)$")
_AMOUNT = re.compile(
    r"^(金额|小计|(20\d\d年)?(本年|年初|年度|当年)?(支出)?预算(数|金额|额|支出|安排|安排数)?|安排(数|金额)|项目支出)$"
)
_NOT_THIS_YEAR = re.compile(r"上年|去年|增减|增长|执行|决算|完成|累计|总投资|概算|结转|以后|下年")
_BRACKETS = re.compile(r"[(（\[【][^()（）\[\]【】]*[)）\]】]")
_NO_PROJECT = re.compile(r"^(合计|总计|小计|其中|栏次|行次|\**)[:：]?$|^(项目)?(支出)?(合计|总计|小计)$")
# 1、县道养护, 51092324T000010263357-县道养护.
_BEFORE_NAME = re.compile(r"^(?:[\dA-Z]{10,}[\s\-—_]*|\d{1,3}\s*[、.．]\s*|[(（]\d{1,3}[)）])(?=\D)")
_WAN = Decimal(10000)


@dataclass(frozen=True, slots=True)
class ListedProject:
    """One project of a table; ``amount`` in 万元, None where the table does not say what its figures count.

    ``cell`` is the number of the amount's cell in the grid, from 0; ``office`` empty where nobody is named.
    """

    name: str
    amount: Decimal | None
    printed: str
    office: str
    cell: int
    row: int
    column: int
    page_no: int


def grid_to_projects(grid: Grid) -> list[ListedProject]:
    """The projects of a grid; none where it is no table of the budgets of projects, or has no one column for them."""
    if not _TITLE.search(grid.title) or _OTHER_TITLE.search(grid.title):
        return []
    name_head = next((cell for cell in grid.cells if cell.row <= 4 and _squeezed(cell.text) in _NAME_HEADS), None)
    if name_head is None:
        return []
    first = _first_row(grid, name_head)
    column = _amount_column(grid, first)
    return [] if column is None else list(_projects(grid, name_head.column, column, first))


def _first_row(grid: Grid, name_head: GridCell) -> int:
    """The row below the heads, which may stand in several rows over some columns."""
    stop = name_head.row + name_head.row_span
    below = [cell for cell in grid.cells if cell.row < stop <= cell.row + cell.row_span - 1]
    return max([stop, *(cell.row + cell.row_span for cell in below)])


def _amount_column(grid: Grid, first: int) -> int | None:
    """The one column that holds what a project costs in the year; None where two may be it."""
    heads: dict[int, list[str]] = {}
    for cell in grid.cells:
        if cell.row < first and cell.row + cell.row_span - 1 >= 1:
            for column in range(cell.column, cell.column + cell.column_span):
                heads.setdefault(column, []).append(_BRACKETS.sub("", _squeezed(cell.text)))
    own = {column: texts for column, texts in heads.items() if texts and not any(_NOT_THIS_YEAR.search(text) for text in texts)}
    for pattern in (_TOTAL, _AMOUNT):
        found = [column for column, texts in own.items() if pattern.match(texts[-1])]
        if found:
            return found[0] if len(found) == 1 else None
    return None


def _projects(grid: Grid, name_column: int, amount_column: int, first: int) -> Iterator[ListedProject]:
    names, offices = _by_row(grid, name_column), _offices(grid, first)
    current = grid.office
    for number, cell in enumerate(grid.cells):
        if cell.column != amount_column or cell.column_span > 1 or cell.row < first:
            continue
        name = _BEFORE_NAME.sub("", _squeezed(names.get(cell.row, "")))
        if office := to_one_office(name):
            current = office
        elif name and not _NO_PROJECT.match(name) and cell.number is not None and cell.row_span == 1:
            page_no = cell.read.source.page_no if cell.read.source else grid.page_no
            amount, printed = _in_wan(cell), f"{_squeezed(cell.text)} {cell.unit}".strip()
            yield ListedProject(name, amount, printed, offices.get(cell.row) or current, number, cell.row, cell.column, page_no)


def _by_row(grid: Grid, column: int) -> dict[int, str]:
    """Texts of a column by each row that they stand in."""
    cells = [cell for cell in grid.cells if cell.column <= column < cell.column + cell.column_span]
    return {row: cell.text for cell in cells for row in range(cell.row, cell.row + cell.row_span)}


def _offices(grid: Grid, first: int) -> dict[int, str]:
    """The office of each row, where a column names it."""
    heads = {_BRACKETS.sub("", _squeezed(cell.text)): cell.column for cell in grid.cells if cell.row < first}
    column = next((heads[name] for name in _UNIT_HEADS if name in heads), None)
    return {} if column is None else {row: to_one_office(text) for row, text in _by_row(grid, column).items()}


def _in_wan(cell: GridCell) -> Decimal | None:
    units = load_units()
    if cell.number is None or units.dimension(cell.unit) != "money":
        return None
    base = units.to_base(Decimal(str(cell.number)), cell.unit)
    return None if base is None else base / _WAN


def years_in(texts: Sequence[str]) -> set[int]:
    """The years that texts name as those of a budget: 2024年部门预算, 二〇二四 is not read."""
    joined = "\n".join(re.sub(r"\s", "", plain(text)) for text in texts)
    return {int(year) for year in re.findall(r"(?<!\d)(20\d\d)年度?(?:[^\d\n，。；]{0,20}?)预算", joined)}


def _squeezed(text: str) -> str:
    return re.sub(r"\s", "", plain(text))
