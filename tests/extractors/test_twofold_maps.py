"""Two glyphs that a map gives as one character: the picture says which of them is told wrongly."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.painted_pdf import Sheet, write_pdf
from extractors.geometry.page_ink import Char
from extractors.options import ReadOptions
from extractors.pdf.maps.twofold import told_otherwise, twofold_characters
from extractors.reading import read_file


def figures(tmp_path: Path, told: dict[str, str]) -> Path:
    """A table of figures in one font of the machine's own kind, whose map says ``told`` of some of them."""
    sheet = Sheet(400, 200)
    for y in (40, 70, 100, 130):
        sheet.line(50, y, 350, y)
    for x in (50, 200, 350):
        sheet.line(x, 40, x, 130)
    to_unicode = {ord(each): told.get(each, each) for each in "0123456789"}
    sheet.maps.append(to_unicode)
    for y, row in ((60, ("1350", "2468")), (90, ("7519", "3056")), (120, ("65", "9578"))):
        for x, text in zip((60, 210), row, strict=True):
            sheet.ops.append(f"BT 0 g /M0 14 Tf {x} {200 - y} Td ({text}) Tj ET")
    data = write_pdf([sheet])
    path = tmp_path / "figures.pdf"
    path.write_bytes(_simple(data))
    return path


def _simple(data: bytes) -> bytes:
    """The same file with Helvetica in the place of the font of Chinese, and its map for codes of one byte."""
    old = b"/Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /ToUnicode"
    new = b"/Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding /ToUnicode"
    assert old in data
    return data.replace(old, new.ljust(len(old)))


@pytest.mark.parametrize(("told", "found"), [({}, ""), ({"5": "6"}, "6"), ({"1": "7", "7": "1"}, ""), ({"2": "3", "8": "9"}, "39")])
def test_figures_to_which_two_codes_lead(tmp_path: Path, told: dict[str, str], found: str) -> None:
    assert twofold_characters(figures(tmp_path, told)) == frozenset(found)


def test_a_five_that_is_told_as_six_is_read_from_the_page(tmp_path: Path) -> None:
    document = read_file(figures(tmp_path, {"5": "6"}), ReadOptions())
    assert [note.code for note in document.pages[0].notes] == ["text.map-lies"]
    assert [cell.text for cell in document.tables[0].cells] == ["1350", "2468", "7519", "3056", "65", "9578"]


def test_a_map_that_is_right_is_believed(tmp_path: Path) -> None:
    document = read_file(figures(tmp_path, {}), ReadOptions())
    assert document.pages[0].reader == "text-layer"
    assert [cell.text for cell in document.tables[0].cells] == ["1350", "2468", "7519", "3056", "65", "9578"]


def line(text: str, top: float) -> list[Char]:
    return [Char(char, 10 * k, top, 10 * k + 10, top + 10, 10) for k, char in enumerate(text)]


def said_of(lines: dict[float, str], seen: str) -> tuple[str, str] | None:
    """What is found where the lines 资金元元 and 单位元元 look so, by their places on the page."""
    chars = [*line("资金元元", 0), *line("单位元元", 20)]
    return told_otherwise(chars, frozenset(seen), lambda boxes: [lines[round(box.top + 1.5)] for box in boxes])


def test_what_is_seen_twice_is_a_wrong_map_and_what_is_seen_once_a_misread_word() -> None:
    assert said_of({0: "资金万元", 20: "单位万元"}, "元") == ("资金元元", "资金万元")
    assert said_of({0: "资金无元", 20: "单位元元"}, "元") is None
    assert said_of({0: "资金万元", 20: "单位万元"}, "万") is None


def test_one_figure_that_is_seen_otherwise_is_enough() -> None:
    chars = [*line("1360", 0), *line("7619", 20)]
    assert told_otherwise(chars, frozenset("6"), lambda boxes: ["1350", "7619"]) == ("1360", "1350")
    assert told_otherwise(chars, frozenset("6"), lambda boxes: ["1360", "7619"]) is None
