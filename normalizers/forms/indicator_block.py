"""The rows of the indicator block: aligned to their columns, spans and page breaks resolved."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from extractors.model import Cell, union_of
from extractors.tables.wrap import unwrap
from normalizers.forms.affinity import is_level2, is_operator, is_scoring
from normalizers.forms.columns import SIDE, AlignedRow, align_row
from normalizers.forms.field_builder import aligned_field, cell_to_field
from normalizers.forms.horizons import split_horizons
from normalizers.forms.indicator_lists import IndicatorList
from normalizers.forms.segments import Row
from normalizers.forms.signoff_rows import is_signoff_row
from normalizers.record import INDICATOR_FIELDS, OWN_CELLS, Field, IndicatorRow
from normalizers.vocabulary.label_keys import label_key
from normalizers.vocabulary.labels import Labels

# Filling a blank cell of its own is a guess; form.py asks a person about it.
GUESSED_FILL = "layout.fill-down-guess"
_TOTAL = ("总分", "合计", "总计", "总得分", "总评分", "自评总分", "合计得分", "得分合计", "总分合计", "自评得分合计", "评价总分", "总分值")
_PARTIAL = ("小计", "分项小计", "得分小计")
_POINTS = re.compile(r"[(（][^()（）]*[)）]")
# Texts of a row that is no indicator belong to the form.
_NO_ROW = -1


def looks_like_indicator(row: Row) -> bool:
    """True for a row that carries the anchors of an indicator."""
    texts = [text for text in row.texts() if text]
    has_level2 = any(is_level2(text) for text in texts)
    return has_level2 or (any(is_operator(text) for text in texts) and len(texts) >= 3) or any(is_scoring(text) for text in texts)


@dataclass(slots=True)
class IndicatorBlock:
    """Rows of indicators, the rows below, texts that no column took by the place of their row, the total score, sums without a field."""

    rows: list[IndicatorRow]
    below: list[Row]
    unplaced: dict[int, list[str]]
    total_score: Field | None = None
    others: dict[str, Field] = field(default_factory=dict)


def read_indicator_block(lists: Sequence[IndicatorList], labels: Labels) -> IndicatorBlock:
    """Align the rows of every list under its own heads."""
    block = IndicatorBlock([], [], {})
    for each in lists:
        _read_list(block, each, labels)
    return block


def _read_list(block: IndicatorBlock, part: IndicatorList, labels: Labels) -> None:
    aligned: list[AlignedRow] = []
    below: list[Row] = []
    for row in part.rows:
        if below or is_signoff_row(row, labels):
            below.append(row)
        elif is_total(row):
            _read_total(block, part, row, labels)
        elif any(row.texts()):
            aligned.append(align_row(row, part.columns, labels, part.heads.sides))
    aligned = _without_repeats(aligned)
    level2 = _level2_fields(aligned)
    for each, filled in zip(aligned, level2, strict=True):
        indicator = _to_row(each, filled)
        if each.unplaced:
            index = len(block.rows) if indicator.fields else _NO_ROW
            block.unplaced.setdefault(index, []).extend(unwrap(cell.text) for cell in each.unplaced)
        if indicator.fields:
            block.rows += split_horizons(indicator, part.horizons)
    block.below += below


def _read_total(block: IndicatorBlock, part: IndicatorList, row: Row, labels: Labels) -> None:
    """The sum under the scores; a sum under a head that nobody knows keeps the words of both."""
    aligned = align_row(row, part.columns, labels, part.heads.sides)
    if _is_whole(row) or block.total_score is None:
        block.total_score = _score_of(aligned) or block.total_score
    for head in part.heads.unknown:
        cell = aligned.expected.get(f"column:{head}")
        if cell is not None and row.begins(cell) and any(char.isdigit() for char in cell.text):
            block.others[f"{_printed_total(row)} {head}"] = cell_to_field(cell)


def _printed_total(row: Row) -> str:
    return next(unwrap(cell.text) for cell in row.cells if row.begins(cell) and cell.text.strip())


def is_total(row: Row) -> bool:
    """A row of points or scores that are added up, of the form or of a group: no indicator."""
    return _total_key(row) in (*_TOTAL, *_PARTIAL)


def _is_whole(row: Row) -> bool:
    return _total_key(row) in _TOTAL


def _total_key(row: Row) -> str:
    own = [unwrap(cell.text) for cell in row.cells if row.begins(cell) and cell.text.strip()]
    return label_key(_POINTS.sub("", own[0])) if own else ""


def _score_of(aligned: AlignedRow) -> Field | None:
    """The score under the total; the points beside it are the form's own 100."""
    cell = aligned.expected.get("score")
    return cell_to_field(cell) if cell is not None and cell.text.strip() else None


def _without_repeats(aligned: list[AlignedRow]) -> list[AlignedRow]:
    """A stray line may cut a grid row in two; the same carrier cells are one indicator."""
    kept: list[AlignedRow] = []
    for each in aligned:
        carriers = [each.cells.get(name) for name in OWN_CELLS]
        before = [kept[-1].cells.get(name) for name in OWN_CELLS] if kept else []
        same = bool(kept) and any(cell is not None for cell in carriers) and all(a is b for a, b in zip(carriers, before, strict=True))
        if not same:
            kept.append(each)
    return kept


def _to_row(aligned: AlignedRow, level2: Field | None) -> IndicatorRow:
    fields: dict[str, Field] = {}
    for name in dict.fromkeys([*INDICATOR_FIELDS, *aligned.expected, *aligned.cells]):
        if name == SIDE:
            continue
        field = aligned_field(aligned.cells.get(name), aligned.expected.get(name))
        if name == "level2" and level2 is not None:
            field = level2
        if field is not None:
            fields[name] = field
    own = [cell for cell in aligned.row.cells if aligned.row.begins(cell) and cell.page_no == aligned.row.page_no]
    return IndicatorRow(fields, page_no=aligned.row.page_no, box=union_of(cell.bbox for cell in own))


def _level2_fields(aligned: list[AlignedRow]) -> list[Field | None]:
    """Fill a second level that a merged cell printed once, or on the other side of a page break."""
    texts = [_text(each.cells.get("level2")) for each in aligned]
    result: list[Field | None] = []
    for index, each in enumerate(aligned):
        field: Field | None = None
        if not texts[index] and _carries(each):
            donor, rule = _donor(aligned, texts, index)
            if donor:
                texts[index] = donor
                field = aligned_field(each.cells.get("level2"), each.expected.get("level2")) or Field("", "")
                field.change(rule, donor, "inferred")
        result.append(field)
    return result


def _donor(aligned: list[AlignedRow], texts: list[str], index: int) -> tuple[str, str]:
    """Text for a blank second level and the rule that found it.

    A blank cell of its own that ends at the page break has its text on the next
    page; any other blank belongs to the group above.
    """
    cell = aligned[index].cells.get("level2")
    if cell is not None and aligned[index].row.frame is not None:
        after = _next_on_new_page(aligned, index, cell)
        if after is not None and texts[after]:
            return texts[after], "layout.fill-up"
    if not index:
        return "", ""
    return texts[index - 1], GUESSED_FILL if _is_own_blank(aligned, index) else "layout.fill-down"


def _is_own_blank(aligned: list[AlignedRow], index: int) -> bool:
    """True for a drawn cell of its own that is blank in the middle of a page: its text may not have been read."""
    cell, row = aligned[index].cells.get("level2"), aligned[index].row
    return row.frame is not None and cell is not None and row.begins(cell) and row.page_no == aligned[index - 1].row.page_no


def _next_on_new_page(aligned: list[AlignedRow], index: int, cell: Cell) -> int | None:
    page_no = aligned[index].row.page_no
    for later in range(index + 1, len(aligned)):
        if aligned[later].row.page_no != page_no:
            return later
        if aligned[later].cells.get("level2") is not cell:
            return None
    return None


def _carries(aligned: AlignedRow) -> bool:
    return any(_text(aligned.cells.get(name)) for name in ("level3", "operator", "value"))


def _text(cell: Cell | None) -> str:
    return unwrap(cell.text) if cell is not None else ""
