"""Blocks above the indicators whose values stand under heads: the funds matrix, the goals, lists of tasks and of costs."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from extractors.model import Cell
from extractors.tables.wrap import unwrap
from normalizers.forms.header.block_heads import AMOUNT, BlockHeads, is_amount_head, is_blank, is_figure, says_the_year
from normalizers.forms.header.crossed_heads import line_heads, period_heads
from normalizers.forms.header.money_lines import money_line, period_of
from normalizers.forms.header.places import SAME, TOUCH, Heads, Place, head_at, left_of, overlap, own_cells, printed_heads, stands_over
from normalizers.forms.segments import Row
from normalizers.rules.money import declared_unit

BlockName = Literal["funds", "goal", "tasks", "costs", "sources", "periods", "across"]
OWN = "own"
# A list of heads that we do not know has at least so many, each this short.
_LISTED, _SHORT = 3, 10
_SENTENCE = re.compile(r"[。；;]")
_TIME = re.compile(r"(20\d\d年)?(第?[1-4一二三四]季度|\d{1,2}([-—–~至]\d{1,2})?月(底|末|份|初|中旬|\d{1,2}日)?)前?")


@dataclass(frozen=True, slots=True)
class Matrix:
    """Heads with the places of their columns. ``block`` says whose they are, ``printed`` what stands in them."""

    block: BlockName
    heads: Heads
    printed: Heads

    @property
    def left(self) -> float:
        """Where the first head begins, as exactly as borders are drawn: what stands left of it is a label."""
        return min(left for _, (left, _) in self.heads) - TOUCH

    def head_at(self, place: Place) -> str | None:
        """The head above a place, by the larger overlap."""
        return head_at(self.heads, place)

    def printed_at(self, place: Place) -> str | None:
        """The words of the head above a place."""
        return head_at(self.printed, place)


def row_to_matrix(row: Row, below: Row | None, heads: BlockHeads) -> Matrix | None:
    """The matrix that a row of heads opens; None for any other row.

    Args:
        below: the next row, which holds the first values if this one holds heads.
    """
    return (
        _tasks(row, heads)
        or (_periods(row, below, heads) if below is not None else None)
        or _funds(row, below, heads)
        or (_unknown_funds(row, below, heads) if below is not None else None)
        or (_goals(row, below, heads) if below is not None else None)
        or (_across(row, below, heads) if below is not None else None)
        or (_sources(row, below, heads) if below is not None else None)
        or (_costs(row, below, heads) if below is not None else None)
        or (_listing(row, below, heads) if below is not None else None)
    )


def _tasks(row: Row, heads: BlockHeads) -> Matrix | None:
    tasks = tuple((name, row.place(cell)) for cell in own_cells(row) if (name := heads.task_column(unwrap(cell.text))))
    if len({name for name, _ in tasks}) >= 2 and any(name == "task" for name, _ in tasks):
        return Matrix("tasks", tasks, printed_heads(row, tasks))
    return None


def _funds(row: Row, below: Row | None, heads: BlockHeads) -> Matrix | None:
    found = tuple(
        (name, row.place(cell))
        for cell in own_cells(row)
        if (name := heads.fund_column(unwrap(cell.text))) and not _is_over_label(row, cell, below, heads)
    )
    known = _without_label(tuple(head for head in found if head[0] != OWN))
    names = {name for name, _ in known}
    if not known or any(is_figure(unwrap(cell.text)) for cell in own_cells(row) if row.place(cell)[0] >= left_of(known)):
        return None
    if len(names) >= 2 and len(names) == len(known):
        known = _with_unknown_before(row, below, known, heads) if below is not None else known
        return Matrix("funds", known, printed_heads(row, known))
    return _one_known(row, below, known, heads) if below is not None and len(names) == len(known) else None


def _one_known(row: Row, below: Row, known: Heads, heads: BlockHeads) -> Matrix | None:
    """One known column is a matrix where a line of the funds stands below, with an amount under the head.

    A rate alone is none without the amounts that it is made of, under heads that nobody knows.
    """
    figures = [below.place(cell) for cell in own_cells(below) if is_figure(unwrap(cell.text))]
    if not _is_money_row(below, left_of(known), heads) or not any(head_at(known, place) for place in figures):
        return None
    whole = _with_unknown_before(row, below, known, heads)
    alone = {name for name, _ in known} <= {"points", "score", "rate"} and len(whole) == len(known)
    return None if alone else Matrix("funds", whole, printed_heads(row, whole))


def _unknown_funds(row: Row, below: Row, heads: BlockHeads) -> Matrix | None:
    """Heads or a first line that nobody knows, the figures of a line right below its heads, beside the label of the block that goes on."""
    beside = any(len(cell.rows) > 1 and _may_head_money(unwrap(cell.text), heads) for cell in row.cells)
    lines = [below.place(cell)[1] for cell in _line_labels(below, heads)]
    if not beside or len(lines) != 1:
        return None
    over = [cell for cell in own_cells(row) if row.place(cell)[0] >= lines[0] - SAME and stands_over(row, cell, below)]
    under = [unwrap(cell.text) for cell in below.cells if below.begins(cell) and below.place(cell)[0] >= lines[0] - SAME]
    known = any(heads.labels.any_of(unwrap(cell.text)) or money_line(unwrap(cell.text), heads.labels) for cell in over)
    if len(over) < 2 or known or len(under) != len(over) or not all(is_figure(text) or is_blank(text) for text in under):
        return None
    found = tuple((heads.fund_column(unwrap(cell.text)) or OWN, row.place(cell)) for cell in over)
    names = [name for name, _ in found if name != OWN]
    return Matrix("funds", found, printed_heads(row, found)) if len(set(names)) == len(names) else None


def _may_head_money(text: str, heads: BlockHeads) -> bool:
    """The label of the block of funds, one that declares a unit of money, or one that nobody knows: what stands in it says the rest."""
    return bool(text) and (heads.labels.is_funds_block(text) or bool(declared_unit(text)) or not _is_label(text, heads))


def _is_label(text: str, heads: BlockHeads) -> bool:
    return heads.labels.any_of(text) or heads.goal_column(text) is not None


def _line_labels(row: Row, heads: BlockHeads) -> list[Cell]:
    """Labels of lines of the funds; where none is known, the words that stand in their place."""
    labels = [cell for cell in own_cells(row) if not is_figure(unwrap(cell.text)) and not heads.labels.is_funds_block(unwrap(cell.text))]
    return [cell for cell in labels if money_line(unwrap(cell.text), heads.labels)] or labels


def _with_unknown_before(row: Row, below: Row, known: Heads, heads: BlockHeads) -> Heads:
    """The heads with those left of the first known one that stand over figures, beside the label of a line: unknown, but heads."""
    lines = [below.place(cell)[1] for cell in _line_labels(below, heads)]
    edge = min((right for right in lines if right <= left_of(known) + SAME), default=None)
    if edge is None:
        return known
    before = [cell for cell in own_cells(row) if edge - SAME <= row.place(cell)[0] < left_of(known) - SAME]
    figures = [below.place(cell) for cell in own_cells(below) if is_figure(unwrap(cell.text))]
    over = [cell for cell in before if any(overlap(row.place(cell), place) > 0 for place in figures)]
    return (*((OWN, row.place(cell)) for cell in over), *known)


def _periods(row: Row, below: Row, heads: BlockHeads) -> Matrix | None:
    """Periods across, lines down."""
    found = period_heads(row, below, heads)
    return Matrix("periods", found, printed_heads(row, found)) if found else None


def _across(row: Row, below: Row, heads: BlockHeads) -> Matrix | None:
    """Lines across, budget, execution and rate down."""
    found = line_heads(row, below, heads)
    return Matrix("across", found, printed_heads(row, found)) if found else None


def _without_label(heads: Heads) -> Heads:
    """Without a first head that says what a later one says: it is the label of the block (年度预算数)."""
    return heads[1:] if heads and heads[0][0] in {name for name, _ in heads[1:]} else heads


def _is_over_label(row: Row, cell: Cell, below: Row | None, heads: BlockHeads) -> bool:
    """True for the head of the labels' own column: 年度预算数（万元） above 年度资金总额."""
    under = [unwrap(each.text) for each in own_cells(below) if overlap(below.place(each), row.place(cell)) > 0] if below is not None else []
    return any(money_line(text, heads.labels) for text in under)


def _goals(row: Row, below: Row, heads: BlockHeads) -> Matrix | None:
    """Heads over texts: at least one names a goal, the text of each stands right below it, and nothing else stands beside them."""
    over = [cell for cell in own_cells(row) if stands_over(row, cell, below)]
    if row.frame is None:
        over = _from_first_filled(row, over, below)
    names = [heads.goal_column(unwrap(cell.text)) for cell in over]
    known = any(names) or _are_under_goals(row, over, below, heads) or _are_over_sentences(row, over, below)
    if not over or not known or any(_is_other_label(unwrap(cell.text), heads) for cell in over):
        return None
    left = min(row.place(cell)[0] for cell in over)
    beside = [cell for cell in own_cells(row) if cell not in over and row.place(cell)[0] >= left]
    if beside or _has_text_left(below, left) or (len(over) == 1 and not _has_label_left(row, left)):
        return None
    found = tuple((name or OWN, row.place(cell)) for name, cell in zip(_told_apart(over, names), over, strict=True))
    return Matrix("goal", found, printed_heads(row, found))


def _are_under_goals(row: Row, over: list[Cell], below: Row, heads: BlockHeads) -> bool:
    """Two heads that nobody knows, each over a text, beside a label of goals that goes on: no head is a goal."""
    if len(over) < 2:
        return False
    left = min(row.place(cell)[0] for cell in over)
    beside = [unwrap(cell.text) for cell in row.cells if len(cell.rows) > 1 and row.place(cell)[0] < left - SAME]
    texts = [unwrap(each.text) for cell in over for each in below.cells if overlap(below.place(each), row.place(cell)) > 0]
    said = any(heads.goal_column(text) or "目标" in text for text in beside)
    return said and len(texts) == len(over) and all(text and not is_figure(text) for text in texts)


def _are_over_sentences(row: Row, over: list[Cell], below: Row) -> bool:
    """Two short heads or more, alone in their row, each over a sentence: they head goals, whatever they say."""
    texts = [unwrap(cell.text) for cell in own_cells(below)]
    short = all(len(unwrap(cell.text)) <= _SHORT + 2 and not _SENTENCE.search(unwrap(cell.text)) for cell in over)
    return len(over) >= 2 and over == own_cells(row) and short and len(texts) == len(over) and all(map(_SENTENCE.search, texts))


def _from_first_filled(row: Row, over: list[Cell], below: Row) -> list[Cell]:
    """In text a label over rows stands above blanks, as a head without a value does: heads begin with the first that has one."""
    filled = {below.place(cell)[0] for cell in own_cells(below)}
    first = next((index for index, cell in enumerate(over) if row.place(cell)[0] in filled), len(over))
    return over[first:]


def _told_apart(cells: list[Cell], names: list[str | None]) -> list[str | None]:
    """总体目标 beside 年度目标 is the goal of all years; of two heads of one meaning the second is unknown."""
    twice = [index for index, name in enumerate(names) if name == "overall_goal"]
    if len(twice) == 2:
        first, second = (says_the_year(unwrap(cells[index].text)) for index in twice)
        if first != second and "mid_term_goal" not in names:
            names[twice[second]] = "mid_term_goal"
    return [name if name not in names[:index] else None for index, name in enumerate(names)]


def _is_other_label(text: str, heads: BlockHeads) -> bool:
    labels = heads.labels
    header = labels.header_of(text)
    return heads.goal_column(text) is None and (header not in (None, "other", "group") or money_line(text, labels) is not None)


def _has_text_left(row: Row, left: float) -> bool:
    return any(row.place(cell)[0] < left - SAME for cell in own_cells(row))


def _has_label_left(row: Row, left: float) -> bool:
    """A label left of the heads that goes on beside the values."""
    return any(unwrap(cell.text) and row.place(cell)[0] < left - SAME and len(cell.rows) > 1 for cell in row.cells)


def _sources(row: Row, below: Row, heads: BlockHeads) -> Matrix | None:
    """One source of money a column: labels of amounts side by side, an amount under each."""
    labels = heads.labels
    over = [cell for cell in own_cells(row) if not labels.is_funds_block(unwrap(cell.text)) and stands_over(row, cell, below)]
    named = [cell for cell in over if money_line(unwrap(cell.text), labels)]
    # Among sources a head that nobody knows is one more, where the label of the block stands left of all of them.
    block = len(named) >= 2 and _has_label_left(row, min(row.place(cell)[0] for cell in over))
    found = tuple((unwrap(cell.text), row.place(cell)) for cell in (over if block else named))
    right = [cell for cell in own_cells(row) if found and row.place(cell)[0] >= left_of(found)]
    if len(found) < 2 or any(is_figure(unwrap(cell.text)) for cell in right):
        return None
    values = [unwrap(cell.text) for cell in below.cells if below.begins(cell) and head_at(found, below.place(cell))]
    left = [unwrap(cell.text) for cell in own_cells(below) if below.place(cell)[0] < left_of(found) - SAME]
    if not any(map(is_figure, values)) or not all(is_figure(text) or is_blank(text) for text in values):
        return None
    if not all(names_a_period(text, heads) for text in left):
        return None
    return Matrix("sources", found, printed_heads(row, found))


def names_a_period(text: str, heads: BlockHeads) -> bool:
    """True for the label of a row of amounts that says no more than when they are spent, or that they are money."""
    line = money_line(text, heads.labels)
    return bool(period_of(text)) or heads.labels.is_funds_block(text) or (line is not None and line.line == "total")


def _costs(row: Row, below: Row, heads: BlockHeads) -> Matrix | None:
    """A list with an amount a line: 金额 among heads of which none is a figure, and below it a label with one."""
    named = [cell for cell in own_cells(row) if is_amount_head(unwrap(cell.text))]
    amounts = tuple((AMOUNT, row.place(cell)) for cell in named if stands_over(row, cell, below))
    if len(amounts) != 1 or any(is_figure(unwrap(cell.text)) for cell in own_cells(row)):
        return None
    left = left_of(amounts)
    under = [unwrap(cell.text) for cell in below.cells if below.begins(cell) and overlap(below.place(cell), amounts[0][1]) > 0]
    named = [cell for cell in own_cells(below) if below.place(cell)[0] < left and not is_figure(unwrap(cell.text))]
    if len(under) != 1 or not is_figure(under[0]) or not named:
        return None
    return Matrix("costs", amounts, printed_heads(row, amounts))


def _listing(row: Row, below: Row, heads: BlockHeads) -> Matrix | None:
    """A list that we know nothing of: three heads or more beside a label that goes on, each over a cell of the next row."""
    over = [cell for cell in own_cells(row) if stands_over(row, cell, below)]
    texts = [unwrap(cell.text) for cell in over]
    if len(over) < _LISTED or any(len(text) > _SHORT or not _is_list_head(text) for text in texts):
        return None
    left = min(row.place(cell)[0] for cell in over)
    beside = [cell for cell in own_cells(row) if cell not in over and row.place(cell)[0] >= left]
    known = any(heads.labels.any_of(text) or heads.goal_column(text) or heads.fund_column(text) for text in texts)
    left_of = [cell for cell in row.cells if unwrap(cell.text) and row.place(cell)[0] < left - SAME]
    under = [unwrap(cell.text) for cell in below.cells if below.begins(cell) and below.place(cell)[0] >= left]
    # Over figures alone one row of values is enough.
    fewest = 1 if under and all(is_figure(text) or is_blank(text) for text in under) else 2
    label = [cell for cell in left_of if len(cell.rows) >= len(over[0].rows) + fewest]
    if beside or known or not label or _has_text_left(below, left):
        return None
    found = tuple(("task", row.place(cell)) for cell in over)
    return Matrix("tasks", found, printed_heads(row, found))


def _is_list_head(text: str) -> bool:
    """Words without a figure, or a point of time: 3月底, 第二季度."""
    return not any(char.isdigit() for char in _TIME.sub("", text))


def _is_money_row(row: Row, left: float, heads: BlockHeads) -> bool:
    return any(money_line(unwrap(cell.text), heads.labels) for cell in own_cells(row) if row.place(cell)[0] < left)


def with_task_subheads(matrix: Matrix, row: Row, heads: BlockHeads) -> Matrix | None:
    """The list of tasks with a second row of heads below the first; None for any other row."""
    own = own_cells(row)
    found = tuple((name, row.place(cell)) for cell in own if (name := heads.task_column(unwrap(cell.text))))
    if not own or len(found) != len(own):
        return None
    printed = []
    for words, place in printed_heads(row, found):
        above = matrix.printed_at(place)
        printed.append((f"{above} {words}" if above else words, place))
    return Matrix("tasks", _replaced(matrix.heads, found), _replaced(matrix.printed, tuple(printed)))


def _replaced(heads: Heads, below: Heads) -> Heads:
    return tuple(head for head in heads if all(overlap(head[1], place) <= 0 for _, place in below)) + below


def cells_under(matrix: Matrix, row: Row, cells: list[Cell]) -> tuple[list[tuple[str, Cell]], list[Cell]]:
    """Cells of a row by the head above each, and those with text that stand right of the first head under none that is known."""
    found = [(matrix.head_at(row.place(cell)), cell) for cell in cells]
    under = [(name, cell) for name, cell in found if name is not None and name != OWN]
    homeless = [cell for name, cell in found if name in (None, OWN) and unwrap(cell.text) and row.place(cell)[0] >= matrix.left]
    return under, homeless
