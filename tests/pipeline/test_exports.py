"""The flat files of a dataset, on documents that a clean run wrote."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import duckdb
import openpyxl
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner

from pipeline.cli import cli
from pipeline.dataset import Dataset
from pipeline.export import xlsx_file
from pipeline.export.csv_cells import to_cell
from pipeline.export.delivery import Delivery
from pipeline.export.names import CHINESE, SHEETS
from pipeline.export.rows import COLUMNS
from pipeline.export.sheet_columns import columns_of_sheet
from tests.normalizers.forms import ROWS, form_text
from tests.normalizers.test_family import TRANSFER, TWICE, as_text

EVIL = "=HYPERLINK(A1)街道满意度"


@pytest.fixture(scope="module")
def dataset(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("exports")
    (folder / "in").mkdir()
    rows = [list(row) for row in ROWS]
    rows[-1][2] = EVIL
    (folder / "in" / "b.txt").write_text(form_text(rows), encoding="utf-8")
    (folder / "in" / "a.txt").write_text(form_text(), encoding="utf-8")
    (folder / "in" / "prose.txt").write_text("项目名称和资金总额，没有表格。", encoding="utf-8")
    result = CliRunner().invoke(cli, ["extract", str(folder / "in"), "-o", str(folder / "out"), "--format", "json,csv,xlsx,parquet,duckdb"])
    assert result.exit_code == 1, result.output
    return folder / "out"


def csv_rows(dataset: Path, name: str) -> list[dict[str, str]]:
    with (dataset / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        ("=1+2", "'=1+2"), ("@sum", "'@sum"), ("+1+2", "'+1+2"), ("-1-2", "'-1-2"),
        ("\tx", "'\tx"), ("\rx", "'\rx"), ("\n=1", "'\n=1"), ("＝1+2", "'＝1+2"),
        ("－整改", "'－整改"), ("－", "－"),
        ("=", "="), ("-3.5", "-3.5"), ("+12%", "+12%"), ("-", "-"), (-3.5, -3.5), ("≥", "≥"), (None, ""), (True, "1"),
    ],
)  # fmt: skip
def test_text_that_a_spreadsheet_would_run_gets_an_apostrophe(value: Any, cell: Any) -> None:
    assert to_cell(value) == cell


def test_every_csv_has_a_bom_its_columns_and_no_formula(dataset: Path) -> None:
    for name, columns in COLUMNS.items():
        path = dataset / f"{name}.csv"
        assert path.read_bytes().startswith(b"\xef\xbb\xbf")
        with path.open(encoding="utf-8-sig", newline="") as file:
            lines = list(csv.reader(file))
        assert tuple(lines[0]) == columns
        assert not any(cell.startswith("=H") for line in lines for cell in line)


def test_rows_stand_in_the_order_of_their_documents(dataset: Path) -> None:
    names = [Path(row["document"]).name for row in csv_rows(dataset, "indicators")]
    assert names == ["a.txt"] * 5 + ["b.txt"] * 5
    assert [row["kind"] for row in csv_rows(dataset, "tables")] == ["project", "project"]


def test_a_row_points_back_to_its_place(dataset: Path) -> None:
    row = csv_rows(dataset, "indicators")[1]
    assert (row["level3"], row["value_number"], row["page_no"]) == ("养护县道里程", "118", "1")
    assert len(row["bbox"].split()) == 4 and row["review"] in ("0", "1") and row["status"] in ("read", "corrected", "inferred")


def test_the_workbook_is_for_people(dataset: Path) -> None:
    book = openpyxl.load_workbook(dataset / "dataset.xlsx")
    assert book.sheetnames == list(SHEETS.values())
    sheet = book["指标"]
    assert sheet.freeze_panes == "A2" and sheet.auto_filter.ref
    assert [sheet.cell(1, column).value for column in (1, 2, 3, 4)] == ["填报单位", "年度", "表类型", "项目名称"]
    cells = [cell for row in sheet.iter_rows() for cell in row]
    assert not any(cell.data_type == "f" for cell in cells)
    assert any(str(cell.value).startswith("=HYPERLINK") for cell in cells)


def test_a_table_too_long_for_a_sheet_goes_on_in_the_next(dataset: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx_file, "_MOST_ROWS", 4)
    xlsx_file.write(Delivery.own(Dataset(dataset)))
    book = openpyxl.load_workbook(dataset / "dataset.xlsx")
    sheets = [name for name in book.sheetnames if name.startswith("指标")]
    assert sheets == ["指标", "指标 2", "指标 3"]
    rows = [[cell.value for cell in row] for name in sheets for row in book[name].iter_rows(min_row=2)]
    assert len(rows) == 10 and all(book[name]["A1"].value == "填报单位" and book[name].auto_filter.ref for name in sheets)
    level3 = [row["level3"] for row in csv_rows(dataset, "indicators")]
    assert [str(row[columns_of_sheet("indicators").index("level3")]) for row in rows] == [text.removeprefix("'") for text in level3]


def test_every_column_has_a_name_for_people() -> None:
    assert {column for columns in COLUMNS.values() for column in columns} <= set(CHINESE)


def test_parquet_and_duckdb_hold_the_same_rows(dataset: Path) -> None:
    with duckdb.connect(str(dataset / "dataset.duckdb"), read_only=True) as connection:
        for name in COLUMNS:
            count = len(csv_rows(dataset, name))
            assert pq.read_metadata(dataset / f"{name}.parquet").num_rows == count
            assert connection.execute(f'SELECT count(*) FROM "{name}"').fetchone() == (count,)
        total = connection.execute("SELECT sum(funds_total) FROM tables").fetchone()
    assert total == (73.0,)


def test_nothing_half_written_stays(dataset: Path) -> None:
    assert not list(dataset.rglob("*.part"))


def test_exports_of_an_unchanged_dataset_are_left_alone(dataset: Path) -> None:
    names = ["indicators.csv", "tables.parquet", "dataset.xlsx", "dataset.duckdb"]
    CliRunner().invoke(cli, ["clean", str(dataset)])
    before = [(dataset / name).stat().st_mtime_ns for name in names]
    assert CliRunner().invoke(cli, ["clean", str(dataset)]).exit_code == 0
    assert [(dataset / name).stat().st_mtime_ns for name in names] == before
    CliRunner().invoke(cli, ["retry", str(dataset)])
    assert CliRunner().invoke(cli, ["clean", str(dataset)]).exit_code == 0
    assert len(csv_rows(dataset, "failures")) == 0 and (dataset / names[0]).stat().st_mtime_ns != before[0]
    CliRunner().invoke(cli, ["extract", str(dataset.parent / "in"), "-o", str(dataset), "--jobs", "1"])
    assert len(csv_rows(dataset, "failures")) == 1


def test_an_export_that_is_there_is_kept_up_to_date(dataset: Path) -> None:
    for name in ("indicators.csv", "dataset.xlsx", "failures.csv"):
        (dataset / name).write_bytes(b"stale")
    assert CliRunner().invoke(cli, ["clean", str(dataset), "--format", "json"]).exit_code == 0
    assert len(csv_rows(dataset, "indicators")) == 10 and len(csv_rows(dataset, "failures")) == 1
    assert openpyxl.load_workbook(dataset / "dataset.xlsx").sheetnames == list(SHEETS.values())


def test_what_was_planned_over_years_spent_and_reached_stands_in_the_row_of_the_table(tmp_path: Path) -> None:
    for form in (TWICE, TRANSFER):
        (tmp_path / f"{form[0]}.txt").write_text(as_text(form), encoding="utf-8")
    inputs = map(str, tmp_path.glob("*.txt"))
    result = CliRunner().invoke(cli, ["extract", *inputs, "-o", str(tmp_path / "out"), "--format", "json,csv,parquet"])
    assert result.exit_code == 0, result.output
    plan, outcome = sorted(csv_rows(tmp_path / "out", "tables"), key=lambda row: row["kind"])
    assert (plan["kind"], plan["mid_term_total"], plan["mid_term_goal"]) == ("application", "960", "三年改造路灯1800盏。")
    assert (plan["execution_executed"], plan["actual_outcome"]) == ("", "")
    assert (outcome["execution_adjusted_budget"], outcome["execution_executed"], outcome["execution_rate"]) == ("500", "475", "95")
    assert outcome["actual_outcome"] == "新建公路26.4公里。"
    assert sorted(pq.read_table(tmp_path / "out" / "tables.parquet")["mid_term_total"].to_pylist(), key=str) == [960, None]
