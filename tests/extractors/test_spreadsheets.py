"""Workbooks: what is seen is what is read; what is not seen is kept apart; what is missing is said."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font, PatternFill

from extractors.spreadsheets.reader import XLSX
from tests.extractors.workbooks import FRAME, ROWS, SIGNED, change, codes, form_sheet, grid, read, saved, with_rows

SHEET = "xl/worksheets/sheet1.xml"


@pytest.mark.parametrize("bordered", [True, False])
def test_the_title_and_the_signatures_are_lines_and_the_rest_is_a_table(tmp_path: Path, bordered: bool) -> None:
    document = read(saved(tmp_path / "a.xlsx", lambda sheet: form_sheet(sheet, bordered)))
    (table,), (page,) = document.tables, document.pages
    assert (document.media_type, page.reader, table.row_count, table.col_count) == (XLSX, "spreadsheet", len(ROWS), 8)
    assert grid(document)[6] == ROWS[6] and grid(document)[7][4] == "98.5"
    assert [line.text for line in page.lines] == ["项目绩效目标表", "（2031）年度", *SIGNED]
    assert page.notes == [] and page.hidden_text == []


@pytest.mark.parametrize("name", ["a.xls", "a.xlsb", "a.pdf", "a"])
def test_a_workbook_is_known_by_its_content(tmp_path: Path, name: str) -> None:
    assert grid(read(saved(tmp_path / "a.xlsx", form_sheet).rename(tmp_path / name)))[0][:2] == ROWS[0][:2]


def test_merged_cells_are_one_cell_and_know_their_place(tmp_path: Path) -> None:
    document = read(saved(tmp_path / "a.xlsx", form_sheet))
    cell = document.tables[0].at(2, 7)
    assert cell is not None and cell.bbox is not None
    assert (cell.text, cell.rows, cell.cols, cell.origin) == ("48", range(2, 3), range(3, 8), "spreadsheet")
    assert cell.bbox.as_list() == [3, 5, 8, 6]
    places = [(row, col) for each in document.tables[0].cells for row in each.rows for col in each.cols]
    assert len(places) == len(set(places)) == len(ROWS) * 8


def test_values_come_as_they_are_seen(tmp_path: Path) -> None:
    def fill(sheet: Any) -> None:
        with_rows([["合格率", 0.985], ["资金", 123456], ["编码", 7], ["里程", 1234.5]])(sheet)
        for place, code in (("B1", "0.0%"), ("B2", '0!.0,"万元"'), ("B3", "0000"), ("B4", '#,##0.0"公里"')):
            sheet[place].number_format = code

    assert [row[1] for row in grid(read(saved(tmp_path / "a.xlsx", fill)))] == ["98.5%", "12.3万元", "0007", "1,234.5公里"]


def test_hidden_rows_columns_and_sheets_are_no_value_and_are_kept_apart(tmp_path: Path) -> None:
    workbook = Workbook()
    with_rows([["甲", "乙", "丙"], ["一", "二", "三"], ["子", "丑", "寅"]])(workbook.active)
    workbook.active.row_dimensions[2].hidden = True
    workbook.active.column_dimensions["B"].hidden = True
    for name, state in (("选项", "hidden"), ("更深", "veryHidden")):
        sheet = workbook.create_sheet(name)
        sheet["A1"], sheet.sheet_state = f"{name}里的字", state
    workbook.save(tmp_path / "a.xlsx")
    document = read(tmp_path / "a.xlsx")
    assert grid(document) == [["甲", "丙"], ["子", "寅"]] and len(document.pages) == 1
    hidden = [(each.text, each.reason) for each in document.pages[0].hidden_text]
    assert hidden == [(text, "not-shown") for text in ("乙", "一", "二", "三", "丑", "选项\n选项里的字", "更深\n更深里的字")]


def test_a_merged_range_is_seen_as_long_as_a_part_of_it_is_shown(tmp_path: Path) -> None:
    def fill(sheet: Any) -> None:
        with_rows([["产出", "一"], [None, "二"], [None, "三"]])(sheet)
        sheet.merge_cells("A1:A3")
        sheet.row_dimensions[1].hidden = True

    document = read(saved(tmp_path / "a.xlsx", fill))
    assert grid(document) == [["产出", "二"], ["三"]]
    assert [each.text for each in document.pages[0].hidden_text] == ["一"]


def test_a_formula_gives_its_stored_result_and_nothing_where_there_is_none(tmp_path: Path) -> None:
    path = saved(tmp_path / "a.xlsx", with_rows([["合计", "=SUM(B2:B3)"], ["一", "=1+1"], ["二", '=IF(1,"","x")'], ["三", "=1/0"]]))

    def calculate(part: bytes) -> bytes:
        for place, kind, stored in ((b"B1", b"", b"<v>48.5</v>"), (b"B3", b' t="str"', b"<v></v>"), (b"B4", b' t="e"', b"<v>#DIV/0!</v>")):
            start = part.index(b'<c r="' + place)
            cell = part[start : part.index(b"</c>", start)]
            changed = cell.replace(b">", kind + b">", 1).replace(b"<v />", stored).replace(b"<v></v>", stored).replace(b"<v/>", stored)
            part = part.replace(cell, changed)
        return part

    document = read(change(path, SHEET, calculate))
    assert [row[1] for row in grid(document)] == ["48.5", "", "", "#DIV/0!"]
    notes = {note.code: note.message for note in document.pages[0].notes if note.severity == "review"}
    assert set(notes) == {"spreadsheet.formula-without-value", "spreadsheet.error-value"}
    assert notes["spreadsheet.formula-without-value"].endswith(": B2") and notes["spreadsheet.error-value"].endswith(": B4")


def test_a_format_that_is_not_known_is_said(tmp_path: Path) -> None:
    def fill(sheet: Any) -> None:
        with_rows([["一", 0.5], ["二", 0.5]])(sheet)
        sheet["B1"].number_format = "# ?/?"

    document = read(saved(tmp_path / "a.xlsx", fill))
    assert grid(document)[0] == ["一", "0.5"] and codes(document.pages[0]) == ["spreadsheet.format-unknown"]
    assert document.pages[0].notes[0].message.endswith(": B1")


def test_what_is_white_on_white_shown_as_nothing_or_under_a_merged_range_is_hidden(tmp_path: Path) -> None:
    def fill(sheet: Any) -> None:
        with_rows([["一", 11], ["二", 12], ["三", 13], ["四", "五"]])(sheet)
        sheet["B1"].font = Font(color="FFFFFFFF")
        sheet["B2"].number_format = ";;;"
        sheet["B3"].font, sheet["B3"].fill = Font(color="FFFFFFFF"), PatternFill("solid", fgColor="FF0000FF")

    path = saved(tmp_path / "a.xlsx", fill)
    merge = b'</sheetData><mergeCells count="1"><mergeCell ref="A4:B4"/></mergeCells>'
    document = read(change(path, SHEET, lambda part: part.replace(b"</sheetData>", merge)))
    assert grid(document) == [["一", ""], ["二", ""], ["三", "13"], ["四"]]
    hidden = {(each.text, each.reason) for each in document.pages[0].hidden_text}
    assert hidden == {("11", "paper-colour"), ("12", "invisible"), ("五", "covered")}


def test_struck_text_is_marked(tmp_path: Path) -> None:
    def fill(sheet: Any) -> None:
        runs = CellRichText("改造", TextBlock(InlineFont(strike=True), "5"), "6座")
        with_rows([["一", runs], ["二", "6座"], ["三", "7座"]])(sheet)
        sheet["B3"].font = Font(strike=True)

    table = read(saved(tmp_path / "a.xlsx", fill)).tables[0]
    marks = [(cell.text, cell.marks) for cell in sorted(table.cells, key=lambda cell: cell.rows.start) if cell.cols.start == 1]
    assert marks == [("改造56座", ("struck-out",)), ("6座", ()), ("7座", ("struck-out",))]


def test_each_shown_sheet_is_a_page_and_several_forms_on_one_are_several_tables(tmp_path: Path) -> None:
    workbook = Workbook()
    with_rows([["甲", "乙"], ["一", "二"]])(workbook.active)
    for place, text in (("A5", "丙"), ("B5", "丁"), ("D5", "旁"), ("E5", "边")):
        workbook.active[place] = text
        workbook.active[place].border = FRAME
    with_rows([["子", "丑"]])(workbook.create_sheet("第二"))
    workbook.create_sheet("空")
    workbook.save(tmp_path / "a.xlsx")
    document = read(tmp_path / "a.xlsx")
    assert [page.page_no for page in document.pages] == [1, 2, 3]
    assert [(grid(document, index), table.pages) for index, table in enumerate(document.tables)] == [
        ([["甲", "乙"], ["一", "二"]], [1]), ([["丙", "丁"]], [1]), ([["旁", "边"]], [1]), ([["子", "丑"]], [2]),
    ]  # fmt: skip


def test_a_blank_row_parts_tables_that_have_no_borders(tmp_path: Path) -> None:
    def fill(sheet: Any) -> None:
        for row in (["标题"], ["甲", "乙"], ["一", "二"], [], ["又一标题"], ["丙", "丁"]):
            sheet.append(row)

    document = read(saved(tmp_path / "a.xlsx", fill))
    assert [grid(document, index) for index in range(2)] == [[["甲", "乙"], ["一", "二"]], [["丙", "丁"]]]
    assert [line.text for line in document.pages[0].lines] == ["标题", "又一标题"]


def test_a_text_box_is_said_not_to_be_read(tmp_path: Path) -> None:
    path = saved(tmp_path / "a.xlsx", with_rows([["甲", "乙"]]))
    drawing = '<d xmlns:a="u"><a:p><a:r><a:t>补充说明</a:t></a:r></a:p></d>'.encode()
    (note,) = read(change(path, "xl/drawings/drawing1.xml", lambda _: drawing)).pages[0].notes
    assert note.code == "spreadsheet.drawing" and "补充说明" in note.message and note.severity == "review"
