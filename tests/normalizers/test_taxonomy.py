"""Levels, the library, and a user's own file."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from normalizers.matching.taxonomy import (
    TaxonomyError,
    is_level1,
    is_old_generation,
    level1_for,
    level1_of,
    level2_of,
    load_levels,
    load_taxonomy,
)
from normalizers.vocabulary.label_keys import label_key
from normalizers.vocabulary.units import load_units


@pytest.mark.parametrize(
    ("filed", "name"),
    [
        ("服务对象满意度", "服务对象满意度指标"),
        ("服务对象\n满意度（指标）", "服务对象满意度指标"),
        ("社会公众或服务对象满意度指标", "服务对象满意度指标"),
        ("数量", "数量指标"),
        ("进度指标", "时效指标"),
        ("环境效益指标", "生态效益指标"),
        ("可持续影响 指标", "可持续影响指标"),
        ("数量目标", "数量指标"),
        ("成本指标", "成本指标"),
    ],
)
def test_second_level_in_any_spelling(filed: str, name: str) -> None:
    assert level2_of(filed) == name


@pytest.mark.parametrize("filed", ["绩效指标", "产出指标", "满意度指标", "预算成本", ""])
def test_what_is_no_second_level(filed: str) -> None:
    assert level2_of(filed) is None


def test_parent_is_a_function_of_the_second_level() -> None:
    assert level1_for("经济成本指标") == "成本指标"
    assert level1_for("质量指标") == "产出指标"
    assert level1_for("生态效益") == "效益指标"
    assert level1_for("受益对象满意度指标") == "满意度指标"
    assert level1_for("预算成本") is None


def test_cost_changes_its_level_with_the_generation() -> None:
    assert is_level1("成本指标")
    assert level1_for("成本指标") is None
    assert level1_for("成本指标", old_generation=True) == "产出指标"
    assert is_old_generation(("数量指标", "成本指标"), ("产出指标", "效益指标"))
    assert not is_old_generation(("数量指标", "经济成本指标", "成本指标"))
    assert not is_old_generation(("数量指标", "质量指标"))


def test_side_label_is_no_level() -> None:
    assert not is_level1("绩效指标")
    assert is_level1("效果指标")
    assert level1_of("效果指标") == "效益指标"
    assert level1_of("项目完成指标") == "产出指标"


def test_column_keys_leave_out_usual_third_levels() -> None:
    keys = load_taxonomy().level2_keys
    assert label_key("群众满意度指标") in keys
    assert label_key("群众满意度") not in keys
    assert label_key("服务对象满意度") in keys


def test_library_is_sound() -> None:
    library, units, owners = load_taxonomy(), load_units(), {}
    assert len(library.indicators) >= 300
    assert len({each.id for each in library.indicators}) == len(library.indicators)
    for each in library.indicators:
        assert each.level2 in load_levels().parents
        assert all(units.canonical(unit) == unit for unit in each.units), each
        assert each.direction == "qualitative" or each.units or each.department in ("water", "transport"), each
        for spelling in each.spellings():
            assert owners.setdefault(label_key(spelling), each.id) == each.id, spelling


def test_library_covers_the_usual_departments() -> None:
    departments = {each.department for each in load_taxonomy().indicators}
    assert departments >= {
        "common", "education", "health", "water", "transport", "agriculture", "civil-affairs", "judicial", "housing",
        "environment", "culture", "emergency", "public-security", "general-office",
    }  # fmt: skip


def test_library_is_kept() -> None:
    load_taxonomy()
    began = time.perf_counter()
    assert load_taxonomy() is load_taxonomy()
    assert time.perf_counter() - began < 0.005


GOOD = """
[[indicator]]
id = "ski.lifts"
name = "维护缆车数量"
aliases = ["缆车维护台数"]
units = ["台"]
level2 = "数量"

[[extend]]
id = "judicial.legal-aid-cases"
aliases = ["法援案子数"]
"""


def write(folder: Path, text: str) -> Path:
    path = folder / "own.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_user_file_is_merged_on_top(tmp_path: Path) -> None:
    library = load_taxonomy(write(tmp_path, GOOD))
    own = library.find("ski.lifts")
    assert own is not None and own.level2 == "数量指标" and own.direction == "positive"
    extended = library.find("judicial.legal-aid-cases")
    assert extended is not None and "法援案子数" in extended.aliases
    assert len(library.indicators) == len(load_taxonomy().indicators) + 1


def test_changed_user_file_is_read_again(tmp_path: Path) -> None:
    path = write(tmp_path, GOOD)
    load_taxonomy(path)
    library = load_taxonomy(write(tmp_path, GOOD.replace("ski.lifts", "ski.all-lifts")))
    assert library.find("ski.all-lifts") is not None


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (GOOD.replace('level2 = "数量"', 'level2 = "多少指标"'), ["line 2", "ski.lifts", "level2", "多少指标", "数量指标"]),
        (GOOD.replace('"台"', '"台子"'), ["line 2", "units", "台子"]),
        (GOOD.replace('id = "ski.lifts"', 'id = "judicial.legal-aid-cases"'), ["taken", "[[extend]]"]),
        (GOOD + '\n[[indicator]]\nid = "ski.lifts"\nname = "另一"\nlevel2 = "数量"\n', ["line 13", "indicator 2", "taken"]),
        (GOOD.replace("缆车维护台数", "法律援助案件数"), ["法律援助案件数", "judicial.legal-aid-cases"]),
        (GOOD.replace('id = "ski.lifts"', 'id = "滑雪"'), ["id", "county.patrol-boats"]),
        (GOOD.replace('name = "维护缆车数量"', ""), ["name", "missing"]),
        (GOOD.replace('aliases = ["缆车', 'alias = ["缆车'), ["alias", "no such field"]),
        (GOOD.replace('aliases = ["缆车维护台数"]', 'aliases = "缆车维护台数"'), ["aliases", "list"]),
        (GOOD.replace("legal-aid-cases", "legal-aid-case"), ["line 9", "Did you mean judicial.legal-aid-cases"]),
        (GOOD.replace("[[extend]]", "[[extends]]"), ["extends", "[[indicator]] or [[extend]]"]),
        ("[indicator]\nid = 'a.b'\n", ["single brackets"]),
        ('[[indicator]]\nid = "a.b\n', ["TOML", "line 2"]),
    ],
)
def test_a_bad_user_file_says_where_and_what_to_do(tmp_path: Path, wrong: str, said: list[str]) -> None:
    with pytest.raises(TaxonomyError) as error:
        load_taxonomy(write(tmp_path, wrong))
    assert all(word in str(error.value) for word in said), str(error.value)
    assert error.value.reason and error.value.way_out


def test_a_missing_or_binary_user_file(tmp_path: Path) -> None:
    with pytest.raises(TaxonomyError, match="No such file"):
        load_taxonomy(tmp_path / "none.toml")
    path = tmp_path / "gbk.toml"
    path.write_bytes("[[indicator]]\nname = '缆车'\n".encode("gb18030"))
    with pytest.raises(TaxonomyError, match="UTF-8"):
        load_taxonomy(path)
