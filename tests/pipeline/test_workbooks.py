"""A workbook is a form like any other: its values are those of the same form as text, and each can be explained."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from openpyxl import Workbook

from pipeline.cli import cli
from pipeline.schema import problems_of
from tests.extractors.workbooks import as_text, form_sheet


@pytest.fixture(scope="module")
def dataset(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("workbooks")
    inbox = root / "inbox"
    inbox.mkdir()
    workbook = Workbook()
    form_sheet(workbook.active)
    form_sheet(workbook.create_sheet("无边框"), bordered=False)
    third = workbook.create_sheet("有公式")
    form_sheet(third)
    third["D6"], third["E10"] = "=SUM(D7)", 6.4
    third["E10"].number_format = "0"
    third.row_dimensions[12].hidden = True
    workbook.save(inbox / "form.xlsx")
    (inbox / "form.txt").write_text(as_text(), encoding="utf-8")
    done = CliRunner().invoke(cli, ["extract", str(inbox), "-o", str(root / "dataset"), "--jobs", "1"])
    assert done.exit_code == 0, done.output
    return root / "dataset"


def document(dataset: Path, name: str) -> dict[str, Any]:
    values = [json.loads(path.read_text(encoding="utf-8")) for path in (dataset / "documents").glob("*.json")]
    (value,) = [value for value in values if value["document"]["path"].endswith(name)]
    return value


def without_place(table: dict[str, Any]) -> dict[str, Any]:
    rows = [{key: value for key, value in row.items() if key not in ("row_id", "page")} for row in table["indicators"]]
    return {**{key: value for key, value in table.items() if key not in ("table_id", "pages")}, "indicators": rows}


def test_the_same_form_as_text_and_as_a_workbook_is_the_same(dataset: Path) -> None:
    text, workbook = document(dataset, "form.txt"), document(dataset, "form.xlsx")
    assert problems_of(workbook) == []
    (expected,) = text["tables"]
    bordered, bare, _ = workbook["tables"]
    assert expected["funds"]["total"] == 48 and len(expected["indicators"]) == 3
    assert without_place(bordered) == without_place(expected) == without_place(bare)
    found = {(each["code"], each["path"]) for each in workbook["findings"] if each["path"].startswith("/tables/0")}
    # Three times the same project in one file is said besides.
    found.discard(("cross-table.duplicate-project", "/tables/0/project_name"))
    assert found == {(each["code"], each["path"]) for each in text["findings"]}


def test_what_is_not_seen_is_no_value_and_is_asked_about(dataset: Path) -> None:
    value = document(dataset, "form.xlsx")
    table = value["tables"][2]
    assert table["funds"]["total"] is None and [row["value"] for row in table["indicators"]] == ["6", "98.5"]
    page = value["document"]["pages"][2]
    assert "群众如厕条件" in [each["text"] for each in page["hidden_text"]]
    asked = [each["message"] for each in value["findings"] if each["severity"] == "review" and each["path"] == "/document/pages/2"]
    assert any("D6" in message for message in asked) and any("hidden row" in message for message in asked)


def test_a_value_tells_its_column_and_row_and_has_no_picture(dataset: Path, tmp_path: Path) -> None:
    source = document(dataset, "form.xlsx")["provenance"]["/tables/0/indicators/0/value"]
    assert (source["bbox"], source["origin"], source["page_no"]) == ([4, 9, 5, 10], "spreadsheet", 1)
    explained = ["explain", str(dataset), "form.xlsx", "/tables/0/indicators/0/value"]
    told = CliRunner().invoke(cli, explained)
    assert told.exit_code == 0 and "box 4 9 5 10, spreadsheet" in told.output
    refused = CliRunner().invoke(cli, [*explained, "--crop", str(tmp_path / "x.png")])
    assert refused.exit_code == 2 and "no place in a picture" in refused.output
