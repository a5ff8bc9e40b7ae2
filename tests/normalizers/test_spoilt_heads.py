"""Heads of filed text that were spoilt: a lost or wrong character, or a blank cell, costs no column; another word is left alone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import jixiao
from tests.normalizers.drawn_pdf import drawn_document
from tests.normalizers.forms import HEADER, ROWS, document_of, form_text
from tests.normalizers.test_rich_forms import Drawn

FIELDS = ("level1", "level2", "level3", "operator", "value", "unit", "explanation", "scoring_standard")
FULL = [row for row in ROWS if row[2]]
SPOILT: dict[str, Callable[[str], str]] = {
    "blank": lambda head: "",
    "wrong": lambda head: head[: len(head) // 2] + "囗" + head[len(head) // 2 + 1 :],
    "first lost": lambda head: head[1:],
}


def delivered(folder: Path, heads: list[str]) -> dict[str, Any]:
    document = cleaned(folder, heads, FULL)
    assert len(document["tables"]) == 1
    return document


def cleaned(folder: Path, heads: list[str], rows: list[list[str]]) -> dict[str, Any]:
    name = ["项目名称", "县道日常养护", *[""] * 7]
    table: list[list[Drawn]] = [[*row] for row in (name, heads, *rows)]
    return jixiao.clean(drawn_document(folder, ["项目支出绩效目标表"], table)).json


def rows_of(document: dict[str, Any]) -> list[list[str | None]]:
    return [[row[name] for name in FIELDS] for row in document["tables"][0]["indicators"]]


@pytest.mark.parametrize("how", SPOILT)
@pytest.mark.parametrize("index", [*range(8), None], ids=[*HEADER[:8], "all"])
def test_a_spoilt_head_costs_no_column(tmp_path: Path, index: int | None, how: str) -> None:
    heads = [SPOILT[how](head) if index in (None, at) else head for at, head in enumerate(HEADER)]
    assert rows_of(delivered(tmp_path, heads)) == rows_of(delivered(tmp_path, HEADER))


def test_another_word_in_the_place_of_the_targets_is_taken_with_a_question(tmp_path: Path) -> None:
    document = delivered(tmp_path, ["往昔水准" if head == "指标值" else head for head in HEADER])
    assert rows_of(document) == rows_of(delivered(tmp_path, HEADER))
    assert "layout.head-by-content" in {each["code"] for each in document["findings"] if each["severity"] == "review"}


def test_a_word_that_nearly_says_a_column_is_left_alone_where_its_cells_do_not_agree(tmp_path: Path) -> None:
    heads = ["计划单位" if head == "计量单位" else head for head in HEADER]
    document = cleaned(tmp_path, heads, [[*row[:5], "县公路养护管理中心", *row[6:]] for row in FULL])
    assert all(row["unit"] != "县公路养护管理中心" for row in document["tables"][0]["indicators"])
    assert "layout.unknown-head" in {each["code"] for each in document["findings"]}


JOINT_HEADS = ["一级指标", "二级指标", "三级指标", "配分", "指标值", "指标解释", "评（扣）分标准"]


def recognised_with_points(folder: Path, points: list[str], head: str = "配分") -> dict[str, Any]:
    """A recognised form whose points stand under a word that nobody knows, before targets with operator and unit in one cell."""
    rows = [[*row[:3], own, "".join(row[3:6]), *row[6:8]] for row, own in zip(FULL, points, strict=True)]
    heads = [head if each == "配分" else each for each in JOINT_HEADS]
    return jixiao.clean(document_of(form_text(rows, heads), folder)).json


def test_recognised_figures_that_add_up_to_a_hundred_are_points_whatever_their_head_says(tmp_path: Path) -> None:
    document = recognised_with_points(tmp_path, ["20", "20", "20", "20", "20"])
    rows = document["tables"][0]["indicators"]
    assert [row["points"] for row in rows] == ["20"] * 5
    assert [(row["operator"], row["value"], row["unit"]) for row in rows][1] == ("≥", "118", "公里")


def test_recognised_figures_under_an_unknown_head_are_no_operator_and_no_unit(tmp_path: Path) -> None:
    document = recognised_with_points(tmp_path, ["11", "23", "31", "17", "29"], "某项数")
    rows = document["tables"][0]["indicators"]
    assert [(row["operator"], row["value"], row["unit"]) for row in rows][1] == ("≥", "118", "公里")
    assert [row["other"].get("某项数") for row in rows] == ["11", "23", "31", "17", "29"]
    assert sum("某项数" in each["message"] for each in document["findings"]) == 1


def test_what_only_looks_like_a_figure_is_no_points_and_no_end_of_the_cleaning(tmp_path: Path) -> None:
    rows = recognised_with_points(tmp_path, ["1.2.3", "20", "20", "20", "20"])["tables"][0]["indicators"]
    assert [row["value"] for row in rows][1] == "118" and "1.2.3" not in [row.get("points") for row in rows]
