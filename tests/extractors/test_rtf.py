"""RTF: characters in every way programs write them, tables by their borders, and only what a page shows."""

from __future__ import annotations

import io
import time
from pathlib import Path

import pytest
from PIL import Image

from extractors.completeness import has_its_end
from extractors.errors import TooLargeError
from extractors.identify import identify
from extractors.model import Document
from extractors.options import ReadOptions
from extractors.reading import open_pages, read_file

_FONTS = (
    rb"{\fonttbl{\f0\fnil\fcharset134 SimSun;}{\f1\fswiss\fcharset0 Arial;}{\f2\fnil\fcharset2 Wingdings;}{\f3\fnil\fcharset1 Any;}}"
    rb"{\colortbl;\red255\green255\blue255;\red192\green0\blue0;}{\stylesheet{\s0 Normal;}}{\*\generator Msftedit;}"
)
_HEAD = rb"{\rtf1\ansi\ansicpg936\deff0" + _FONTS


def read(tmp_path: Path, body: bytes, head: bytes = _HEAD, end: bytes = b"}") -> Document:
    path = tmp_path / "a.doc"
    path.write_bytes(head + body + end)
    assert identify(path) == "application/rtf"
    return read_file(path, ReadOptions())


def row(*cells: bytes, formats: bytes = b"") -> bytes:
    """Cells of one inch each; ``formats`` replaces what describes them."""
    described = formats or b"".join(b"\\cellx%d" % (1440 * (index + 1)) for index in range(len(cells)))
    return rb"\trowd\trgaph108" + described + b"".join(rb"\pard\intbl " + cell + rb"\cell" for cell in cells) + rb"\row "


def grid(document: Document, table: int = 0) -> list[list[str]]:
    return [[cell.text for cell in cells] for cells in document.tables[table].rows()]


def spans(document: Document) -> set[tuple[str, range, range]]:
    return {(cell.text, cell.rows, cell.cols) for cell in document.tables[0].cells}


def one(tmp_path: Path, content: bytes, head: bytes = _HEAD) -> str:
    """What a cell with this content says, beside one that is an anchor."""
    return grid(read(tmp_path, row(b"A", content), head))[0][1]


def codes(document: Document) -> list[str]:
    return [note.code for page in document.pages for note in page.notes]


def escaped(text: str) -> bytes:
    return b"".join(b"\\'%02x" % byte for byte in text.encode("gb18030"))


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        (escaped("绩效目标表"), "绩效目标表"),
        ("绩效目标".encode("gbk"), "绩效目标"),
        ("乗俓孿坾".encode("gbk"), "乗俓孿坾"),  # second bytes that look like a stroke and like braces
        (b"\\'81\\'5c\\'83\\'7d", b"\x81\x5c\x83\x7d".decode("gbk")),
        (b"\\'81" + b"A", b"\x81A".decode("gbk")),
        (rb"\uc1\u32489?\u25928?", "绩效"),
        (rb"\uc2\u32489\'bc\'a8\u25928\'d0\'a71", "绩效1"),
        (rb"{\uc0\u32489\u25928}8", "绩效8"),
        (rb"\u-30335 ?", chr(65536 - 30335)),
        (rb"\u-10179?\u-8704?x", "\U0001f600x"),
        (rb"\u8805\'a1\'dd98.5%", "≥\ufffd98.5%"),
        (rb"{\f1 " + escaped("公路") + b"}", "公路"),
        (rb"{\f3 " + escaped("公路") + b"}", "公路"),
        (rb"\{1\}\~\_\\", "{1}\u00a0-\\"),
        (rb"\ldblquote a\rdblquote\emdash\bullet", "“a”—•"),
        (rb"1\line 2\par 3", "1\n2\n3"),
        (rb"{\upr{x}{\*\ud{\u32489?}}}", "绩"),
    ],
)
def test_characters(tmp_path: Path, written: bytes, shown: str) -> None:
    assert one(tmp_path, written) == shown.replace("\ufffd", one(tmp_path, b"\\'dd") if "\ufffd" in shown else "")


def test_western_characters_of_western_files(tmp_path: Path) -> None:
    head = _HEAD.replace(b"936", b"1252")
    assert one(tmp_path, rb"{\f1 25\'b0 \'b1 3}", head) == "25° ± 3" and one(tmp_path, escaped("公路"), head) == "公路"


def test_bytes_that_are_no_character_are_told(tmp_path: Path) -> None:
    document = read(tmp_path, row(b"A", b"\\'b9\\'ab\\'ff"))
    assert grid(document)[0][1].startswith("公") and codes(document) == ["word.undecodable"]


def test_deletions_are_out_and_one_finding_says_so(tmp_path: Path) -> None:
    document = read(tmp_path, row(rb"{\deleted\revauthdel1 100}{\revised 120}", rb"{\mvf 7}{\deleted0 8}"))
    assert grid(document) == [["120", "8"]] and codes(document) == ["word.tracked-changes"]
    assert document.pages[0].notes[0].message == "changes are tracked and not yet accepted; deleted: 100 | 7; inserted: 120"


def test_hidden_and_white_text_is_kept_apart(tmp_path: Path) -> None:
    document = read(tmp_path, row(rb"8{\v 0}{\plain\cf1 9}", rb"{\cf1\highlight2 7}{\v\plain 6}"))
    assert grid(document) == [["8", "76"]]
    assert [(hidden.text, hidden.reason) for hidden in document.pages[0].hidden_text] == [("0", "not-shown"), ("9", "paper-colour")]


def test_white_text_in_a_cell_with_a_colour_is_seen(tmp_path: Path) -> None:
    assert grid(read(tmp_path, row(rb"{\cf1 9}", b"8", formats=rb"\clcbpat2\cellx1440\cellx2880"))) == [["9", "8"]]


def test_merged_cells_and_shared_borders(tmp_path: Path) -> None:
    across, below = rb"\clmgf\cellx1440\clmrg\cellx2880\cellx4320", rb"\clvmrg\cellx1450\cellx2870\cellx4320"
    first = row(b"A", b"", b"B", formats=across) + row(b"C", b"D", b"E", formats=below.replace(b"clvmrg", b"clvmgf"))
    assert spans(read(tmp_path, first + row(b"", b"F", b"G", formats=below))) == {
        ("A", range(1), range(2)), ("B", range(1), range(2, 3)), ("C", range(1, 3), range(1)), ("D", range(1, 2), range(1, 2)),
        ("E", range(1, 2), range(2, 3)), ("F", range(2, 3), range(1, 2)), ("G", range(2, 3), range(2, 3)),
    }  # fmt: skip


def test_rows_of_other_borders_and_a_row_described_behind_its_cells(tmp_path: Path) -> None:
    first = rb"\pard\intbl A\cell B\cell\trowd\cellx2880\cellx4320\row"
    second = rb"\trowd\cellx1440\cellx2880\cellx4320\pard\intbl C\cell D\cell E\cell\row"
    assert spans(read(tmp_path, first + second)) == {
        ("A", range(1), range(2)), ("B", range(1), range(2, 3)), ("C", range(1, 2), range(1)), ("D", range(1, 2), range(1, 2)),
        ("E", range(1, 2), range(2, 3)),
    }  # fmt: skip


def test_cells_that_do_not_say_that_they_are_in_a_table(tmp_path: Path) -> None:
    document = read(tmp_path, rb"\pard T\par\trowd\cellx1440\cellx2880 A\cell B\par C\cell\row\trowd D\cell E\cell\row\pard F\par")
    assert grid(document) == [["A", "B\nC"], ["D", "E"]] and [line.text for line in document.pages[0].lines] == ["T", "F"]


def test_a_nested_table_cuts_its_cell(tmp_path: Path) -> None:
    end = rb"{\*\nesttableprops\trowd\cellx700\cellx1440\nestrow}{\nonesttables\par}"
    inner = rb"\pard\intbl\itap2 x\nestcell y\nestcell" + end + rb"\pard\intbl\itap1 "
    assert grid(read(tmp_path, row(inner, b"B"))) == [["x", "y", "B"]]


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        (rb"{\field{\*\fldinst { =SUM(ABOVE) }}{\fldrslt {1234.5}}}", "1234.5"),
        (rb"{\field{\*\fldinst { EQ \\\\f(1,2) }}{\fldrslt }}", "1/2"),
        (rb"{\field{\*\fldinst { FORMCHECKBOX }{\*\formfield{\fftype1\ffres25\ffdefres1}}}{\fldrslt }}", "☑"),
        (rb"{\field{\*\fldinst { FORMCHECKBOX }{\*\formfield{\fftype1\ffres0\ffdefres1}}}{\fldrslt }}", "□"),
        (rb"{\field{\*\fldinst FORMDROPDOWN {\*\formfield{\fftype2\ffres1{\*\ffl a}{\*\ffl b}}}}{\fldrslt }}", "b"),
        (rb"{\field{\*\fldinst IF {\field{\*\fldinst PAGE}{\fldrslt 7}} }{\fldrslt 8}}", "8"),
        (rb"{\f2\'fe} {\f2\u-3842?} {\f2 \'a8}", "☑ ☑ □"),
        (rb"{\listtext\pard\plain 1.\tab}{\*\pn\pnlvlbody}\ls1 2", "1. 2"),
        (rb"98{\super 1}", "98"),
        (rb"{\object\objemb{\result 5}}", "5"),
        (rb"5{\*\bkmkstart x}{\*\bkmkend x}{\xe{y}}{\info{z}}", "5"),
        (rb"{\caps m}\softline {\b 3}\b0", "M\n3"),
    ],
)
def test_what_is_shown(tmp_path: Path, written: bytes, shown: str) -> None:
    assert one(tmp_path, written.replace(rb"\\\\", rb"\\")) == shown


def test_titles_notes_boxes_and_watermarks(tmp_path: Path) -> None:
    box = rb"{\shp{\*\shpinst{\sp{\sn name}{\sv v}}{\shptxt\pard BOX\par}}{\shprslt{\*\do{\dptxbxtext\pard BOX\par}}}}"
    mark = rb"{\shp{\*\shpinst{\sp{\sn gtextUNICODE}{\sv DRAFT}}}}"
    body = rb"{\header\pard TITLE\par}{\headerf\pard NOT\par}" + box + mark + rb"\pard A{\footnote\pard\chftn  NOTE}\par" + row(b"B", b"C")
    document = read(tmp_path, body)
    assert [line.text for line in document.pages[0].lines] == ["TITLE", "BOX", "A", "NOTE"]
    assert [mark.text for mark in document.pages[0].marks] == ["DRAFT"] and grid(document) == [["B", "C"]]


def test_a_box_over_a_table_is_told(tmp_path: Path) -> None:
    document = read(tmp_path, row(rb"A{\shp{\*\shpinst{\shptxt\pard 9\par}}}", b"B"))
    assert grid(document) == [["A", "B"]] and codes(document) == ["word.text-box"]


@pytest.mark.parametrize("binary", [False, True])
def test_a_picture_as_large_as_a_page_is_a_page(tmp_path: Path, binary: bool) -> None:
    held = io.BytesIO()
    Image.new("L", (400, 300), 255).save(held, "PNG")
    data = held.getvalue()
    written = b"\\bin%d " % len(data) + data if binary else data.hex().encode()
    picture = rb"{\*\shppict{\pict\pngblip\picwgoal9000\pichgoal9000 " + written + b"}}"
    body = picture + rb"{\nonshppict{\pict\wmetafile8 00}}\par A\tab B\par"
    document_path = tmp_path / "a.rtf"
    document_path.write_bytes(_HEAD + body + b"}")
    with open_pages(document_path, ReadOptions()) as source:
        assert source.page_count == 2 and source.open_page(0).read()[0].notes == []


def test_a_small_picture_in_a_cell_is_ink_without_text(tmp_path: Path) -> None:
    document = read(tmp_path, row(b"A", rb"{\pict\emfblip\picwgoal500\pichgoal500 00}"))
    assert next(cell for cell in document.tables[0].cells if not cell.text).marks == ("ink-without-text",)


def test_a_document_that_was_cut_says_so(tmp_path: Path) -> None:
    document = read(tmp_path, row(b"A", b"B") + rb"\trowd\cellx1440\cellx2880\pard\intbl 12", end=b"")
    assert grid(document) == [["A", "B"], ["12", ""]] and codes(document) == ["word.cut-short"]
    assert not has_its_end(tmp_path / "a.doc")


@pytest.mark.parametrize("body", [b"{" * 3_000, b"\\trowd" + b"\\cellx1" * 3_000, b"\\pard\\intbl\\itap40 A\\nestcell"])
def test_what_is_too_deep_or_too_wide_is_refused(tmp_path: Path, body: bytes) -> None:
    with pytest.raises(TooLargeError):
        read(tmp_path, body)


@pytest.mark.parametrize("body", ["公\n".encode("gbk") * 30_000, b"{\\b " * 1_000 + b"a}" * 1_000, b"\\'b9" * 60_000, b"{}" * 30_000])
def test_odd_writing_takes_no_time(tmp_path: Path, body: bytes) -> None:
    started = time.process_time()
    read(tmp_path, row(b"A", b"B") + body + rb"\par")
    assert time.process_time() - started < 3
