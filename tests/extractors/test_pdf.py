"""Born-digital pages: text of cells, lines outside, turned pages and text, colours, columns of white."""

from __future__ import annotations

from pathlib import Path

from extractors.model import Document, Table
from extractors.options import ReadOptions
from extractors.reading import read_file
from tests.extractors.pdf_maker import PdfPage, make_pdf


def read(tmp_path: Path, *pages: PdfPage) -> Document:
    path = tmp_path / "form.pdf"
    path.write_bytes(make_pdf(list(pages)))
    return read_file(path, ReadOptions())


def texts(table: Table) -> list[list[str]]:
    return [[cell.text for cell in row] for row in table.rows()]


def form_page(rotate: int = 0) -> PdfPage:
    page = PdfPage(rotate=rotate).grid([50, 150, 350], [60, 90, 140])
    page.text(130, 40, "项目绩效目标表", 14)
    page.text(60, 80, "项目名称").text(160, 80, "Rural road 2024")
    page.text(60, 110, "年度总体").text(60, 124, "目标").text(160, 110, "完成").text(180, 110, "12").text(192, 110, "公里")
    return page.text(50, 180, "填表人：某某").text(250, 180, "联系电话：").text(300, 180, "0700-0000")


def test_cells_and_lines(tmp_path: Path) -> None:
    document = read(tmp_path, form_page())
    (table,) = document.tables
    assert texts(table) == [["项目名称", "Rural road 2024"], ["年度总体\n目标", "完成12公里"]]
    assert [line.text for line in document.pages[0].lines] == ["项目绩效目标表", "填表人：某某 联系电话：0700-0000"]
    assert [word.text for word in document.pages[0].lines[1].words] == ["填表人：某某", "联系电话：0700-0000"]
    cell = table.at(0, 1)
    assert cell is not None and cell.bbox is not None and cell.bbox.as_list() == [150, 60, 350, 90]
    assert (cell.page_no, cell.confidence, cell.engine) == (1, 1.0, "pdfium")
    assert document.pages[0].reader == "text-layer"


def test_rotated_pages_read_alike(tmp_path: Path) -> None:
    for rotate in (90, 180, 270):
        document = read(tmp_path, form_page(rotate))
        assert texts(document.tables[0]) == [["项目名称", "Rural road 2024"], ["年度总体\n目标", "完成12公里"]]
        page = document.pages[0]
        assert (page.width, page.height) == (400, 300)
        assert page.lines[0].text == "项目绩效目标表"


def test_text_set_on_its_side(tmp_path: Path) -> None:
    page = PdfPage().grid([50, 80, 350], [60, 160]).text(70, 130, "绩效指标", up=True)
    for k, row in enumerate(("数量指标", "质量指标", "时效指标")):
        page.text(100, 80 + 30 * k, row)
    (table,) = read(tmp_path, page).tables
    assert texts(table) == [["绩效指标", "数量指标\n质量指标\n时效指标"]]


def test_upright_label_one_char_a_line(tmp_path: Path) -> None:
    page = PdfPage().grid([50, 80, 350], [60, 160]).text(100, 90, "数量指标")
    for k, char in enumerate("绩效指标"):
        page.text(60, 80 + 20 * k, char)
    (table,) = read(tmp_path, page).tables
    assert texts(table) == [["绩\n效\n指\n标", "数量指标"]]


def test_superscript_stays_in_its_line(tmp_path: Path) -> None:
    page = PdfPage().grid([50, 150, 350], [60, 90]).text(60, 80, "面积").text(160, 80, "85 m").text(180.5, 76, "2", 6)
    (table,) = read(tmp_path, page).tables
    assert texts(table) == [["面积", "85 m2"]]


def test_doubled_glyphs_count_once(tmp_path: Path) -> None:
    page = PdfPage().grid([50, 150, 350], [60, 90]).text(60, 80, "66").text(60.3, 80, "66").text(160, 80, "合计")
    (table,) = read(tmp_path, page).tables
    assert texts(table) == [["66", "合计"]]


def test_borders_of_thin_boxes_and_white_lines(tmp_path: Path) -> None:
    page = PdfPage()
    for y in (60, 90, 120):
        page.fill(50, y, 350, y + 0.7)
    for x in (50, 150, 350):
        page.fill(x, 60, x + 0.7, 120)
    page.line(250, 60, 250, 120, gray=1)
    page.text(60, 80, "甲").text(160, 80, "乙").text(60, 110, "丙").text(260, 110, "丁")
    (table,) = read(tmp_path, page).tables
    assert texts(table) == [["甲", "乙"], ["丙", "丁"]]


def test_white_lines_on_colour_part_cells(tmp_path: Path) -> None:
    page = PdfPage().fill(50, 60, 350, 120, gray=0.8).line(50, 90, 350, 90, gray=1, width=1).line(200, 60, 200, 120, gray=1, width=1)
    page.text(60, 80, "甲").text(260, 80, "乙").text(60, 110, "丙").text(260, 110, "丁")
    (table,) = read(tmp_path, page).tables
    assert texts(table) == [["甲", "乙"], ["丙", "丁"]]


def test_columns_of_white_between_rules(tmp_path: Path) -> None:
    page = PdfPage()
    for y in (60, 80, 140):
        page.line(50, y, 350, y)
    for k, row in enumerate((("Item", "2022", "2023"), ("Roads", "12", "14"), ("Bridges", "3", "5"), ("Schools", "8", "9"))):
        for x, text in zip((55, 180, 280), row, strict=True):
            page.text(x, 75 + 20 * k, text)
    document = read(tmp_path, page)
    assert texts(document.tables[0]) == [["Item", "2022", "2023"], ["Roads", "12", "14"], ["Bridges", "3", "5"], ["Schools", "8", "9"]]
    assert "white between their columns" in document.pages[0].notes[0].message


def test_running_text_is_no_table(tmp_path: Path) -> None:
    page = PdfPage().line(50, 50, 350, 50).line(50, 200, 350, 200)
    for k in range(8):
        page.text(50, 70 + 15 * k, "The office reports each year on what the county has done")
    document = read(tmp_path, page)
    assert document.tables == []
    assert len(document.pages[0].lines) == 8


def test_a_chart_is_no_table(tmp_path: Path) -> None:
    page = PdfPage().grid([50, 150, 250, 350], [50, 80, 110, 140, 170])
    for k in range(6):
        page.line(50 + 50 * k, 160 - 10 * k, 100 + 50 * k, 130 - 8 * k)
    document = read(tmp_path, page.text(60, 190, "Jan").text(160, 190, "Feb").text(60, 60, "Growth"))
    assert document.tables == []
    assert {line.text for line in document.pages[0].lines} == {"Growth", "Jan Feb"}


def test_caption_and_note_in_the_frame_are_lines(tmp_path: Path) -> None:
    page = PdfPage().grid([50, 350], [40, 60, 80, 100, 120]).line(200, 60, 200, 100)
    page.text(60, 55, "Table 3. Spending").text(60, 75, "2022").text(210, 75, "12").text(60, 95, "2023").text(210, 95, "14")
    document = read(tmp_path, page.text(60, 115, "Note: in millions"))
    assert texts(document.tables[0]) == [["2022", "12"], ["2023", "14"]]
    assert [line.text for line in document.pages[0].lines] == ["Table 3. Spending", "Note: in millions"]


def test_form_title_in_the_frame_stays(tmp_path: Path) -> None:
    page = PdfPage().grid([50, 350], [40, 60, 80, 100]).line(200, 60, 200, 100)
    page.text(60, 55, "项目绩效目标表").text(60, 75, "项目名称").text(210, 75, "农村公路").text(60, 95, "主管部门").text(210, 95, "财政股")
    (table,) = read(tmp_path, page).tables
    assert texts(table)[0] == ["项目绩效目标表"]


def test_headings_without_a_line_between(tmp_path: Path) -> None:
    xs = [50.0, 120, 190, 260, 330]
    page = PdfPage().grid(xs, [80, 100, 120]).line(50, 60, 330, 60).line(50, 60, 50, 80).line(330, 60, 330, 80).line(120, 60, 120, 80)
    page.text(60, 75, "Type").text(135, 75, "2021").text(205, 75, "2022").text(275, 75, "2023")
    for k in range(4):
        page.text(xs[k] + 10, 95, f"a{k}").text(xs[k] + 10, 115, f"b{k}")
    assert texts(read(tmp_path, page).tables[0])[0] == ["Type", "2021", "2022", "2023"]


def test_letter_spaced_heading_stays_whole(tmp_path: Path) -> None:
    xs = [50.0, 150, 250, 350]
    page = PdfPage().grid(xs, [80, 100]).line(50, 60, 350, 60).line(50, 60, 50, 80).line(350, 60, 350, 80).line(250, 60, 250, 80)
    page.text(80, 75, "合").text(200, 75, "计").text(260, 75, "备注")
    for k in range(3):
        page.text(xs[k] + 10, 95, str(k))
    assert texts(read(tmp_path, page).tables[0])[0] == ["合计", "备注"]


def test_a_page_drawn_on_its_side_is_turned_upright(tmp_path: Path) -> None:
    page = PdfPage().grid([50, 100, 150], [60, 160, 260])
    page.text(80, 250, "甲一", up=True).text(80, 150, "甲二", up=True).text(130, 250, "乙一", up=True).text(130, 150, "乙二", up=True)
    document = read(tmp_path, page)
    assert texts(document.tables[0]) == [["甲一", "甲二"], ["乙一", "乙二"]]
    assert (document.pages[0].width, document.pages[0].height, document.pages[0].rotation) == (300, 400, 90)


def test_letter_spaced_title_is_one_word(tmp_path: Path) -> None:
    page = PdfPage()
    for k, char in enumerate("项目绩效目标表"):
        page.text(50 + 28 * k, 60, char, 12)
    (line,) = read(tmp_path, page).pages[0].lines
    assert line.text == "项目绩效目标表"
    assert len(line.words) == 1


def circle(page: PdfPage, x: float, y: float, r: float) -> None:
    k = 0.55 * r
    page.ops.append(
        f"1 0 0 RG {x} {y + r} m {x + k} {y + r} {x + r} {y + k} {x + r} {y} c {x + r} {y - k} {x + k} {y - r} {x} {y - r} c "
        f"{x - k} {y - r} {x - r} {y - k} {x - r} {y} c {x - r} {y + k} {x - k} {y + r} {x} {y + r} c S 0 G"
    )


def test_a_seal_drawn_with_curves_changes_no_table(tmp_path: Path) -> None:
    page = PdfPage().grid([50, 150, 250, 350], [60, 90, 120, 150])
    page.text(60, 80, "项目名称").text(160, 80, "农村公路").text(60, 110, "资金总额")
    for radius in (40, 38, 30, 20):
        circle(page, 290, 190, radius)
    (table,) = read(tmp_path, page).tables
    assert (table.row_count, table.col_count, len(table.cells)) == (3, 3, 9)
    assert texts(table)[0] == ["项目名称", "农村公路", ""]
