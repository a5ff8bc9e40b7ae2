"""Lines of the funds whose label cannot be read are named by their place; on a born-digital form never."""

from __future__ import annotations

import pytest

from extractors.model import BBox, Cell, Document, Page, Table
from normalizers.forms.form import document_to_tables
from normalizers.record import TargetTable
from tests.engines import origin_of_engine
from tests.normalizers.forms import HEADER, ROWS


def form(labels: list[str], beside: str = "项目资金（万元）", engine: str = "ocr", last: bool = False) -> TargetTable:
    """A ruled form with four lines of funds, at its end when ``last``."""
    above = [("项目名称", "县道日常养护"), *zip(labels, ("43", "25.8", "10.75", "6.45"), strict=True)]
    cells = [_cell(i, range(1), text, engine) if i == 0 else _cell(i, range(1, 3), text, engine) for i, (text, _) in enumerate(above)]
    cells += [_cell(i, range(1, 9) if i == 0 else range(3, 9), amount, engine) for i, (_, amount) in enumerate(above)]
    cells.append(Cell(range(1, 5), range(1), beside, 1, BBox(0, 20, 60, 100), 0.9, engine, origin=origin_of_engine(engine)))
    if not last:
        rows = [HEADER[:9], *(row[:9] for row in ROWS)]
        cells += [_cell(i, range(j, j + 1), text, engine) for i, row in enumerate(rows, 5) for j, text in enumerate(row)]
    count = max(cell.rows.stop for cell in cells)
    document = Document("a", "0" * 64, "image/tiff", [Page(1, 600, 800, "ocr")], [Table(cells, count, 9)])
    (table,), _ = document_to_tables(document)
    return table


def _cell(row: int, cols: range, text: str, engine: str) -> Cell:
    box = BBox(60 * cols.start, 20 * row, 60 * cols.stop, 20 * row + 20)
    return Cell(range(row, row + 1), cols, text, 1, box, 0.9, engine, origin=origin_of_engine(engine))


def amounts(table: TargetTable) -> list[str]:
    return [table.text(f"funds/{name}") for name in ("total", "fiscal_appropriation", "carry_over", "other")]


@pytest.mark.parametrize("beside", ["项目资金（万元）", "安情况儿"])
def test_unreadable_lines_between_known_ones_are_named_and_asked_about(beside: str) -> None:
    table = form(["年度资金总额：", "冥中财玫挝軟", "結转", "其他资金"], beside)
    assert amounts(table) == ["43", "25.8", "10.75", "6.45"]
    asked = {found.path for found in table.findings if found.code == "layout.label-by-place"}
    assert asked == {"funds/fiscal_appropriation", "funds/carry_over"}


def test_a_form_may_end_with_its_funds() -> None:
    assert amounts(form(["年度资金总额：", "其中：财政拨款", "結转", "其他资金"], last=True)) == ["43", "25.8", "10.75", "6.45"]


def test_labels_of_a_born_digital_form_are_what_they_are() -> None:
    assert amounts(form(["年度资金总额：", "扶贫专项", "上年结转", "其他资金"], engine="pdfium")) == ["43", "", "10.75", "6.45"]


def test_one_known_line_names_no_other() -> None:
    assert amounts(form(["年度资金总额：", "冥中", "結转", "甚也"])) == ["43", "", "", ""]
