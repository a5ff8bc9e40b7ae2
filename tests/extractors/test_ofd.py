"""OFD: every character at its own place, and only what is painted."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from bench.ofd.package import Ofd, OfdPage, area_object, image_object, line_object, text_object
from extractors.identify import identify
from extractors.ofd.reader import OFD
from tests.extractors.ofd_maker import HIGH, LEFT, TOP, TYPE, WIDE, cell_text, page_of, place, read_ofd, rulings
from tests.extractors.workbooks import grid

ROWS = [["数量指标", "≥", "120"], ["质量指标", "=", "98.5"]]


def test_a_table_has_its_cells_their_places_and_their_origin(tmp_path: Path) -> None:
    document = read_ofd(Ofd([page_of(ROWS)]), tmp_path)
    assert document.media_type == OFD == identify(tmp_path / "form.ofd")
    assert grid(document) == ROWS
    page, cell = document.pages[0], document.tables[0].at(1, 2)
    assert cell is not None and cell.bbox is not None
    assert (page.reader, cell.origin, cell.engine) == ("ofd", "ofd", "ofd")
    expected = [v * 72 / 25.4 for v in (LEFT + 2 * WIDE, TOP + HIGH, LEFT + 3 * WIDE, TOP + 2 * HIGH)]
    assert cell.bbox.as_list() == pytest.approx(expected, abs=0.3)
    assert (page.width, page.height) == pytest.approx((595.28, 841.89), abs=0.01)


@pytest.mark.parametrize("short", [True, False])
def test_one_text_code_over_several_cells_is_cut_at_the_rulings(tmp_path: Path, short: bool) -> None:
    page = OfdPage()
    page.add(*rulings(1, 3))
    # 100 and 120 stand in neighbouring cells, and are one text code with a jump in its steps.
    steps = [2.0, 2.0, WIDE - 4.0, 2.0, 2.0, WIDE - 4.0, 4.0, 4.0, 4.0]
    page.add(text_object(*place(0, 0), "100120完成目标", TYPE, steps, short=short))
    assert grid(read_ofd(Ofd([page]), tmp_path)) == [["100", "120", "完成目标"]]


def test_letters_that_transforms_place_stand_together(tmp_path: Path) -> None:
    page = OfdPage()
    page.add(*rulings(1, 2))
    x, y = place(0, 1)
    for k, char in enumerate("865.4"):
        page.add(
            f'<ofd:TextObject ID="3" Boundary="0 0 210 297" Font="1" Size="1" CTM="4 0 0 4 {x + 2 * k} {y}">'
            f'<ofd:TextCode X="0" Y="0">{char}</ofd:TextCode></ofd:TextObject>'
        )
    assert grid(read_ofd(Ofd([page]), tmp_path)) == [["", "865.4"]]


def test_rulings_of_a_template_hold_the_text_of_the_page(tmp_path: Path) -> None:
    template, page = OfdPage(), OfdPage()
    template.add(*rulings(2, 3))
    page.templates = [(5, "Background")]
    page.add(*(cell_text(i, j, text) for i, row in enumerate(ROWS) for j, text in enumerate(row)))
    assert grid(read_ofd(Ofd([page], templates=[(5, template)]), tmp_path)) == ROWS


def test_a_foreground_template_covers_what_the_page_paints(tmp_path: Path) -> None:
    template, page = OfdPage(), page_of(ROWS)
    x, y = place(0, 2)
    template.add(area_object(x - 1, y - 5, x + 30, y + 1, "255 255 255"))
    page.templates = [(5, "Foreground")]
    document = read_ofd(Ofd([page], templates=[(5, template)]), tmp_path)
    assert grid(document)[0] == ["数量指标", "≥", ""]
    assert [(each.text, each.reason) for each in document.pages[0].hidden_text] == [("120", "covered")]
    page.templates = [(5, "Background")]
    assert grid(read_ofd(Ofd([page], templates=[(5, template)]), tmp_path)) == ROWS


def test_blocks_in_blocks_and_parameters_made_from_others(tmp_path: Path) -> None:
    page = OfdPage()
    lines = "".join(rulings(1, 2)).replace('LineWidth="0.2"', 'DrawParam="41"')
    texts = cell_text(0, 0, "指标值") + cell_text(0, 1, "120", attributes='DrawParam="42"')
    page.add(f"<ofd:PageBlock ID='1'><ofd:PageBlock ID='2'>{lines}</ofd:PageBlock>{texts}</ofd:PageBlock>")
    params = (
        '<ofd:DrawParams><ofd:DrawParam ID="40" LineWidth="0.1"><ofd:FillColor Value="255 255 255"/></ofd:DrawParam>'
        '<ofd:DrawParam ID="41" Relative="40"/><ofd:DrawParam ID="42" Relative="41"/></ofd:DrawParams>'
    )
    document = read_ofd(Ofd([page], resources=[params]), tmp_path)
    # The last of them is white, which it has from the one that it is made from.
    assert grid(document) == [["指标值", ""]]
    assert [(each.text, each.reason) for each in document.pages[0].hidden_text] == [("120", "paper-colour")]


@pytest.mark.parametrize(
    ("attributes", "inner", "reason"),
    [
        ('Visible="false"', "", "invisible"),
        ('Alpha="0"', "", "invisible"),
        ('Fill="false"', "", "invisible"),
        ("", '<ofd:FillColor Value="255 255 255"/>', "paper-colour"),
        ("", '<ofd:FillColor Value="0 0 0" Alpha="0"/>', "invisible"),
    ],
)
def test_text_that_nobody_sees_is_kept_apart(tmp_path: Path, attributes: str, inner: str, reason: str) -> None:
    page = page_of([["指标值", "120"]])
    page.add(cell_text(0, 0, "密", attributes=attributes, inner=inner).replace(f'"{LEFT + 2:g} ', f'"{LEFT + 20:g} '))
    document = read_ofd(Ofd([page]), tmp_path)
    assert grid(document) == [["指标值", "120"]]
    assert [(each.text, each.reason) for each in document.pages[0].hidden_text] == [("密", reason)]


def test_what_lies_beyond_its_boundary_or_its_clip_is_not_seen(tmp_path: Path) -> None:
    page = page_of([[""], [""]])
    page.add(cell_text(0, 0, "甲乙丙丁").replace('Boundary="22 33 16.8 5.2"', 'Boundary="22 33 8 5.2"'))
    clip = '<ofd:Clips><ofd:Clip><ofd:Area><ofd:Path Boundary="0 0 4 6"><ofd:AbbreviatedData>M 0 0 L 4 0 L 4 6 L 0 6 C'
    clip += "</ofd:AbbreviatedData></ofd:Path></ofd:Area></ofd:Clip></ofd:Clips>"
    page.add(cell_text(1, 0, "120", inner=clip))
    document = read_ofd(Ofd([page]), tmp_path)
    assert grid(document) == [["甲乙"], ["12"]]
    assert sorted((each.text, each.reason) for each in document.pages[0].hidden_text) == [("0", "clipped"), ("丙丁", "clipped")]
    assert all("clipped" in cell.marks for cell in document.tables[0].cells)


def test_a_filled_area_as_thin_as_a_line_is_a_ruling_and_a_curve_is_none(tmp_path: Path) -> None:
    page = OfdPage()
    for k in range(3):
        page.add(area_object(LEFT, TOP + k * HIGH, LEFT + 2 * WIDE, TOP + k * HIGH + 0.15, "0 0 0"))
        page.add(area_object(LEFT + k * WIDE, TOP, LEFT + k * WIDE + 0.15, TOP + 2 * HIGH, "0 0 0"))
    page.add(
        '<ofd:PathObject ID="4" Boundary="0 0 210 297"><ofd:AbbreviatedData>M 25 32 Q 30 60 70 32 A 9 9 0 1 0 60 40 B 1 2 3 4 70 9'
        "</ofd:AbbreviatedData></ofd:PathObject>"
    )
    page.add(*(cell_text(i, j, text) for i, row in enumerate([["甲", "1"], ["乙", "2"]]) for j, text in enumerate(row)))
    assert grid(read_ofd(Ofd([page]), tmp_path)) == [["甲", "1"], ["乙", "2"]]


def test_all_bodies_are_read_in_order(tmp_path: Path) -> None:
    document = read_ofd(Ofd([page_of([["甲", "1"]])], bodies=[Ofd([page_of([["乙", "2"]])])]), tmp_path)
    assert [page.page_no for page in document.pages] == [1, 2]
    assert [grid(document, k) for k in range(2)] == [[["甲", "1"]], [["乙", "2"]]]


def _annotation(kind: str, text: str, box: str = "60 31 40 10", attributes: str = "") -> str:
    code = text_object(1, 6, text, TYPE, [TYPE] * (len(text) - 1))
    look = f'<ofd:Appearance Boundary="{box}">{code}</ofd:Appearance>'
    return f'<ofd:Annot ID="70" Type="{kind}" {attributes}>{look}</ofd:Annot>'


def test_annotations_are_painted_and_stamps_and_watermarks_are_marks(tmp_path: Path) -> None:
    page = page_of([["指标值", ""]])
    page.annotations = [
        _annotation("Path", "补填"),
        _annotation("Stamp", "收讫", "80 31 20 10"),
        _annotation("Watermark", "内部资料", "22 31 30 10"),
        _annotation("Path", "看不见", attributes='Visible="false"'),
    ]
    document = read_ofd(Ofd([page]), tmp_path)
    assert grid(document) == [["指标值", "补填"]]
    assert {(mark.text, mark.kind) for mark in document.pages[0].marks} == {("收讫", "stamp"), ("内部资料", "watermark")}


def _png(size: int = 120) -> bytes:
    from PIL import Image, ImageDraw

    image = Image.new("RGBA", (size, size), (0, 0, 0, 0))
    ImageDraw.Draw(image).ellipse((4, 4, size - 5, size - 5), outline=(220, 20, 20, 255), width=6)
    buffer = io.BytesIO()
    image.save(buffer, "PNG")
    return buffer.getvalue()


def test_the_seal_of_a_signature_is_reported_and_hides_nothing(tmp_path: Path) -> None:
    document = read_ofd(Ofd([page_of(ROWS)], seals=[(0, "60 25 42 42", _png())]), tmp_path)
    assert grid(document) == ROWS
    page = document.pages[0]
    expected = [v * 72 / 25.4 for v in (60, 25, 102, 67)]
    assert [seal.bbox.as_list() for seal in page.seals] == [pytest.approx(expected, abs=1)]
    assert [(note.code, note.severity) for note in page.notes] == [("file.signed", "info")]


def test_attachments_are_named(tmp_path: Path) -> None:
    document = read_ofd(Ofd([page_of(ROWS)], attachments=[("附表.xlsx", b"PK")]), tmp_path)
    assert "附表.xlsx" in document.pages[0].notes[0].message


def test_a_page_that_is_one_picture_is_read_as_a_scan(tmp_path: Path) -> None:
    from PIL import Image

    from extractors.ofd.file import OfdFile
    from extractors.options import ReadOptions

    buffer = io.BytesIO()
    Image.new("L", (1654, 2339), 255).save(buffer, "JPEG")
    page = OfdPage()
    page.add(image_object(0, 0, 210, 297, 80), line_object(20, 20, 60, 20))
    path = Ofd([page], pictures=[(80, "scan.jpg", buffer.getvalue())]).save(tmp_path / "scan.ofd")
    file = OfdFile(path, ReadOptions())
    opened = file.open_page(0)
    file.close()
    # At the resolution of the picture, 200 dpi.
    assert opened.pixels == pytest.approx(1654 * 2339, rel=0.01)


def test_a_picture_of_the_page_can_be_looked_at(tmp_path: Path) -> None:
    from extractors.reading import page_picture

    picture, dpi = page_picture(Ofd([page_of(ROWS)]).save(tmp_path / "form.ofd"), 0)
    line = picture[int(TOP / 25.4 * dpi) - 3 : int(TOP / 25.4 * dpi) + 4, int((LEFT + 10) / 25.4 * dpi)]
    assert picture.shape[0] == pytest.approx(297 / 25.4 * dpi, abs=2) and line.min() < 120
