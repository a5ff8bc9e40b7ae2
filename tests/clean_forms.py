"""Clean forms of made-up departments."""

from __future__ import annotations

from random import Random

from normalizers.record import Field, IndicatorRow, TargetTable
from normalizers.vocabulary.phrases import scoring_phrases

_COUNTED = (
    ("法律援助案件数", "件"), ("农村公路养护里程", "公里"), ("受益学生人数", "人"), ("设备采购数量", "台"), ("培训场次", "场"),
    ("巡查次数", "次"), ("验收合格率", "%"), ("完成及时率", "%"), ("资金到位率", "%"), ("公益林管护面积", "亩"),
    ("新建泵站", "座"), ("印发宣传手册", "份"),
)  # fmt: skip
_JUDGED = (
    ("社会更加和谐稳定", "稳定"), ("学生体质健康水平", "提升"), ("长效管护机制", "建立"), ("群众出行条件", "改善"),
    ("生态环境质量", "改善、提升"),
)  # fmt: skip
_EXPLANATIONS = (
    "本年度该类工作的经费安排",
    "按年度计划完成的数量",
    "开展各类检查、抽查（含复查），及时整改问题",
    "实际完成数占计划数的比例，不低于上年",
    "组织专家验收，出具验收报告；未通过的限期整改",
    "受益群众满意程度",
)
_GOALS = (
    "1、完成年度各项工作任务。2、保障资金及时、足额到位，确保专款专用。3、群众满意度达到95%以上。",
    "全面履行部门职能，维护社会稳定，推动经济发展（含乡村振兴）。",
)
_PROJECTS = ("农村公路养护（第二批）", "普法专项经费", "校园安全保障专项经费")
_PEOPLE = ("甲乙丙", "丁戊", "欧阳明远", "李己", "赵庚辛")
_NAMES = ("level1", "level2", "level3", "operator", "value", "unit", "explanation", "scoring_standard")


def clean_table(rng: Random) -> TargetTable:
    """A project form without a slip; its texts are what the rulebook should give back."""
    parts = [round(rng.uniform(1, 3000), rng.choice([0, 1, 2])), 0.0 if rng.random() < 0.7 else round(rng.uniform(1, 200), 1)]
    total = _figure(sum(parts))
    texts = {
        "title": "项目绩效目标表",
        "fiscal_year": f"（{rng.randrange(2018, 2027)}）年度",
        "project_name": rng.choice(_PROJECTS),
        "department": "行政政法股",
        "funds/total": total,
        "funds/fiscal_appropriation": _figure(parts[0]),
        "funds/carry_over": _figure(parts[1]) if parts[1] else "",
        "funds/other": "",
        "overall_goal": rng.choice(_GOALS),
        "signoff/filled_by": rng.choice(_PEOPLE),
        "signoff/phone": f"139{rng.randrange(10**8):08}",
        "signoff/filled_on": f"20{rng.randrange(17, 27)}-{rng.randrange(1, 13):02}-{rng.randrange(1, 29):02}",
        "signoff/responsible": rng.choice(_PEOPLE),
    }
    rows = [
        _row(
            "成本指标", "经济成本指标", "预算成本", "≤", total, "万元", "本年度该类工作的经费安排", "资金支出控制在预算内得满分，否则不得分"
        )
    ]
    rows += [_counted(rng) for _ in range(rng.randrange(4, 9))]
    rows += [_judged(rng) for _ in range(rng.randrange(1, 3))]
    name, share = "服务对象满意率", str(rng.randrange(80, 100))
    rows.append(_row("满意度指标", "服务对象满意度指标", name, "≥", share, "%", name, "达到或超过标准值得满分"))
    for order, row in enumerate(rows):
        row.order = order
    fields = {path: Field(text, text) for path, text in texts.items()}
    return TargetTable("project", fields, rows, [], [1], funds_unit="万元", has_funds=True)


def _figure(number: float) -> str:
    return f"{number:.2f}".rstrip("0").rstrip(".")


def _row(*texts: str) -> IndicatorRow:
    return IndicatorRow({name: Field(text, text) for name, text in zip(_NAMES, texts, strict=True)})


def _counted(rng: Random) -> IndicatorRow:
    name, unit = rng.choice(_COUNTED)
    value = str(rng.randrange(80, 101)) if unit == "%" else str(rng.randrange(1, rng.choice([10, 500, 20000])))
    level2 = "数量指标" if unit != "%" else rng.choice(["质量指标", "时效指标"])
    scoring = rng.choice([each for each in scoring_phrases() if "大于等于目标值得满分" in each or each.startswith("达到或超过")])
    return _row("产出指标", level2, name, "≥", value, unit, rng.choice(_EXPLANATIONS), scoring)


def _judged(rng: Random) -> IndicatorRow:
    name, value = rng.choice(_JUDGED)
    scoring = rng.choice([each for each in scoring_phrases() if each.startswith("达到年度指标得满分")])
    return _row(
        "效益指标",
        rng.choice(["社会效益指标", "可持续影响指标"]),
        name,
        "定性",
        value,
        "非数量指标",
        rng.choice(_EXPLANATIONS),
        scoring,
    )
