"""Word documents: what people see in Word is what is read, whatever stands around it in the file."""

from __future__ import annotations

from pathlib import Path

import pytest

from extractors.model import Place
from extractors.word_processor.reader import DOCX
from tests.extractors.documents import cell, docx, form, one_cell, para, row, span, table, text, value
from tests.extractors.workbooks import ROWS, SIGNED, grid, read

TICK, BOX = "☑", "□"


def test_the_form_is_lines_and_a_table_with_merged_cells(tmp_path: Path) -> None:
    document = read(docx(tmp_path / "a.dat", form()))
    (page,), (found,) = document.pages, document.tables
    assert (document.media_type, page.reader, found.row_count, found.col_count) == (DOCX, "word-processor", len(ROWS), 8)
    assert [line.text for line in page.lines] == ["项目绩效目标表", "（2031）年度", "  ".join(SIGNED)]
    assert grid(document)[2:4] == [["项目资金（万元）", "年度资金总额：", "48"], ["其中：财政拨款", "48"]]
    assert grid(document)[7] == ROWS[7] and page.notes == [] and page.hidden_text == []
    places = [(r, c) for each in found.cells for r in each.rows for c in each.cols]
    assert len(places) == len(set(places)) == len(ROWS) * 8


def test_a_cell_knows_its_table_row_and_cell(tmp_path: Path) -> None:
    document = read(docx(tmp_path / "a.docx", table(row("甲")) + para("之间") + form()))
    found = document.tables[1].at(2, 7)
    assert found is not None and found.bbox is not None
    assert (found.text, found.origin, found.place) == ("48", "word-processor", Place(table=2, row=3, cell=3))
    assert found.bbox.as_list() == [3, 6, 8, 7]


@pytest.mark.parametrize(
    ("content", "shown"),
    [
        (para("共", f"<w:ins w:id='1'>{text('1234.5')}</w:ins>", "万元"), "共1234.5万元"),
        (para("共", f"<w:fldSimple w:instr=' DOCPROPERTY 金额 '>{text('1234.5')}</w:fldSimple>", "万元"), "共1234.5万元"),
        (para("共", f"<w:smartTag w:uri='u' w:element='e'>{text('1234.5')}</w:smartTag>", "万元"), "共1234.5万元"),
        (para("共", f"<w:customXml><w:customXmlPr/>{text('1234.5')}</w:customXml>", "万元"), "共1234.5万元"),
        (para("共", f"<w:sdt><w:sdtPr/><w:sdtContent>{text('1234.5')}</w:sdtContent></w:sdt>", "万元"), "共1234.5万元"),
        (para("共", f"<w:hyperlink r:id='x'>{text('1234.5')}</w:hyperlink>", "万元"), "共1234.5万元"),
        (f"<w:sdt><w:sdtContent>{para('1234.5')}</w:sdtContent></w:sdt>{para('万元')}", "1234.5\n万元"),
        (para("1234", "<w:r><w:noBreakHyphen/></w:r>", "5", "<w:r><w:softHyphen/></w:r>", "<w:r><w:br/></w:r>", "万"), "1234-5\n万"),
        (para(text("km", "<w:caps/>")), "KM"),
        (para("<w:r><w:t> 98 </w:t></w:r>", "%"), "98%"),
        (para("98<!-- 7 -->.5"), "98.5"),
        (para("<w:r><w:ruby><w:rt><w:r><w:t>mu</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>亩</w:t></w:r></w:rubyBase></w:ruby></w:r>"), "亩"),
    ],
)  # fmt: skip
def test_whatever_stands_around_runs_their_text_is_read(tmp_path: Path, content: str, shown: str) -> None:
    assert value(one_cell(tmp_path / "a.docx", content)) == shown


@pytest.mark.parametrize("around", ["sdt", "customXml", "ins"])
def test_rows_and_cells_inside_content_controls_are_read(tmp_path: Path, around: str) -> None:
    inner = ("<w:sdtContent>", "</w:sdtContent>") if around == "sdt" else ("", "")

    def wrapped(content: str) -> str:
        return f"<w:{around}>{inner[0]}{content}{inner[1]}</w:{around}>"

    rows = row("一级", "二级") + wrapped(row("产出", "数量")) + f"<w:tr>{cell('效益')}{wrapped(cell('社会'))}</w:tr>"
    assert grid(read(docx(tmp_path / "a.docx", wrapped(table(rows))))) == [["一级", "二级"], ["产出", "数量"], ["效益", "社会"]]


def test_deletions_and_moves_are_out_and_one_finding_says_so(tmp_path: Path) -> None:
    content = para(
        f"<w:del w:id='1'><w:r><w:delText>100</w:delText></w:r></w:del><w:ins w:id='2'>{text('120')}</w:ins>",
        f"<w:moveFrom w:id='3'>{text('7')}</w:moveFrom>",
    )
    document = one_cell(tmp_path / "a.docx", content)
    (note,) = document.pages[0].notes
    assert (value(document), note.code, note.severity) == ("120", "word.tracked-changes", "review")
    assert "100" in note.message and "7" in note.message and "120" in note.message


def test_deleted_rows_and_paragraph_ends(tmp_path: Path) -> None:
    ended = para("98", properties="<w:rPr><w:del w:id='1'/></w:rPr>") + para(".5")
    rows = row("甲", cell(ended)) + row("乙", "9", properties="<w:del w:id='2'/>") + row("丙", "3")
    document = read(docx(tmp_path / "a.docx", table(rows)))
    assert grid(document) == [["甲", "98.5"], ["丙", "3"]]
    assert [note.code for note in document.pages[0].notes] == ["word.tracked-changes"]


@pytest.mark.parametrize("how", ["run", "character style", "paragraph style", "both styles", "white"])
def test_hidden_text_is_not_shown_and_kept_apart(tmp_path: Path, how: str) -> None:
    styles = (
        "<w:styles NAMES><w:style w:type='character' w:styleId='c'><w:rPr><w:vanish/></w:rPr></w:style>"
        "<w:style w:type='character' w:styleId='d'><w:basedOn w:val='c'/></w:style>"
        "<w:style w:type='paragraph' w:styleId='p'><w:rPr><w:vanish/></w:rPr></w:style></w:styles>"
    )
    run = {"run": "<w:vanish/>", "character style": "<w:rStyle w:val='d'/>", "both styles": "<w:rStyle w:val='d'/>",
           "white": "<w:color w:val='FFFFFF'/>"}.get(how, "")  # fmt: skip
    style = "<w:pStyle w:val='p'/>" if how in ("paragraph style", "both styles") else ""
    document = one_cell(tmp_path / "a.docx", para("120") + para(text("999", run), properties=style), {"styles.xml": styles})
    hidden = [(each.text, each.reason) for each in document.pages[0].hidden_text]
    if how == "both styles":  # two switches cancel each other
        assert (value(document), hidden) == ("120\n999", [])
    else:
        assert (value(document), hidden) == ("120", [("999", "paper-colour" if how == "white" else "not-shown")])


def test_white_text_on_a_shaded_cell_is_seen(tmp_path: Path) -> None:
    shaded = cell(para(text("指标值", "<w:color w:val='FFFFFF'/>")), "<w:shd w:val='clear' w:fill='1F4E79'/>")
    assert grid(read(docx(tmp_path / "a.docx", table(row(shaded, "6"))))) == [["指标值", "6"]]


@pytest.mark.parametrize(
    "written",
    [
        para("<w:sdt><w:sdtPr><w14:checkbox><w14:checked w14:val='1'/></w14:checkbox></w:sdtPr>"
             f"<w:sdtContent>{text('☒')}</w:sdtContent></w:sdt>"),
        para("<w:r><w:fldChar w:fldCharType='begin'><w:ffData><w:checkBox><w:default w:val='0'/><w:checked/></w:checkBox></w:ffData>"
             "</w:fldChar></w:r><w:r><w:instrText> FORMCHECKBOX </w:instrText></w:r><w:r><w:fldChar w:fldCharType='end'/></w:r>"),
        para("<w:r><w:sym w:font='Wingdings 2' w:char='F052'/></w:r>"),
        para("<w:r><w:sym w:font='Wingdings' w:char='F0FE'/></w:r>"),
        para(text("R", "<w:rFonts w:ascii='Wingdings 2' w:hAnsi='Wingdings 2'/>")),
        para("\uf052"),
        para("☑"),
        para("<w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText>EQ \\o\\ac(□,√)</w:instrText></w:r>"
             "<w:r><w:fldChar w:fldCharType='end'/></w:r>"),
    ],
)  # fmt: skip
def test_every_way_to_write_a_tick_is_one_value(tmp_path: Path, written: str) -> None:
    ticked = one_cell(tmp_path / "a.docx", written)
    assert value(ticked) == TICK and ticked.pages[0].notes == []


@pytest.mark.parametrize(
    "written",
    [
        para(f"<w:sdt><w:sdtPr><w14:checkbox><w14:checked w14:val='0'/></w14:checkbox></w:sdtPr>"
            f"<w:sdtContent>{text('☐')}</w:sdtContent></w:sdt>"),
        para("<w:r><w:fldChar w:fldCharType='begin'><w:ffData><w:checkBox><w:default w:val='0'/></w:checkBox></w:ffData>"
             "</w:fldChar></w:r><w:r><w:instrText>FORMCHECKBOX</w:instrText></w:r><w:r><w:fldChar w:fldCharType='separate'/></w:r>"
             "<w:r><w:fldChar w:fldCharType='end'/></w:r>"),
        para("<w:r><w:sym w:font='Wingdings' w:char='F0A8'/></w:r>"),
        para("☐"),
    ],
)  # fmt: skip
def test_every_way_to_write_an_empty_box_is_one_value(tmp_path: Path, written: str) -> None:
    assert value(one_cell(tmp_path / "a.docx", written)) == BOX


def test_a_field_shows_its_result_and_not_its_instruction(tmp_path: Path) -> None:
    def mark(kind: str) -> str:
        return f"<w:r><w:fldChar w:fldCharType='{kind}'/></w:r>"

    nested = mark("begin") + "<w:r><w:instrText>IF </w:instrText></w:r>" + mark("begin") + "<w:r><w:instrText>PAGE</w:instrText></w:r>"
    nested += mark("separate") + text("3") + mark("end") + "<w:r><w:instrText> = 3 9 8</w:instrText></w:r>"
    content = para("共", nested + mark("separate") + text("1234.5") + mark("end"), "万元")
    drop = para("<w:r><w:fldChar w:fldCharType='begin'><w:ffData><w:ddList><w:result w:val='1'/><w:listEntry w:val='甲'/>"
                f"<w:listEntry w:val='乙'/></w:ddList></w:ffData></w:fldChar></w:r><w:r><w:instrText>FORMDROPDOWN</w:instrText></w:r>"
        f"{mark('end')}")  # fmt: skip
    assert value(one_cell(tmp_path / "a.docx", content + drop)) == "共1234.5万元\n乙"


def test_symbols_are_the_signs_that_their_font_shows(tmp_path: Path) -> None:
    content = para("<w:r><w:sym w:font='Symbol' w:char='F0B3'/></w:r>", "95%") + para(
        "<w:r><w:sym w:font='Wingdings 3' w:char='F099'/></w:r>"
    )
    document = one_cell(tmp_path / "a.docx", content)
    assert value(document) == "≥95%\n\ufffd" and [note.code for note in document.pages[0].notes] == ["word.symbol-unknown"]


@pytest.mark.parametrize(
    ("base", "raised", "shown", "mark"),
    [("1200m", "2", "1200m2", ()), ("98", "1", "98", ("note-mark",)), ("3×10", "6", "3×10", ("raised-figure",)), ("CO", "th", "COth", ())],
)
def test_raised_figures(
    tmp_path: Path, base: str, raised: str, shown: str, mark: tuple[str]
) -> None:
    document = one_cell(tmp_path / "a.docx", para(base, text(raised, "<w:vertAlign w:val='superscript'/>")))
    found = document.tables[0].at(0, 1)
    assert found is not None and (found.text, found.marks) == (shown, mark)


def test_a_footnote_is_no_digit_and_its_text_stands_below(tmp_path: Path) -> None:
    notes = f"<w:footnotes NAMES><w:footnote w:id='2'>{para('<w:r><w:footnoteRef/></w:r>', '含上年结转')}</w:footnote></w:footnotes>"
    document = one_cell(tmp_path / "a.docx", para("98", "<w:r><w:footnoteReference w:id='2'/></w:r>"), {"footnotes.xml": notes})
    found = document.tables[0].at(0, 1)
    assert found is not None and (found.text, found.marks) == ("98", ("note-mark",))
    assert [line.text for line in document.pages[0].lines] == ["含上年结转"]


def width(twips: int) -> str:
    return f'<w:tcW w:w="{twips}" w:type="dxa"/>'


@pytest.mark.parametrize("name", ["gridSpan", "hMerge", "gridBefore", "widths"])
def test_cells_stand_where_their_borders_are(tmp_path: Path, name: str) -> None:
    if name == "gridSpan":
        second, shape = row(cell("乙", span(2)), "丙"), [["甲", "一", "二"], ["乙", "丙"]]
    elif name == "hMerge":
        cells = (cell("乙", '<w:hMerge w:val="restart"/>'), cell("藏", "<w:hMerge/>"), "丙")
        second, shape = row(*cells), [["甲", "一", "二"], ["乙", "丙"]]
    elif name == "gridBefore":
        second, shape = row("丙", properties='<w:gridBefore w:val="2"/>'), [["甲", "一", "二"], ["", "", "丙"]]
    else:  # a program that counts in widths alone
        second, shape = (
            row(cell("乙", width(2010)), cell("丙", width(990))),
            [["甲", "一", "二"], ["乙", "丙"]],
        )
    first = row(*(cell(each, width(1000)) for each in ("甲", "一", "二")))
    document = read(docx(tmp_path / "a.docx", table(first, second, columns=3)))
    assert grid(document) == shape
    last = document.tables[0].at(1, 2)
    assert last is not None and (last.text, last.cols) == ("丙", range(2, 3))
    assert [each.text for each in document.pages[0].hidden_text] == (["藏"] if name == "hMerge" else [])


def test_a_nested_table_cuts_its_cell_as_its_lines_do(tmp_path: Path) -> None:
    inner = para("资金") + table(row("总额", "48"), row("其中：财政拨款", "40")) + para("")
    document = read(docx(tmp_path / "a.docx", table(row("项目资金", cell(inner)), row("目标", "改造公厕6座"))))
    assert grid(document) == [["项目资金", "资金"], ["总额", "48"], ["其中：财政拨款", "40"], ["目标", "改造公厕6座"]]
    label = document.tables[0].at(2, 0)
    assert label is not None and (label.text, label.rows) == ("项目资金", range(3))


def test_a_table_that_is_only_a_frame_is_looked_through(tmp_path: Path) -> None:
    document = read(docx(tmp_path / "a.docx", table(row(cell(form() + para(""))))))
    assert [line.text for line in document.pages[0].lines][:1] == ["项目绩效目标表"] and grid(document)[7] == ROWS[7]


def test_numbers_of_lists_are_text(tmp_path: Path) -> None:
    def level(number: int, kind: str, shown: str) -> str:
        start = f"<w:lvl w:ilvl='{number}'><w:start w:val='1'/><w:numFmt w:val='{kind}'/>"
        return f"{start}<w:lvlText w:val='{shown}'/><w:suff w:val='nothing'/></w:lvl>"

    levels = level(0, "chineseCounting", "（%1）") + level(1, "decimal", "%2、") + level(2, "decimalEnclosedCircle", "%3")
    numbering = (
        f"<w:numbering NAMES><w:abstractNum w:abstractNumId='1'>{levels}</w:abstractNum>"
        "<w:num w:numId='5'><w:abstractNumId w:val='1'/></w:num>"
        "<w:num w:numId='6'><w:abstractNumId w:val='1'/><w:lvlOverride w:ilvl='0'>"
        "<w:startOverride w:val='9'/></w:lvlOverride></w:num></w:numbering>"
    )

    def listed(words: str, depth: int, number: int = 5) -> str:
        return para(words, properties=f"<w:numPr><w:ilvl w:val='{depth}'/><w:numId w:val='{number}'/></w:numPr>")

    content = "".join(
        [listed("甲", 0), listed("子", 1), listed("丑", 1), listed("细", 2), listed("乙", 0), listed("寅", 1), listed("丙", 0, 6)]
    )
    document = one_cell(tmp_path / "a.docx", content, {"numbering.xml": numbering})
    assert value(document).split("\n") == ["（一）甲", "1、子", "2、丑", "①细", "（二）乙", "1、寅", "（九）丙"]


BOX_OF = "<w:txbxContent>{}</w:txbxContent>"


def boxed(content: str, place: str) -> str:
    """A text box as Word writes it: for programs of today, and once more for those of before."""
    drawing = f"<w:drawing><wp:{place}><a:graphic><wps:txbx>{BOX_OF.format(content)}</wps:txbx></a:graphic></wp:{place}></w:drawing>"
    fallback = f"<w:pict><v:shape style='position:absolute'><v:textbox>{BOX_OF.format(content)}</v:textbox></v:shape></w:pict>"
    return (f"<w:r><mc:AlternateContent><mc:Choice Requires='wps'>{drawing}</mc:Choice><mc:Fallback>{fallback}</mc:Fallback>"
            "</mc:AlternateContent></w:r>")  # fmt: skip


def test_a_text_box_is_read_once(tmp_path: Path) -> None:
    document = read(docx(tmp_path / "a.docx", para(boxed(para("项目绩效目标表"), "anchor")) + form().partition("</w:p>")[2]))
    assert [line.text for line in document.pages[0].lines].count("项目绩效目标表") == 1


def test_a_text_box_in_the_line_of_a_cell_is_its_text_and_one_that_floats_is_told(tmp_path: Path) -> None:
    assert value(one_cell(tmp_path / "a.docx", para("≥", boxed(para("98"), "inline")))) == "≥98"
    floating = one_cell(tmp_path / "b.docx", para("≥", boxed(para("98"), "anchor")))
    (note,) = floating.pages[0].notes
    assert (value(floating), note.code, note.severity) == ("≥", "word.text-box", "review") and "98" in note.message


def test_the_title_may_stand_in_the_header_and_a_watermark_is_a_mark(tmp_path: Path) -> None:
    mark = "<w:r><w:pict><v:shape id='PowerPlusWaterMarkObject1'><v:textpath string='作废'/></v:shape></w:pict></w:r>"
    section = "<w:sectPr><w:headerReference w:type='default' r:id='header1'/><w:headerReference w:type='first' r:id='header2'/></w:sectPr>"
    parts = {"header1.xml": f"<w:hdr NAMES>{para('项目绩效目标表', mark)}</w:hdr>", "header2.xml": f"<w:hdr NAMES>{para('首页')}</w:hdr>"}
    document = read(docx(tmp_path / "a.docx", form().partition("</w:p>")[2] + section, dict(parts)))
    assert [line.text for line in document.pages[0].lines][:2] == ["项目绩效目标表", "（2031）年度"]
    assert [(each.text, each.kind) for each in document.pages[0].marks] == [("作废", "watermark")]


def test_struck_text_is_marked(tmp_path: Path) -> None:
    document = one_cell(tmp_path / "a.docx", para(text("100", "<w:strike/>"), "120"))
    found = document.tables[0].at(0, 1)
    assert found is not None and (found.text, found.marks) == ("100120", ("struck-out",))
