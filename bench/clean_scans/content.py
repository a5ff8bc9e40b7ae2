"""What stands on the drawn forms, and its truth in the shape that ``bench.forms.compare`` takes."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

Row = tuple[str, str, str, str, str, str, str, str]
_HEADS = ("一级指标", "二级指标", "三级指标", "指标性质", "指标值", "计量单位", "指标解释", "评分标准")
_KEYS = ("l1", "l2", "l3", "op", "value", "unit", "explain", "scoring")
_CATEGORIES = (
    ("产出指标", "数量指标"), ("产出指标", "质量指标"), ("产出指标", "时效指标"),
    ("效益指标", "经济效益指标"), ("效益指标", "社会效益指标"),
)  # fmt: skip
_NAMES = (
    "补助发放金额", "一卡通发放额", "二次供水改造", "三公经费", "城乡低保资金", "土地整治投入", "公路养护投入", "十件实事投入", "人工费用",
    "小学助学金", "大病救助金额", "工程结算款", "设备购置费", "乡镇补贴", "上级补助", "干部培训费", "农业保险", "卫生院补助",
)  # fmt: skip
_EXPLANATIONS = ("按年度计划完成", "一年内拨付到位", "二级以上项目", "用于城乡一体化", "三年行动计划")
_SCORING = ("达到或超过标准值得满分", "每低1个百分点扣1分，扣完为止")
# Texts that begin or end with characters of one or two strokes.
_STROKE_NAMES = (
    "一、干部培训", "二次供水", "三公经费", "统筹城乡", "任务一", "任务二", "1号桥", "乡", "1、培训", "十件实事", "标段1", "二、改造",
    "服务一老一小", "工程之一", "十一", "建设一", "乡镇卫生院", "人口十一", "三、建设", "一卡通",
)  # fmt: skip
_STROKE_TEXTS = (
    "一、按期完成", "保障城乡", "逐步统一", "第1条第二", "1、按期完成", "一级公路三", "合格率之一",
    "二十分之一", "城乡二元", "三、二、一", "1",
    "一级公路三公里、二级公路一公里", "按十二月三十一日的标准统计到乡", "不含一次性补助1", "一是保障城乡，二是逐步统一",
)  # fmt: skip
_STROKE_SCORING = (
    "扣1分", "每少1人扣1", "一票否决", "得二分之一", "每低1%扣1分，扣完为止", "达到一级得1分，二级得0.1分，三级不得分",
    "一年内完成得分，每迟一天扣1",
)  # fmt: skip
TITLES = ("项目绩效目标表", "项目支出绩效目标表", "部门整体支出绩效目标表", "整体绩效目标表")
_UNITS = ("云溪县一中心小学", "青山县卫生健康局", "白河县乡村振兴局", "江口县三河镇人民政府")


@dataclass(frozen=True, slots=True)
class DrawnForm:
    """One form; every text as it is drawn."""

    title: str
    unit: str
    project: str
    total: str
    goal: str
    indicators: tuple[Row, ...]
    year: int = 2024
    filled_by: str = "王一丁"
    phone: str = "13900001147"
    filled_on: str = "2023-11-21"

    @property
    def is_overall(self) -> bool:
        return "整体" in self.title

    @property
    def year_line(self) -> str:
        return f"（{self.year}年度）"

    @property
    def signoff_line(self) -> str:
        return f"填表人：{self.filled_by}　　联系电话：{self.phone}　　填表日期：{self.filled_on}　　单位负责人：丁二山"

    def rows(self) -> Iterator[list[tuple[int, str]]]:
        """The table, each row as cells of (columns, text)."""
        if self.is_overall:
            yield [(2, "单位名称"), (6, self.unit)]
        else:
            yield [(2, "项目名称"), (6, self.project)]
            yield [(2, "主管部门"), (6, self.unit)]
            yield [(2, "项目资金（万元）"), (2, "年度资金总额"), (4, self.total)]
        yield [(2, "年度总体目标"), (6, self.goal)]
        yield [(1, head) for head in _HEADS]
        for row in self.indicators:
            yield [(1, text) for text in row]

    def truth(self) -> dict[str, Any]:
        rows = [{**dict(zip(_KEYS, row, strict=True)), "value": row[4].replace(",", "")} for row in self.indicators]
        return {
            "tables": [
                {
                    "kind": "overall" if self.is_overall else "project",
                    "title": self.title,
                    "year": self.year,
                    "unit_name": self.unit if self.is_overall else None,
                    "project_name": None if self.is_overall else self.project,
                    "department": None if self.is_overall else self.unit,
                    "goal": self.goal,
                    "funds": {} if self.is_overall else {"total": float(self.total.replace(",", ""))},
                    "signoff": {
                        "filled_by": self.filled_by, "phone": self.phone, "filled_on": self.filled_on, "responsible": "丁二山",
                    },
                    "rows": rows,
                }
            ]
        }  # fmt: skip


def draw_amount(rng: random.Random) -> str:
    """An amount as forms write it: with commas or without, no, one or two decimals."""
    whole = rng.choice((rng.randrange(1, 1000), rng.randrange(1000, 100_000), rng.randrange(100_000, 100_000_000)))
    places = rng.choice((0, 1, 2, 2))
    number = whole + rng.randrange(10**places) / 10**places
    return f"{number:{',' if rng.random() < 0.8 else ''}.{places}f}"


def amounts_form(rng: random.Random, rows: int) -> DrawnForm:
    """A project form with an amount in each row."""
    names = rng.sample(_NAMES, rows)
    indicators = []
    for name, (level1, level2) in zip(names, sorted(rng.choices(_CATEGORIES, k=rows), key=_CATEGORIES.index), strict=True):
        operator = rng.choice(("≥", "≤", "＝"))
        indicators.append((level1, level2, name, operator, draw_amount(rng), "元", rng.choice(_EXPLANATIONS), rng.choice(_SCORING)))
    title = rng.choice(TITLES[:2])
    return DrawnForm(
        title,
        rng.choice(_UNITS),
        "城乡一体化建设",
        f"{rng.randrange(100, 999_999) / 100:,.2f}",
        "一年内完成各项工作，二次供水全部到位。",
        tuple(indicators),
    )


def title_form(rng: random.Random, title: str) -> DrawnForm:
    """A small form under a title; the overall ones have the unit's name before it or not."""
    unit, total = rng.choice(_UNITS), f"{rng.randrange(100, 999_999) / 100:,.2f}"
    end = ("按年度计划完成", "达到或超过标准值得满分")
    rows = (
        ("成本指标", "经济成本指标", "预算成本", "≤", total, "万元", *end),
        ("产出指标", "数量指标", "干部培训场次", "≥", str(rng.randrange(2, 60)), "场", *end),
        ("效益指标", "社会效益指标", "一卡通发放率", "≥", "95", "%", *end),
        ("满意度指标", "服务对象满意度指标", "二村一社满意率", "≥", "90", "%", *end),
    )
    shown = unit + title if "整体" in title and rng.random() < 0.5 else title
    return DrawnForm(shown, unit, "城乡一体化建设", total, "完成各项工作任务。", rows)


def strokes_form(rng: random.Random, rows: int) -> DrawnForm:
    """A project form whose cells begin and end with 一, 二, 三, 十, 乡 and 1."""
    names = rng.sample(_STROKE_NAMES, rows)
    indicators = []
    for name, (level1, level2) in zip(names, sorted(rng.choices(_CATEGORIES, k=rows), key=_CATEGORIES.index), strict=True):
        value, unit = rng.choice(("1", "11", "7", "17", "1.1", "100", "71", "111")), rng.choice(("个", "人", "户", "卡", "乡"))
        text, scoring = rng.choice(_STROKE_TEXTS), rng.choice(_STROKE_SCORING)
        indicators.append((level1, level2, name, rng.choice(("≥", "≤", "=")), value, unit, text, scoring))
    total, goal = f"{rng.choice((1, 11, 1.1, 17, 71, 117.1)):g}", "一、保障城乡；二、逐步统一；三、全年培训十一次，每次1"
    return DrawnForm(rng.choice(TITLES[:2]), rng.choice(_UNITS), "一乡一品二期", total, goal, tuple(indicators))


def signs_form(rng: random.Random, signs: Sequence[str]) -> DrawnForm:
    """A project form whose cells hold signs that are rare: in units, names and explanations."""
    rows = []
    for sign, (name, unit, explanation) in zip(signs, map(_sign_texts, signs), strict=True):
        value = str(rng.randrange(2, 900)) if sign not in "√☑—/" else sign
        rows.append((*_CATEGORIES[0], name, "≥", value, unit, explanation, "达到或超过标准值得满分"))
    return DrawnForm(TITLES[0], _UNITS[0], "城乡一体化建设", "12.5", "完成各项工作任务。", tuple(rows))


def _sign_texts(sign: str) -> tuple[str, str, str]:
    if sign in "√☑—/":
        return "任务完成情况", "项", "按年度计划完成"
    if sign in "㎡㎥㎞‰℃㎏":
        return "建设规模", sign, "按年度计划完成"
    return "建设规模", "个", f"按{sign}类标准执行"
