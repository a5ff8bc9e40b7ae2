"""The rows of the indicator block: aligned to their columns, spans and page breaks resolved."""

from __future__ import annotations

from dataclasses import dataclass

from extractors.model import Cell, union_of
from extractors.tables.wrap import unwrap
from normalizers.forms.affinity import is_level2, is_operator, is_scoring
from normalizers.forms.columns import SIDE, AlignedRow, Column, align_row
from normalizers.forms.field_builder import aligned_field, cell_to_field
from normalizers.forms.horizons import split_horizons
from normalizers.forms.segments import Row, is_header_row
from normalizers.forms.signoff_rows import is_signoff_row
from normalizers.record import INDICATOR_FIELDS, Field, IndicatorRow
from normalizers.vocabulary.label_keys import label_key
from normalizers.vocabulary.labels import Labels

# Filling a blank cell of its own is a guess; form.py asks a person about it.
GUESSED_FILL = "layout.fill-down-guess"
_TOTAL = ("总分", "合计", "总计", "总得分")
_CARRIERS = ("level3", "operator", "value", "unit", "explanation", "scoring_standard")


def looks_like_indicator(row: Row) -> bool:
    """True for a row that carries the anchors of an indicator."""
    texts = [text for text in row.texts() if text]
    has_level2 = any(is_level2(text) for text in texts)
    return has_level2 or (any(is_operator(text) for text in texts) and len(texts) >= 3) or any(is_scoring(text) for text in texts)


@dataclass(slots=True)
class IndicatorBlock:
    """Rows of indicators, the rows below them, texts that no column took, and the total score's field."""

    rows: list[IndicatorRow]
    below: list[Row]
    unplaced: list[str]
    total_score: Field | None = None


def read_indicator_block(rows: list[Row], columns: list[Column], labels: Labels) -> IndicatorBlock:
    """Align the rows under the header."""
    aligned: list[AlignedRow] = []
    below: list[Row] = []
    total: Field | None = None
    for row in rows:
        if below or is_signoff_row(row, labels):
            below.append(row)
        elif _is_total(row):
            total = _score_of(align_row(row, columns, labels))
        elif not is_header_row(row.texts(), labels) and any(row.texts()):
            aligned.append(align_row(row, columns, labels))
    aligned = _without_repeats(aligned)
    level2 = _level2_fields(aligned)
    found = [_to_row(each, field) for each, field in zip(aligned, level2, strict=True)]
    unplaced = [unwrap(cell.text) for each in aligned for cell in each.unplaced]
    return IndicatorBlock([half for row in found if row.fields for half in split_horizons(row)], below, unplaced, total)


def _is_total(row: Row) -> bool:
    filled = [text for text in row.texts() if text]
    own = [unwrap(cell.text) for cell in row.cells if row.begins(cell) and cell.text.strip()]
    return bool(filled) and bool(own) and label_key(own[0]) in _TOTAL


def _score_of(aligned: AlignedRow) -> Field | None:
    """The score under the total; the points beside it are the form's own 100."""
    cell = aligned.expected.get("score")
    return cell_to_field(cell) if cell is not None else None


def _without_repeats(aligned: list[AlignedRow]) -> list[AlignedRow]:
    """A stray line may cut a grid row in two; the same carrier cells are one indicator."""
    kept: list[AlignedRow] = []
    for each in aligned:
        carriers = [each.cells.get(name) for name in _CARRIERS]
        before = [kept[-1].cells.get(name) for name in _CARRIERS] if kept else []
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
