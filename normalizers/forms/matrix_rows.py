"""The rows under the heads of a matrix: amounts, goals, tasks."""

from __future__ import annotations

import re

from extractors.model import Cell
from extractors.tables.wrap import unwrap
from normalizers.forms.field_builder import cell_to_field
from normalizers.forms.funds_matrix import Matrix, cells_under, with_task_subheads
from normalizers.forms.header_fields import HeaderBlock, note_unplaced, set_field
from normalizers.forms.segments import Row
from normalizers.forms.templates import Template
from normalizers.rules.money import declared_unit
from normalizers.vocabulary.labels import Labels

_TASKS = "年度主要任务"
_FIGURE = re.compile(r"^[\d.,，—–\-/%％]+$")


def open_matrix(block: HeaderBlock, matrix: Matrix, row: Row, cells: list[Cell]) -> None:
    """Remember the heads, and the unit of money that they or the label beside them declare."""
    block.matrix = matrix
    if matrix.block == "funds":
        block.has_funds = True
        block.funds_unit = next((unit for cell in cells if (unit := declared_unit(unwrap(cell.text)))), block.funds_unit)
    if matrix.block == "tasks":
        beside = [unwrap(cell.text) for cell in cells if cell.text.strip() and row.place(cell)[0] < matrix.left]
        block.list_label, block.list_length = (beside or [_TASKS])[0], 0


def read_matrix_row(block: HeaderBlock, matrix: Matrix, row: Row, labels: Labels, template: Template) -> bool:
    """One row under the heads of a matrix; False when the row no longer belongs to it."""
    cells = [cell for cell in row.cells if row.begins(cell)]
    if matrix.block == "tasks":
        return _read_task(block, matrix, row, cells, template)
    if matrix.block == "goal":
        goals, homeless = cells_under(matrix, row, cells)
        for name, cell in goals:
            set_field(block, name, cell_to_field(cell), row)
        _set_others(block, "", matrix, row, homeless)
        block.matrix = None
        return True
    line = next((found for cell in row.cells if (found := labels.fund_of(unwrap(cell.text)))), None)
    if line is None or _is_second(block, line, cells, labels):
        return _read_own_line(block, matrix, row, cells, labels)
    values = [cell for cell in cells if not labels.fund_of(unwrap(cell.text)) and not labels.is_funds_block(unwrap(cell.text))]
    amounts, homeless = cells_under(matrix, row, values)
    for name, cell in amounts:
        set_field(block, f"funds_execution/{line}/{name}", cell_to_field(cell), row)
    _set_others(block, next((unwrap(c.text) for c in cells if labels.fund_of(unwrap(c.text))), line), matrix, row, homeless)
    return True


def _is_second(block: HeaderBlock, line: str, cells: list[Cell], labels: Labels) -> bool:
    """True for a further line of the same meaning: 单位资金 above 其他资金."""
    prefix = f"funds_execution/{line}/"
    named = any(labels.fund_of(unwrap(cell.text)) == line for cell in cells)
    return named and any(path.startswith(prefix) and field.text for path, field in block.fields.items())


def _read_own_line(block: HeaderBlock, matrix: Matrix, row: Row, cells: list[Cell], labels: Labels) -> bool:
    """A line of funds that the contract has no name for goes to the other fields, figure by figure."""
    names = [unwrap(cell.text) for cell in cells if row.place(cell)[0] < matrix.left and not labels.is_funds_block(unwrap(cell.text))]
    figures = [cell for cell in cells if row.place(cell)[0] >= matrix.left and cell.text.strip()]
    name = "".join(names)
    if not name or not figures or labels.header_of(name) not in (None, "other") or not _FIGURE.match(unwrap(figures[0].text)):
        block.matrix = None
        return False
    _set_others(block, name, matrix, row, figures)
    return True


def _read_task(block: HeaderBlock, matrix: Matrix, row: Row, cells: list[Cell], template: Template) -> bool:
    """A line of the list of tasks; a text left of the list is the next label."""
    if any(cell.text.strip() and row.place(cell)[0] < matrix.left for cell in cells):
        block.matrix = None
        return False
    split = with_task_subheads(matrix, row, template)
    if split is not None:
        block.matrix = split
        return True
    block.list_length += 1
    _set_others(block, f"{block.list_label} {block.list_length}", matrix, row, [cell for cell in cells if cell.text.strip()])
    return True


def _set_others(block: HeaderBlock, name: str, matrix: Matrix, row: Row, cells: list[Cell]) -> None:
    """Values under heads that the contract lacks, each by its line and the words of its head."""
    for cell in cells:
        head = matrix.printed_at(row.place(cell))
        if head is None:
            note_unplaced(block, unwrap(cell.text))
        else:
            label = f"{name} {head}".strip()
            set_field(block, f"other:{label}", cell_to_field(cell), row)
            column = matrix.head_at(row.place(cell))
            if matrix.block == "funds" and column is not None:
                block.own_amounts[label] = column
