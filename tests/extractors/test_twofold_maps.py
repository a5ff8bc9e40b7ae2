"""Two glyphs that a map gives as one character: the picture says which of them is told wrongly."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import pytest

from bench.painted_pdf import Sheet, write_pdf
from extractors.geometry.page_ink import Char
from extractors.options import ReadOptions
from extractors.pdf.maps.twofold import told_otherwise, twofold_in_file
from extractors.reading import read_file


def figures(tmp_path: Path, told: dict[str, str], more: int = 0, locked: bool = False) -> Path:
    """A table of figures in one font of the machine's own kind, whose map says ``told`` of some of them, and has ``more`` characters."""
    sheet = Sheet(400, 200)
    for y in (40, 70, 100, 130):
        sheet.line(50, y, 350, y)
    for x in (50, 200, 350):
        sheet.line(x, 40, x, 130)
    to_unicode = {ord(each): told.get(each, each) for each in "0123456789"} | {0x4E00 + k: chr(0x4E00 + k) for k in range(more)}
    sheet.maps.append(to_unicode)
    for y, row in ((60, ("1350", "2468")), (90, ("7519", "3056")), (120, ("65", "9578"))):
        for x, text in zip((60, 210), row, strict=True):
            sheet.ops.append(f"BT 0 g /M0 14 Tf {x} {200 - y} Td ({text}) Tj ET")
    data = write_pdf([sheet])
    tmp_path.mkdir(exist_ok=True)
    path = tmp_path / "figures.pdf"
    path.write_bytes(_locked(_simple(data)) if locked else _simple(data))
    return path


def _simple(data: bytes) -> bytes:
    """The same file with Helvetica in the place of the font of Chinese, and its map for codes of one byte."""
    old = b"/Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /ToUnicode"
    new = b"/Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding /ToUnicode"
    assert old in data
    return data.replace(old, new.ljust(len(old)))


def _locked(data: bytes) -> bytes:
    """The same file, encrypted as in PDF 1.1: it opens without a password and has one for its owner."""
    pad = bytes.fromhex("28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A")
    owner = _rc4(hashlib.md5(b"owner" + pad[:27]).digest()[:5], pad)
    rights, name = (-4).to_bytes(4, "little", signed=True), b"0123456789abcdef"
    key = hashlib.md5(pad + owner + rights + name).digest()[:5]

    def lock(found: re.Match[bytes]) -> bytes:
        mine = hashlib.md5(key + int(found[1]).to_bytes(3, "little") + bytes(2)).digest()[:10]
        return found[1] + found[2] + _rc4(mine, found[3]) + found[4]

    body, _, tail = re.sub(rb"(\d+)( 0 obj\n[^\n]*>>\nstream\n)(.*?)(\nendstream)", lock, data, flags=re.DOTALL).rpartition(b"trailer << ")
    how = f"/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <{owner.hex()}> /U <{_rc4(key, pad).hex()}> >>"
    how += f" /ID [<{name.hex()}> <{name.hex()}>] "
    return body + b"trailer << " + how.encode() + tail


def _rc4(key: bytes, data: bytes) -> bytes:
    box, j = list(range(256)), 0
    for i in range(256):
        j = (j + box[i] + key[i % len(key)]) % 256
        box[i], box[j] = box[j], box[i]
    i, j, out = 0, 0, bytearray()
    for each in data:
        i = (i + 1) % 256
        j = (j + box[i]) % 256
        box[i], box[j] = box[j], box[i]
        out.append(each ^ box[(box[i] + box[j]) % 256])
    return bytes(out)


@pytest.mark.parametrize(("told", "found"), [({}, ""), ({"5": "6"}, "6"), ({"1": "7", "7": "1"}, ""), ({"2": "3", "8": "9"}, "39")])
def test_figures_to_which_two_codes_lead(tmp_path: Path, told: dict[str, str], found: str) -> None:
    assert twofold_in_file(figures(tmp_path, told)).all == frozenset(found)


def test_a_five_that_is_told_as_six_is_read_from_the_page(tmp_path: Path) -> None:
    document = read_file(figures(tmp_path, {"5": "6"}), ReadOptions())
    assert [note.code for note in document.pages[0].notes] == ["text.map-lies"]
    assert [cell.text for cell in document.tables[0].cells] == ["1350", "2468", "7519", "3056", "65", "9578"]


@pytest.mark.parametrize(("more", "locked"), [(0, True), (2000, False)])
def test_the_maps_of_encrypted_files_and_of_whole_fonts_are_looked_at(tmp_path: Path, more: int, locked: bool) -> None:
    """The longer map is looked at for figures alone, each of which is drawn."""
    lying, honest = (figures(tmp_path / name, told, more, locked) for name, told in (("lying", {"5": "6"}), ("honest", {})))
    assert [read_file(path, ReadOptions()).pages[0].reader for path in (lying, honest)] == ["ocr", "text-layer"]


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
