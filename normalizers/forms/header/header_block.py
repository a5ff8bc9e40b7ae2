"""The rows above the indicators: labels and the values beside them."""

from __future__ import annotations

import re

from extractors.model import Cell
from extractors.tables.wrap import unwrap
from normalizers.forms.field_builder import cell_to_field
from normalizers.forms.header.block_heads import BlockHeads
from normalizers.forms.header.funds_matrix import row_to_matrix, with_task_subheads
from normalizers.forms.header.funds_order import name_funds_by_place
from normalizers.forms.header.header_fields import HeaderBlock, continue_field, note_unplaced
from normalizers.forms.header.labelled_row import inline_label, label_path, read_labelled_row
from normalizers.forms.header.matrix_rows import open_matrix, read_matrix_row
from normalizers.forms.segments import Row
from normalizers.forms.templates import Template
from normalizers.forms.titles import is_title, is_year_line
from normalizers.record import Finding
from normalizers.rules.money import unit_line
from normalizers.vocabulary.label_keys import label_key
from normalizers.vocabulary.labels import Labels

_ORGANISATION = re.compile(r"(局|委|委员会|办|办公室|院|中心|站|所|会|部|政府|公司|学校|队|厅|馆|社|街道|乡|镇|县|区|市)$")


def read_header_block(
    rows: list[Row], labels: Labels, title: str, template: Template | None, known: HeaderBlock | None = None, fiscal_year: int | None = None
) -> HeaderBlock:
    """Fields of the rows above the header of the indicators.

    Args:
        rows: rows in order, spanned cells included.
        title: text of the form's title; an unlabelled first cell that it begins with is the unit's name.
        template: the form that the title names.
        known: what is known before these rows are read; it is added to.
        fiscal_year: of the form; a head that names a year means a period by it.
    """
    block = known if known is not None else HeaderBlock()
    heads = BlockHeads(labels, template, fiscal_year)
    for index, row in enumerate(rows):
        below = rows[index + 1] if index + 1 < len(rows) else None
        cells = [cell for cell in row.cells if row.begins(cell)]
        texts = [unwrap(cell.text) for cell in cells]
        matrix = None if _goes_on(block, row, heads) else row_to_matrix(row, below, heads)
        if matrix is not None:
            open_matrix(block, matrix, row, cells, heads)
        elif block.matrix is not None and read_matrix_row(block, block.matrix, row, heads):
            continue
        elif _is_unlabelled(texts, heads):
            _read_unlabelled(block, next(c for c, t in zip(cells, texts, strict=True) if t), row, title, labels)
        else:
            read_labelled_row(block, row, cells, heads)
    name_funds_by_place(block, rows, lambda text: _fund_path(text, heads))
    return block


def _fund_path(text: str, heads: BlockHeads) -> str | None:
    """The path of a label in the block of funds, whatever its period."""
    path = label_path(text, heads, True)
    return path.replace("annual_funds/", "funds/") if path else None


def _goes_on(block: HeaderBlock, row: Row, heads: BlockHeads) -> bool:
    """The second row of heads of a list of tasks, whose words would open a matrix of their own."""
    return block.matrix is not None and block.matrix.block == "tasks" and with_task_subheads(block.matrix, row, heads) is not None


def _is_unlabelled(texts: list[str], heads: BlockHeads) -> bool:
    filled = [text for text in texts if text]
    return len(filled) == 1 and label_path(filled[0], heads, True) is None and not inline_label(filled[0], heads, True)


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
        continue_field(block.fields[block.last_path], text)
    else:
        note_unplaced(block, text)


def _is_unit_name(text: str, title: str) -> bool:
    key = label_key(text)
    return len(key) >= 3 and (label_key(title).startswith(key) or (len(key) <= 30 and bool(_ORGANISATION.search(key))))
