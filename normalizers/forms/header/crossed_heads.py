"""Heads of amounts that stand across the lines that they belong to: periods over lines, sources over budget and execution."""

from __future__ import annotations

from extractors.model import Cell
from extractors.tables.wrap import unwrap
from normalizers.forms.header.block_heads import BlockHeads, is_blank, is_figure
from normalizers.forms.header.money_lines import Period, is_sum, money_line, period_of
from normalizers.forms.header.places import SAME, Heads, head_at, left_of, own_cells, stands_over
from normalizers.forms.segments import Row
from normalizers.vocabulary.heads import OWN
from normalizers.vocabulary.labels import Labels

_SPENT = ("executed", "expected", "rate", "points", "score")


def period_heads(row: Row, below: Row, heads: BlockHeads) -> Heads:
    """Heads that say when money is spent, at least two periods, over the amounts of a line: 实施期 | 年度. Else nothing."""
    over = [cell for cell in own_cells(row) if stands_over(row, cell, below)]
    found = tuple((period, row.place(cell)) for cell in over if (period := _period_over(unwrap(cell.text), heads.labels)))
    if len({period for period, _ in found}) < 2 or len(found) != len({period for period, _ in found}):
        return ()
    if any(heads.fund_column(unwrap(cell.text)) in _SPENT for cell in over):
        # 年初预算数 beside 执行数: the heads of an execution.
        return ()
    label = label_beside(below, found, heads.labels)
    line = money_line(label, heads.labels)
    return found if _are_figures(row, below, found) and (is_sum(label) or (line is not None and not line.period)) else ()


def _period_over(text: str, labels: Labels) -> Period:
    line = money_line(text, labels)
    if line is not None:
        return line.period if line.line == "total" else ""
    return period_of(text)


def line_heads(row: Row, below: Row, heads: BlockHeads) -> Heads:
    """Labels of lines over figures whose label, at the left, is budget, execution or rate. Else nothing.

    Beside the label of the block one word may be unknown: a line among others, or what the first figures are.
    """
    over = [cell for cell in own_cells(row) if stands_over(row, cell, below) and not heads.labels.is_funds_block(unwrap(cell.text))]
    named = [cell for cell in over if money_line(unwrap(cell.text), heads.labels)]
    first = min((row.place(cell)[0] for cell in over), default=0.0)
    beside = [cell for cell in row.cells if len(cell.rows) > 1 and unwrap(cell.text) and row.place(cell)[0] < first - SAME]
    in_block = bool(beside)
    if len(named) < 2 and not in_block:
        return ()
    found = tuple((unwrap(cell.text), row.place(cell)) for cell in (over if in_block else named))
    label = label_beside(below, found, heads.labels)
    column = heads.fund_column(label)
    if not named and (len(found) < 2 or column in (None, OWN)):
        # Lines of which nobody knows one: what the first figures are says that they are lines.
        return ()
    says = column is not None or (in_block and bool(label) and not _is_line(label, heads.labels) and len(found) > 1)
    return found if says and _are_figures(row, below, found) else ()


def _is_line(label: str, labels: Labels) -> bool:
    return is_sum(label) or money_line(label, labels) is not None or bool(period_of(label))


def label_beside(row: Row, heads: Heads, labels: Labels) -> str:
    """The label left of the amounts, without that of the block."""
    left = [unwrap(cell.text) for cell in own_cells(row) if row.place(cell)[0] < left_of(heads) - SAME]
    return "".join(text for text in left if not labels.is_funds_block(text) and not text.isdigit())


def _are_figures(row: Row, below: Row, heads: Heads) -> bool:
    """No figure among the heads, and below each a figure or a blank, at least one of them a figure."""
    under = [unwrap(cell.text) for cell in _begun(below) if head_at(heads, below.place(cell))]
    beside = [unwrap(cell.text) for cell in own_cells(row)]
    return any(map(is_figure, under)) and all(is_figure(text) or is_blank(text) for text in under) and not any(map(is_figure, beside))


def _begun(row: Row) -> list[Cell]:
    return [cell for cell in row.cells if row.begins(cell)]
