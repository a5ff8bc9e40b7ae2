"""A row of labels with the values beside them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from extractors.model import Cell
from extractors.tables.wrap import unwrap
from normalizers.forms.field_builder import cell_to_field
from normalizers.forms.header.block_heads import BlockHeads, is_amount_head, is_figure, says_the_year
from normalizers.forms.header.funds_matrix import OWN
from normalizers.forms.header.header_fields import STRAY_TOTAL, UNKNOWN, HeaderBlock, Total, continue_field, note_unplaced, set_field
from normalizers.forms.header.money_lines import MoneyLine, Period, money_line
from normalizers.forms.header.places import Place, overlap
from normalizers.forms.segments import Row
from normalizers.paths import execution_path, fund_path, is_planned, is_signoff, signoff_path
from normalizers.record import Finding
from normalizers.rules.money import declared_unit
from normalizers.rules.numbers import parse_number
from normalizers.vocabulary.label_keys import label_key, plain
from normalizers.vocabulary.labels import Labels

_COLON = re.compile(r"[:：]")
_TRAILING_NUMBER = re.compile(r"^(.*?)(?<![:：\s])[:：\s]+([\d.,，]+)$")
_MONEY_WORDS = ("资金", "拨款", "结转", "总预算", "年度预算", "金额")
_EXECUTION = ("initial_budget", "adjusted_budget", "executed", "rate", "expected")
_GOALS = ("overall_goal", "mid_term_goal", "actual_outcome")
# A label that nobody knows is a short phrase, not a sentence and not a figure.
_LABEL_LENGTH = 18
_NO_LABEL = re.compile(r"[。；;，,！!√☑□■]|\d{4,}|^\W*$")
_UNKNOWN_AMOUNT = re.compile(r"^((?:其中[:：])?[^:：\s\d]{2,16})[:：]\s*([\d.,，]+)$")
_OWN_MONEY = "money:"


@dataclass(slots=True)
class _Open:
    """The label that waits for its value, and whether it has been given one."""

    path: str
    filled: bool = False


def read_labelled_row(block: HeaderBlock, row: Row, cells: list[Cell], heads: BlockHeads) -> None:
    """Each label takes the first cell to its right."""
    pending: _Open | None = None
    block.funds_unit = block.funds_unit or _unit_of_block(row)
    execution = _is_execution_row(cells, heads)
    beside = _sums_beside(block, row, cells, heads, execution)
    money_beside = any(heads.labels.is_funds_block(said) or _is_line_with_amount(said, heads) for said in row.texts() if said)
    long_total = None if execution else _long_total(cells, heads.labels) or _unknown_long_total(block, row, cells, heads)
    for index, cell in enumerate(cells):
        text = unwrap(cell.text)
        inline = inline_label(text, heads, block.has_funds)
        found = inline[0] if inline else label_path(text, heads, block.has_funds)
        column = heads.fund_column(text) if execution else None
        sums = beside.get(row.place(cell))
        amount = _UNKNOWN_AMOUNT.match(text) if found is None and (money_beside or (block.totals and block.has_funds)) else None
        if cell is long_total:
            found = "mid_term_funds/total"
        if sums is not None:
            pending = _Open(sums)
        elif column in (*_EXECUTION, "points", "score"):
            pending = _Open(execution_path("total", column))
        elif amount is not None:
            pending = _give_unknown_amount(block, row, cell, amount)
        elif found is None and pending is None and _is_whole_of_parts(cells[index:], heads):
            pending = _Open(_open_label(block, "funds/total", text, row, cell))
        elif found == "group" or (found is None and pending is None and _is_group(row, cell, cells[index + 1 :], heads, execution)):
            pending = None
        elif found is not None and (pending is None or not _may_be_value(found) or _has_value(block, pending)):
            pending = _Open(_open_label(block, found, text if inline is None else inline[1], row, cell))
            if inline:
                set_field(block, pending.path, cell_to_field(cell, inline[2]), row)
                pending.filled = True
        elif pending is not None and not (_takes_none(block, pending, row) and _is_unknown_label(row, text, cells[index + 1 :], heads)):
            _give(block, pending, cell, row)
        elif text and row.page_no != block.last_page and block.last_path in block.fields and pending is None:
            continue_field(block.fields[block.last_path], text)
        elif text and _is_unknown_label(row, text, cells[index + 1 :], heads):
            money = _is_line_of_money(block, row, cells[index + 1 :])
            pending = _Open(_open_label(block, fund_path(OWN), text, row, cell) if money else f"other:{text.rstrip(':：')}")
            block.unknown.append(text.rstrip(":："))
        elif text:
            note_unplaced(block, text)


def _unit_of_block(row: Row) -> str:
    """The unit that the label of several rows declares, whether its words are known or not: 经费情况（元）."""
    return next((unit for cell in row.cells if len(cell.rows) > 1 and (unit := declared_unit(unwrap(cell.text)))), "")


def _may_be_value(found: str) -> bool:
    """A word like 实施单位 may be a value; behind a label that has its value it is the next label."""
    return found in ("other", "other:") or is_signoff(found)


def _has_value(block: HeaderBlock, pending: _Open) -> bool:
    home, key = (block.others, pending.path[6:]) if pending.path.startswith("other:") else (block.fields, pending.path)
    return key in home and bool(home[key].text)


def _takes_none(block: HeaderBlock, pending: _Open, row: Row) -> bool:
    """A drawn cell, blank or not, is the value; in text a blank may be the rest of a span before it.

    The label of the block of funds takes an amount, never words.
    """
    if pending.path == STRAY_TOTAL:
        return True
    return pending.path not in _GOALS and (_has_value(block, pending) or (pending.filled and row.frame is not None))


def _give(block: HeaderBlock, pending: _Open, cell: Cell, row: Row, value: str | None = None) -> None:
    label = pending.path[len(_OWN_MONEY) :]
    if pending.path.startswith(_OWN_MONEY):
        period, _, label = label.partition(":")
        block.own_amounts[label] = "mid_term_funds" if period == "mid_term" else "funds"
        pending.path = f"other:{label}"
    set_field(block, pending.path, cell_to_field(cell, value), row)
    pending.filled = True


def _give_unknown_amount(block: HeaderBlock, row: Row, cell: Cell, said: re.Match[str]) -> _Open:
    """A label that nobody knows and an amount in one cell of the block of funds: a line of its own."""
    pending = _Open(_open_label(block, fund_path(OWN), said.group(1), row, cell))
    block.unknown.append(said.group(1))
    _give(block, pending, cell, row, said.group(2))
    return pending


def _is_line_with_amount(text: str, heads: BlockHeads) -> bool:
    """A line of the funds and its amount in one cell: 财政拨款：15."""
    said = inline_label(text, heads, True)
    return said is not None and is_planned(said[0]) and is_figure(said[2])


def _is_unknown_label(row: Row, text: str, after: list[Cell], heads: BlockHeads) -> bool:
    """A short phrase with a value behind it that is no label that we know."""
    value = next((said for cell in after if (said := unwrap(cell.text)) or row.frame is not None), None)
    if not text or value is None or len(text) > _LABEL_LENGTH or _NO_LABEL.search(text) or is_figure(text):
        return False
    return label_path(value, heads, False) is None


def _is_line_of_money(block: HeaderBlock, row: Row, after: list[Cell]) -> bool:
    """True where an amount, or a blank of its own, stands behind an unknown label below or beside a total: a line of its parts."""
    value = unwrap(after[0].text) if after else ""
    going_on = is_planned(block.last_path) or block.last_path.removeprefix("other:") in block.own_amounts
    return bool(block.totals) and going_on and (is_figure(value) or (not value and row.frame is not None))


def _is_group(row: Row, cell: Cell, after: list[Cell], heads: BlockHeads, execution: bool) -> bool:
    """The label of several rows, beside labels of fewer, or of a block of amounts: it has no value of its own."""
    following = [each for each in after if unwrap(each.text)]
    if execution and len(following) == len(after) > 1 and len(after) % 2 == 0 and all(is_figure(unwrap(each.text)) for each in after[1::2]):
        # 预算执行情况 before labels of figures in one row, known or not.
        return not is_figure(unwrap(after[0].text))
    if _is_whole_of_parts(following, heads):
        return True
    return row.frame is not None and len(following) >= 2 and len(cell.rows) > len(following[0].rows) and not is_figure(unwrap(cell.text))


def _is_whole_of_parts(cells: list[Cell], heads: BlockHeads) -> bool:
    """预算数 | 56 | 其中：财政资金 | 56: an amount's head with its figure, and behind it lines of money with theirs: the sum of them."""
    texts = [unwrap(cell.text) for cell in cells]
    if len(texts) < 4 or not is_amount_head(texts[0]) or not is_figure(texts[1]):
        return False
    lines = [money_line(text, heads.labels) for text in texts[2::2]]
    return any(lines) and all(line is None or line.line != "total" for line in lines)


def _is_execution_row(cells: list[Cell], heads: BlockHeads) -> bool:
    """Budget, executed and rate as labels in one row, an amount beside each."""
    names = [heads.fund_column(unwrap(cell.text)) for cell in cells]
    pairs = [name for name, after in zip(names, cells[1:], strict=False) if name not in (None, OWN) and is_figure(unwrap(after.text))]
    return len(pairs) >= 2 and any(name in _EXECUTION for name in pairs)


def _sums_beside(block: HeaderBlock, row: Row, cells: list[Cell], heads: BlockHeads, execution: bool) -> dict[Place, str]:
    """预算数 beside 执行数, each above its own lines: the path of each label of a line below them, by its place."""
    named = [(cell, heads.fund_column(unwrap(cell.text))) for cell in cells] if execution else []
    if execution:
        block.funds_unit = next((unit for cell in row.cells if (unit := declared_unit(unwrap(cell.text)))), block.funds_unit)
        block.sums = tuple((name, row.place(cell)) for cell, name in named if name in _EXECUTION)
        return {}
    lines = [(row.place(cell), line) for cell in cells if (line := money_line(unwrap(cell.text), heads.labels))]
    under = [next((name for name, place in block.sums if overlap(place, at) > 0), "") for at, _ in lines]
    if not block.sums or len(lines) != len(block.sums) or len(set(under)) != len(under) or not all(under):
        block.sums = ()
        return {}
    return {at: execution_path(line.line, name) for (at, line), name in zip(lines, under, strict=True) if line.line}


def _long_total(cells: list[Cell], labels: Labels) -> Cell | None:
    """The total of all years where it stands beside that of the year: 项目资金总额 | … | 年度资金申请总额."""
    lines = [(cell, money_line(unwrap(cell.text), labels)) for cell in cells]
    totals = [(cell, line) for cell, line in lines if line is not None and line.line == "total"]
    long = [cell for cell, line in totals if line.period != "annual"]
    return long[0] if len(totals) == 2 and len(long) == 1 else None


def _unknown_long_total(block: HeaderBlock, row: Row, cells: list[Cell], heads: BlockHeads) -> Cell | None:
    """A label that nobody knows beside the total of the year, with an amount no smaller: taken for that of all years, and asked about."""
    lines = [money_line(unwrap(cell.text), heads.labels) for cell in cells]
    totals = [index for index, line in enumerate(lines) if line is not None and line.line == "total"]
    if len(totals) != 1 or "mid_term_funds/total" in block.fields:
        return None
    of_year = getattr(lines[totals[0]], "period", "") == "annual"
    if not (of_year or block.has_funds or any(heads.labels.is_funds_block(text) for text in row.texts())):
        return None
    known = _amount_behind(cells, totals[0])
    for index, cell in enumerate(cells):
        amount = _amount_behind(cells, index)
        text = unwrap(cell.text)
        if index == totals[0] or known is None or amount is None or label_path(text, heads, True) is not None:
            continue
        if amount < known or (amount == known and index > totals[0]):
            # A part is no more than its total, and stands behind it.
            continue
        known_word = heads.labels.is_funds_block(text) or heads.fund_column(text) is not None
        if known_word or not _is_unknown_label(row, text, cells[index + 1 :], heads):
            continue
        message = f"The label {text!r} is not known; beside the total of the year it is taken for that of all years. Compare with the page."
        block.findings.append(Finding("mid_term_funds", UNKNOWN, "review", message))
        return cell
    return None


def _amount_behind(cells: list[Cell], index: int) -> Decimal | None:
    """The amount in the cell behind a label."""
    return parse_number(unwrap(cells[index + 1].text)) if index + 1 < len(cells) else None


def _open_label(block: HeaderBlock, path: str, label: str, row: Row, cell: Cell) -> str:
    """The path of a label's value, its period told by its words or by the total that it belongs to."""
    if path == "other":
        return f"other:{re.sub(r'[:：]$', '', label)}"
    if path in _GOALS:
        return _goal_path(block, path, label)
    home, _, line = path.partition("/")
    if path == STRAY_TOTAL:
        block.has_funds = True
        block.funds_unit = declared_unit(label) or block.funds_unit
        return path
    if home not in ("funds", "mid_term_funds", "annual_funds"):
        return path
    block.has_funds = True if line == "total" else block.has_funds
    block.funds_unit = declared_unit(label) or block.funds_unit
    said: Period = {"mid_term_funds": "mid_term", "annual_funds": "annual"}.get(home, "")  # type: ignore[assignment]
    period = said or ("" if line == "total" else _period_here(block, row, cell))
    if line == "total":
        at = (row.table, row.index)
        kept = [total for total in block.totals if total.row == at]
        block.totals = [*kept, Total(label, period, row.place(cell), at)]
    if line == OWN:
        return f"{_OWN_MONEY}{period}:{_own_label(block, label, row, cell)}"
    return f"{'mid_term_funds' if period == 'mid_term' else 'funds'}/{line}"


def _period_here(block: HeaderBlock, row: Row, cell: Cell) -> Period:
    total = _total_of(block, row, cell)
    return total.period if total is not None else ""


def _total_of(block: HeaderBlock, row: Row, cell: Cell) -> Total | None:
    """The total that a line belongs to: the last one left of it in its row, or the one above it among those of the last row."""
    here = [total for total in block.totals if total.row == (row.table, row.index)]
    if here:
        return here[-1]
    if len(block.totals) < 2:
        return block.totals[0] if block.totals else None
    scored = [(overlap(row.place(cell), total.place), total) for total in block.totals]
    best = max(scored, key=lambda each: each[0])
    return best[1] if best[0] > 0 else None


def _own_label(block: HeaderBlock, label: str, row: Row, cell: Cell) -> str:
    """The words of a line of the form's own, with those of its total where there are two, or where the line comes again."""
    total, bare = _total_of(block, row, cell), label.rstrip(":：")
    again = len(block.totals) > 1 or (bare in block.others and bool(block.others[bare].text))
    return f"{total.label.rstrip(':：')} {bare}" if total is not None and again else bare


def _goal_path(block: HeaderBlock, path: str, label: str) -> str:
    """总目标 and 年度目标 in rows: the one that names no year is the goal of all years."""
    known = block.fields.get("overall_goal")
    if path != "overall_goal":
        return path
    if known is None or not known.text or not block.goal_label or "mid_term_goal" in block.fields:
        block.goal_label = label
        return path
    if says_the_year(label) and not says_the_year(block.goal_label):
        block.fields["mid_term_goal"] = block.fields.pop("overall_goal")
        block.goal_label = label
    elif says_the_year(block.goal_label) and not says_the_year(label):
        return "mid_term_goal"
    return path


def label_path(text: str, heads: BlockHeads, in_funds: bool) -> str | None:
    """Path that a label cell opens; None when the cell is a value."""
    if not text:
        return None
    labels = heads.labels
    if labels.is_funds_block(text):
        return STRAY_TOTAL
    line = money_line(text, labels)
    if line is not None and (in_funds or (line.line and any(word in plain(text) for word in _MONEY_WORDS))):
        return _money_path(line)
    header = labels.header_of(text)
    if header is not None:
        return header
    signoff = labels.signoff_of(text)
    if signoff is not None:
        return "other" if signoff == "other" else signoff_path(signoff)
    return heads.goal_column(text) if len(label_key(text)) > 1 else None


def _money_path(line: MoneyLine) -> str:
    home = {"": "funds", "annual": "annual_funds", "mid_term": "mid_term_funds"}[line.period]
    return f"{home}/{line.line or OWN}"


def inline_label(text: str, heads: BlockHeads, in_funds: bool) -> tuple[str, str, str] | None:
    """Label and value in one cell: ``(path, label, value)``."""
    for match in reversed(list(_COLON.finditer(text))):
        label, value = text[: match.start()], text[match.end() :].strip()
        path = label_path(label, heads, in_funds)
        if path and value and label_path(text, heads, in_funds) is None:
            return path, label, value
    number = _TRAILING_NUMBER.match(text)
    if number:
        path = label_path(number.group(1), heads, in_funds)
        if path and is_planned(path):
            return path, number.group(1), number.group(2)
    return None
