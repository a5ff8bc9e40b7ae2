"""What cleaning costs grows with what is cleaned and not with its square: four times as many rows take no sixteen times the time."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from extractors.transcripts.transcript import read_transcript
from normalizers.checks.catalogue import check_table
from normalizers.consensus.spelling import one_off
from normalizers.matching.taxonomy import load_taxonomy
from normalizers.passes import document_to_facts, document_to_value
from normalizers.settings import CleanSettings
from tests.normalizers.target_tables import ROADS, changed, codes, project

HEAD = (
    "项目支出绩效目标表\n（2023）年度\n项目名称\t困难群众救助\n主管部门及代码\t社会股\n年度总体目标\t{goal}\n"
    "一级指标\t二级指标\t三级指标\t指标类型\t指标值\t计量单位\t指标解释\t评(扣)分标准\t备注\n"
)
ROW = "产出指标\t数量指标\t{name}\t≥\t{value}\t人\t{why}\t达到或超过标准值得满分\t\n"


def form(count: int, name: str = "农村低保对象{}人数", why: str = "第{}项每月领取农村低保金的人数说明", goal: str = "按时发放。") -> str:
    rows = (ROW.format(name=name.format(number), value=100 + number, why=why.format(number)) for number in range(count))
    return HEAD.format(goal=goal) + "".join(rows)


def seconds(text: str, tmp_path: Path) -> float:
    """Of cleaning; the form must be read whole."""
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    document = read_transcript(tmp_path / "a.txt")
    started = time.process_time()
    facts = document_to_facts(document, CleanSettings())
    value = document_to_value(document, ["a.txt"], facts, {}, CleanSettings())
    assert value["tables"][0]["indicators"]
    return time.process_time() - started


@pytest.mark.parametrize(
    "make",
    [
        lambda scale: form(300 * scale),
        lambda scale: form(300 * scale, name="低保对象人数", why="同样"),
        lambda scale: form(300 * scale, why="困难群众基本生活得到保障和改善"),
        lambda scale: form(4, name="低保" * (1500 * scale) + "{}"),
        lambda scale: form(4, why="保障困难群众基本生活确保任务完成" * (300 * scale) + "{}"),
        lambda scale: form(4, goal="保障困难群众基本生活，确保满意度达到95%以上。" * (300 * scale)),
        lambda scale: form(4, why=" " * (4000 * scale) + "x{}"),
        lambda scale: form(4, why="1" * (4000 * scale) + "{}"),
        lambda scale: form(4, name="（" * (4000 * scale) + "{}"),
    ],
    ids=["rows", "same-rows", "one-explanation", "names", "explanations", "goal", "blanks", "digits", "brackets"],
)  # fmt: skip
def test_cleaning_is_linear(make: Callable[[int], str], tmp_path: Path) -> None:
    seconds(make(1), tmp_path)  # books are opened
    one, four = seconds(make(1), tmp_path), seconds(make(4), tmp_path)
    assert four < 10 * one + 0.5, (one, four)


def test_a_name_with_one_character_more_is_found_wherever_that_is() -> None:
    generator = random.Random(5)
    for _ in range(300):
        short = "".join(generator.choice("甲乙丙") for _ in range(generator.randint(1, 8)))
        at = generator.randint(0, len(short))
        assert one_off(short, short[:at] + "丁" + short[at:]) and one_off(short[:at] + "乙" + short[at:], short)
        assert not one_off(short, short[:at] + "丁丁" + short[at:]) and not one_off(short, short)
    assert not one_off("甲乙丙丁", "丁甲乙丙甲")


@pytest.mark.parametrize(("length", "found"), [(100, True), (101, False)])
def test_a_name_longer_than_any_is_not_sought_in_its_explanation(length: int, found: bool) -> None:
    name = "甲" * (length - 6) + "养护县道里程"
    table = project((changed(ROADS, level3=name, explanation=name.replace("县道", "且道")),))
    check_table(table, load_taxonomy(None))
    assert ("wording.name-slip" in codes(table)) is found
