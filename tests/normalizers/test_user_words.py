"""A user's own labels and forms: what they add, and how a bad file is refused."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

import jixiao
from jixiao.errors import UserFileError
from normalizers.checked_words import load_checked_words
from normalizers.forms.templates import load_templates, template_of
from normalizers.settings import CleanSettings
from normalizers.vocabulary.labels import load_labels
from normalizers.vocabulary.user_words import TemplateFileError
from tests.normalizers.forms import HEADER, ROWS, document_of, form_text

GOOD = """
[columns]
level3 = ["考核事项"]

[side]
names = ["考核内容"]

[[template]]
kind = "monitoring"
title = ["进度跟踪"]
without_checks = ["execution.rate"]
[template.funds_columns]
executed = ["已拨付"]
initial_budget = ["执行数"]
"""


def write(folder: Path, text: str) -> Path:
    path = folder / "own.toml"
    path.write_text(text, encoding="utf-8")
    return path


def clean(folder: Path, text: str, own: str) -> dict[str, Any]:
    settings = CleanSettings(templates_file=write(folder, own))
    value = jixiao.clean(document_of(text, folder), settings).json
    return {**value["tables"][0], "findings": value["findings"]}


def test_labels_are_added_and_ours_stay(tmp_path: Path) -> None:
    labels = load_labels(write(tmp_path, GOOD))
    assert labels.column_of("考核 事项：") == "level3" and labels.column_of("三级指标") == "level3"
    assert labels.is_side("考核内容") and labels.is_side("绩效指标")
    assert load_labels().column_of("考核事项") is None


def test_a_template_is_asked_before_ours_and_knows_their_heads(tmp_path: Path) -> None:
    templates = load_templates(write(tmp_path, GOOD))
    assert templates[1:] == load_templates()
    found = template_of("云田县项目进度跟踪自评表", templates)
    assert found is templates[0] and found.kind == "monitoring" and found.without_checks == {"execution.rate"}
    assert found.funds_columns["执行率"] == "rate" and found.funds_columns["已拨付"] == "executed"
    assert found.funds_columns["执行数"] == "initial_budget", "a user's own meaning wins in the user's own form"


def test_nothing_is_read_twice_and_a_changed_file_is(tmp_path: Path) -> None:
    path = write(tmp_path, GOOD)
    assert load_labels(path) is load_labels(path)
    assert load_templates(path)[0] is load_templates(path)[0]
    write(tmp_path, GOOD.replace("考核事项", "考评事项"))
    os.utime(path, (1, 1))
    assert load_labels(path).column_of("考评事项") == "level3"


def test_a_word_without_a_field_may_get_one(tmp_path: Path) -> None:
    own = '[header]\ndepartment = ["实施单位"]\n[signoff]\nresponsible = ["分管领导"]\n'
    labels = load_labels(write(tmp_path, own))
    assert load_labels().header_of("实施单位") == "other" and labels.header_of("实施单位") == "department"
    table = clean(tmp_path, form_text().replace("单位负责人", "分管领导"), own)
    assert table["signoff"]["responsible"] == "丁戊"


def test_a_side_label_of_ones_own_does_not_push_the_row(tmp_path: Path) -> None:
    rows = [["考核内容", *row[:-1]] for row in ROWS]
    header = [word.replace("三级指标", "考核事项") for word in HEADER]
    table = clean(tmp_path, form_text(rows, header), GOOD)
    assert [row["level1"] for row in table["indicators"]][:2] == ["成本指标", "产出指标"]
    assert table["indicators"][1]["level3"] == "养护县道里程"


def test_a_side_label_in_the_place_of_a_first_level_is_replaced(tmp_path: Path) -> None:
    rows = [["考核内容" if row[0] == "产出指标" else row[0], *row[1:]] for row in ROWS]
    table = clean(tmp_path, form_text(rows), GOOD)
    assert table["indicators"][1]["level1"] == "产出指标"
    assert "考核内容" not in str(table["findings"])


def test_a_title_without_a_word_of_ours(tmp_path: Path) -> None:
    own = '[[template]]\nkind = "self_evaluation"\ntitle = ["成效 考评"]\n'
    table = clean(tmp_path, form_text().replace("项目绩效目标表", "云田县资金成效考评表"), own)
    assert (table["kind"], table["title"]) == ("self_evaluation", "云田县资金成效考评表")


@pytest.mark.parametrize("own", ["", GOOD.replace('"execution.rate"', '"required.no-department"').replace('"进度跟踪"', '"绩效目标表"')])
def test_a_check_is_left_out_for_the_form_that_says_so(tmp_path: Path, own: str) -> None:
    text = form_text().replace("交通股", "")
    found = {each["code"] for each in clean(tmp_path, text, own.replace("monitoring", "project"))["findings"]}
    assert ("required.no-department" in found) == (not own)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (GOOD.replace("level3 =", "level9 ="), ["line 3", "[columns]", "level9", "level3"]),
        (GOOD.replace("考核事项", "计量单位"), ["line 3", "[columns]", "计量单位", "level3", "unit"]),
        (GOOD.replace("考核事项", "（计量 单位）："), ["line 3", "unit"]),
        (GOOD.replace('level3 = ["考核事项"]', 'level3 = ["考核事项"]\nvalue = ["考核 事项"]'), ["line 4", "level3", "value"]),
        ('[header]\nunit = ["用款单位"]\n', ["line 2", "[header]", "'unit' is no field", "unit_name"]),
        (GOOD.replace("[columns]", "[colums]"), ["line 2", "colums", "[columns]", "[[template]]"]),
        (GOOD.replace('["考核事项"]', '"考核事项"'), ["line 3", "[columns]", "level3", "list"]),
        (GOOD.replace('"考核事项"', '"—"'), ["[columns]", "no word"]),
        (GOOD.replace('["考核内容"]', '["考核内容]'), ["TOML", "line 6"]),
        ("columns = 3\n", ["[columns]", "no section"]),
        (GOOD.replace("[[template]]", "[template]").replace("template.", "template_."), ["template"]),
        (GOOD.replace('"monitoring"', '"tracking"'), ["line 9", "tracking", "monitoring"]),
        (GOOD.replace('title = ["进度跟踪"]', ""), ["[template]", "entry 1", "title"]),
        (GOOD.replace("title =", "titles ="), ["line 10", "titles", "title"]),
        (GOOD.replace("executed =", "spent ="), ["line 13", "[template.funds_columns]", "spent", "executed"]),
        (GOOD.replace('["执行数"]', '["1-7月已拨付"]'), ["line 14", "已拨付", "executed", "initial_budget"]),
    ],
)
def test_a_bad_file_says_where_and_what_to_do(tmp_path: Path, wrong: str, said: list[str]) -> None:
    with pytest.raises(TemplateFileError) as error:
        load_templates(write(tmp_path, wrong))
    assert all(word in str(error.value) for word in [*said, "own.toml"]), str(error.value)
    assert error.value.reason and error.value.way_out
    with pytest.raises(TemplateFileError):
        load_labels(tmp_path / "own.toml")


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (GOOD.replace("execution.rate", "execution.speed"), ["line 11", "[template]", "entry 1", "execution.speed", "execution.rate"]),
        (GOOD.replace('["execution.rate"]', "3"), ["without_checks"]),
        (GOOD.replace("execution.rate", "projects.totals"), ["line 11", "no check of a single form"]),
    ],
)
def test_only_checks_of_a_single_form_can_be_left_out(tmp_path: Path, wrong: str, said: list[str]) -> None:
    for use in (lambda: load_checked_words(write(tmp_path, wrong)), lambda: clean(tmp_path, form_text(), wrong)):
        with pytest.raises((TemplateFileError, UserFileError)) as error:
            use()
        told = f"{error.value} {getattr(error.value, 'way_out', '')}"
        assert all(word in told for word in [*said, "own.toml"]), told


def test_a_missing_or_binary_file(tmp_path: Path) -> None:
    with pytest.raises(TemplateFileError, match="No such file"):
        load_labels(tmp_path / "none.toml")
    (tmp_path / "gbk.toml").write_bytes('[side]\nnames = ["考核内容"]\n'.encode("gb18030"))
    with pytest.raises(TemplateFileError, match="UTF-8"):
        load_labels(tmp_path / "gbk.toml")
    with pytest.raises(TemplateFileError):
        load_labels(tmp_path)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ('[head]\nblock = "indicators"\n', ["single brackets", "[[head]]"]),
        ('[[head]]\nblock = "pages"\nfield = "value"\nkinds = ["done"]\n', ["line 2", "'pages'", "indicators"]),
        ('[[head]]\nblock = "goals"\nfield = "value"\nkinds = ["goal"]\n', ["line 3", "'value'", "overall_goal"]),
        ('[[head]]\nblock = "funds"\nfield = "own"\n', ["kinds is no list"]),
        ('[[head]]\nblock = "funds"\nfield = "own"\nkinds = ["rate+speed"]\n', ["line 4", "'speed'", "executed"]),
        ('[[head]]\nblock = "funds"\nfield = "own"\nkinds = ["rate"]\nneeds = ["someday"]\n', ["line 5", "'someday'", "previous"]),
        ('[[head]]\nblock = "funds"\nfield = "own"\nkinds = ["rate"]\nmay = "previous"\n', ["line 5", "may is no list"]),
        ('[[head]]\nblock = "funds"\nwords = ["rate"]\n', ["line 3", "'words' is no field"]),
    ],
)
def test_a_bad_head_says_where_and_what_to_do(tmp_path: Path, wrong: str, said: list[str]) -> None:
    with pytest.raises(TemplateFileError) as error:
        load_labels(write(tmp_path, wrong))
    assert all(each in str(error.value) for each in said), str(error.value)


def test_a_head_of_ones_own_is_asked_before_ours(tmp_path: Path) -> None:
    own = write(tmp_path, '[[head]]\nblock = "indicators"\nfield = "actual_value"\nkinds = ["attainment"]\n')
    assert load_labels(own).column_of("指标完成率") == "actual_value"
    assert load_labels().column_of("指标完成率") == "own"
