"""The workbook as people read it: what stands first, what is coloured and explained, what leads to the page."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from PIL import Image

from normalizers.codebook import in_chinese
from normalizers.decision import Decision
from pipeline.dataset import Dataset
from pipeline.decisions import add_lines, decision_to_line, now
from pipeline.export import sheet_cells
from pipeline.export.names import CHINESE, SHEETS
from pipeline.export.rows import COLUMNS
from pipeline.export.sheet_cells import Cells, height_of
from pipeline.export.sheet_columns import DECISIONS, columns_of_sheet, lines_of
from pipeline.review.sheets import WORDS
from tests.normalizers.forms import ROWS, form_text
from tests.pipeline.commands import run

SAMPLE = Path(__file__).resolve().parents[2] / "samples" / "born-digital" / "input.pdf"
SEEN, CHANGED = "00FFF2CC", "00E2EFDA"
# More than all: it is asked about. Latin commas: they are changed.
DOUBTED = ["产出指标", "质量指标", "路面完好率", "≥", "180", "%", "检查合格,里程的占比", "达到或超过标准值得满分", ""]


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("people")
    (folder / "in").mkdir()
    (folder / "in" / "一.txt").write_text(form_text([*ROWS, DOUBTED]), encoding="utf-8")
    (folder / "in" / "a.pdf").write_bytes(SAMPLE.read_bytes())
    result = run("extract", folder / "in", "-o", folder / "out", "--format", "xlsx")
    assert result.exit_code == 0, result.output
    return folder / "out"


def lines(root: Path, name: str) -> list[dict[str, Any]]:
    sheet = openpyxl.load_workbook(root / "dataset.xlsx")[name]
    head = [cell.value for cell in sheet[1]]
    return [dict(zip(head, row, strict=True)) for row in sheet.iter_rows(min_row=2)]


def document(root: Path, name: str) -> dict[str, Any]:
    return next(each for each in Dataset(root).load_documents() if each["document"]["path"].endswith(name))


@pytest.mark.parametrize("table", list(SHEETS))
def test_people_read_first_and_ids_stand_last(table: str) -> None:
    columns = columns_of_sheet(table)
    assert set(COLUMNS[table]) <= set(columns) and len(set(columns)) == len(columns)
    ids = [name for name in columns if lines_of(table, name) == "one"]
    assert list(columns[-len(ids) :]) == ids if ids else table == "failures"
    assert all(name in CHINESE for name in columns)


def test_the_csv_keeps_its_order(root: Path) -> None:
    with (root / "findings.csv").open(encoding="utf-8-sig", newline="") as file:
        assert tuple(next(csv.reader(file))) == COLUMNS["findings"]


def test_what_is_asked_about_is_coloured_and_says_why(root: Path) -> None:
    cells = lines(root, "指标")[-1]
    (finding,) = [each for each in document(root, "一.txt")["findings"] if each["code"] == "percent.range"]
    assert cells["指标值"].fill.fgColor.rgb == SEEN and in_chinese(finding["code"]) in cells["指标值"].comment.text
    assert cells["需核对"].value == "是" and cells["需核对"].fill.fgColor.rgb == SEEN
    assert cells["三级指标"].fill.fgColor.rgb not in (SEEN, CHANGED) and cells["三级指标"].comment is None


def test_what_was_changed_is_coloured_and_says_what_stood_there(root: Path) -> None:
    cell = lines(root, "指标")[-1]["指标解释"]
    assert cell.value == "检查合格，里程的占比" and cell.fill.fgColor.rgb == CHANGED
    assert "检查合格,里程的占比" in cell.comment.text and in_chinese("text.punctuation") in cell.comment.text
    (row,) = [each for each in lines(root, "修改") if each["修改前"].value == "检查合格,里程的占比"]
    assert (row["行"].value, row["字段"].value) == (lines(root, "指标")[-1]["行"].value, "指标解释")


def test_a_page_leads_to_the_file_and_who_files_is_said(root: Path) -> None:
    cells = lines(root, "指标")[-1]
    assert cells["页"].hyperlink.target == f"{(root.parent / 'in' / '一.txt').as_uri()}#page=1"
    assert cells["填报单位"].value == document(root, "一.txt")["tables"][0]["filing_unit"]


def test_the_sheet_to_fill_in_offers_what_decide_understands(root: Path) -> None:
    sheet = openpyxl.load_workbook(root / "dataset.xlsx")["待核"]
    (choices,) = sheet.data_validations.dataValidation
    assert choices.formula1 == f'"{",".join(DECISIONS)}"' and set(DECISIONS) <= set(WORDS)
    head = [cell.value for cell in sheet[1]]
    assert head.index("更正值") < head.index("待核编号") and head[-1] == "内容摘要" and "现值" in head


def test_rows_are_as_high_as_their_texts() -> None:
    short, long = height_of([("短", 20)]), height_of([("很长的一段文字" * 6, 20)])
    assert short < long < height_of([("行\n" * 40, 20)]) <= 409
    assert height_of([(None, 5), (12, 5)]) == short


def test_remarks_and_links_end_where_programs_end(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheet_cells, "MOST_LINKS", 1)
    cells = Cells(openpyxl.Workbook(write_only=True).create_sheet())
    made = [cells.cell("1", link="file:///a.pdf") for _ in range(2)]
    assert [bool(cell and cell.hyperlink) for cell in made] == [True, False]


def test_pictures_of_places_stand_beside_the_workbook_and_are_linked(root: Path, tmp_path: Path) -> None:
    value = document(root, "a.pdf")
    sha256, path = value["document"]["sha256"], "/tables/0/indicators/1/value"
    source = value["provenance"][path]
    # Somebody decided about another reading: it comes back as a question, with its place on the page.
    decision = Decision("d1", now(), "甲", "accept", sha256, path, "value", "another", None, None, source["page_no"], tuple(source["bbox"]))
    add_lines(Dataset(root), [decision_to_line(decision)])
    assert run("clean", root, "--format", "crops,xlsx").exit_code == 0
    (finding,) = [each for each in document(root, "a.pdf")["findings"] if each["code"] == "decision.reading-changed"]
    crop = root / "crops" / f"{sha256[:12]}-{finding['finding_id']}.png"
    assert [each.name for each in (root / "crops").iterdir()] == [crop.name]
    with Image.open(crop) as picture:
        left, top, right, bottom = source["bbox"]
        assert picture.size == (round((right - left + 36) * 200 / 72), round((bottom - top + 36) * 200 / 72))
    assert [row["截图"].hyperlink.target for row in lines(root, "待核") if row["截图"].value] == [f"crops/{crop.name}"]
    assert run("export", root, "-o", tmp_path / "masked", "--mask-personal", "--format", "crops").exit_code == 2
