"""Tables that are no form: named, typed, each by itself; doubts about their cells."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

import jixiao
from extractors.model import BBox, Cell, Document, Page, Reading, Table, TextLine
from normalizers.finding_details import one_a_cause
from normalizers.grids.build import cells_to_grid
from normalizers.grids.figures import is_stack, to_figure
from pipeline.schema import problems_of


def cells_of(rows: list[list[str]], engine: str = "pdfium", top: float = 100.0, **marked: Any) -> list[Cell]:
    """Cells of 100 by 20 points; ``marked`` are fields of the last one."""
    cells = []
    origin: Any = "picture" if engine == "ocr" else "text-layer"
    for row, texts in enumerate(rows):
        for col, text in enumerate(texts):
            box = BBox(50 + 100 * col, top + 20 * row, 150 + 100 * col, top + 20 + 20 * row)
            cells.append(Cell(range(row, row + 1), range(col, col + 1), text, 1, box, 1.0, engine, origin=origin))
    if marked:
        last = cells.pop()
        cells.append(Cell(last.rows, last.cols, last.text, 1, last.bbox, marked.pop("confidence", 1.0), engine, origin=origin, **marked))
    return cells


def line(text: str, top: float) -> TextLine:
    return TextLine(text, 1, BBox(50, top, 300, top + 12))


def document_of(tables: list[list[Cell]], lines: list[TextLine], reader: Any = "text-layer") -> Document:
    page = Page(1, 595.0, 842.0, reader, lines=lines)
    made = [Table(cells, max(c.rows.stop for c in cells), max(c.cols.stop for c in cells)) for cells in tables]
    return Document("in/budget.pdf", "ab" * 32, "application/pdf", [page], made)


@pytest.mark.parametrize(
    ("text", "figure"),
    [
        ("1,234,567.80", (1234567.8, "")),
        ("－12.5%", (-12.5, "%")),
        ("１２．５", (12.5, "")),
        ("12.5万元", (12.5, "万元")),
        ("1,234,\n567.00", (1234567.0, "")),
        ("110\n220\n330", (None, "")),
        ("10 20", (None, "")),
        ("12,34", (None, "")),
        ("0801", (None, "")),
        ("0.8", (0.8, "")),
        ("999999999999999", (999999999999999.0, "")),
        ("1,999,999,999,999,999", (None, "")),
        ("431228203001010011", (None, "")),
        ("2024.01.05", (None, "")),
        ("—", (None, "")),
        ("", (None, "")),
    ],
)
def test_a_figure_is_one_only_where_nothing_else_can_be_meant(text: str, figure: tuple[float | None, str]) -> None:
    assert to_figure(text) == figure


def test_figures_below_each_other_are_no_number_and_a_question() -> None:
    grid = cells_to_grid(cells_of([["品名", "金额"], ["纸", "110\n220\n330"]]), ())
    assert is_stack(grid.cells[3].text) and grid.cells[3].number is None
    assert grid.rows()[1][1] == "110\n220\n330"
    assert [(found.path, found.code) for found in grid.findings] == [("3", "grid.several-figures")]


@pytest.mark.parametrize(("text", "asked"), [("###", True), ("＃＃＃＃", True), ("#", False), ("#12", False)])
def test_a_number_that_a_spreadsheet_could_not_show_is_asked_about(text: str, asked: bool) -> None:
    grid = cells_to_grid(cells_of([["科目", "金额"], ["办公费", text]]), [])
    assert [(each.path, each.code) for each in grid.findings] == ([("3", "grid.value-not-shown")] if asked else [])
    assert ("value-not-shown" in grid.cells[3].marks) == asked


def test_a_table_has_the_name_and_the_unit_that_stand_over_it() -> None:
    rows = [["科目编码", "科目名称", "金额", "占比（%）", "人数"], ["20101", "工资", "1,200.50", "12", "30"]]
    above = ["第3页", "支出决算表", "公开03表", "部门：云田县档案馆 单位：万元"]
    grid = cells_to_grid(cells_of(rows), [line(text, 40 + 15 * index) for index, text in enumerate(above)])
    assert (grid.title, grid.unit) == ("支出决算表", "万元")
    assert [(cell.number, cell.unit) for cell in grid.cells[5:]] == [(None, ""), (None, ""), (1200.5, "万元"), (12.0, "%"), (30.0, "")]


def test_two_tables_of_a_page_stay_two_each_with_its_own_name() -> None:
    first = cells_of([["收入", "预算数"], ["拨款", "12"]])
    second = cells_of([["支出", "预算数"], ["工资", "8"]], top=300.0)
    lines = [line("收入预算表", 60), line("单位：万元", 80), line("支出预算表", 260), line("单位：元", 280)]
    value = jixiao.clean(document_of([first, second], lines)).json
    assert not problems_of(value) and not value["tables"] and value["status"] == "success"
    named = [(grid["title"], grid["unit"], grid["row_count"]) for grid in value["grids"]]
    assert named == [("收入预算表", "万元", 2), ("支出预算表", "元", 2)]
    assert [grid["grid_id"] for grid in value["grids"]] == ["abababababab-g1", "abababababab-g2"]
    assert value["grids"][1]["cells"][3] | {"bbox": None} == {
        "row": 2, "column": 2, "row_span": 1, "column_span": 1, "text": "8", "number": 8, "unit": "元", "page_no": 1, "bbox": None,
        "confidence": value["grids"][1]["cells"][3]["confidence"], "marks": [],
    }  # fmt: skip


def test_a_doubt_about_a_cell_is_one_finding_at_its_place() -> None:
    readings = (Reading("18", 0.55, "second"), Reading("13", 0.5, "number"))
    cells = cells_of([["项目", "金额"], ["纸", "13"]], engine="ocr", confidence=0.0, marks=("seal",), readings=readings)
    value = jixiao.clean(document_of([cells], [], "ocr")).json
    assert not problems_of(value) and value["status"] == "partial"
    found = [each for each in value["findings"] if each["severity"] == "review" and each["path"].startswith("/grids/0/cells/3")]
    assert len(found) == 1 and value["grids"][0]["cells"][3]["marks"] == ["seal"] and value["grids"][0]["cells"][3]["confidence"] < 0.9
    assert (found[0]["table_id"], found[0]["row"], found[0]["page_no"]) == ("abababababab-g1", 2, 1) and found[0]["bbox"]


def test_a_cell_without_doubt_has_no_finding() -> None:
    readings = (Reading("13", 0.9999, "second"), Reading("13", 0.9999, "number"))
    cells = cells_of([["项目", "金额"], ["纸", "13"]], engine="ocr", confidence=0.9999, readings=readings)
    value = jixiao.clean(document_of([cells], [], "ocr")).json
    assert not [each for each in value["findings"] if each["path"] == "/grids/0/cells/3"]


def cut_off(rows: list[list[str]], texts: set[str]) -> dict[str, Any]:
    """A document with one grid in which these texts are cut off."""
    cells = [replace(cell, marks=("clipped",)) if cell.text in texts else cell for cell in cells_of(rows)]
    value = jixiao.clean(document_of([cells], [])).json
    assert not problems_of(value) and value["status"] == "partial"
    return value


ROWS = [["项目", "内容", "金额"], ["河道清淤疏", "用于河道清", "1,234.5"], ["古籍修复", "用于古籍修", "67.80"]]


def clipped_paths(value: dict[str, Any]) -> list[str]:
    return [each["path"] for each in value["findings"] if each["code"] == "reading.clipped" and each["severity"] == "review"]


def test_texts_cut_off_all_over_a_table_are_one_thing_to_look_at_and_a_finding_at_each() -> None:
    value = cut_off(ROWS, {"河道清淤疏", "用于河道清", "用于古籍修"})
    assert clipped_paths(value) == ["/grids/0", "/grids/0/cells/3", "/grids/0/cells/4", "/grids/0/cells/7"]
    (one,) = [each for each in one_a_cause(value["findings"]) if each["code"] == "reading.clipped"]
    assert one["path"] == "/grids/0" and one["also"] == clipped_paths(value)[1:]
    assert "3 cells" in one["message"] and "(columns 1, 2)" in one["message"]


def test_a_text_that_is_cut_off_alone_is_asked_about_at_its_place() -> None:
    assert clipped_paths(cut_off(ROWS, {"河道清淤疏"})) == ["/grids/0/cells/3"]


def test_a_figure_that_is_cut_off_is_a_question_of_its_own() -> None:
    value = cut_off(ROWS, {"河道清淤疏", "用于河道清", "1,234.5", "67.80"})
    found = [(each["path"], len(each["also"])) for each in one_a_cause(value["findings"]) if each["code"] == "reading.clipped"]
    assert found == [("/grids/0", 2), ("/grids/0/cells/5", 0), ("/grids/0/cells/8", 0)]
