"""A run of text belongs to one cell: over borders, raised figures, stacked lines, brackets, ligatures."""

from __future__ import annotations

from pathlib import Path

import pytest

from extractors.model import Cell, Document
from extractors.options import ReadOptions
from extractors.reading import read_file
from tests.extractors.pdf_maker import PdfPage, make_pdf


def read(tmp_path: Path, page: PdfPage) -> Document:
    path = tmp_path / "form.pdf"
    path.write_bytes(make_pdf([page]))
    return read_file(path, ReadOptions())


def cells(tmp_path: Path, page: PdfPage) -> list[Cell]:
    (table,) = read(tmp_path, page).tables
    return [cell for row in table.rows() for cell in row]


def three() -> PdfPage:
    """One row of three cells, 100 points wide each."""
    return PdfPage().grid([50, 150, 250, 350], [60, 90])


def test_a_number_over_a_border_is_not_cut(tmp_path: Path) -> None:
    row = cells(tmp_path, three().text(53, 80, "x" * 16 + "12345678").text(253, 80, "5"))
    assert [cell.text for cell in row] == ["x" * 16 + "12345678", "", "5"]
    assert not any(cell.marks for cell in row)


def test_a_number_that_begins_amid_a_cell_and_crosses_its_border_is_marked(tmp_path: Path) -> None:
    row = cells(tmp_path, three().text(130, 80, "87705").text(200, 80, "13"))
    assert [(cell.text, cell.marks) for cell in row] == [("87705", ("over-border",)), ("13", ()), ("", ())]


def test_text_aligned_to_the_right_belongs_where_it_ends(tmp_path: Path) -> None:
    row = cells(tmp_path, three().text(247 - 0.556 * 10 * 20, 80, "1234567890" * 2))
    assert [(cell.text, cell.marks) for cell in row] == [("", ()), ("1234567890" * 2, ()), ("", ())]


def test_centred_text_belongs_to_the_cell_in_its_middle(tmp_path: Path) -> None:
    row = cells(tmp_path, three().text(200 - 0.556 * 10 * 12, 80, "1234567890" * 2 + "1234"))
    assert [cell.text for cell in row] == ["", "1234567890" * 2 + "1234", ""]


def test_a_row_written_in_one_stroke_is_parted_at_its_blanks(tmp_path: Path) -> None:
    row = cells(tmp_path, three().text(60, 80, "12" + " " * 30 + "34" + " " * 33 + "56"))
    assert [(cell.text, cell.marks) for cell in row] == [("12", ()), ("34", ()), ("56", ())]


def test_cells_that_abut_without_any_margin_stay_apart(tmp_path: Path) -> None:
    row = cells(tmp_path, three().text(150 - 4 * 5.56, 80, "2024").text(150, 80, "年度目标"))
    assert [cell.text for cell in row] == ["2024", "年度目标", ""]


@pytest.mark.parametrize(
    ("before", "raised", "text", "marks"),
    [
        ("65", "2", "65", ("note-mark",)),
        ("85 m", "2", "85 m2", ()),
        ("10", "6", "10", ("raised-figure",)),
        ("8", "30", "8", ("raised-figure",)),
    ],
)
def test_raised_figures(tmp_path: Path, before: str, raised: str, text: str, marks: tuple[str, ...]) -> None:
    width = sum({" ": 2.78, "m": 8.33}.get(char, 5.56) for char in before)
    row = cells(tmp_path, three().text(60, 80, before).text(60 + width, 76, raised, 6))
    assert (row[0].text, row[0].marks) == (text, marks)


def test_figures_of_another_size_on_the_same_base_line_stay(tmp_path: Path) -> None:
    row = cells(tmp_path, three().text(60, 80, "65").text(71.2, 80, "2", 6))
    assert (row[0].text, row[0].marks) == ("652", ())


def test_the_mark_of_a_note_behind_a_chinese_word(tmp_path: Path) -> None:
    row = cells(tmp_path, three().text(60, 80, "完成率").text(90, 76, "1", 6).text(160, 80, "平方米").text(190, 76, "2", 6))
    assert [cell.text for cell in row][:2] == ["完成率", "平方米2"]


def test_small_lines_beside_a_title_stay_apart(tmp_path: Path) -> None:
    page = PdfPage().text(60, 40, "部门整体支出绩效目标表", 20).text(300, 29, "附件三", 9).text(300, 40, "金额单位：万元", 9)
    lines = [line.text for line in read(tmp_path, page).pages[0].lines]
    assert sorted(lines) == sorted(["附件三", "部门整体支出绩效目标表", "金额单位：万元"])


def test_a_small_unit_on_the_line_of_a_title_stays_on_it(tmp_path: Path) -> None:
    page = PdfPage().text(60, 40, "绩效目标表", 20).text(300, 40, "单位：万元", 9)
    (line,) = read(tmp_path, page).pages[0].lines
    assert [word.text for word in line.words] == ["绩效目标表", "单位：万元"]


def test_a_bracket_that_begins_before_the_letter_in_front_of_it_ends(tmp_path: Path) -> None:
    row = cells(tmp_path, three().text(60, 80, "500ml").text(60 + 3 * 5.56 + 8.33 + 1.4, 80, "（毫升）"))
    assert row[0].text == "500ml（毫升）"


def test_a_ligature_is_all_of_its_letters(tmp_path: Path) -> None:
    row = cells(tmp_path, three().text(60, 80, "o!ce", ligature=True))
    assert row[0].text == "office"


def test_full_width_digits_keep_the_blank_between_them(tmp_path: Path) -> None:
    row = cells(tmp_path, three().text(60, 80, "１００　２００"))
    assert "".join(row[0].text.split()) != row[0].text


@pytest.mark.parametrize(("start", "marks"), [(53, ()), (54.9, ("clipped",)), (58, ("clipped",))])
def test_text_that_ends_with_a_part_of_a_glyph_over_the_edge_is_cut_there(tmp_path: Path, start: float, marks: tuple[str, ...]) -> None:
    page = PdfPage().grid([50, 150, 250], [60, 90]).text(start, 80, "增设护栏标志和修复")
    page.ops[-1] = page.ops[-1].replace("Tf", "Tf 0.6 Tc")
    row = cells(tmp_path, page.text(160, 80, "处"))
    assert [(cell.text, cell.marks) for cell in row] == [("增设护栏标志和修复", marks), ("处", ())]


def test_text_whose_rest_is_cut_off_at_the_edge_of_its_cell_is_marked(tmp_path: Path) -> None:
    """A spreadsheet with a clip around each cell; the cell beside it has all of its text."""
    page = three()
    for x, text in ((50, "abcdefghijklmnopqrstuvwx"), (150, "whole text")):
        page.ops.append(f"q {x} 210 90 30 re W n")
        page.text(x + 3, 80, text)
        page.ops.append("Q")
    row = cells(tmp_path, page)
    assert [cell.marks for cell in row] == [("clipped",), (), ()]
    assert row[0].text.startswith("abcdefghijklm") and row[1].text == "whole text"


def test_a_line_below_the_edge_of_a_low_cell_is_missed(tmp_path: Path) -> None:
    page = three()
    page.ops.append("q 50 212 100 28 re W n")
    page.text(53, 72, "first line").text(53, 86, "second line").text(53, 100, "third line")
    page.ops.append("Q")
    first = cells(tmp_path, page)[0]
    assert (first.text, first.marks) == ("first line\nsecond line", ("clipped",))


def clipped_sheet(texts: dict[tuple[int, int], str], rows: int = 3, wide: bool = False) -> PdfPage:
    """Rows of three cells of 100 by 12 points as a spreadsheet prints them: each text under the clip of its cell, or of its column."""
    page = PdfPage().grid([50, 150, 250, 350], [60 + 12 * k for k in range(rows + 1)])
    for (row, column), text in texts.items():
        top, height = (60, 12 * rows) if wide else (60 + 12 * row, 12)
        page.ops.append(f"q {50 + 100 * column} {page.height - top - height} 100 {height} re W n")
        page.text(52 + 100 * column, 70 + 12 * row, text)
        page.ops.append("Q")
    return page


LONG = "abcdefghijklmnopqrstuvwxyz" * 2


@pytest.mark.parametrize("wide", [False, True])
def test_what_one_cell_cuts_off_marks_no_cell_that_it_would_lie_over(tmp_path: Path, wide: bool) -> None:
    """The rest of a text lies over the cells beside it and touches the rows above and below: their texts are whole."""
    texts = {(row, column): "whole" for row in range(3) for column in range(3)} | {(1, 0): LONG}
    found = cells(tmp_path, clipped_sheet(texts, wide=wide))
    assert [cell.marks for cell in found] == [("clipped",) if k == 3 else () for k in range(9)]
    assert found[3].text.startswith("abcdefghijklm") and [found[k].text for k in range(9) if k != 3] == ["whole"] * 8


@pytest.mark.parametrize("wide", [False, True])
def test_cells_side_by_side_that_both_cut_off_are_both_marked(tmp_path: Path, wide: bool) -> None:
    found = cells(tmp_path, clipped_sheet({(0, 0): LONG, (0, 1): LONG, (0, 2): "whole", (1, 0): "whole", (2, 1): "whole"}, wide=wide))
    assert [k for k, cell in enumerate(found) if "clipped" in cell.marks] == [0, 1]


@pytest.mark.parametrize(("count", "cut"), [(17, False), (18, True)])
def test_a_text_is_cut_off_when_one_glyph_of_it_is_beyond_the_clip(tmp_path: Path, count: int, cut: bool) -> None:
    """Digits of 5.56 points from 52 on: the 18th ends at 152.1 with a third of it beyond 150, the 19th begins there."""
    text = "1" * count + ("1" if cut else "")
    found = cells(tmp_path, clipped_sheet({(0, 0): text, (0, 1): "5", (1, 2): "5"}))
    assert ["clipped" in cell.marks for cell in found] == [cut, *[False] * 8]


def test_blanks_beyond_a_clip_cut_nothing_off(tmp_path: Path) -> None:
    found = cells(tmp_path, clipped_sheet({(0, 0): "whole" + " " * 60, (0, 1): "5", (1, 0): "5"}))
    assert not any(cell.marks for cell in found)
