"""Whether a table of tabs or bars was cut off: what is left of one reads as if it were whole."""

from __future__ import annotations

from extractors.transcripts.blocks import Block, Piece, TableBlock
from extractors.transcripts.page_ending import has_no_end, page_ends_short, table_is_open
from extractors.transcripts.tags import is_html

# What stands in a row of few cells below a table of many.
_BELOW = ("填表", "填报", "负责人", "电话", "日期", "审核", "审批", "盖章", "签字", "签章", "合计", "备注", "说明", "注：", "注:")
# A table of two rows tells too little, but where its second one has no end.
_FEW_ROWS = 3
_UNFINISHED = tuple("，、,：:（([【“‘=≥≤<>＜＞")


def text_ends_short(text: str, blocks: list[Block]) -> str:
    """How a transcript shows that it was cut, in words; empty where it does not."""
    if is_html(text):
        return page_ends_short(text)
    if table_is_open(text):
        return "it ends before the end of <table>"
    least = _FEW_ROWS if text.endswith("\n") else 2
    tables = [block for block in blocks if isinstance(block, TableBlock) and len(block.rows) >= least]
    lines = text.rstrip("\n").split("\n")
    if not tables or len(lines) < 2 or any("<" in each for each in lines[-2:]):
        return ""
    table = tables[-1]
    number = table.rows[-1][-1].line if table.rows[-1] else 0
    if number == len(lines):
        return _row_ends_short(lines, table, text.endswith("\n"))
    below = number == len(lines) - 1
    return "it ends in a cell" if below and not text.endswith("\n") and _begins_a_row(lines, table) else ""


def may_lack_end(text: str) -> bool:
    """See ``has_no_end``."""
    return is_html(text) and has_no_end(text)


def _begins_a_row(lines: list[str], table: TableBlock) -> bool:
    """Whether the last line is the beginning of a row: of one bar, or of what first cells of this table say."""
    last, before = lines[-1], lines[-2]
    if "\t" not in before:
        return last.lstrip().startswith("|")
    return bool(last.strip()) and any(row[0].text.startswith(last.strip()) for row in table.rows if row)


def _row_ends_short(lines: list[str], table: TableBlock, has_line_end: bool) -> str:
    *others, last = table.rows
    line, few = lines[-1], min(len(row) for row in others)
    if "\t" not in line and not line.rstrip().endswith("|") and lines[-2].rstrip().endswith("|"):
        return "its last row has no bar at its end"
    if any(word in line for word in _BELOW):
        return ""
    if len(last) < few:
        return f"its last row has {len(last)} cells where no other has fewer than {few}"
    if "\t" in line and not has_line_end and len(last) + 1 < min(map(len, others[-2:])):
        return "it ends in a row that is shorter than those above"
    return "it ends in a cell" if "\t" in line and not has_line_end and last[-1].text and _goes_on(last[-1].text, others) else ""


def _goes_on(text: str, others: list[list[Piece]]) -> bool:
    """Whether a last cell is the beginning of what another one of its column says, or ends where no sentence does."""
    return text.endswith(_UNFINISHED) or any(row and row[-1].text != text and row[-1].text.startswith(text) for row in others)
