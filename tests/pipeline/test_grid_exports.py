"""Tables that are no form in every format of a dataset."""

from __future__ import annotations

import csv
from pathlib import Path

import duckdb
import openpyxl
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner

from pipeline.cli import cli

HTML = """收入支出决算表
单位：万元
<table><tr><td rowspan="2">支出类别</td><td colspan="2">决算数</td></tr><tr><td>小计</td><td>占比（%）</td></tr>
<tr><td>工资福利支出</td><td>1,200.50</td><td>62.5</td></tr><tr><td>=1+1</td><td>720.30</td><td>37.5</td></tr></table>"""


@pytest.fixture(scope="module")
def dataset(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("grids")
    (folder / "budget.txt").write_text(HTML, encoding="utf-8")
    chosen = "json,csv,xlsx,parquet,duckdb,grids,grids-filled"
    result = CliRunner().invoke(cli, ["extract", str(folder / "budget.txt"), "-o", str(folder / "out"), "--format", chosen])
    assert result.exit_code == 0, result.output
    return folder / "out"


def lines_of(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def test_the_index_and_the_cells_in_long_form(dataset: Path) -> None:
    index = list(csv.DictReader((dataset / "grids.csv").open(encoding="utf-8-sig", newline="")))
    assert [(row["title"], row["unit"], row["row_count"], row["column_count"], row["review"]) for row in index] == [
        ("收入支出决算表", "万元", "4", "3", "0")
    ]
    cells = list(csv.DictReader((dataset / "grid_cells.csv").open(encoding="utf-8-sig", newline="")))
    assert len(cells) == 10 == int(index[0]["cell_count"])
    assert [(row["text"], row["number"], row["unit"]) for row in cells[5:7]] == [("1,200.50", "1200.5", "万元"), ("62.5", "62.5", "%")]
    assert (cells[0]["grid_row"], cells[0]["row_span"], cells[1]["column_span"]) == ("1", "2", "2")


def test_one_csv_a_table_with_spans_blank_or_filled(dataset: Path) -> None:
    (blank,), (filled,) = (list((dataset / name).glob("*.csv")) for name in ("grids", "grids-filled"))
    assert lines_of(blank)[:2] == [["支出类别", "决算数", ""], ["", "小计", "占比（%）"]]
    assert lines_of(filled)[:2] == [["支出类别", "决算数", "决算数"], ["支出类别", "小计", "占比（%）"]]
    assert lines_of(blank)[3][0] == "'=1+1"


def test_the_workbook_lists_the_tables_and_shows_them(dataset: Path) -> None:
    book = openpyxl.load_workbook(dataset / "dataset.xlsx")
    assert [cell.value for cell in book["其他表"][2]][:2] == ["收入支出决算表", "万元"]
    sheet = book["表1"]
    assert str(sheet["A1"].value).startswith("收入支出决算表") and {str(each) for each in sheet.merged_cells.ranges} == {"A2:A3", "B2:C2"}
    assert (sheet["B4"].value, sheet["B4"].number_format, sheet["A5"].value, sheet["A5"].data_type) == (1200.5, "#,##0.00", "=1+1", "s")


def test_parquet_and_duckdb_have_them_typed(dataset: Path) -> None:
    assert pq.read_table(dataset / "grid_cells.parquet").column("number").to_pylist()[5] == 1200.5
    with duckdb.connect(str(dataset / "dataset.duckdb"), read_only=True) as connection:
        assert connection.execute("SELECT sum(number) FROM grid_cells WHERE unit = '万元'").fetchone() == (1920.8,)
        assert connection.execute("SELECT row_count FROM grids").fetchone() == (4,)


def test_a_file_of_a_table_that_is_gone_goes_too(dataset: Path) -> None:
    stale = dataset / "grids" / "000000000000-g1.csv"
    stale.write_text("x", encoding="utf-8")
    assert CliRunner().invoke(cli, ["clean", str(dataset)]).exit_code == 0
    assert not stale.exists() and len(list((dataset / "grids").glob("*.csv"))) == 1
