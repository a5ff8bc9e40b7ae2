"""Workbooks that are cut, locked, too large or odd: each ends with a clear error, before anything large is made of it."""

from __future__ import annotations

import tracemalloc
import zipfile
from pathlib import Path

import pytest

from extractors.completeness import has_its_end
from extractors.errors import BrokenFileError, EmptyFileError, EncryptedFileError, ReadError, TooLargeError, UnknownFormatError
from extractors.identify import identify
from extractors.spreadsheets import archive
from extractors.spreadsheets.reader import XLSX
from tests.extractors.workbooks import change, form_sheet, grid, read, saved, with_rows

SHEET = "xl/worksheets/sheet1.xml"


@pytest.fixture
def form(tmp_path: Path) -> Path:
    return saved(tmp_path / "form.xlsx", form_sheet)


def merging(ref: str) -> bytes:
    return f'</sheetData><mergeCells count="1"><mergeCell ref="{ref}"/></mergeCells>'.encode()


def test_a_merged_range_of_the_whole_sheet_is_refused_before_it_is_made(tmp_path: Path) -> None:
    path = saved(tmp_path / "a.xlsx", with_rows([["甲", "乙"]]))
    change(path, SHEET, lambda part: part.replace(b"</sheetData>", merging("A1:XFD1048576")))
    tracemalloc.start()
    with pytest.raises(TooLargeError):
        read(path)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 50 << 20


@pytest.mark.parametrize(("rows", "refused"), [(20, False), (21, True)])
def test_the_limit_of_cells_counts_merged_ones(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, rows: int, refused: bool) -> None:
    monkeypatch.setattr(archive, "MOST_PLACES", 42)
    path = saved(tmp_path / "a.xlsx", with_rows([["甲", "乙"]]))
    change(path, SHEET, lambda part: part.replace(b"</sheetData>", merging(f"D1:E{rows}")))
    if refused:
        with pytest.raises(TooLargeError):
            read(path)
    else:
        assert grid(read(path))[0] == ["甲", "乙"]


def test_what_unpacks_to_too_much_is_refused_unread(form: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    change(form, "xl/more.xml", lambda _: b"<a>" + b" " * 200_000 + b"</a>")
    assert form.stat().st_size < 20_000
    monkeypatch.setattr(archive, "MOST_XML", 200_000)
    with pytest.raises(TooLargeError):
        read(form)


def test_far_cells_make_no_grid_between_them(tmp_path: Path) -> None:
    path = saved(tmp_path / "a.xlsx", lambda sheet: (sheet.__setitem__("A1", "甲"), sheet.__setitem__("XFD1048576", "乙")))
    document = read(path)
    assert document.tables == [] and [line.text for line in document.pages[0].lines] == ["甲", "乙"]


def test_columns_that_go_on_without_end_are_hidden_as_far_as_there_are_any(tmp_path: Path) -> None:
    path = saved(tmp_path / "a.xlsx", with_rows([["甲", "乙", "丙"]]))
    cols = b'<cols><col min="2" max="2000000000" hidden="1" width="9"/></cols><sheetData>'
    document = read(change(path, SHEET, lambda part: part.replace(b"<sheetData>", cols)))
    assert grid(document) == [["甲"]] and [each.text for each in document.pages[0].hidden_text] == ["乙", "丙"]


def test_merged_ranges_over_each_other_are_said(tmp_path: Path) -> None:
    path = saved(tmp_path / "a.xlsx", with_rows([["甲", "乙", "丙"]]))
    merged = b'</sheetData><mergeCells count="2"><mergeCell ref="A1:B1"/><mergeCell ref="B1:C1"/></mergeCells>'
    change(path, SHEET, lambda part: part.replace(b"</sheetData>", merged))
    with pytest.raises(BrokenFileError, match="over each other"):
        read(path)


def test_a_document_type_is_refused(form: Path) -> None:
    declared = b'<!DOCTYPE a [<!ENTITY b "ccc">]><worksheet'
    change(form, SHEET, lambda part: part.replace(b"<worksheet", declared, 1))
    with pytest.raises(BrokenFileError, match="document type"):
        read(form)


def test_deep_parts_are_refused(form: Path) -> None:
    change(form, "xl/deep.xml", lambda _: b"<a>" * 300 + b"</a>" * 300)
    with pytest.raises(TooLargeError):
        read(form)


def test_a_locked_workbook_is_said_to_be_locked(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le") + bytes(600))
    with pytest.raises(EncryptedFileError):
        read(path)


def test_an_old_workbook_is_named_and_not_taken_for_a_locked_one(tmp_path: Path) -> None:
    path = tmp_path / "a.xls"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "Workbook".encode("utf-16-le"))
    with pytest.raises(UnknownFormatError, match="old Office"):
        read(path)


def test_a_cut_workbook_has_no_end_and_is_damaged(form: Path) -> None:
    whole = form.read_bytes()
    assert has_its_end(form)
    for share in (0.3, 0.6, 0.95):
        form.write_bytes(whole[: int(len(whole) * share)])
        assert not has_its_end(form)
        with pytest.raises(ReadError):
            read(form)


def test_one_changed_byte_is_an_error_of_ours_or_changes_nothing(form: Path) -> None:
    whole = form.read_bytes()
    expected = grid(read(form))
    for at in range(31, len(whole), 97):
        form.write_bytes(whole[:at] + bytes([whole[at] ^ 0x55]) + whole[at + 1 :])
        try:
            found = grid(read(form))
        except ReadError:
            continue
        assert found == expected, at


def test_a_workbook_with_nothing_in_it_is_empty(tmp_path: Path) -> None:
    with pytest.raises(EmptyFileError):
        read(saved(tmp_path / "a.xlsx", lambda sheet: None))


def test_a_part_that_is_missing_is_said(form: Path) -> None:
    with zipfile.ZipFile(form) as parts:
        kept = {name: parts.read(name) for name in parts.namelist() if name != SHEET}
    with zipfile.ZipFile(form, "w") as parts:
        for name, data in kept.items():
            parts.writestr(name, data)
    with pytest.raises(ReadError):
        read(form)


def test_strict_open_xml_is_said_and_not_taken_for_an_empty_file(form: Path) -> None:
    usual, strict = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main", b"http://purl.oclc.org/ooxml/spreadsheetml/main"
    change(form, "xl/workbook.xml", lambda part: part.replace(usual, strict))
    with pytest.raises(UnknownFormatError, match="Strict"):
        read(form)


def test_macros_are_left_alone(form: Path) -> None:
    expected = grid(read(form))
    plain, with_macros = b"vnd.openxmlformats-officedocument.spreadsheetml.sheet.main", b"vnd.ms-excel.sheet.macroEnabled.main"
    change(form, "[Content_Types].xml", lambda part: part.replace(plain, with_macros))
    change(form, "xl/vbaProject.bin", lambda _: b"\xd0\xcf\x11\xe0 no macro")
    assert identify(form) == XLSX and grid(read(form)) == expected


def test_a_zip_of_workbooks_is_no_workbook(form: Path, tmp_path: Path) -> None:
    packed = tmp_path / "all.zip"
    with zipfile.ZipFile(packed, "w") as parts:
        parts.write(form, "form.xlsx")
    with pytest.raises(UnknownFormatError, match="is a ZIP archive"):
        identify(packed)
