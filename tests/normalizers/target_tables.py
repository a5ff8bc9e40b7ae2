"""Target tables built by hand for the tests of checks and consensus; every name and number is made up."""

from __future__ import annotations

from collections.abc import Sequence

from extractors.model import BBox, Source
from normalizers.record import INDICATOR_FIELDS, Field, Finding, IndicatorRow, TargetTable
from normalizers.typed import type_table
from tests.engines import origin_of_engine

COST = "资金支出控制在预算内得满分，否则不得分"
PASS = "达到或超过标准值得满分"
QUAL = "达到年度指标得满分，部分达到具有一定效果得80%，未达到年度指标，效果差的不得分"
BUDGET = ("成本指标", "经济成本指标", "预算成本", "≤", "36.5", "万元", "本年度该类工作的经费安排", COST)
ROADS = ("产出指标", "数量指标", "养护县道里程", "≥", "118", "公里", "列入年度计划的县道", PASS)
QUALITY = ("产出指标", "质量指标", "养护验收合格率", "≥", "98", "%", "验收合格路段占比", PASS)
TRAVEL = ("效益指标", "社会效益指标", "群众出行条件", "定性", "改善", "非数量指标", "沿线群众出行更便利", QUAL)
PLEASED = ("满意度指标", "服务对象满意度指标", "沿线群众满意度", "≥", "90", "%", "抽样调查", PASS)
ROWS = (BUDGET, ROADS, QUALITY, TRAVEL, PLEASED)
HEADER = {
    "title": "项目绩效目标表",
    "fiscal_year": "（2031）年度",
    "project_name": "县道日常养护",
    "department": "交通股",
    "overall_goal": "完成县道日常养护，保障道路畅通。",
    "funds/total": "36.5",
    "funds/fiscal_appropriation": "30",
    "funds/carry_over": "6.5",
    "funds/other": "",
    "signoff/filled_by": "甲乙丙",
    "signoff/phone": "13900000001",
    "signoff/filled_on": "2030-12-03",
    "signoff/responsible": "丁戊己",
}
Row = Sequence[str]


def field(text: str, engine: str = "paddleocr", page_no: int = 1) -> Field:
    return Field(text, text, source=Source(page_no, BBox(0, 0, 10, 10), engine, 0.98, origin_of_engine(engine)))


def row(texts: Row, engine: str = "paddleocr", **changes: str) -> IndicatorRow:
    named = dict(zip(INDICATOR_FIELDS, texts, strict=False)) | changes
    return IndicatorRow({name: field(text, engine) for name, text in named.items()})


def project(rows: Sequence[Row] = ROWS, engine: str = "paddleocr", kind: str = "project", **changes: str) -> TargetTable:
    """A project form in order; ``funds__total="40"`` changes ``funds/total``."""
    header = HEADER | {path.replace("__", "/"): text for path, text in changes.items()}
    fields = {path: field(text, engine) for path, text in header.items()}
    table = TargetTable(kind, fields, [row(each, engine) for each in rows], [], [1], funds_unit="万元", has_funds=True)
    type_table(table)
    return table


def overall(rows: Sequence[Row] = ROWS, unit_name: str = "东阳县交通运输局", engine: str = "paddleocr", **changes: str) -> TargetTable:
    """A form of the whole unit: a name instead of a project, no block of funds."""
    table = project(rows, engine, "overall", **changes)
    for path in ("project_name", "department", *(path for path in list(table.fields) if path.startswith("funds/"))):
        del table.fields[path]
    table.fields["unit_name"] = field(unit_name, engine)
    table.has_funds = False
    type_table(table)
    return table


def changed(texts: Row, **changes: str) -> tuple[str, ...]:
    """A row with some of its columns changed."""
    return tuple(changes.get(name, text) for name, text in zip(INDICATOR_FIELDS, texts, strict=False))


def found(table: TargetTable, code: str) -> list[Finding]:
    return [each for each in table.findings if each.code == code]


def codes(table: TargetTable, severity: str = "") -> set[str]:
    return {each.code for each in table.findings if severity in ("", each.severity)}
