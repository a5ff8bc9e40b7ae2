"""What is filled into form fields is text of the page, however the file draws it; where it draws something else, a person is told."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

import jixiao
from bench.painted_pdf import Sheet, show_text, text_string, write_pdf
from extractors.model import Cell, Document
from extractors.options import ReadOptions
from extractors.reading import read_file
from tests.extractors.painted_sheet import two_rows
from tests.extractors.without_fonts import read_without_fonts

CELL = (153.0, 63.0, 347.0, 87.0)


def sheet(height: float = 300) -> Sheet:
    return two_rows(False, height)


def entry(value: str) -> str:
    """Fields of one name are one field, so each value gives its own."""
    return f"/FT /Tx /T {text_string('f' + value)} /V {text_string(value)}"


def look(text: str, border: bool = True) -> str:
    frame = "0.9 0.95 1 rg 0 0 194 24 re f 0 0 0 RG 0.5 0.5 193 23 re S " if border else ""
    return "/Tx BMC " + frame + show_text(4, 8, text) + " EMC"


def drawn() -> Sheet:
    page = sheet()
    page.field(CELL, entry("一千二百"), look("一千二百"))
    return page


def not_drawn() -> Sheet:
    page = sheet()
    page.field(CELL, entry("一千二百"))
    return page


def in_compartments() -> Sheet:
    page = sheet()
    ops = " ".join(show_text(8 + 32 * k, 8, digit) for k, digit in enumerate("120056"))
    page.field(CELL, f"/Ff {1 << 24} /MaxLen 6 {entry('120056')}", ops)
    return page


def on_lines() -> Sheet:
    page = sheet()
    page.field(CELL, f"/Ff {1 << 12} {entry('第一季度完成' + chr(10) + '第二季度验收')}")
    return page


def in_a_list() -> Sheet:
    page = sheet()
    options = " ".join(text_string(each) for each in ("东区", "西区", "南区"))
    page.field(CELL, f"/FT /Ch /T (list) /Opt [{options}] /V [{text_string('西区')} {text_string('南区')}] /I [1 2]")
    return page


def by_its_label() -> Sheet:
    page = sheet()
    page.field(CELL, f"/FT /Ch /Ff {1 << 17} /T (choice) /Opt [[(1) {text_string('公里')}] [(2) {text_string('平方米')}]] /V (2)")
    return page


def noted() -> Sheet:
    page = sheet()
    page.note("FreeText", CELL, "一千二百", look("一千二百"), "/DA (/F2 9 Tf)")
    return page


def noted_not_drawn() -> Sheet:
    page = sheet()
    page.note("FreeText", CELL, "一千二百", more="/DA (/F2 9 Tf 0 g)")
    return page


def thousands() -> Sheet:
    page = sheet()
    page.field(CELL, entry("1200.5"), look("1,200.50"))
    return page


def share() -> Sheet:
    page = sheet()
    page.field(CELL, entry("0.95"), look("95%"))
    return page


def date() -> Sheet:
    page = sheet()
    page.field(CELL, entry("2023-05-06"), look("2023年5月6日"))
    return page


ALIKE: dict[str, tuple[Callable[[], Sheet], str]] = {
    "drawn": (drawn, "一千二百"),
    "not drawn": (not_drawn, "一千二百"),
    "in compartments": (in_compartments, "120056"),
    "on lines": (on_lines, "第一季度完成\n第二季度验收"),
    "in a list": (in_a_list, "西区、南区"),
    "by its label": (by_its_label, "平方米"),
    "noted": (noted, "一千二百"),
    "noted, not drawn": (noted_not_drawn, "一千二百"),
    "thousands": (thousands, "1,200.50"),
    "share": (share, "95%"),
    "date": (date, "2023年5月6日"),
}


def read(folder: Path, page: Sheet, need_looks: bool = False) -> Document:
    path = folder / "form.pdf"
    path.write_bytes(write_pdf([page], need_looks))
    return read_file(path, ReadOptions())


def value_of(document: Document) -> Cell:
    (table,) = document.tables
    assert (table.row_count, table.col_count) == (2, 2)
    assert [cell.text for row in table.rows() for cell in row][::2] == ["指标值", "单位"]
    found = table.at(0, 1)
    assert found is not None
    return found


@pytest.mark.parametrize("name", ALIKE)
def test_what_a_field_holds_is_text_of_its_cell(tmp_path: Path, name: str) -> None:
    make, text = ALIKE[name]
    document = read(tmp_path, make())
    cell = value_of(document)
    assert (cell.text, cell.origin, cell.marks) == (text, "form-field", ())
    assert document.pages[0].notes == [] and document.pages[0].hidden_text == [] and document.pages[0].marks == []


def test_fields_are_read_without_fonts_too(tmp_path: Path) -> None:
    made = [(make(), text) for make, text in ALIKE.values()]
    path = tmp_path / "forms.pdf"
    path.write_bytes(write_pdf([page for page, _ in made]))
    done = read_without_fonts(path)
    assert [text for _, text in made if ["指标值", text] not in done["cells"]] == []
    assert done["hidden"] == [[] for _ in made]


def test_a_viewer_that_must_draw_shows_what_the_field_holds(tmp_path: Path) -> None:
    page = sheet()
    page.field(CELL, entry("一千二百"), look("三百"))
    assert value_of(read(tmp_path, page, need_looks=True)).text == "一千二百"


@pytest.mark.parametrize(
    ("value", "shown", "text"), [("1300", "1200", "1200"), ("", "1200", "1200"), ("1300", "", "1300"), ("a\tb", "a b", "a b")]
)
def test_another_value_than_is_shown_is_told(tmp_path: Path, value: str, shown: str, text: str) -> None:
    page = sheet()
    page.field(CELL, entry(value), look(shown) if shown else "q Q")
    cell = value_of(read(tmp_path, page))
    marked = bool(value) and bool(shown)
    assert cell.text == text
    assert ("field-differs" in cell.marks) == (marked or not value)


def test_a_field_outside_the_tables_that_shows_another_value_is_noted(tmp_path: Path) -> None:
    page = sheet()
    page.text(60, 150, "填表人：")
    page.field((100, 138, 200, 156), entry("秦云帆"), show_text(4, 6, "聂守田"))
    document = read(tmp_path, page)
    assert ["".join(line.text.split()) for line in document.pages[0].lines] == ["填表人：聂守田"]
    assert [(note.code, note.severity) for note in document.pages[0].notes] == [("field.differs", "review")]


def test_text_that_runs_on_behind_the_edge_of_a_field_is_whole_and_told(tmp_path: Path) -> None:
    page = sheet()
    page.field((153, 63, 200, 87), entry("农村公路养护里程"), "q 0 0 47 24 re W n " + show_text(2, 8, "农村公路养护里程") + " Q")
    document = read(tmp_path, page)
    cell = value_of(document)
    assert (cell.text, cell.marks) == ("农村公路养护里程", ("field-differs",))


def test_a_hidden_field_is_hidden_text(tmp_path: Path) -> None:
    page = sheet()
    page.field(CELL, entry("一千二百"), look("一千二百"))
    page.notes[-1] = page.notes[-1].replace("/F 4", "/F 6")
    document = read(tmp_path, page)
    assert value_of(document).text == ""
    assert [(each.text, each.reason) for each in document.pages[0].hidden_text] == [("一千二百", "invisible")]


def boxes(chosen: int, kind: int = 0, below: str = "") -> Sheet:
    page = sheet()
    for k, word in enumerate(("是", "否")):
        x = 160 + 60 * k
        if below:
            page.text(x, 80, below)
        tick = "0 0 9 9 re S BT /F1 8 Tf 1.5 1.5 Td (X) Tj ET" if k == chosen else "0 0 9 9 re S"
        state = "Yes" if k == chosen else "Off"
        page.field((x, 72, x + 9, 81), f"/FT /Btn /Ff {kind} /T (b{k}) /V /{state}", tick, state)
        page.text(x + 12, 80, word)
    return page


@pytest.mark.parametrize("kind", [0, 1 << 15], ids=["boxes", "radio"])
@pytest.mark.parametrize("below", ["", "□"])
def test_boxes_are_ticked_or_not(tmp_path: Path, kind: int, below: str) -> None:
    cell = value_of(read(tmp_path, boxes(0, kind, below)))
    assert ("".join(cell.text.split()), cell.origin) == ("☑是□否", "form-field")
    assert "".join(value_of(read(tmp_path, boxes(1, kind, below))).text.split()) == "□是☑否"


def test_buttons_that_are_not_printed_are_no_text(tmp_path: Path) -> None:
    page = drawn()
    page.field((250, 200, 300, 220), f"/FT /Btn /Ff {1 << 16} /T (p)", show_text(4, 6, "打印"))
    page.notes[-1] = page.notes[-1].replace("/F 4", "/F 0")
    document = read(tmp_path, page)
    assert document.pages[0].lines == []


def test_the_fields_of_a_turned_page_stand_in_its_cells(tmp_path: Path) -> None:
    upright = sheet()
    turned = Sheet(300, 400, rotate=90)
    turned.ops.append("q 0 1 -1 0 300 0 cm")
    turned.ops += upright.ops
    turned.ops.append("Q")
    x0, top, x1, bottom = CELL
    turned.field((top, 400 - x1, bottom, 400 - x0), entry("一千二百"), "q Q")
    document = read(tmp_path, turned)
    assert value_of(document).text == "一千二百"


SEAL = "1 0 0 RG 4 w 10 50 m 10 72 28 90 50 90 c 72 90 90 72 90 50 c 90 28 72 10 50 10 c 28 10 10 28 10 50 c s "


@pytest.mark.parametrize("kind", ["signature", "stamp"])
def test_an_electronic_seal_is_seen(tmp_path: Path, kind: str) -> None:
    page = drawn()
    ops = SEAL + show_text(20, 50, "某某县财政局", 9, (1, 0, 0))
    if kind == "signature":
        page.field((200, 60, 300, 160), "/FT /Sig /T (s)", ops)
    else:
        page.note("Stamp", (200, 60, 300, 160), look=ops)
    document = read(tmp_path, page)
    assert value_of(document).text == "一千二百"
    (seal,) = document.pages[0].seals
    assert seal.bbox.as_list() == [200, 60, 300, 160]
    assert [(mark.text, mark.kind) for mark in document.pages[0].marks] == [("某某县财政局", "seal")]


def test_a_stamp_that_has_only_its_name_is_a_mark(tmp_path: Path) -> None:
    page = drawn()
    page.note("Stamp", (200, 60, 340, 90), more="/Name /Draft")
    document = read(tmp_path, page)
    assert value_of(document).text == "一千二百"
    assert [(mark.text, mark.kind) for mark in document.pages[0].marks] == [("Draft", "stamp")]


def test_a_signature_in_words_is_a_mark(tmp_path: Path) -> None:
    page = drawn()
    page.field((200, 60, 340, 90), "/FT /Sig /T (s)", show_text(5, 10, "由秦云帆签名"))
    document = read(tmp_path, page)
    assert value_of(document).text == "一千二百"
    assert document.pages[0].seals == []
    assert [(mark.text, mark.kind) for mark in document.pages[0].marks] == [("由秦云帆签名", "signature")]


def test_differing_fields_are_findings_on_their_values(tmp_path: Path) -> None:
    page = Sheet(500, 300)
    xs, ys = (20.0, 90, 160, 260, 310, 370, 430), (60.0, 90, 120, 150)
    for y in ys:
        page.line(xs[0], y, xs[-1], y)
    for x in xs:
        page.line(x, ys[0], x, ys[-1])
    page.text(150, 40, "项目绩效目标表", 14)
    heads = ("一级指标", "二级指标", "三级指标", "指标类型", "指标值", "计量单位")
    rows = (heads, ("产出指标", "数量指标", "养护里程", "≥", "", "公里"), ("产出指标", "质量指标", "验收合格率", "=", "", "%"))
    for row, words in zip(ys, rows, strict=False):
        for x, word in zip(xs, words, strict=False):
            page.text(x + 4, row + 19, word)
    page.field((312, 93, 368, 117), entry("1300"), show_text(3, 8, "1200"))
    page.field((312, 123, 368, 147), entry("100"))
    clean = jixiao.clean(read(tmp_path, page))
    assert [row.value for row in clean.tables[0].rows] == ["1200", "100"]
    assert [each.path for each in clean.findings if each.code == "reading.field-differs"] == ["/tables/0/indicators/0/value"]
