"""Tables over page breaks: what belongs together, and what only looks so."""

from __future__ import annotations

from extractors.model import BBox, Cell, Page, Seal, Table, TextLine
from extractors.tables.stitch import stitch

Rows = list[list[str]]


def page(page_no: int, *lines: tuple[str, float], reader: str = "text-layer", width: float = 600) -> Page:
    texts = [TextLine(text, page_no, BBox(250, top, 350, top + 10)) for text, top in lines]
    return Page(page_no, width, 800, "ocr" if reader == "ocr" else "text-layer", lines=texts)


def table(page_no: int, top: float, rows: Rows, xs: tuple[float, ...] = (50, 150, 550), height: float = 20) -> Table:
    cells = []
    for i, row in enumerate(rows):
        for j, text in enumerate(row):
            box = BBox(xs[j], top + i * height, xs[j + 1], top + (i + 1) * height)
            cells.append(Cell(range(i, i + 1), range(j, j + 1), text, page_no, box, origin="text-layer"))
    return Table(cells, len(rows), len(xs) - 1)


def texts(found: Table) -> Rows:
    return [[cell.text for cell in row] for row in found.rows()]


FIRST: Rows = [["一级指标", "说明"], ["成本指标", "甲"], ["产出指标", "乙"]]


def test_continuation_at_the_top_of_the_next_page() -> None:
    pages = [page(1, ("标题", 50)), page(2, ("填表人：某某", 200))]
    (joined,) = stitch(pages, [table(1, 700, FIRST), table(2, 40, [["效益指标", "丙"]])])
    assert texts(joined) == [*FIRST, ["效益指标", "丙"]]
    assert [cell.page_no for cell in joined.cells] == [1] * 6 + [2] * 2
    assert [note.message for note in pages[1].notes] == ["the first table goes on from page 1"]


def test_page_numbers_between_do_not_part_them() -> None:
    pages = [page(1, ("第 1 页 共 2 页", 770)), page(2, ("— 2 —", 20), ("（续表）", 30))]
    assert len(stitch(pages, [table(1, 700, FIRST), table(2, 45, [["效益指标", "丙"]])])) == 1


def test_a_title_between_parts_them() -> None:
    pages = [page(1), page(2, ("项目绩效目标表", 30))]
    assert len(stitch(pages, [table(1, 700, FIRST), table(2, 60, [["效益指标", "丙"]])])) == 2


def test_a_sign_off_line_between_parts_them() -> None:
    pages = [page(1, ("填表人：某某 联系电话：0700", 765)), page(2)]
    upper = table(1, 690, FIRST)
    assert len(stitch([page(1, ("填表人：某某", 640)), pages[1]], [table(1, 560, FIRST), table(2, 40, [["效益指标", "丙"]])])) == 2
    assert len(stitch([pages[1], pages[0]], [upper])) == 1


def test_other_width_parts_them() -> None:
    second = table(2, 40, [["效益指标", "丙"]], xs=(50, 150, 500))
    assert len(stitch([page(1), page(2)], [table(1, 700, FIRST), second])) == 2


def test_the_next_form_of_the_same_template_is_not_joined() -> None:
    first = [["项目名称", "农村公路"], ["主管部门", "财政股"], ["资金总额", "12"]]
    second = [["项目名称", "校园安全"], ["主管部门", "教育股"], ["资金总额", "8"]]
    assert len(stitch([page(1), page(2)], [table(1, 700, first), table(2, 40, second)])) == 2


def test_repeated_header_is_left_out_and_noted() -> None:
    pages = [page(1), page(2)]
    (joined,) = stitch(pages, [table(1, 700, FIRST), table(2, 40, [["一级指标", "说明"], ["效益指标", "丙"]])])
    assert texts(joined) == [*FIRST, ["效益指标", "丙"]]
    assert "1 repeated header rows are left out" in [note.message for note in pages[1].notes]


def test_three_pages() -> None:
    tables = [table(1, 700, FIRST), table(2, 40, [["效益指标", "丙"]] * 37), table(3, 40, [["满意度指标", "丁"]])]
    (joined,) = stitch([page(1), page(2), page(3)], tables)
    assert joined.row_count == 41
    assert joined.pages == [1, 2, 3]


def test_other_columns_under_the_same_borders() -> None:
    lower = table(2, 40, [["成本指标", "经济成本", "预算"]], xs=(50, 150, 300, 550))
    (joined,) = stitch([page(1), page(2)], [table(1, 700, [["项目名称", "农村公路"]]), lower])
    assert joined.col_count == 3
    assert [len(cell.cols) for cell in joined.cells] == [1, 2, 1, 1, 1]


def test_scans_of_another_scale() -> None:
    pages = [page(1, reader="ocr"), page(2, reader="ocr", width=612)]
    lower = table(2, 40, [["效益指标", "丙"]], xs=(56, 158, 566))
    assert len(stitch(pages, [table(1, 700, FIRST), lower])) == 1


def test_a_label_cut_by_the_break_goes_on() -> None:
    upper = table(1, 740, [["数量指标", "甲"], ["", "乙"]])
    tall = BBox(50, 740, 150, 780)
    upper.cells = [Cell(range(2), range(1), "数量指标", 1, tall, origin="text-layer"), *[c for c in upper.cells if c.cols.start == 1]]
    (joined,) = stitch([page(1), page(2)], [upper, table(2, 40, [["", "丙"], ["质量指标", "丁"]])])
    label = joined.at(2, 0)
    assert label is not None and label.text == "数量指标"
    assert joined.at(3, 0) is not label


XS = (50.0, 110.0, 170.0, 230.0, 350.0)


def test_a_row_cut_by_the_break_is_put_together() -> None:
    whole = ["验收合格率", "95", "%", "工程完工以后验收合格的\n比例"]
    upper = table(1, 740, [whole, ["预算成本", "12", "万元", "本年度该类工作的经费安"]], XS)
    pages = [page(1), page(2)]
    (joined,) = stitch(pages, [upper, table(2, 40, [["", "", "", "排"], ["完成及时率", "95", "%", "按时完成"]], XS)])
    assert texts(joined) == [whole, ["预算成本", "12", "万元", "本年度该类工作的经费安\n排"], ["完成及时率", "95", "%", "按时完成"]]
    assert "cut by the page break" in pages[1].notes[-1].message


def test_a_row_that_ended_is_not_put_together() -> None:
    whole = ["验收合格率", "95", "%", "工程完工以后验收合格的\n比例"]
    upper = table(1, 740, [whole, ["预算成本", "12", "万元", "经费安排"]], XS)
    (joined,) = stitch([page(1), page(2)], [upper, table(2, 40, [["", "", "", "见附件"], ["完成及时率", "95", "%", "按时完成"]], XS)])
    assert joined.row_count == 4


def test_a_blank_category_after_the_break_is_a_row() -> None:
    upper = table(1, 740, [["生态环境\n成本指标", "12", "万元", "经费安排"]], XS)
    (joined,) = stitch([page(1), page(2)], [upper, table(2, 40, [["社会成本", "", "", ""], ["生态成本", "", "", ""]], XS)])
    assert joined.row_count == 3


def test_a_title_row_begins_a_new_table() -> None:
    second = table(2, 40, [["项目名称", "校园安全"]])
    title = Cell(range(1), range(2), "项目绩效目标表", 2, BBox(50, 20, 550, 40), origin="text-layer")
    second.cells = [title, *[Cell(range(1, 2), c.cols, c.text, 2, c.bbox, origin=c.origin) for c in second.cells]]
    second.row_count = 2
    assert len(stitch([page(1), page(2)], [table(1, 700, FIRST), second])) == 2


def test_rows_that_begin_with_dates_are_no_new_form() -> None:
    first = [["2024/07/15", "甲"], ["2024/07/17", "乙"], ["2024/07/18", "丙"]]
    second = [["2024/07/15", "丁"], ["2024/07/19", "戊"], ["2024/07/18", "己"]]
    assert len(stitch([page(1), page(2)], [table(1, 700, first), table(2, 40, second)])) == 1


def test_specks_and_seals_on_a_scan_part_nothing() -> None:
    upper = page(1, ("• 也", 765), ("市财政局专用章", 710), reader="ocr")
    upper.seals = [Seal(BBox(240, 690, 360, 790))]
    assert len(stitch([upper, page(2, reader="ocr")], [table(1, 640, FIRST), table(2, 40, [["效益指标", "丙"]])])) == 1
    upper.seals = []
    assert len(stitch([upper, page(2, reader="ocr")], [table(1, 640, FIRST), table(2, 40, [["效益指标", "丙"]])])) == 2


HEADER = ["一级指标", "二级指标", "三级指标", "指标值", "计量单位", "指标内容"]
SIX = (50, 120, 190, 300, 360, 420, 550)


def form(page_no: int, top: float, head: Rows, rows: Rows) -> Table:
    """A form: rows of a label and a wide cell, then rows of six cells."""
    upper, lower = table(page_no, top, head, (50, 150, 550)), table(page_no, top + 20 * len(head), rows, SIX)
    cells = [Cell(c.rows, range(1) if c.cols.start == 0 else range(1, 6), c.text, page_no, c.bbox, origin=c.origin) for c in upper.cells]
    for c in lower.cells:
        down = range(c.rows.start + len(head), c.rows.stop + len(head))
        cells.append(Cell(down, c.cols, c.text, page_no, c.bbox, origin=c.origin))
    return Table(cells, len(head) + len(rows), 6)


def test_a_header_below_other_rows_begins_a_form_whose_title_stayed_behind() -> None:
    """The title of the second form stands at the foot of the first page, half of it under a seal."""
    rows = [HEADER, ["产出指标", "数量指标", "养护里程", "385.2", "公里", "列入计划的里程"]]
    first = form(1, 640, [["单位名称", "某县交通运输局"], ["年度总体目标", "养护县道"]], rows)
    second = form(2, 40, [["项目名称", "农村公路养护"], ["主管部门", "经建股"], ["其中：财政拨款", "53.9"]], rows)
    pages = [page(1, reader="ocr"), page(2, reader="ocr")]
    assert len(stitch(pages, [first, second])) == 2
    going_on = table(2, 40, [HEADER, ["产出指标", "质量指标", "优良路率", "78.2", "%", "优良的比例"]], SIX)
    assert len(stitch(pages, [first, going_on])) == 1


def test_what_is_left_of_a_title_at_the_foot_of_a_page_parts_them() -> None:
    first, second = table(1, 640, FIRST), table(2, 40, [["效益指标", "丙"]])
    assert len(stitch([page(1, ("目标表", 735), reader="ocr"), page(2, reader="ocr")], [first, second])) == 2
    running = [page(1, ("附件：绩效目标表", 770)), page(2, ("附件：绩效目标表", 770))]
    assert len(stitch(running, [table(1, 700, FIRST), second])) == 1
