"""Whatever characters a file holds, every file that is delivered can be opened by other programs, and nothing vanishes unseen."""

from __future__ import annotations

import csv
import json
import random
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import duckdb
import openpyxl
import pandas
import pytest
from click.testing import CliRunner

from extractors.characters import only_characters
from pipeline.cli import cli
from pipeline.dataset import Dataset, to_json
from pipeline.export.csv_cells import to_cell
from pipeline.export.sheet_text import MOST_UNITS, to_sheet_text
from tests.normalizers.forms import ROWS, form_text

_FORMATS = "json,csv,xlsx,parquet,duckdb,grids,grids-filled"


def of_all_planes(seed: int, count: int) -> str:
    """Characters of every plane, and of every sort that is none."""
    generator = random.Random(seed)
    odd = [0, 1, 8, 11, 12, 27, 31, 127, 0x85, 0x9F, 0x2028, 0x200F, 0x202E, 0xFDD0, 0xFEFF, 0xFFFE, 0xFFFF, 0x1FFFE, 0x10FFFF, 0x10FFFE]
    anywhere = [plane * 0x10000 + generator.randrange(0x10000) for plane in range(17) for _ in range(count)]
    chars = [chr(code) for code in generator.sample(odd, 3) + anywhere if not 0xD800 <= code <= 0xDFFF and chr(code) not in "\n\r\t|<>&"]
    generator.shuffle(chars)
    return "".join(chars)


@pytest.fixture(scope="module")
def dataset(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("any")
    (folder / "in").mkdir()
    for seed in range(3):
        rows = [list(row) for row in ROWS]
        rows[-1][2] = "甲\uffff乙丙\x01丁"
        rows[-1][6] = "=cmd|' /C calc'!A0 _x0041_ " + of_all_planes(seed + 10, 4)
        (folder / "in" / f"{seed}.txt").write_text(form_text(rows), encoding="utf-8", newline="")
        grid = f"甲\t{of_all_planes(seed + 20, 20)}\n乙\t{'长' * 40_000}\n"
        (folder / "in" / f"grid{seed}.txt").write_text(grid, encoding="utf-8", newline="")
    result = CliRunner().invoke(cli, ["extract", str(folder / "in"), "-o", str(folder / "out"), "--format", _FORMATS, "--jobs", "1"])
    assert result.exit_code == 0, result.output
    return folder / "out"


def values(dataset: Path) -> list[str]:
    """The explanations with the odd text, as the documents have them."""
    found = [row["explanation"] for each in Dataset(dataset).load_documents() for table in each["tables"] for row in table["indicators"]]
    return [text for text in found if text and "calc" in text]


def test_documents_are_json_of_characters(dataset: Path) -> None:
    for path in (dataset / "documents").iterdir():
        text = path.read_bytes().decode("utf-8")
        assert only_characters(text) == text
        json.loads(text)
    assert len(values(dataset)) == 3 and all("\ufffd" in text for text in values(dataset))


def test_what_is_no_character_is_asked_about(dataset: Path) -> None:
    for each in Dataset(dataset).load_documents():
        found = {finding["path"].rsplit("/", 1)[-1] for finding in each["findings"] if finding["code"] == "reading.no-character"}
        assert found >= {"level3", "explanation"} if each["tables"] else found


def test_csv_opens_elsewhere(dataset: Path) -> None:
    for path in dataset.rglob("*.csv"):
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.reader(file))
        assert len({len(row) for row in rows}) == 1 or path.parent != dataset
        if path.parent == dataset and len(rows) > 1:
            read = pandas.read_csv(path, encoding="utf-8-sig", dtype=str, keep_default_na=False)
            assert len(read) == len(rows) - 1
    read = pandas.read_csv(dataset / "indicators.csv", encoding="utf-8-sig", dtype=str, keep_default_na=False)
    assert {to_cell(text) for text in values(dataset)} <= set(read["explanation"])


def test_the_workbook_is_xml_and_opens(dataset: Path) -> None:
    with zipfile.ZipFile(dataset / "dataset.xlsx") as book:
        for name in book.namelist():
            if name.endswith((".xml", ".rels")):
                ElementTree.fromstring(book.read(name))
    sheet = openpyxl.load_workbook(dataset / "dataset.xlsx", read_only=True)["指标"]
    cells = {str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None}
    assert all(any("_x0041_" in cell and "calc" in cell for cell in cells) for _ in values(dataset))
    assert not any(cell.data_type == "f" for row in sheet.iter_rows() for cell in row)


def test_tables_open_elsewhere(dataset: Path) -> None:
    for source in (f"read_parquet('{dataset / 'indicators.parquet'}')", None):
        with duckdb.connect(str(dataset / "dataset.duckdb") if source is None else ":memory:", read_only=source is None) as connection:
            found = connection.execute(f"SELECT explanation FROM {source or 'indicators'}").fetchall()
        assert set(values(dataset)) <= {text for (text,) in found}


@pytest.mark.parametrize(
    ("text", "cut"),
    [("长" * MOST_UNITS, False), ("长" * (MOST_UNITS + 1), True), ("𠀀" * (MOST_UNITS // 2), False), ("𠀀" * (MOST_UNITS // 2 + 1), True)],
)
def test_a_text_that_no_cell_holds_says_so(text: str, cut: bool) -> None:
    shown = to_sheet_text(text)
    assert len(shown.encode("utf-16-le")) // 2 <= MOST_UNITS
    assert shown.endswith(f"原文共 {len(text)} 字，见 CSV 或 JSON）") is cut and (cut or shown == text)


def test_half_pairs_end_no_file() -> None:
    assert "\ufffd" in to_json({"a": "甲\ud800乙"})
    to_json({"a": "甲\ud800乙"}).encode("utf-8")
