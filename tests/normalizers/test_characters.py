"""What a Chinese character is, said once; rare ones and 〇 are some, too."""

from __future__ import annotations

from pathlib import Path

import pytest

import normalizers
from normalizers.checks.signoff import person_format
from normalizers.vocabulary.characters import folded, is_han
from normalizers.vocabulary.surnames import lacks_surname
from tests.normalizers.target_tables import found, project

# The last three stand outside the first plane of Unicode, or in the extension that personal names come from.
NAMES = ("甲乙丙", "丁〇", "张㛃", "李𬀩", "王𫍯戊")


@pytest.mark.parametrize("name", NAMES)
def test_rare_characters_make_names(name: str) -> None:
    assert all(map(is_han, name))
    table = project(signoff__filled_by=name)
    person_format.work(table)
    assert not found(table, "signoff.person-format")


@pytest.mark.parametrize("name", ["甲1", "甲。", "甲"])
def test_other_characters_do_not(name: str) -> None:
    table = project(signoff__filled_by=name)
    person_format.work(table)
    assert found(table, "signoff.person-format")


def test_a_rare_character_hides_no_missing_family_name() -> None:
    assert lacks_surname("哟㛃") and not lacks_surname("张㛃") and not lacks_surname("哟1")


def test_folded_text_keeps_its_marks() -> None:
    assert folded(" 资金 （万元）， ") == "资金(万元),"


def test_the_range_is_written_once() -> None:
    root = Path(normalizers.__file__).parent
    places = [file.name for file in root.rglob("*.py") if "u9fff" in file.read_text(encoding="utf-8")]
    assert places == ["characters.py"], "Take HAN_RANGE or is_han from normalizers.vocabulary.characters."
