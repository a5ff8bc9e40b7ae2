"""Small forms in a transcript's notation for tests; every name and number is made up."""

from __future__ import annotations

from pathlib import Path

from extractors.model import Document
from extractors.transcripts.transcript import read_transcript

HEADER = ["一级指标", "二级指标", "三级指标", "指标类型", "指标值", "计量单位", "指标解释", "评（扣）分标准", "备注"]
PASS = "达到或超过标准值得满分"
COST = "资金支出控制在预算内得满分，否则不得分"
FUNDS = [
    ["项目资金（万元）", "年度资金总额：", "36.5"],
    ["", "其中：财政拨款", "30"],
    ["", "上年结转", "6.5"],
    ["", "其他资金", ""],
]
ROWS = [
    ["成本指标", "经济成本指标", "预算成本", "≤", "36.5", "万元", "本年度该类工作的经费安排", COST, ""],
    ["成本指标", "社会成本指标", "", "", "", "", "", "", ""],
    ["产出指标", "数量指标", "养护县道里程", "≥", "118", "公里", "列入年度计划的县道", PASS, ""],
    ["", "质量指标", "养护验收合格率", "≥", "98", "%", "验收合格路段占比", PASS, ""],
    ["效益指标", "社会效益指标", "群众出行条件", "定性", "改善", "非数量指标", "沿线群众出行更便利", PASS, ""],
    ["满意度指标", "服务对象满意度指标", "沿线群众满意度", "≥", "90", "%", "抽样调查", PASS, ""],
]


def form_text(rows: list[list[str]] | None = None, header: list[str] | None = None, funds: list[list[str]] | None = None) -> str:
    """A project form as TSV between its title and its sign-off lines."""
    table = [
        ["项目名称", "县道日常养护"],
        ["主管部门及代码", "交通股"],
        *(funds or FUNDS),
        ["年度总体目标", "完成县道日常养护，保障道路畅通。"],
        header or HEADER,
        *(rows if rows is not None else ROWS),
        ["业务股室审核：", "", "绩效股审核：", ""],
    ]
    body = "\n".join("\t".join(row) for row in table)
    signoff = ["填表人：甲乙丙", "联系电话：13900000001", "填表日期：2030年12月3日", "单位负责人：丁戊"]
    return "\n\n".join(["项目绩效目标表", "（2031）年度", body, *signoff]) + "\n"


def document_of(text: str, folder: Path) -> Document:
    path = folder / "form.txt"
    path.write_text(text, encoding="utf-8")
    return read_transcript(path)
