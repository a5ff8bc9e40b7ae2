"""Figures of more digits than any library counts: they stay as text, a person is asked, and every delivered file can be opened."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from pipeline.dataset import Dataset
from tests.extractors.workbooks import as_text
from tests.pipeline.commands import run

_LONG = {"twenty": "9" * 20, "four-hundred": "9" * 400, "five-thousand": "9" * 5000, "decimals": "8" * 400 + ".5", "wide": "９" * 5000}
_GRID = "统计表\n单位：万元\n序号\t乡镇\t金额\n1\t甲乡\t{}\n2\t乙乡\t5\n合计\t\t{}\n"


def _no_constant(name: str) -> Any:
    raise AssertionError(name)


@pytest.fixture(scope="module")
def documents(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    folder = tmp_path_factory.mktemp("long")
    (folder / "in").mkdir()
    for name, figure in _LONG.items():
        form = as_text().replace("\t6\t", f"\t{figure}\t").replace("\t48\t", f"\t{figure}\t")
        (folder / "in" / f"{name}.txt").write_text(form + f"{figure}\t{figure}\n{figure}\t甲\n", encoding="utf-8")
        (folder / "in" / f"grid-{name}.txt").write_text(_GRID.format(figure, figure), encoding="utf-8")
    result = run("extract", folder / "in", "-o", folder / "out", "--format", "json,csv,xlsx,parquet", "--jobs", "1")
    assert result.exit_code == 0, result.output
    openpyxl.load_workbook(folder / "out" / "dataset.xlsx", read_only=True).close()
    files = Dataset(folder / "out").documents.glob("*.json")
    read = [json.loads(path.read_text(encoding="utf-8"), parse_constant=_no_constant) for path in files]
    return {Path(each["document"]["path"]).stem: each for each in read}


@pytest.mark.parametrize("name", _LONG)
def test_a_person_is_asked_about_a_figure_that_is_none(name: str, documents: dict[str, Any]) -> None:
    (form,) = documents[name]["tables"][:1]
    assert form["funds"]["total"] is None and form["indicators"][0]["value_number"] is None
    assert len(form["indicators"][0]["value"]) >= 20
    asked = {each["path"] for each in documents[name]["findings"] if each["severity"] == "review"}
    assert {"/tables/0/funds/total", "/tables/0/indicators/0/value"} <= asked


@pytest.mark.parametrize("name", _LONG)
def test_a_long_code_in_a_grid_is_text(name: str, documents: dict[str, Any]) -> None:
    (grid,) = documents[f"grid-{name}"]["grids"]
    numbers = [cell["number"] for cell in grid["cells"] if len(cell["text"]) >= 20]
    assert numbers == [None, None]
