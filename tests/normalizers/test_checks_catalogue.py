"""The entries of the noise catalogue that ask for a finding across fields, rows or tables, each by its id.

Every form is made up; what is tested is the class of anomaly. ``b`` entries must
have their finding and keep the value, ``c`` entries stay as filed and ask for nobody.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from normalizers.checks.catalogue import check_batch, check_document, check_table
from normalizers.consensus.opinions import apply_document, build, collect_document
from normalizers.matching.taxonomy import load_taxonomy
from normalizers.record import TargetTable
from normalizers.typed import type_table
from tests.normalizers.target_tables import BUDGET, PLEASED, QUALITY, ROADS, ROWS, TRAVEL, changed, codes, found, overall, project

Case = tuple[str, Callable[[], Sequence[TargetTable]], int, str, str, str]
TIMELY = ("产出指标", "时效指标", "完成及时率", "≥", "98", "%", "按计划完成", "达到或超过标准值得满分")
PATROL = changed(ROADS, level3="路面巡查", value="1", unit="次", explanation="每季度巡查一次")
YEARLY = changed(QUALITY, level3="年终考核合格率", explanation="养护资料合格率")
LAWYER = changed(ROADS, level3="公共法律服务站律师值班天数", value="215", unit="天", explanation="值班天数")


def with_rows(*rows: tuple[str, ...]) -> Callable[[], Sequence[TargetTable]]:
    return lambda: [project((BUDGET, *rows, TRAVEL, PLEASED))]


def whole(*rows: tuple[str, ...]) -> TargetTable:
    return overall((changed(BUDGET, value="100"), *rows, TRAVEL, PLEASED))


def spelt(path: str, spellings: Sequence[str]) -> Callable[[], Sequence[TargetTable]]:
    return lambda: [project(project_name=f"乡道改造{'甲乙丙丁戊己庚'[i]}期", **{path: each}) for i, each in enumerate(spellings)]


def other_rate(value: str) -> Sequence[TargetTable]:
    return [whole(ROADS, TIMELY), project((BUDGET, ROADS, changed(TIMELY, value=value), TRAVEL, PLEASED))]


CASES: list[Case] = [
    ("N09", with_rows(ROADS, changed(QUALITY, level2="数量指标")), 0, "indicators/2/level2", "level.rate-in-quantity", "info"),
    ("N10", with_rows(ROADS, changed(QUALITY, value="100")), 0, "indicators/2/value", "percent.at-limit", "info"),
    ("N13", with_rows(PATROL), 0, "indicators/1/value", "wording.frequency", "info"),
    ("N14", lambda: other_rate("100"), 0, "indicators/2/value", "cross-table.target-differs", "info"),
    ("N15", lambda: other_rate("95"), 0, "indicators/2/value", "cross-table.target-differs", "info"),
    ("N23", spelt("signoff__responsible", ["丁戊良", *["丁戊银"] * 6]), 0, "signoff/responsible", "consensus.person-spelling", "review"),
    (
        "N27",
        lambda: [project(funds__fiscal_appropriation="", funds__carry_over="")],
        0,
        "funds/fiscal_appropriation",
        "funds.part-missing",
        "review",
    ),
    (
        "N29",
        lambda: [project(funds__fiscal_appropriation="2025.0", funds__carry_over="")],
        0,
        "funds/fiscal_appropriation",
        "funds.sum-mismatch",
        "review",
    ),
    ("N34", spelt("department", [*["综合交通股"] * 5, *["综合交通委"] * 2]), 6, "department", "consensus.department-spelling", "review"),
    ("N35", lambda: [project(project_name="")], 0, "project_name", "required.missing", "review"),
    (
        "N37",
        lambda: [project(), project(overall_goal="改造危桥三座。", funds__total="17")],
        1,
        "project_name",
        "cross-table.duplicate-project",
        "review",
    ),
    ("N60", lambda: [project(signoff__responsible="甲乙丙"), project()], 0, "signoff/responsible", "signoff.same-person", "review"),
    ("N64", lambda: [project(ROWS[:-1])], 0, "", "coverage.no-satisfaction", "info"),
    ("N72", with_rows(ROADS, YEARLY), 0, "indicators/2/level3", "wording.name-explanation", "info"),
    ("N73", lambda: [project(overall_goal="路面修复率达到98%以上。")], 0, "overall_goal", "goal.promise-without-indicator", "info"),
    ("N74", lambda: [whole(ROADS), project()], 0, "indicators/0/value", "cross-table.project-totals", "info"),
    ("N75", lambda: [whole(ROADS), project()], 0, "", "cross-table.not-covered", "info"),
    (
        "N78",
        lambda: [project(), project(project_name="乡道改造", signoff__phone="13900000007")],
        0,
        "signoff/phone",
        "consensus.two-phones",
        "review",
    ),
]


def run(tables: Sequence[TargetTable]) -> Sequence[TargetTable]:
    consensus = build(collect_document(tables, "a.txt"))
    apply_document(tables, consensus, "a.txt")
    for table in tables:
        type_table(table)
        check_table(table, load_taxonomy())
    check_document(tables)
    check_batch(tables, consensus, "a.txt")
    return tables


@pytest.mark.parametrize(("tables", "index", "path", "code", "severity"), [pytest.param(*case[1:], id=case[0]) for case in CASES])
def test_b(tables: Callable[[], Sequence[TargetTable]], index: int, path: str, code: str, severity: str) -> None:
    before, after = tables(), run(tables())
    assert [(each.path, each.severity) for each in found(after[index], code)] == [(path, severity)]
    for old, new in zip(before, after, strict=True):
        assert {name: each.text for name, each in old.all_fields()} == {name: each.text for name, each in new.all_fields()}


def test_n12_a_cut_name_is_completed_and_recorded() -> None:
    table, _ = run([whole(changed(LAWYER, level3="公共法律服务站律")), project((BUDGET, LAWYER, TRAVEL, PLEASED))])
    assert [step.rule for step in table.rows[1].fields["level3"].steps] == ["consensus.complete-name"]


@pytest.mark.parametrize(
    ("number", "tables"),
    [
        ("N07", lambda: [project()]),  # a second level that the county left blank
        ("N11", lambda: [whole(changed(ROADS, scoring_standard="完成值大于或等于目标得满分")), project()]),
        ("N16", lambda: [project()]),  # 非数量指标 beside 定性
        ("N18", lambda: [whole(ROADS, changed(PLEASED, level3="沿线群众满意率")), project()]),
        ("N31", lambda: [project(funds__carry_over="", funds__fiscal_appropriation="36.5", funds__other="")]),
        ("N76", lambda: [project()]),  # no column of points
        ("N81", lambda: [project()]),  # no 实施单位, no 项目期
        ("N82", lambda: [overall()]),  # no block of funds
    ],
)
def test_c(number: str, tables: Callable[[], Sequence[TargetTable]]) -> None:
    for table in run(tables()):
        assert codes(table, "review") == set(), number
