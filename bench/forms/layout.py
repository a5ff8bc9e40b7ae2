"""How one county lays the form out; drawn by a seed, apart from the content."""

from __future__ import annotations

import random
from dataclasses import dataclass

FONTS = (
    "Noto Serif CJK SC",
    "Noto Sans CJK SC",
    "AR PL UMing CN",
    "WenQuanYi Zen Hei",
    "Noto Sans CJK SC DemiLight",
)
OPERATOR_STYLES: tuple[dict[str, str], ...] = (
    {},
    {},
    {"≥": "≧", "≤": "≦"},
    {"≥": ">=", "≤": "<="},
    {"≥": "⩾", "≤": "⩽"},
    {"=": "＝"},
)


# 项目名称, 主管部门, 项目资金, 年度总体目标
LABELS = (
    ("项目名称", "主管部门及代码", "项目资金（万元）", "年度总体目标"),
    ("项目名称", "主管部门及代码", "项目资金(万元)", "年度总体目标"),
    ("项目名称", "主管部门", "项目资金（万元）", "年度总体目标"),
    ("项目名称", "主管部门及代码", "项目资金 （万元）", "总体目标"),
    ("项目名称", "主管部门", "资金情况（万元）", "年度目标"),
)
FUNDS = (
    ("年度资金总额：", "其中：财政拨款", "上年结转", "其他资金"),
    ("年度资金总额:", "其中: 财政拨款", "上年结转", "其他资金"),
    ("年度资金总额", "其中：财政拨款", "上年结转资金", "其他资金"),
    ("年度资金总额：", "　　其中：财政拨款", "　　　　　上年结转", "　　　　　其他资金"),
)


@dataclass(frozen=True)
class Layout:
    """``size`` and ``padding`` in points, ``line`` in CSS pixels; ``heads`` are the ten column heads from level 1 to remark."""

    font: str
    size: float
    line: float
    padding: float
    landscape: bool
    side_label: bool
    merge_level1: bool
    merge_level2: bool
    shaded: bool
    review: str
    heads: tuple[str, ...]
    year_style: str
    date_style: str
    operators: tuple[tuple[str, str], ...]
    not_a_number: str
    thousands: bool
    unit_label: bool
    signoff_lines: int
    page_each: bool
    split_rows: bool
    value_align: str
    remarks: bool
    labels: tuple[str, ...] = LABELS[0]
    funds: tuple[str, ...] = FUNDS[0]
    signoff_in_table: bool = False
    spaced_names: bool = False
    zeros: bool = False
    section_code: str = ""


def seed_to_layout(seed: int) -> Layout:
    rng = random.Random(f"layout {seed}")
    font = rng.choice(FONTS)
    return Layout(
        font=font,
        size=rng.choice((8.0, 8.5, 9.0, 9.5, 10.0)),
        line=rng.choice((0.75, 1.0, 1.0, 1.5)),
        padding=rng.choice((1.0, 2.0, 3.5)),
        landscape=rng.random() < 0.25,
        side_label=rng.random() < 0.7,
        merge_level1=rng.random() < 0.75,
        merge_level2=rng.random() < 0.5,
        shaded=rng.random() < 0.3,
        review=rng.choice(("row", "row", "none", "line")),
        heads=_heads(rng),
        year_style=rng.choice(("({})年度", "（{}）年度", "（{}年度）", "{}年度", "( {} 年度 )")),
        date_style=rng.choice(("{0}年{1}月{2}日", "{0}-{1:02d}-{2:02d}", "{0}.{1}.{2}", "{0}/{1}/{2}", "{0}年{1:02d}月{2:02d}日")),
        operators=tuple(rng.choice(OPERATOR_STYLES).items()),
        not_a_number=rng.choice(("非数量指标", "非数量指标", "/", "")),
        thousands=rng.random() < 0.15,
        unit_label=rng.random() < 0.5,
        signoff_lines=rng.choice((1, 1, 2)),
        page_each=rng.random() < 0.7,
        split_rows=rng.random() < 0.15,
        value_align=rng.choice(("center", "center", "left", "right")),
        remarks=rng.random() < 0.2,
        labels=rng.choice(LABELS),
        funds=rng.choice(FUNDS),
        signoff_in_table=rng.random() < 0.15,
        spaced_names=rng.random() < 0.2,
        zeros=rng.random() < 0.2,
        section_code=rng.choice(("", "", "", "[105]", "219001 ")),
    )


def _heads(rng: random.Random) -> tuple[str, ...]:
    return (
        "一级指标",
        "二级指标",
        "三级指标",
        rng.choice(("指标类型", "指标性质", "计算符号")),
        rng.choice(("指标值", "指标值", "年度指标值", "目标值")),
        rng.choice(("计量单位", "计量单位", "度量单位")),
        rng.choice(("指标解释", "指标解释", "指标内容")),
        rng.choice(("评(扣)分标准", "评（扣）分标准", "评分（扣分）标准", "评分标准")),
        "备注",
    )
