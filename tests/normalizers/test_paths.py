"""Paths are built and taken apart by one module, and both ways agree."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import normalizers
from normalizers import paths
from normalizers.assemble import TablePlaces
from normalizers.clean import set_blank_rows_aside
from normalizers.record import Field, IndicatorRow, TargetTable

_BLOCKS = "indicators|blank_level2|funds|funds_execution|mid_term_funds|signoff|other_fields"
_ROWS = (("数量指标", "巡查里程"), ("质量指标", "合格率"), ("时效指标", "及时率"))
_BUILT = re.compile(rf'f"(?:{_BLOCKS})/|startswith\(\(?"(?:{_BLOCKS})/')


@pytest.mark.parametrize(
    ("path", "text", "parts"),
    [
        (paths.row_path(3, "value"), "indicators/3/value", ("indicators", 3, "", "value")),
        (paths.row_path(12), "indicators/12", ("indicators", 12, "", "")),
        (paths.row_path(0, "column:甲/乙"), "indicators/0/column:甲/乙", ("indicators", 0, "", "column:甲/乙")),
        (paths.blank_row_path(1, "level2"), "blank_level2/1/level2", ("blank_level2", 1, "", "level2")),
        (paths.fund_path("total"), "funds/total", ("funds", None, "", "total")),
        (paths.mid_term_path("fiscal"), "mid_term_funds/fiscal", ("mid_term_funds", None, "", "fiscal")),
        (paths.execution_path("total", "executed"), "funds_execution/total/executed", ("funds_execution", None, "total", "executed")),
        (paths.execution_path("total"), "funds_execution/total", ("funds_execution", None, "total", "")),
        (paths.signoff_path("phone"), "signoff/phone", ("signoff", None, "", "phone")),
        (paths.other_path("经费/来源"), "other_fields/经费/来源", ("other_fields", None, "", "经费/来源")),
        ("project_name", "project_name", ("project_name", None, "", "project_name")),
    ],
)
def test_a_path_and_its_parts(path: str, text: str, parts: tuple[str, int | None, str, str]) -> None:
    assert path == text and paths.parts_of(path) == parts
    row = paths.row_of(path)
    assert bool(row) == (parts[1] is not None) and path.startswith(row)


@pytest.mark.parametrize(
    ("path", "kinds"),
    [
        ("funds/total", {"is_plan", "is_planned", "is_money"}),
        ("mid_term_funds/total", {"is_mid_term", "is_planned", "is_money"}),
        ("annual_funds/total", {"is_planned"}),
        ("funds_execution/total/rate", {"is_execution", "is_money"}),
        ("signoff/phone", {"is_signoff"}),
        ("other_fields/总额", {"is_other"}),
        ("indicators/0/unit", {"is_of_row"}),
        ("blank_level2/0/level2", set()),
        ("unit_name", set()),
    ],
)
def test_what_a_path_is_of(path: str, kinds: set[str]) -> None:
    names = ("is_plan", "is_planned", "is_mid_term", "is_money", "is_execution", "is_signoff", "is_other", "is_of_row")
    assert {name for name in names if getattr(paths, name)(path)} == kinds


def test_lines_of_the_execution_are_told_apart_by_their_whole_name() -> None:
    path = paths.execution_path("fiscal_other", "executed")
    assert paths.is_line(path, "fiscal_other") and not paths.is_line(path, "fiscal")


def test_no_other_module_builds_a_path() -> None:
    root = Path(normalizers.__file__).parent
    texts = {each.relative_to(root).as_posix(): each.read_text(encoding="utf-8") for each in root.rglob("*.py")}
    assert [name for name, text in texts.items() if name != "paths.py" and _BUILT.search(text)] == []


def test_a_row_keeps_its_path_when_it_is_set_aside_and_is_delivered_where_it_stands_then() -> None:
    rows = [IndicatorRow({name: Field(text, text) for name, text in zip(("level2", "level3"), each, strict=True)}) for each in _ROWS]
    table = TargetTable("project", {}, rows, [], [1])
    for row in rows:
        table.find(row.path("level2"), row.text("level2"), "")
    for blank, places in ((), ["indicators/0", "indicators/1", "indicators/2"]), ((0,), ["blank_level2/0", "indicators/0", "indicators/1"]):
        for index in blank:
            rows[index].fields["level3"].change("test", "")
        set_blank_rows_aside(table)
        where = TablePlaces(table)
        assert [where.of(found.path) for found in table.findings] == [f"{place}/level2" for place in places]
        assert {where.of(path): field.text for path, field in table.all_fields() if path.endswith("level2")} == {
            f"{place}/level2": name for place, (name, _) in zip(places, _ROWS, strict=True)
        }
    rows[0].fields["level3"].change("test", "巡查里程")
    set_blank_rows_aside(table)
    assert [TablePlaces(table).of(found.path) for found in table.findings][0] == "indicators/0/level2"


def test_rows_are_named_by_themselves_only() -> None:
    """A position that is counted while rows move names another row in the end."""
    root = Path(normalizers.__file__).parent
    users = {path.name for path in root.rglob("*.py") if re.search(r"\b(?:blank_)?row_path\(", path.read_text(encoding="utf-8"))}
    assert users == {"paths.py", "record.py", "assemble.py"}
