"""Proposals for names without a canonical indicator."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

from normalizers.matching.match import match_row
from normalizers.matching.suggest import rows_to_clusters, suggest
from normalizers.matching.taxonomy import load_taxonomy
from normalizers.record import Field, IndicatorRow


def filed(name: str, unit: str = "次", level2: str = "数量指标", operator: str = "≥", method: str = "unmapped") -> dict[str, Any]:
    return {"level3": name, "unit": unit, "level2": level2, "operator": operator, "match_method": method}


ROWS = [
    filed("滑雪道压雪作业"),
    filed("滑雪道压雪作业"),
    filed("开展滑雪道压雪作业次数"),
    filed("滑雪道压雪作亚"),
    filed("新建滑雪道长度", "米"),
    filed("改建滑雪道长度", "米"),
    filed("缆车乘客安全感", "非数量指标", "社会效益指标", "定性"),
    filed("法律援助案件数", "件", method="exact"),
    filed("培训人数", "场"),
    filed("滑雪指导", "人"),
    filed("滑雪指导", "场"),
    filed("", ""),
    filed("雪道宽度", "丈", ""),
]


def test_spellings_of_one_thing_stand_together() -> None:
    clusters = {each.best: each for each in rows_to_clusters(ROWS)}
    assert set(clusters["滑雪道压雪作业"].names) == {"滑雪道压雪作业", "开展滑雪道压雪作业次数", "滑雪道压雪作亚"}
    assert clusters["滑雪道压雪作业"].rows == 4


def test_other_things_and_mapped_names_stay_apart() -> None:
    best = [each.best for each in rows_to_clusters(ROWS)]
    assert "法律援助案件数" not in best
    assert {"新建滑雪道长度", "改建滑雪道长度"} & set(best)
    assert best.count("滑雪指导") == 2
    assert best[0] == "滑雪道压雪作业"


def test_the_file_can_be_given_back(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_text(suggest(ROWS, load_taxonomy()), encoding="utf-8")
    library = load_taxonomy(path)
    asked = IndicatorRow({"level3": Field("滑雪道压雪作亚", "滑雪道压雪作亚"), "unit": Field("次", "次")})
    match = match_row(asked, library)
    assert match.indicator_name == "滑雪道压雪作业"
    own = library.find(match.indicator_id or "")
    assert own is not None and own.level2 == "数量指标" and own.units == ("次",) and own.direction == "positive"


def test_a_known_name_with_an_odd_unit_is_only_a_remark() -> None:
    text = suggest([filed("培训人数", "场")], load_taxonomy())
    assert "named like common.training-people" in text
    assert '\nname = "培训人数"' not in text


def test_unknown_units_and_levels_do_not_break_the_file(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_text(suggest([filed('雪道"宽度"\n', "丈", "")], load_taxonomy()), encoding="utf-8")
    text = path.read_text(encoding="utf-8")
    assert "no row says it" in text and "丈 1" in text
    assert len(load_taxonomy(path).indicators) == len(load_taxonomy().indicators) + 1


def test_the_order_of_rows_does_not_matter() -> None:
    mixed = list(ROWS)
    random.Random(5).shuffle(mixed)
    assert suggest(mixed, load_taxonomy()) == suggest(ROWS, load_taxonomy())


def test_rare_names_can_be_left_out() -> None:
    text = suggest(ROWS, load_taxonomy(), at_least=2)
    assert "滑雪道压雪作业" in text and "缆车" not in text
