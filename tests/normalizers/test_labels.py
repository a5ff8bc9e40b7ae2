"""The printed words that come with the program."""

from __future__ import annotations

import pytest

from normalizers.forms.templates import load_templates
from normalizers.vocabulary.bundled import bundled
from normalizers.vocabulary.label_keys import label_key
from normalizers.vocabulary.labels import load_labels, split_labelled
from normalizers.vocabulary.user_words import FIELDS, KINDS


@pytest.mark.parametrize("section", ["columns", "header", "funds", "signoff", "periods", "kinds"])
def test_a_shipped_word_stands_for_one_field(section: str) -> None:
    owners: dict[str, str] = {}
    for field, aliases in bundled("labels.toml")[section].items():
        for alias in aliases:
            assert label_key(alias)
            assert owners.setdefault(label_key(alias), field) == field, alias


def test_shipped_templates_use_known_kinds_and_fields() -> None:
    assert {each.kind for each in load_templates()} == set(KINDS)
    for each in load_templates():
        assert set(each.funds_columns.values()) <= set(FIELDS["funds_columns"])
        assert set(each.goal_columns.values()) <= set(FIELDS["goal_columns"])


def test_a_misread_head_is_known_and_another_word_is_not() -> None:
    labels = load_labels()
    assert labels.column_of("计量单泣") == "unit"
    assert labels.column_of("度量衡器") is None
    assert labels.column_inside("八指标值") == "value"


def test_labels_in_one_line_are_cut_apart() -> None:
    labels = load_labels()
    assert split_labelled("填 表 人：甲乙丙 联系电话：13900000001", labels) == [
        ("filled_by", "填表人", "甲乙丙"),
        ("phone", "联系电话", "13900000001"),
    ]
    assert split_labelled("经由单位负责人汇报", labels) == []


def test_labels_are_kept() -> None:
    assert load_labels() is load_labels()
