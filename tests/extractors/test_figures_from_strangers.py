"""Numbers that a file gives as text: ² and other signs that pass for digits, five thousand of them, infinity."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from extractors.errors import BrokenFileError, ReadError
from tests.extractors import documents, test_odt, test_other_workbooks
from tests.extractors.test_hostile_ofd import PAGE, _saved, _with_page
from tests.extractors.workbooks import change, grid, read, saved, with_rows

ODD = ("²", "９", "9" * 5000, "1e999", "-1", "", "½", "0x7", " 2 ")
Make = Callable[[Path, str], Path]


def _ods(path: Path, text: str, more: str = "") -> Path:
    return test_other_workbooks.ods(path, f"<table:table-row>{test_other_workbooks.cell(text, more)}</table:table-row>")


def _ods_blanks(path: Path, odd: str) -> Path:
    return _ods(path, f'甲<text:s text:c="{odd}"/>乙')


def _ods_repeat(path: Path, odd: str) -> Path:
    return _ods(path, "甲乙", f'table:number-columns-repeated="{odd}"')


def _odt_blanks(path: Path, odd: str) -> Path:
    return test_odt.odt(path, test_odt.table(test_odt.row("甲", test_odt.cell(test_odt.para(f'甲<text:s text:c="{odd}"/>乙')))))


def _odt_raised(path: Path, odd: str) -> Path:
    style = f'<style:style style:name="T" style:family="text"><style:text-properties style:text-position="{odd}% 58%"/></style:style>'
    inside = test_odt.para('甲<text:span text:style-name="T">乙</text:span>')
    return test_odt.odt(path, test_odt.table(test_odt.row("甲", test_odt.cell(inside))), style)


def _odt_list(path: Path, odd: str) -> Path:
    level = f'<text:list-level-style-number text:level="1" style:num-format="1" loext:num-list-format="%{odd}%."/>'
    listed = f'<text:list text:style-name="L"><text:list-item text:start-value="{odd}">{test_odt.para("甲乙")}</text:list-item></text:list>'
    styles = f'<text:list-style style:name="L">{level}</text:list-style>'
    return test_odt.odt(path, test_odt.table(test_odt.row("甲", test_odt.cell(listed))), styles)


def _docx_circle(path: Path, odd: str) -> Path:
    field = f"<w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText>EQ \\o\\ac(○,{odd})</w:instrText></w:r>"
    field += "<w:r><w:fldChar w:fldCharType='end'/></w:r>"
    inside = documents.para(documents.text("甲"), field, documents.text("乙"))
    return documents.docx(path, documents.table(documents.row("甲", documents.cell(inside))))


def _docx_span(path: Path, odd: str) -> Path:
    cell = documents.cell("甲乙", f'<w:gridSpan w:val="{odd}"/>')
    return documents.docx(path, documents.table(documents.row(cell, "丙")))


def _sheet_span(path: Path, odd: str) -> Path:
    cell = test_other_workbooks.data("甲乙", f'ss:MergeAcross="{odd}"')
    return test_other_workbooks.sheet_xml(path, f"<Row>{cell}</Row>")


def _sheet_number(path: Path, odd: str) -> Path:
    cells = test_other_workbooks.data(odd, kind="Number") + test_other_workbooks.data("甲乙")
    return test_other_workbooks.sheet_xml(path, f"<Row>{cells}</Row>")


MAKERS: tuple[Make, ...] = (
    _ods_blanks, _ods_repeat, _odt_blanks, _odt_raised, _odt_list, _docx_circle, _docx_span, _sheet_span, _sheet_number,
)  # fmt: skip


@pytest.mark.parametrize("make", MAKERS, ids=lambda make: make.__name__[1:])
def test_an_odd_number_costs_no_text(make: Make, tmp_path: Path) -> None:
    for index, odd in enumerate(ODD):
        document = read(make(tmp_path / f"{index}", odd))
        cells = [cell.text for table in document.tables for cell in table.cells]
        shown = "".join(cells + [line.text for page in document.pages for line in page.lines])
        assert "甲" in shown and "乙" in shown, odd[:9]


@pytest.mark.parametrize("row", ["inf", "1e400", "nan", "²", "x", "9" * 5000])
def test_a_row_of_a_workbook_that_is_no_number_is_a_clear_error(row: str, tmp_path: Path) -> None:
    path = saved(tmp_path / "form.xlsx", with_rows([["甲", "乙"]]))
    change(path, "xl/worksheets/sheet1.xml", lambda data: data.replace(b'<row r="1"', f'<row r="{row}"'.encode()))
    with pytest.raises(BrokenFileError):
        read(path)


@pytest.mark.parametrize("merged", ["A1:" + "A" * 5000, "²", "A1:A" + "9" * 5000, ":", "A:B1", ""])
def test_a_merged_range_that_is_none_is_a_clear_error(merged: str, tmp_path: Path) -> None:
    path = saved(tmp_path / "form.xlsx", with_rows([["甲", "乙"]]))
    merge = f'</sheetData><mergeCells count="1"><mergeCell ref="{merged}"/></mergeCells>'.encode()
    change(path, "xl/worksheets/sheet1.xml", lambda data: data.replace(b"</sheetData>", merge))
    with pytest.raises(ReadError):
        read(path)


@pytest.mark.parametrize("odd", ODD)
def test_a_place_in_a_palette_that_is_none_is_black(odd: str, tmp_path: Path) -> None:
    parts = _with_page("<ofd:TextCode", f'<ofd:FillColor Index="{odd}"/><ofd:TextCode')
    assert PAGE in parts and grid(read(_saved(parts, tmp_path)))[0][0] == "数量指标"


@pytest.mark.parametrize("value", ["#" + "f" * 400, "#", "²", "1e999 0 0", "9" * 5000])
def test_a_colour_that_is_none_is_a_clear_error(value: str, tmp_path: Path) -> None:
    with pytest.raises(BrokenFileError):
        read(_saved(_with_page("<ofd:TextCode", f'<ofd:FillColor Value="{value}"/><ofd:TextCode'), tmp_path))
