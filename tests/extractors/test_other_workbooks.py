"""XLS, ODS and SpreadsheetML 2003: what is seen is what is read, whatever the file is called, and hostile ones end clearly.

workbook_files/ holds one made-up form as LibreOffice 7 saves it (from an .xlsx of openpyxl); form.ods without its preview.
"""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from extractors.errors import BrokenFileError, EncryptedFileError, ReadError, TooLargeError
from extractors.identify import identify
from extractors.model import Document
from extractors.spreadsheets.reader import ODS, SHEET_XML, XLS
from tests.extractors.workbooks import ROWS, SIGNED, codes, grid, read

FILES = Path(__file__).parent / "workbook_files"
_SPACES = " ".join(f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text", "style"))

TWICE = "table:number-columns-repeated='2'"


def ods(path: Path, rows: str, styles: str = "") -> Path:
    content = f"<office:document-content {_SPACES}><office:automatic-styles>{styles}</office:automatic-styles><office:body>"
    content += f'<office:spreadsheet><table:table table:name="表">{rows}</table:table></office:spreadsheet></office:body>'
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", ODS)
        archive.writestr("content.xml", content + "</office:document-content>")
    return path


def cell(text: str, more: str = "") -> str:
    return f"<table:table-cell {more}><text:p>{text}</text:p></table:table-cell>"


def sheet_xml(path: Path, rows: str, styles: str = "", encoding: str = "UTF-8") -> Path:
    space = "urn:schemas-microsoft-com:office:spreadsheet"
    text = f'<?xml version="1.0" encoding="{encoding}"?><Workbook xmlns="{space}" xmlns:ss="{space}"><Styles>{styles}</Styles>'
    text += f'<Worksheet ss:Name="表"><Table>{rows}</Table></Worksheet></Workbook>'
    path.write_bytes(text.encode("GB18030" if encoding == "gb2312" else encoding))
    return path


def data(value: str, more: str = "", kind: str = "String") -> str:
    return f'<Cell {more}><Data ss:Type="{kind}">{value}</Data></Cell>'


def hidden(document: Document) -> set[tuple[str, str]]:
    return {(each.text, each.reason) for page in document.pages for each in page.hidden_text}


@pytest.mark.parametrize(("name", "media_type"), [("form.xls", XLS), ("form.ods", ODS)])
def test_a_form_of_a_program_is_read_as_it_is_seen(tmp_path: Path, name: str, media_type: str) -> None:
    path = tmp_path / "表.xlsx"
    path.write_bytes((FILES / name).read_bytes())
    document = read(path)
    form, values = document.tables
    assert document.media_type == identify(path) == media_type and grid(document)[6] == ROWS[6]
    assert (form.row_count, form.col_count, len(document.pages)) == (len(ROWS), 8, 2)
    assert [line.text for line in document.pages[0].lines] == ["项目绩效目标表", "（2031）年度", *SIGNED]
    shown = [each.text for row in range(values.row_count) if (each := values.at(row, 1)) is not None]
    assert shown == ["98.5%", "1,234.5公里", "0007", "2030年12月3日", "(3.5)", "", "#DIV/0!", "", "旧值"]
    assert hidden(document) == {
        ("藏\n秘密", "not-shown"), ("隐行", "not-shown"), ("x", "not-shown"), ("隐", "invisible"), ("白字", "paper-colour")
    }  # fmt: skip
    struck = values.at(8, 1)
    assert struck is not None and struck.marks == ("struck-out",)
    assert codes(document.pages[1]) == ["spreadsheet.error-value"]


def test_repeats_spans_covered_cells_and_hidden_rows_of_ods(tmp_path: Path) -> None:
    wide = cell("甲", "table:number-columns-spanned='2'") + "<table:covered-table-cell><text:p>压</text:p></table:covered-table-cell>"
    rows = f"<table:table-row>{wide}{cell('乙', TWICE)}</table:table-row>"
    rows += f'<table:table-row table:visibility="filter">{cell("筛")}</table:table-row>'
    percent = cell("98.5%", "office:value-type='percentage' office:value='0.985'")
    rows += f'<table:table-row table:number-rows-repeated="2">{percent}{cell("二")}{cell("三")}{cell("四")}</table:table-row>'
    rows += '<table:table-row table:visibility="collapse" table:number-rows-repeated="1048000"><table:table-cell/></table:table-row>'
    document = read(ods(tmp_path / "a.xls", rows))
    assert grid(document) == [["甲", "乙", "乙"], ["98.5%", "二", "三", "四"], ["98.5%", "二", "三", "四"]]
    assert hidden(document) == {("压", "covered"), ("筛", "not-shown")}


def test_a_number_of_ods_without_its_text_is_doubted(tmp_path: Path) -> None:
    bare = '<table:table-cell office:value-type="percentage" office:value="0.985"/>'
    formula = '<table:table-cell table:formula="of:=1+1"/>'
    document = read(ods(tmp_path / "a.ods", f"<table:table-row>{cell('率')}{bare}{cell('丙')}{formula}</table:table-row>"))
    assert grid(document)[0][:3] == ["率", "0.985", "丙"]
    assert codes(document.pages[0]) == ["spreadsheet.formula-without-value", "spreadsheet.format-unknown"]


@pytest.mark.parametrize("encoding", ["UTF-8", "gb2312", "UTF-16"])
def test_spreadsheet_xml_is_shown_by_its_formats(tmp_path: Path, encoding: str) -> None:
    styles = "".join(
        f'<Style ss:ID="s{number}"><NumberFormat ss:Format="{code}"/></Style>'
        for number, code in enumerate(("0.0%", "Percent", "#,##0.0&quot;公里&quot;", "Long Date"))
    )
    made = [
        "<Row>", data("率镕"), data("0.985", "ss:StyleID='s0'", "Number"), data("0.5", "ss:StyleID='s1'", "Number"), "</Row>",
        "<Row ss:Hidden='1'>", data("隐"), "</Row>",
        "<Row ss:Index='3'>", data("程"), data("1234.5", "ss:StyleID='s2'", "Number"),
        data("2030-12-03T00:00:00.000", "ss:StyleID='s3'", "DateTime"), "</Row>",
        "<Row>", data("并", "ss:MergeAcross='1'"), data("后"), "</Row>",
        "<Row>", data("甲"), data("隔", "ss:Index='3'"), "</Row>",
    ]  # fmt: skip
    rows = "".join(made)
    document = read(sheet_xml(tmp_path / "a.xls", rows, styles, encoding))
    assert document.media_type == SHEET_XML
    assert grid(document) == [["率镕", "98.5%", "50.00%"], ["程", "1,234.5公里", "2030年12月3日"], ["并", "后"], ["甲", "", "隔"]]
    assert hidden(document) == {("隐", "not-shown")}


def test_what_would_take_too_much_is_refused(tmp_path: Path) -> None:
    whole = "table:number-columns-repeated='16384'"
    with pytest.raises(TooLargeError):
        read(ods(tmp_path / "a.ods", f'<table:table-row table:number-rows-repeated="1048576">{cell("甲", whole)}</table:table-row>'))
    for more in ("ss:MergeDown='1000000' ss:MergeAcross='16000'", "ss:Index='9999999'"):
        with pytest.raises(TooLargeError):
            read(sheet_xml(tmp_path / "a.xls", f"<Row>{data('甲', more)}</Row>"))


def test_locked_and_entity_files_are_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(ods(tmp_path / "a.ods", ""), "a") as archive:
        archive.writestr("META-INF/manifest.xml", "<a><encryption-data/></a>")
    with pytest.raises(EncryptedFileError):
        read(tmp_path / "a.ods")
    path = sheet_xml(tmp_path / "b.xls", f"<Row>{data('&x;')}</Row>")
    path.write_bytes(path.read_bytes().replace(b"?><W", b'?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]><W'))
    with pytest.raises(BrokenFileError):
        read(path)


@pytest.mark.parametrize("name", ["form.xls", "form.ods"])
def test_a_file_cut_anywhere_ends_with_an_error_of_ours(tmp_path: Path, name: str) -> None:
    whole = (FILES / name).read_bytes()
    for share in (0.1, 0.4, 0.7, 0.95):
        path = tmp_path / "cut"
        path.write_bytes(whole[: int(len(whole) * share)])
        with pytest.raises(ReadError):
            read(path)
