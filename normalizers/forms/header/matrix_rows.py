"""The rows under the heads of a matrix: amounts, goals, tasks, costs."""

from __future__ import annotations

from extractors.model import Cell
from extractors.tables.wrap import unwrap
from normalizers.forms.field_builder import cell_to_field
from normalizers.forms.header.block_heads import AMOUNT, BlockHeads, is_blank, is_figure
from normalizers.forms.header.crossed_heads import label_beside
from normalizers.forms.header.funds_matrix import OWN, Matrix, cells_under, names_a_period, with_task_subheads
from normalizers.forms.header.header_fields import HeaderBlock, note_unplaced, set_field
from normalizers.forms.header.money_lines import MoneyLine, is_sum, money_line, period_of
from normalizers.forms.segments import Row
from normalizers.paths import execution_path, is_line
from normalizers.rules.money import declared_unit
from normalizers.vocabulary.labels import Labels

_TASKS = "年度主要任务"


def open_matrix(block: HeaderBlock, matrix: Matrix, row: Row, cells: list[Cell], heads: BlockHeads) -> None:
    """Remember the heads, the unit of money that they or the label beside them declare, and the heads that nobody knows."""
    block.matrix = matrix
    if matrix.block in ("funds", "across"):
        known = heads.fund_column if matrix.block == "funds" else lambda words: money_line(words, heads.labels)
        block.unknown += [words for words, _ in matrix.printed if known(words) is None]
    if matrix.block in ("funds", "costs", "sources", "periods", "across"):
        block.has_funds = True
        block.funds_unit = next((unit for cell in row.cells if (unit := declared_unit(unwrap(cell.text)))), block.funds_unit)
    if matrix.block == "tasks":
        beside = [unwrap(cell.text) for cell in cells if cell.text.strip() and row.place(cell)[0] < matrix.left]
        block.list_label, block.list_length = (beside or [_TASKS])[0], 0


def read_matrix_row(block: HeaderBlock, matrix: Matrix, row: Row, heads: BlockHeads) -> bool:
    """One row under the heads of a matrix; False when the row no longer belongs to it."""
    cells = [cell for cell in row.cells if row.begins(cell)]
    if matrix.block == "tasks":
        return _read_task(block, matrix, row, cells, heads)
    if matrix.block == "goal":
        goals, homeless = cells_under(matrix, row, cells)
        for name, cell in goals:
            set_field(block, name, cell_to_field(cell), row)
        _set_others(block, "", matrix, row, homeless, unknown=True)
        block.matrix = None
        return True
    if matrix.block == "sources":
        return _read_sources(block, matrix, row, cells, heads)
    if matrix.block in ("periods", "across"):
        return _read_crossed(block, matrix, row, cells, heads)
    if matrix.block == "costs":
        return _read_cost(block, matrix, row, cells, heads.labels)
    return _read_execution(block, matrix, row, cells, heads.labels)


def _read_execution(block: HeaderBlock, matrix: Matrix, row: Row, cells: list[Cell], labels: Labels) -> bool:
    line = _line_of(row, matrix, labels) or _sum_of(block, row, matrix)
    if line is None or not line.line or _is_second(block, line.line, cells, labels):
        return _read_own_line(block, matrix, row, cells, labels)
    values = [cell for cell in cells if row.place(cell)[0] >= matrix.left or not unwrap(cell.text)]
    amounts, homeless = cells_under(matrix, row, values)
    for name, cell in amounts:
        set_field(block, execution_path(line.line, name), cell_to_field(cell), row)
    _set_others(block, _printed_line(row, matrix, labels) or line.line, matrix, row, homeless)
    _note_amounts_left(block, matrix, row, cells)
    return True


def _note_amounts_left(block: HeaderBlock, matrix: Matrix, row: Row, cells: list[Cell]) -> None:
    """An amount in the place of a label belongs to no column; the running number of a line is none."""
    for cell in cells:
        text = unwrap(cell.text)
        if row.place(cell)[0] < matrix.left and is_figure(text) and not (text.isdigit() and len(text) < 3):
            note_unplaced(block, text)


def _line_of(row: Row, matrix: Matrix, labels: Labels) -> MoneyLine | None:
    """The line that the label left of the heads names; that of the block is none."""
    left = [unwrap(cell.text) for cell in row.cells if row.place(cell)[0] < matrix.left]
    return next((found for text in reversed(left) if not labels.is_funds_block(text) and (found := money_line(text, labels))), None)


def _sum_of(block: HeaderBlock, row: Row, matrix: Matrix) -> MoneyLine | None:
    """合计 is the total of an execution that has no other."""
    left = [unwrap(cell.text) for cell in row.cells if row.place(cell)[0] < matrix.left]
    known = any(is_line(path, "total") and field.text for path, field in block.fields.items())
    return MoneyLine("", "total") if any(map(is_sum, left)) and not known else None


def _printed_line(row: Row, matrix: Matrix, labels: Labels) -> str:
    left = [unwrap(cell.text) for cell in row.cells if row.place(cell)[0] < matrix.left]
    return next((text for text in reversed(left) if text and money_line(text, labels) and not labels.is_funds_block(text)), "")


def _is_second(block: HeaderBlock, line: str, cells: list[Cell], labels: Labels) -> bool:
    """True for a further line of the same meaning: 单位资金 above 其他资金."""
    named = any((found := money_line(unwrap(cell.text), labels)) is not None and found.line == line for cell in cells)
    return named and any(is_line(path, line) and field.text for path, field in block.fields.items())


def _read_own_line(block: HeaderBlock, matrix: Matrix, row: Row, cells: list[Cell], labels: Labels) -> bool:
    """A line of funds that the contract has no name for goes to the other fields, figure by figure."""
    names = _line_names(matrix, row, cells, labels)
    figures = [cell for cell in cells if row.place(cell)[0] >= matrix.left and cell.text.strip()]
    name = "".join(names)
    known = labels.header_of(name) if name else None
    numbers = [cell for cell in figures if is_figure(unwrap(cell.text)) or is_blank(unwrap(cell.text))]
    if not name or known not in (None, "other") or not (figures or money_line(name, labels)) or len(numbers) < len(figures) - 1:
        block.matrix = None
        return False
    _set_others(block, name, matrix, row, figures)
    _note_amounts_left(block, matrix, row, cells)
    if known is None and money_line(name, labels) is None:
        block.unknown.append(name)
    return True


def _line_names(matrix: Matrix, row: Row, cells: list[Cell], labels: Labels) -> list[str]:
    """The words of the label left of the heads, without the block's and without figures."""
    left = [unwrap(cell.text) for cell in cells if row.place(cell)[0] < matrix.left]
    return [text for text in left if text and not labels.is_funds_block(text) and not is_figure(text)]


def _read_sources(block: HeaderBlock, matrix: Matrix, row: Row, cells: list[Cell], heads: BlockHeads) -> bool:
    """Amounts under their sources; the label left of them may name a period."""
    labels = heads.labels
    under = [(matrix.head_at(row.place(cell)), cell) for cell in cells]
    values = [(head, cell) for head, cell in under if head is not None]
    left = "".join(text for head, cell in under if head is None and (text := unwrap(cell.text)) and not labels.is_funds_block(text))
    figures = [cell for _, cell in values if is_figure(unwrap(cell.text))]
    known = not left or names_a_period(left, heads)
    if not figures or not known or not all(is_figure(unwrap(cell.text)) or is_blank(unwrap(cell.text)) for _, cell in values):
        block.matrix = None
        return False
    for head, cell in values:
        line = money_line(head, labels)
        period = period_of(left) or (line.period if line else "")
        if line is None or not line.line:
            set_own_amount(block, f"{left} {head}".strip(), period, cell, row)
            if line is None:
                block.unknown.append(head)
        else:
            set_field(block, f"{'mid_term_funds' if period == 'mid_term' else 'funds'}/{line.line}", cell_to_field(cell), row)
    return True


def _read_crossed(block: HeaderBlock, matrix: Matrix, row: Row, cells: list[Cell], heads: BlockHeads) -> bool:
    """A line under its periods, or budget, execution or rate under its lines."""
    label = label_beside(row, matrix.heads, heads.labels)
    values = [(head, cell) for cell in cells if (head := matrix.head_at(row.place(cell))) is not None]
    texts = [unwrap(cell.text) for _, cell in values]
    is_line = money_line(label, heads.labels) is not None or is_sum(label)
    # Beside the label of the block, which goes on from the rows above, a line that nobody knows is one more.
    inside = any(unwrap(cell.text) and not row.begins(cell) and row.place(cell)[0] < matrix.left for cell in row.cells)
    known = is_line or inside or matrix.block == "across"
    if not label or not known or not values or not all(is_figure(text) or is_blank(text) for text in texts):
        block.matrix = None
        return False
    for head, cell in values:
        path = (_period_path(head, label, heads.labels) if is_line else "") if matrix.block == "periods" else _line_path(head, label, heads)
        if path:
            set_field(block, path, cell_to_field(cell), row)
        elif matrix.block == "periods":
            set_own_amount(block, f"{label} {matrix.printed_at(row.place(cell))}", head, cell, row)
        else:
            _set_others(block, label, matrix, row, [cell])
    for cell in cells:
        if matrix.head_at(row.place(cell)) is None and row.place(cell)[0] >= matrix.left and unwrap(cell.text):
            note_unplaced(block, unwrap(cell.text))
    if heads.fund_column(label) is None if matrix.block == "across" else not is_line:
        block.unknown.append(label)
    return True


def _period_path(period: str, label: str, labels: Labels) -> str:
    """Where a line's amount of a period goes; empty for a source that the contract has no line for."""
    line = money_line(label, labels)
    name = "total" if is_sum(label) or line is None else line.line
    return f"{'mid_term_funds' if period == 'mid_term' else 'funds'}/{name}" if name else ""


def _line_path(head: str, label: str, heads: BlockHeads) -> str:
    """Where the figure of a column (budget, execution, rate) goes under the head of its line."""
    line, column = money_line(head, heads.labels), heads.fund_column(label)
    return execution_path(line.line, column) if line is not None and line.line and column not in (None, OWN) else ""


def set_own_amount(block: HeaderBlock, label: str, period: str, cell: Cell, row: Row) -> None:
    """An amount of a source that the contract has no line for: under its own words, and a part of the sum."""
    set_field(block, f"other:{label}", cell_to_field(cell), row)
    block.own_amounts[label] = "mid_term_funds" if period == "mid_term" else "funds"


def _read_cost(block: HeaderBlock, matrix: Matrix, row: Row, cells: list[Cell], labels: Labels) -> bool:
    """A line of a list of costs: its sum is the total of the form, a line of the funds is one, all else has its own name."""
    names = _line_names(matrix, row, cells, labels)
    under = [cell for cell in cells if matrix.head_at(row.place(cell)) == AMOUNT]
    name = "".join(names)
    if not name or len(under) != 1 or not (is_figure(unwrap(under[0].text)) or is_blank(unwrap(under[0].text))):
        block.matrix = None
        return False
    line = money_line(name, labels)
    rest = [cell for cell in cells if row.place(cell)[0] >= matrix.left and cell.text.strip()]
    if is_sum(name) or (line is not None and line.line):
        path = "total" if line is None or not line.line else line.line
        home = "mid_term_funds" if line is not None and line.period == "mid_term" else "funds"
        set_field(block, f"{home}/{path}", cell_to_field(under[0]), row)
        rest = [cell for cell in rest if cell is not under[0]]
    _set_others(block, name, matrix, row, rest)
    return True


def _read_task(block: HeaderBlock, matrix: Matrix, row: Row, cells: list[Cell], heads: BlockHeads) -> bool:
    """A line of the list of tasks; a text left of the list is the next label."""
    if any(cell.text.strip() and row.place(cell)[0] < matrix.left for cell in cells):
        block.matrix = None
        return False
    split = with_task_subheads(matrix, row, heads)
    if split is not None:
        block.matrix = split
        return True
    block.list_length += 1
    _set_others(block, f"{block.list_label} {block.list_length}", matrix, row, [cell for cell in cells if cell.text.strip()])
    return True


def _set_others(block: HeaderBlock, name: str, matrix: Matrix, row: Row, cells: list[Cell], unknown: bool = False) -> None:
    """Values under heads that the contract lacks, each by its line and the words of its head."""
    for cell in cells:
        head = matrix.printed_at(row.place(cell))
        if head is None:
            note_unplaced(block, unwrap(cell.text))
            continue
        label = f"{name} {head}".strip()
        set_field(block, f"other:{label}", cell_to_field(cell), row)
        column = matrix.head_at(row.place(cell))
        if matrix.block == "funds" and column not in (None, OWN):
            block.own_amounts[label] = str(column)
        if unknown:
            block.unknown.append(label)
