"""Only what is painted is read: every way to hide text, with and without the font, and what merely looks alike."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from bench.painted_pdf import Sheet, show_text, write_pdf
from extractors.model import Page, Table
from extractors.options import ReadOptions
from extractors.reading import read_file
from tests.extractors.painted_sheet import two_rows
from tests.extractors.without_fonts import read_without_fonts

WHITE = (1.0, 1.0, 1.0)
CELL = (152.0, 62.0, 348.0, 88.0)


def sheet(value: bool = True) -> Sheet:
    """The value stands in the cell that the cases hide."""
    return two_rows(value)


def covered() -> Sheet:
    page = sheet()
    page.fill(CELL, WHITE)
    page.text(160, 80, "三百")
    return page


def redacted() -> Sheet:
    page = sheet()
    page.fill(CELL)
    return page


def under_picture() -> Sheet:
    page = sheet()
    page.image(CELL, 240)
    return page


def clipped() -> Sheet:
    page = sheet(False)
    page.begin_clip((200, 62, 348, 88))
    page.text(160, 80, "一千二百")
    page.end()
    return page


def outside() -> Sheet:
    page = sheet(False)
    page.text(160, 330, "一千二百")
    return page


def off_layer() -> Sheet:
    page = sheet(False)
    page.begin_layer(False)
    page.text(160, 80, "一千二百")
    page.end_layer()
    return page


def off_form() -> Sheet:
    page = sheet(False)
    page.form(show_text(160, 220, "一千二百"), "off")
    return page


def white() -> Sheet:
    page = sheet(False)
    page.text(160, 80, "一千二百", rgb=WHITE)
    return page


def dark_on_dark() -> Sheet:
    page = sheet(False)
    page.fill(CELL, (0.2, 0.3, 0.5))
    page.text(160, 80, "一千二百", rgb=(0.21, 0.3, 0.5))
    return page


def clear() -> Sheet:
    page = sheet(False)
    page.begin_alpha(0)
    page.text(160, 80, "一千二百")
    page.end()
    return page


def mode(number: int) -> Callable[[], Sheet]:
    def made() -> Sheet:
        page = sheet(False)
        page.ops.append("q")
        page.text(160, 80, "一千二百", mode=number)
        page.end()
        return page

    return made


HIDDEN: dict[str, tuple[Callable[[], Sheet], str, str]] = {
    "covered": (covered, "covered", "三百"),
    "redacted": (redacted, "redacted", ""),
    "under a picture": (under_picture, "covered", ""),
    "clipped": (clipped, "clipped", ""),
    "outside": (outside, "outside", ""),
    "layer off": (off_layer, "layer-off", ""),
    "form off": (off_form, "layer-off", ""),
    "white": (white, "paper-colour", ""),
    "dark on dark": (dark_on_dark, "paper-colour", ""),
    "clear": (clear, "invisible", ""),
    "mode 3": (mode(3), "invisible", ""),
    "mode 7": (mode(7), "invisible", ""),
}


def read(folder: Path, page: Sheet) -> tuple[Page, Table]:
    path = folder / "form.pdf"
    path.write_bytes(write_pdf([page]))
    document = read_file(path, ReadOptions())
    return document.pages[0], document.tables[0]


def paints_chinese() -> bool:
    """Whether this machine has a font for the characters of the cases."""
    import pypdfium2

    page = Sheet(60, 60)
    page.text(10, 40, "指", 30)
    with pypdfium2.PdfDocument(write_pdf([page])) as document:
        return bool(document[0].render().to_numpy().min() < 128)


@pytest.mark.parametrize("name", HIDDEN)
def test_hidden_text_is_kept_apart(tmp_path: Path, name: str) -> None:
    make, reason, value = HIDDEN[name]
    if name == "form off" and not paints_chinese():
        pytest.skip("what a form on a layer would show is not told where no font draws it")
    page, table = read(tmp_path, make())
    assert page.reader == "text-layer"
    assert [(each.text, each.reason) for each in page.hidden_text] == [("一千二百", reason)]
    assert [[cell.text for cell in row] for row in table.rows()] == [["指标值", value], ["单位", "万元"]]


def test_hidden_text_is_told_without_fonts_too(tmp_path: Path) -> None:
    names = [name for name in HIDDEN if name != "form off"]
    path = tmp_path / "forms.pdf"
    path.write_bytes(write_pdf([HIDDEN[name][0]() for name in names] + [sheet()]))
    done = read_without_fonts(path)
    assert done["hidden"] == [[["一千二百", HIDDEN[name][1]]] for name in names] + [[]]


def test_a_lone_character_is_hidden_without_fonts_too(tmp_path: Path) -> None:
    page = sheet(False)
    page.text(160, 80, "百")
    page.fill(CELL, WHITE)
    path = tmp_path / "form.pdf"
    path.write_bytes(write_pdf([page]))
    done = read_without_fonts(path)
    assert done["hidden"] == [[["百", "covered"]]]


def pale_cell() -> Sheet:
    page = sheet(False)
    page.fill(CELL, (0.8, 0.9, 1))
    page.text(160, 80, "一千二百")
    return page


def picture_behind() -> Sheet:
    page = Sheet(400, 300)
    page.image((0, 0, 400, 300), 235)
    page.ops += sheet().ops
    return page


def clip_around() -> Sheet:
    page = sheet(False)
    page.begin_clip(CELL)
    page.text(160, 80, "一千二百")
    page.end()
    return page


def light_on_dark() -> Sheet:
    page = sheet(False)
    page.fill(CELL, (0.1, 0.2, 0.4))
    page.text(160, 80, "一千二百", rgb=WHITE)
    return page


def light_on_dark_picture() -> Sheet:
    page = sheet(False)
    page.image(CELL, 40)
    page.text(160, 80, "一千二百", rgb=WHITE)
    return page


def seen_through() -> Sheet:
    page = sheet()
    page.image(CELL, 200, alpha=bytes([40] * 4))
    return page


def multiplied() -> Sheet:
    page = sheet()
    page.begin_alpha(1, "Multiply")
    page.fill(CELL, (1, 1, 0.4))
    page.end()
    return page


def layer_on() -> Sheet:
    page = sheet(False)
    page.begin_layer(True)
    page.text(160, 80, "一千二百")
    page.end_layer()
    return page


def form_on() -> Sheet:
    page = sheet(False)
    page.form(show_text(160, 220, "一千二百"), "on")
    return page


def twice() -> Sheet:
    page = sheet()
    page.text(160, 80, "一千二百", mode=3)
    return page


def grey() -> Sheet:
    page = sheet(False)
    page.text(160, 80, "一千二百", rgb=(0.8, 0.8, 0.8))
    return page


def in_a_frame() -> Sheet:
    page = sheet(False)
    page.ops.append("0 g 152 212 196 26 re 153 213 194 24 re f*")
    page.text(160, 80, "一千二百")
    return page


def between_dark_areas() -> Sheet:
    page = sheet(False)
    page.ops.append("0 g 152 240 196 26 re 152 160 196 16 re f")
    page.text(160, 80, "一千二百")
    return page


def light_on_one_of_two_dark_areas() -> Sheet:
    page = sheet(False)
    page.ops.append("0 g 152 212 196 26 re 152 140 196 26 re f")
    page.text(160, 80, "一千二百", rgb=WHITE)
    return page


ALIKE = (
    *(in_a_frame, between_dark_areas, light_on_one_of_two_dark_areas),
    *(pale_cell, picture_behind, clip_around, light_on_dark, light_on_dark_picture, seen_through),
    *(multiplied, layer_on, form_on, twice, grey),
)


@pytest.mark.parametrize("make", ALIKE, ids=lambda make: make.__name__)
def test_what_looks_alike_stays(tmp_path: Path, make: Callable[[], Sheet]) -> None:
    page, table = read(tmp_path, make())
    assert page.hidden_text == []
    assert [[cell.text for cell in row] for row in table.rows()] == [["指标值", "一千二百"], ["单位", "万元"]]


def test_what_looks_alike_stays_without_fonts_too(tmp_path: Path) -> None:
    path = tmp_path / "forms.pdf"
    path.write_bytes(write_pdf([make() for make in ALIKE]))
    done = read_without_fonts(path)
    assert done["hidden"] == [[] for _ in ALIKE]


def test_a_crop_box_hides_what_stands_outside(tmp_path: Path) -> None:
    page = sheet(False)
    page.crop = (0, 0, 400, 200)
    page.text(160, 250, "一千二百")
    found, _ = read(tmp_path, page)
    assert [(each.text, each.reason) for each in found.hidden_text] == [("一千二百", "outside")]


def test_half_of_a_text_can_be_hidden(tmp_path: Path) -> None:
    page = sheet()
    page.fill((178.5, 62, 348, 88), WHITE)
    found, table = read(tmp_path, page)
    assert [(each.text, each.reason) for each in found.hidden_text] == [("二百", "covered")]
    assert [cell.text for row in table.rows() for cell in row][1] == "一千"
