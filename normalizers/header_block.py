"""The rows above the indicators: labels and the values beside them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from extractors.model import Cell
from extractors.tables.wrap import unwrap
from normalizers.builder import cell_to_field
from normalizers.labels import Labels, label_key, plain
from normalizers.matrix import Matrix, Place, cells_under, overlap, row_to_matrix
from normalizers.record import Field, Finding
from normalizers.segments import Row, is_title, is_year_line
from normalizers.templates import Template

_COLON = re.compile(r"[:：]")
_TRAILING_NUMBER = re.compile(r"^(.*?)[:：\s]+([\d.,，]+)$")
_ORGANISATION = re.compile(r"(局|委|委员会|办|办公室|院|中心|站|所|会|部|政府|公司|学校|队|厅|馆|社|街道|乡|镇|县|区|市)$")
_UNIT = re.compile(r"(?:单位[:：]\s*)?[(（]?\s*(亿元|万元|元)\s*[)）]?\s*$")
STRAY_TOTAL = "funds/stray_total"
_SENTENCES = ("overall_goal", "mid_term_goal", "actual_outcome")


@dataclass(slots=True)
class HeaderBlock:
    """Fields by path, labelled values without a place, and the unit of the funds."""

    fields: dict[str, Field] = field(default_factory=dict)
    others: dict[str, Field] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    has_funds: bool = False
    funds_unit: str = ""
    last_path: str = ""
    last_page: int = 0
    matrix: Matrix | None = None
    mid_term: Place | None = None


def read_header_block(rows: list[Row], labels: Labels, title: str, template: Template | None) -> HeaderBlock:
    """Fields of the rows above the header of the indicators.

    Args:
        rows: rows in order, spanned cells included.
        title: text of the form's title; an unlabelled first cell that it begins with is the unit's name.
        template: the form that the title names.
    """
    block = HeaderBlock()
    for row in rows:
        cells = [cell for cell in row.cells if row.begins(cell)]
        texts = [unwrap(cell.text) for cell in cells]
        matrix = row_to_matrix(row, template)
        if matrix is not None:
            block.matrix = matrix
            block.has_funds = block.has_funds or matrix.block == "funds"
        elif block.matrix is not None and _read_matrix_row(block, block.matrix, row, cells, labels):
            continue
        elif _is_unlabelled(texts, labels):
            _read_unlabelled(block, next(c for c, t in zip(cells, texts, strict=True) if t), row, title, labels)
        else:
            _read_labelled(block, row, cells, labels)
    return block


def _read_matrix_row(block: HeaderBlock, matrix: Matrix, row: Row, cells: list[Cell], labels: Labels) -> bool:
    """One row under the heads of a matrix; False when the row no longer belongs to it."""
    if matrix.block == "goal":
        for name, cell in cells_under(matrix, row, cells):
            _set(block, name, cell_to_field(cell), row)
        block.matrix = None
        return True
    line = next((found for cell in row.cells if (found := labels.fund_of(unwrap(cell.text)))), None)
    if line is None:
        block.matrix = None
        return False
    values = [cell for cell in cells if not labels.fund_of(unwrap(cell.text)) and not labels.is_funds_block(unwrap(cell.text))]
    for name, cell in cells_under(matrix, row, values):
        _set(block, f"funds_execution/{line}/{name}", cell_to_field(cell), row)
    return True


def _is_unlabelled(texts: list[str], labels: Labels) -> bool:
    filled = [text for text in texts if text]
    return len(filled) == 1 and _label_path(filled[0], labels, True) is None and not _inline(filled[0], labels, True)


def _read_unlabelled(block: HeaderBlock, cell: Cell, row: Row, title: str, labels: Labels) -> None:
    text = unwrap(cell.text)
    if is_title(text, labels) and "title" not in block.fields:
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
        _unplaced(block, text)


def _is_unit_name(text: str, title: str) -> bool:
    key = label_key(text)
    return len(key) >= 3 and (label_key(title).startswith(key) or (len(key) <= 30 and bool(_ORGANISATION.search(key))))


def _continue(found: Field, text: str) -> None:
    """A cell that the page end cut: the rest stands on the next page."""
    found.raw = found.text = found.text + text
    found.cell = None


def _unplaced(block: HeaderBlock, text: str) -> None:
    message = f"{text!r} stands in the form without a known label; add its label or check the page."
    block.findings.append(Finding("", "layout.unplaced-text", "review", message))


def _read_labelled(block: HeaderBlock, row: Row, cells: list[Cell], labels: Labels) -> None:
    """One row: each label takes the first text to its right."""
    path: str | None = None
    for cell in cells:
        text = unwrap(cell.text)
        inline = _inline(text, labels, block.has_funds)
        found = inline[0] if inline else _label_path(text, labels, block.has_funds)
        # A word like 实施单位 may be a value; behind a label that has its value it is the next label.
        if found is not None and (path is None or found != "other" or _is_filled(block, path)):
            path = _open_label(block, found, text if inline is None else inline[1], row.place(cell))
            if inline:
                _set(block, path, cell_to_field(cell, inline[2]), row)
        elif path is not None:
            _set(block, path, cell_to_field(cell), row)
        elif text and row.page_no != block.last_page and block.last_path in block.fields:
            _continue(block.fields[block.last_path], text)
        elif text:
            _unplaced(block, text)


def _is_filled(block: HeaderBlock, path: str) -> bool:
    field = block.others.get(path[6:]) if path.startswith("other:") else block.fields.get(path)
    return field is not None and bool(field.text)


def _open_label(block: HeaderBlock, path: str, label: str, place: Place) -> str:
    if path == STRAY_TOTAL:
        block.has_funds = True
    if path == "funds/mid_term":
        block.mid_term = place
        return "mid_term_funds/total"
    if path.startswith("funds/") and block.mid_term is not None and overlap(place, block.mid_term) > 0:
        return f"mid_term_{path}"
    if path.startswith("funds/"):
        unit = _UNIT.search(label)
        if unit:
            block.funds_unit = unit.group(1)
    return f"other:{re.sub(r'[:：]$', '', label)}" if path == "other" else path


def _set(block: HeaderBlock, path: str, value: Field, row: Row) -> None:
    """The first text wins; a blank cell holds the place until text comes."""
    home, key = (block.others, path[6:]) if path.startswith("other:") else (block.fields, path)
    known = home.get(key)
    if known is None or not known.text:
        home[key] = value
        block.last_path, block.last_page = path, row.page_no
    elif value.text and value.text != known.text:
        _join(block, path, known, value)


def _join(block: HeaderBlock, path: str, known: Field, value: Field) -> None:
    """More text beside a value: a sentence that a stray line cut in two is joined, anything else is asked about."""
    if path.split("/")[-1] in _SENTENCES:
        known.raw = known.text = known.text + value.text
        known.cell = None
        message = f"The text stood in several cells and was joined; the last part is {value.text!r}. Compare with the page."
    else:
        message = f"{known.text!r} is taken, but {value.text!r} stands beside it; which is right?"
    block.findings.append(Finding("" if path.startswith("other:") else path, "layout.more-text", "review", message))


def _label_path(text: str, labels: Labels, in_funds: bool) -> str | None:
    """Path that a label cell opens; None when the cell is a value."""
    if not text:
        return None
    if labels.is_funds_block(text):
        return STRAY_TOTAL
    fund = labels.fund_of(text)
    if fund and (in_funds or any(word in plain(text) for word in ("资金", "拨款", "结转"))):
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
