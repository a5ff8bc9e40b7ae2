"""The rows above the indicators: labels and the values beside them."""

from __future__ import annotations

import re

from extractors.model import Cell
from extractors.tables.wrap import unwrap
from normalizers.forms.field_builder import cell_to_field
from normalizers.forms.funds_matrix import Place, overlap, row_to_matrix
from normalizers.forms.funds_order import name_funds_by_place
from normalizers.forms.header_fields import STRAY_TOTAL, HeaderBlock, note_unplaced, set_field
from normalizers.forms.matrix_rows import open_matrix, read_matrix_row
from normalizers.forms.segments import Row
from normalizers.forms.templates import Template
from normalizers.forms.titles import is_title, is_year_line
from normalizers.record import Field, Finding
from normalizers.rules.money import declared_unit, unit_line
from normalizers.vocabulary.label_keys import label_key, plain
from normalizers.vocabulary.labels import Labels

_COLON = re.compile(r"[:：]")
_TRAILING_NUMBER = re.compile(r"^(.*?)[:：\s]+([\d.,，]+)$")
_ORGANISATION = re.compile(r"(局|委|委员会|办|办公室|院|中心|站|所|会|部|政府|公司|学校|队|厅|馆|社|街道|乡|镇|县|区|市)$")
_OF_THE_YEAR = ("年度", "当年", "本年")


def read_header_block(
    rows: list[Row], labels: Labels, title: str, template: Template | None, known: HeaderBlock | None = None
) -> HeaderBlock:
    """Fields of the rows above the header of the indicators.

    Args:
        rows: rows in order, spanned cells included.
        title: text of the form's title; an unlabelled first cell that it begins with is the unit's name.
        template: the form that the title names.
        known: what is known before these rows are read; it is added to.
    """
    block = known if known is not None else HeaderBlock()
    for row in rows:
        cells = [cell for cell in row.cells if row.begins(cell)]
        texts = [unwrap(cell.text) for cell in cells]
        matrix = row_to_matrix(row, template)
        if matrix is not None:
            open_matrix(block, matrix, row, cells)
        elif block.matrix is not None and template is not None and read_matrix_row(block, block.matrix, row, labels, template):
            continue
        elif _is_unlabelled(texts, labels):
            _read_unlabelled(block, next(c for c, t in zip(cells, texts, strict=True) if t), row, title, labels)
        else:
            _read_labelled(block, row, cells, labels)
    name_funds_by_place(block, rows, lambda text: _label_path(text, labels, True))
    return block


def _is_unlabelled(texts: list[str], labels: Labels) -> bool:
    filled = [text for text in texts if text]
    return len(filled) == 1 and _label_path(filled[0], labels, True) is None and not _inline(filled[0], labels, True)


def _read_unlabelled(block: HeaderBlock, cell: Cell, row: Row, title: str, labels: Labels) -> None:
    text = unwrap(cell.text)
    if unit_line(text):
        block.funds_unit = block.funds_unit or unit_line(text)
    elif is_title(text, labels) and "title" not in block.fields:
        block.fields["title"] = cell_to_field(cell)
    elif is_year_line(text):
        block.fields["fiscal_year"] = cell_to_field(cell)
    elif "unit_name" not in block.fields and _is_unit_name(text, title):
        found = cell_to_field(cell)
        found.status = "inferred"
        block.fields["unit_name"] = found
        message = f"The cell {text!r} has no label; taken as 单位名称" + (" because the title begins with it." if text in title else ".")
        block.findings.append(Finding("unit_name", "layout.unlabelled-unit", "info", message))
    elif block.last_path and row.page_no != block.last_page and block.last_path in block.fields:
        _continue(block.fields[block.last_path], text)
    else:
        note_unplaced(block, text)


def _is_unit_name(text: str, title: str) -> bool:
    key = label_key(text)
    return len(key) >= 3 and (label_key(title).startswith(key) or (len(key) <= 30 and bool(_ORGANISATION.search(key))))


def _continue(found: Field, text: str) -> None:
    """A cell that the page end cut: the rest stands on the next page."""
    found.raw = found.text = found.text + text
    found.cell = None


def _read_labelled(block: HeaderBlock, row: Row, cells: list[Cell], labels: Labels) -> None:
    """One row: each label takes the first text to its right."""
    path: str | None = None
    long_total = _long_total(cells, labels)
    for cell in cells:
        text = unwrap(cell.text)
        inline = _inline(text, labels, block.has_funds)
        found = inline[0] if inline else _label_path(text, labels, block.has_funds)
        if cell is long_total:
            found = "funds/mid_term"
        if found == "group":
            path = None
            continue
        # A word like 实施单位 may be a value; behind a label that has its value it is the next label.
        if found is not None and (path is None or found != "other" or _is_filled(block, path)):
            path = _open_label(block, found, text if inline is None else inline[1], row.place(cell))
            if inline:
                set_field(block, path, cell_to_field(cell, inline[2]), row)
        elif path is not None:
            set_field(block, path, cell_to_field(cell), row)
        elif text and row.page_no != block.last_page and block.last_path in block.fields:
            _continue(block.fields[block.last_path], text)
        elif text:
            note_unplaced(block, text)


def _long_total(cells: list[Cell], labels: Labels) -> Cell | None:
    """The total of all years where it stands beside that of the year: 项目资金总额 | … | 年度资金申请总额."""
    totals = [cell for cell in cells if labels.fund_of(unwrap(cell.text)) == "total"]
    long = [cell for cell in totals if not label_key(unwrap(cell.text)).startswith(_OF_THE_YEAR)]
    return long[0] if len(totals) == 2 and len(long) == 1 else None


def _is_filled(block: HeaderBlock, path: str) -> bool:
    field = block.others.get(path[6:]) if path.startswith("other:") else block.fields.get(path)
    return field is not None and bool(field.text)


def _open_label(block: HeaderBlock, path: str, label: str, place: Place) -> str:
    if path in (STRAY_TOTAL, "funds/total"):
        # The label of the block may be illegible; below the total all labels are those of funds.
        block.has_funds = True
    if path == "funds/mid_term":
        block.mid_term = place
        return "mid_term_funds/total"
    if path.startswith("funds/") and block.mid_term is not None and overlap(place, block.mid_term) > 0:
        return f"mid_term_{path}"
    if path.startswith("funds/"):
        block.funds_unit = declared_unit(label) or block.funds_unit
    return f"other:{re.sub(r'[:：]$', '', label)}" if path == "other" else path


def _label_path(text: str, labels: Labels, in_funds: bool) -> str | None:
    """Path that a label cell opens; None when the cell is a value."""
    if not text:
        return None
    if labels.is_funds_block(text):
        return STRAY_TOTAL
    fund = labels.fund_of(text)
    if fund and (in_funds or any(word in plain(text) for word in ("资金", "拨款", "结转", "总预算", "年度预算"))):
        return f"funds/{fund}"
    return labels.header_of(text)


def _inline(text: str, labels: Labels, in_funds: bool) -> tuple[str, str, str] | None:
    """Label and value in one cell: ``(path, label, value)``."""
    for match in reversed(list(_COLON.finditer(text))):
        label, value = text[: match.start()], text[match.end() :].strip()
        path = _label_path(label, labels, in_funds)
        if path and value and _label_path(text, labels, in_funds) is None:
            return path, label, value
    number = _TRAILING_NUMBER.match(text)
    if number:
        path = _label_path(number.group(1), labels, in_funds)
        if path and path.startswith("funds/"):
            return path, number.group(1), number.group(2)
    return None
