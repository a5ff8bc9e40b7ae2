"""Documents of Word 97 to 2003 and of WPS: the files in ``old_documents`` were written by LibreOffice."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from extractors.completeness import has_its_end
from extractors.errors import BrokenFileError, EncryptedFileError, ReadError, UnknownFormatError
from extractors.identify import identify
from extractors.model import Page, Table
from extractors.options import ReadOptions
from extractors.reading import open_pages, read_file

_FILES = Path(__file__).parent / "old_documents"


def unpacked(tmp_path: Path, name: str) -> Path:
    path = tmp_path / "a.wps"
    path.write_bytes(gzip.decompress((_FILES / f"{name}.doc.gz").read_bytes()))
    return path


def read(tmp_path: Path, name: str) -> tuple[Page, list[Table]]:
    path = unpacked(tmp_path, name)
    assert identify(path) == "application/msword" and has_its_end(path)
    with open_pages(path, ReadOptions()) as source:
        return source.open_page(0).read()


def texts(tables: list[Table]) -> list[list[str]]:
    return [[cell.text for cell in row] for row in tables[0].rows()]


@pytest.mark.parametrize(
    ("name", "rows"),
    [
        ("changes", [["120", "8", "5"]]),
        ("merged", [["A", "B"], ["C", "D", "E"], ["F", "G"]]),
        ("nested", [["x", "y", "B"], ["z"]]),
        ("fields", [["3", "☑", "bb"]]),
        ("lists", [["1. first\n2. second", "B"]]),
        ("painted", [["9", "8"], ["5", "6"]]),
        ("symbols", [["☑", "□□", "9", "M2"]]),
    ],
)
def test_cells_say_what_the_page_shows(tmp_path: Path, name: str, rows: list[list[str]]) -> None:
    assert texts(read(tmp_path, name)[1]) == rows


def test_merged_cells_reach_over_columns_and_rows(tmp_path: Path) -> None:
    cells = {cell.text: (cell.rows, cell.cols) for cell in read(tmp_path, "merged")[1][0].cells}
    assert cells["A"] == (range(1), range(2)) and cells["C"] == (range(1, 3), range(1)) and cells["G"] == (range(2, 3), range(2, 3))


def test_deletions_are_out_hidden_text_is_apart_and_struck_text_is_marked(tmp_path: Path) -> None:
    page, tables = read(tmp_path, "changes")
    assert [note.code for note in page.notes] == ["word.tracked-changes"] and "deleted: 100; inserted: 120" in page.notes[0].message
    assert [(hidden.text, hidden.reason) for hidden in page.hidden_text] == [("0", "not-shown")]
    assert [cell.marks for cell in tables[0].cells] == [(), (), ("struck-out",)]


def test_headers_notes_and_footers_stand_in_their_order(tmp_path: Path) -> None:
    page, tables = read(tmp_path, "margins")
    assert [line.text for line in page.lines] == ["TITLE", "A", "D", "NOTE", "FOOT"] and texts(tables) == [["B", "C"]]


def test_a_text_box_is_told(tmp_path: Path) -> None:
    page, _ = read(tmp_path, "box")
    assert [note.code for note in page.notes] == ["word.text-box"] and page.notes[0].message.endswith("BOXED")


def test_white_text_is_kept_apart(tmp_path: Path) -> None:
    page, _ = read(tmp_path, "symbols")
    assert [(hidden.text, hidden.reason) for hidden in page.hidden_text] == [("white", "paper-colour")]


def test_a_picture_as_large_as_a_page_is_a_page(tmp_path: Path) -> None:
    with open_pages(unpacked(tmp_path, "picture"), ReadOptions()) as source:
        page, _ = source.open_page(0).read()
        assert source.page_count == 2 and [line.text for line in page.lines] == ["A"] and page.notes == []


def test_a_form_is_its_table(tmp_path: Path) -> None:
    page, tables = read(tmp_path, "form")
    rows = texts(tables)
    assert [line.text for line in page.lines] == ["项目支出绩效目标申报表", "（2031年度）"]
    assert rows[0] == ["项目名称", "灌区渠系改造"] and rows[-1][-2:] == ["农户满意度", "≥88%"] and len(rows) == 13
    place = next(cell.place for cell in tables[0].cells if cell.text == "灌区渠系改造")
    assert place is not None and (place.table, place.row, place.cell) == (1, 1, 2)


@pytest.mark.parametrize(("at", "value", "error"), [(11, b"\x03", EncryptedFileError), (2, b"\x65\x00", UnknownFormatError)])
def test_what_is_not_read_is_named(tmp_path: Path, at: int, value: bytes, error: type[ReadError]) -> None:
    path = unpacked(tmp_path, "form")
    data = bytearray(path.read_bytes())
    start = next(place for place in range(0, len(data), 512) if data[place : place + 2] == b"\xec\xa5")
    data[start + at : start + at + len(value)] = value
    path.write_bytes(data)
    with pytest.raises(error):
        read_file(path, ReadOptions())


@pytest.mark.parametrize("share", [0.2, 0.5, 0.8])
def test_a_document_that_was_cut_is_a_damaged_one(tmp_path: Path, share: float) -> None:
    path = unpacked(tmp_path, "form")
    path.write_bytes(path.read_bytes()[: int(path.stat().st_size * share)])
    assert not has_its_end(path)
    with pytest.raises((BrokenFileError, UnknownFormatError)):
        read_file(path, ReadOptions())
