"""ODF texts: what people see in Writer is what is read."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from extractors.errors import EncryptedFileError
from extractors.model import Document, Place
from extractors.word_processor.reader import ODT
from tests.extractors.workbooks import ROWS, grid, read

_ODF = "urn:oasis:names:tc:opendocument:xmlns:"
NAMES = " ".join(
    f'xmlns:{prefix}="{_ODF}{name}:1.0"'
    for prefix, name in {
        "office": "office", "text": "text", "table": "table", "style": "style", "draw": "drawing", "fo": "xsl-fo-compatible",
        "svg": "svg-compatible", "form": "form", "manifest": "manifest",
    }.items()
) + ' xmlns:loext="urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0"'  # fmt: skip
NAMES += ' xmlns:field="urn:openoffice:names:experimental:ooo-ms-interop:xmlns:field:1.0"'


def odt(path: Path, body: str, styles: str = "", parts: dict[str, str] | None = None) -> Path:
    content = f"<office:document-content {NAMES}><office:automatic-styles>{styles}</office:automatic-styles><office:body>"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", ODT)
        archive.writestr("content.xml", f"{content}<office:text>{body}</office:text></office:body></office:document-content>")
        for name, data in (parts or {}).items():
            archive.writestr(name, data.replace("NAMES", NAMES))
    return path


def para(content: str, style: str = "") -> str:
    return f'<text:p text:style-name="{style}">{content}</text:p>'


def cell(content: str, attributes: str = "") -> str:
    return f"<table:table-cell {attributes}>{content if content.startswith('<') else para(content)}</table:table-cell>"


def row(*cells: str, attributes: str = "") -> str:
    return f"<table:table-row {attributes}>{''.join(each if each.startswith('<table') else cell(each) for each in cells)}</table:table-row>"


def table(*rows: str, columns: str = "") -> str:
    return f"<table:table>{columns}{''.join(rows)}</table:table>"


def one_cell(path: Path, content: str, styles: str = "") -> Document:
    return read(odt(path, table(row("指标值", cell(content))), styles))


def value(document: Document) -> str:
    return grid(document)[0][1]


def test_a_form(tmp_path: Path) -> None:
    rows = [row(*texts) for texts in ROWS[5:]]
    covered = "<table:covered-table-cell/>"
    first = row("项目资金", cell("48", 'table:number-columns-spanned="7"'), *[covered] * 6)
    document = read(odt(tmp_path / "a.bin", para("项目绩效目标表") + table(first, *rows)))
    assert (document.media_type, document.pages[0].reader) == (ODT, "word-processor")
    assert grid(document)[0] == ["项目资金", "48"] and grid(document)[3] == ROWS[7]
    found = document.tables[0].at(0, 7)
    assert found is not None and (found.cols, found.place) == (range(1, 8), Place(table=1, row=1, cell=2))


@pytest.mark.parametrize(
    ("content", "shown"),
    [
        (para('共<text:span text:style-name="x">1234.5</text:span><text:s text:c="2"/>万元'), "共1234.5  万元"),
        (para('\n 98 <text:bookmark text:name="b"/>\n %<text:line-break/>以上'), "98 %\n以上"),
        (para('<text:change-start text:change-id="1"/>120<text:change-end text:change-id="1"/>'), "120"),
        (para('<loext:content-control loext:checkbox="true" loext:checked="true">☒</loext:content-control>'), "☑"),
        (para('<field:fieldmark field:type="vnd.oasis.opendocument.field.FORMCHECKBOX"><field:param field:name="Checkbox_Checked"'
              ' field:value="true"/></field:fieldmark>'), "☑"),
        (para("\uf052"), "☑"),
        (para('98<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation><text:note-body>'
              "<text:p>注</text:p></text:note-body></text:note>"), "98"),
        (para('1200m<text:span text:style-name="up">2</text:span>、98<text:span text:style-name="up">1</text:span>'), "1200m2、98"),
        ('<text:list text:style-name="L"><text:list-item><text:p>修渠</text:p></text:list-item><text:list-item><text:p>清淤</text:p>'
         "</text:list-item></text:list>", "（一） 修渠\n（二） 清淤"),
        (para('<draw:frame text:anchor-type="as-char"><draw:text-box><text:p>98</text:p></draw:text-box></draw:frame>%'), "98%"),
    ],
)  # fmt: skip
def test_what_stands_in_a_cell(tmp_path: Path, content: str, shown: str) -> None:
    styles = (
        '<style:style style:name="up" style:family="text"><style:text-properties style:text-position="super 58%"/></style:style>'
        '<text:list-style style:name="L"><text:list-level-style-number text:level="1" style:num-format="一, 二, 三, ..."'
        ' style:num-prefix="（" style:num-suffix="）"/></text:list-style>'
    )
    assert value(one_cell(tmp_path / "a.odt", content, styles)) == shown


def test_hidden_text_is_kept_apart(tmp_path: Path) -> None:
    styles = '<style:style style:name="h" style:family="text"><style:text-properties text:display="none"/></style:style>'
    gone = row("乙", "7", attributes='table:visibility="collapse"')
    body = table(row("甲", cell(para('12<text:span text:style-name="h">9</text:span>0'))), gone)
    body += '<text:section text:display="none"><text:p>草稿</text:p></text:section>'
    document = read(odt(tmp_path / "a.odt", body, styles))
    assert grid(document) == [["甲", "120"]]
    assert sorted(each.text for each in document.pages[0].hidden_text) == ["9", "乙 7", "草稿"]


def test_deletions_are_out_and_one_finding_says_so(tmp_path: Path) -> None:
    changes = (
        '<text:tracked-changes><text:changed-region text:id="1"><text:deletion><text:p>100</text:p></text:deletion></text:changed-region>'
        "</text:tracked-changes>"
    )
    document = read(odt(tmp_path / "a.odt", changes + table(row("指标值", cell(para('<text:change text:change-id="1"/>120'))))))
    (note,) = document.pages[0].notes
    assert (value(document), note.code) == ("120", "word.tracked-changes") and "100" in note.message


def test_a_cell_that_was_split_holds_a_table_whose_borders_are_those_around_it(tmp_path: Path) -> None:
    styles = "".join(
        f'<style:style style:name="{name}" style:family="table-column">'
        f'<style:table-column-properties style:column-width="{width}mm"/></style:style>'
        for name, width in (("a", 20), ("b", 40), ("c", 19.99))
    )
    columns = {name: f'<table:table-column table:style-name="{name}"/>' for name in "abc"}
    inner = table(row("总额", "48"), row("财政", "40"), columns=columns["a"] + columns["c"])
    body = table(row("甲", cell(inner)), row("乙", "丙"), columns=columns["a"] + columns["b"])
    under = table(row("一", "二", "三"), columns=columns["a"] * 3)
    document = read(odt(tmp_path / "a.odt", body + para("") + under, styles))
    assert grid(document) == [["甲", "总额", "48"], ["财政", "40"], ["乙", "丙"]]


def test_the_title_may_stand_in_the_header(tmp_path: Path) -> None:
    master = (
        "<office:document-styles NAMES><office:master-styles><style:master-page style:name='Standard'><style:header>"
        "<text:p>项目绩效目标表</text:p></style:header></style:master-page><style:master-page style:name='Other'><style:header>"
        "<text:p>别的</text:p></style:header></style:master-page></office:master-styles></office:document-styles>"
    )
    document = read(odt(tmp_path / "a.odt", table(row("甲", "1")), parts={"styles.xml": master}))
    assert [line.text for line in document.pages[0].lines] == ["项目绩效目标表"]


def test_an_encrypted_text_says_so(tmp_path: Path) -> None:
    manifest = "<manifest:manifest NAMES><manifest:file-entry><manifest:encryption-data/></manifest:file-entry></manifest:manifest>"
    with pytest.raises(EncryptedFileError):
        read(odt(tmp_path / "a.odt", table(row("甲")), parts={"META-INF/manifest.xml": manifest}))
