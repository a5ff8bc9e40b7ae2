"""Forms of projects meet the tables of a budget publication that list them, in one file or in several."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import jixiao
from extractors.model import Document
from normalizers.passes import document_to_facts, document_to_value
from normalizers.settings import CleanSettings
from tests.normalizers.forms import document_of, form_text

UNIT = "云田县公路局"
ROADS = "县道日常养护"


def publication(rows: Sequence[Sequence[str]], unit: str = "万元", title: str = "2031年项目支出预算表", office: str = UNIT) -> str:
    table = [["项目名称", "合计", "财政拨款", "上年执行数"], *rows]
    return "\n\n".join([title, f"部门：{office}  单位：{unit}", "\n".join("\t".join(row) for row in table)]) + "\n"


def form(unit: str = UNIT) -> str:
    return form_text().replace("项目名称\t", f"单位名称\t{unit}\n项目名称\t", 1)


def said(value: dict[str, Any]) -> list[tuple[str, str, str]]:
    return [(each["path"], each["code"], each["severity"]) for each in value["findings"] if each["code"].startswith("budget.")]


def together(tmp_path: Path, *texts: str) -> dict[str, Any]:
    return jixiao.clean(document_of("\n".join(texts), tmp_path)).json


def batch(tmp_path: Path, *texts: str) -> list[dict[str, Any]]:
    documents: list[Document] = []
    for number, text in enumerate(texts):
        folder = tmp_path / str(number)
        folder.mkdir()
        documents.append(replace(document_of(text, folder), path=f"in/{number}.txt"))
    settings = CleanSettings()
    facts = [replace(each, document=document.path) for document in documents for each in document_to_facts(document, settings)]
    contents = {document.path: document.sha256 for document in documents}
    return [document_to_value(document, [document.path], facts, contents, settings) for document in documents]


@pytest.mark.parametrize(
    ("row", "unit", "code", "severity"),
    [
        ([ROADS, "36.50", "36.50", ""], "万元", "budget.amount-agrees", "info"),
        (["1、县道日常 养护", "365,000.00", "365,000.00", ""], "元", "budget.amount-agrees", "info"),
        # What is granted this year, without what is left of the last.
        ([ROADS, "30", "30", ""], "万元", "budget.amount-agrees", "info"),
        ([ROADS, "36.51", "36.51", ""], "万元", "budget.amount-agrees", "info"),
        ([ROADS, "36.52", "36.52", ""], "万元", "budget.amount-differs", "review"),
        ([ROADS, "36.5", "36.5", ""], "元", "budget.amount-differs", "review"),
        ([ROADS, "36.5", "36.5", ""], "公里", "budget.insufficient-data", "info"),
    ],
)
def test_the_amount_of_a_project_in_one_unit_of_money(tmp_path: Path, row: list[str], unit: str, code: str, severity: str) -> None:
    value = together(tmp_path, publication([row, ["河道清淤", "8", "8", ""]], unit), form())
    assert ("/tables/0/funds/total", code, severity) in said(value)
    assert not value["corrections"] or value["tables"][0]["funds"]["total"] == 36.5


def test_a_name_that_is_nearly_the_same_is_said_and_not_compared(tmp_path: Path) -> None:
    value = together(tmp_path, publication([["县道日常保护", "99", "99", ""], ["河道清淤", "8", "8", ""]]), form())
    assert ("/tables/0/project_name", "budget.near-name", "info") in said(value)
    assert not any(code == "budget.amount-differs" for _, code, _ in said(value))


def test_what_one_of_the_two_lacks_is_noted(tmp_path: Path) -> None:
    value = together(tmp_path, publication([["河道清淤", "8", "8", ""], ["桥梁检测", "9", "9", ""]]), form())
    assert said(value) == [("/grids/0", "budget.project-missing", "info"), ("/tables/0/project_name", "budget.project-missing", "info")]


@pytest.mark.parametrize(
    "other",
    [
        publication([[ROADS, "99", "99", ""], ["河道清淤", "8", "8", ""]], office="岭北县公路局"),
        publication([[ROADS, "99", "99", ""], ["河道清淤", "8", "8", ""]], title="2030年项目支出预算表"),
        publication([[ROADS, "99", "99", ""], ["河道清淤", "8", "8", ""]], title="2031年项目支出决算表"),
        publication([[ROADS, "99", "99", ""], ["河道清淤", "8", "8", ""]], title="2031年政府采购预算表"),
    ],
)
def test_another_unit_year_or_kind_of_table_says_nothing(tmp_path: Path, other: str) -> None:
    (tmp_path / "one").mkdir()
    assert said(together(tmp_path / "one", other, form())) == []
    assert said(batch(tmp_path, other, form())[1]) == []


def test_two_columns_that_may_be_the_amount_are_none(tmp_path: Path) -> None:
    text = publication([[ROADS, "99", "99", ""], ["河道清淤", "8", "8", ""]]).replace("财政拨款", "合计")
    assert said(together(tmp_path, text, form())) == []


def test_a_batch_cites_both_places(tmp_path: Path) -> None:
    lists = publication([["河道清淤", "80000", "80000", ""], [ROADS, "375000", "375000", ""]], "元")
    of_list, of_form, of_other = batch(tmp_path, lists, form(), form("岭北县公路局"))
    found = next(each for each in of_form["findings"] if each["code"] == "budget.amount-differs")
    assert found["severity"] == "review" and found["path"] == "/tables/0/funds/total"
    for part in ("36.5 万元", "375000 元", "in/0.txt", "page 1", "row 3, column 2"):
        assert part in found["message"]
    cell = next(each for each in of_list["findings"] if each["code"] == "budget.amount-differs")
    assert cell["severity"] == "info" and cell["raw"] == "375000" and "in/1.txt" in cell["message"]
    assert said(of_other) == []


def test_facts_of_budgets_take_no_part_in_what_is_said_of_indicators(tmp_path: Path) -> None:
    alone, beside = batch(tmp_path, form(), publication([[ROADS, "36.5", "36.5", ""], ["河道清淤", "8", "8", ""]]))
    rest = [each for each in alone["findings"] if not each["code"].startswith("budget.")]
    (tmp_path / "one").mkdir()
    assert rest == together(tmp_path / "one", form())["findings"] and not beside["tables"]
