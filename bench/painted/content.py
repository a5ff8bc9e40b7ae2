"""What the small forms say: offices, indicators and people that no other measurement uses, drawn by a seed."""

from __future__ import annotations

import random
from dataclasses import dataclass, field

_COUNTIES = ("云屏县", "鹿角湾县", "石桥自治县", "临湖县", "白鹤县", "南桑县", "松溪河县", "北坪县")
_OFFICES = ("档案馆", "气象局", "图书馆", "殡葬管理所", "消防救援大队", "残疾人联合会", "供销合作社联合社", "地震台")
_PROJECTS = (
    *("馆藏档案数字化", "人工影响天气作业", "全民阅读推广", "公益性公墓建设", "微型消防站建设"),
    *("残疾人辅助器具适配", "农资储备网点建设", "地震监测台网运行"),
)
_GOALS = (
    "完成馆藏重点档案的整理和扫描，方便群众查阅利用。",
    "按计划开展作业，减轻干旱和冰雹对农业生产的影响。",
    "举办读书活动，培养阅读习惯，丰富群众文化生活。",
    "补齐设施短板，及时响应求助，保障人民生命财产安全。",
    "按时完成设备更新和日常维护，保证数据连续可靠。",
)
# Second level, name, operator, least, most, places, unit, explanation.
_INDICATORS = (
    ("数量指标", "扫描档案页数", "≥", 8000, 96000, 0, "页", "完成扫描并挂接的页数"),
    ("数量指标", "举办读书活动场次", "≥", 12, 90, 0, "场", "全年举办活动的场次"),
    ("数量指标", "新建消防站数量", "=", 2, 19, 0, "个", "建成并配齐器材的站点"),
    ("数量指标", "适配辅助器具件数", "≥", 110, 980, 0, "件", "经评估后配发的器具"),
    ("数量指标", "维护监测台站数量", "=", 3, 28, 0, "座", "按规程巡检的台站"),
    ("质量指标", "扫描图像合格率", "≥", 91, 99, 0, "%", "抽检合格图像所占比例"),
    ("质量指标", "器材完好率", "≥", 90, 99, 0, "%", "完好器材占全部器材的比例"),
    ("质量指标", "数据连续率", "≥", 95.1, 99.7, 1, "%", "有效数据占应测数据的比例"),
    ("时效指标", "任务按期完成率", "=", 100, 100, 0, "%", "按期完成任务所占比例"),
    ("时效指标", "平均响应时间", "≤", 5, 29, 0, "分钟", "从接警到出动的时间"),
    ("社会效益指标", "群众查档次数", "≥", 210, 5600, 0, "人次", "全年接待查阅的人次"),
    ("社会效益指标", "防灾知识知晓率", "≥", 70, 94, 0, "%", "受访群众知晓的比例"),
    ("生态效益指标", "节地生态安葬率", "≥", 20.5, 64.5, 1, "%", "节地方式安葬所占比例"),
    ("经济效益指标", "减少冰雹损失", "≥", 15.5, 480.5, 1, "万元", "与常年相比减少的损失"),
    ("服务对象满意度指标", "读者满意度", "≥", 85, 98, 0, "%", "问卷中表示满意的比例"),
    ("服务对象满意度指标", "受益群众满意度", "≥", 85, 98, 0, "%", "受访群众表示满意的比例"),
)
_LEVEL1 = {"数": "产出指标", "质": "产出指标", "时": "产出指标", "服": "满意度指标"}
_SCORING = ("达到或超过标准值得满分", "完成值大于等于目标值得满分", "未完成的按比例扣分，扣完为止")
_SURNAMES, _GIVEN = "林方石严卢孟邱侯段雷", ("一舟", "安然", "志远", "若兰", "明哲", "晓棠", "建业", "思齐")


@dataclass
class SmallForm:
    """One form as a careful clerk would key it: contract path within the table -> text; None where nothing stands."""

    title: str
    heads: list[tuple[str, str, str]] = field(default_factory=list)
    rows: list[dict[str, str]] = field(default_factory=list)
    foot: dict[str, str] = field(default_factory=dict)
    year: int = 2024
    kind: str = "overall"

    def truth(self) -> dict[str, object]:
        """Path -> value; each text also answers for its number."""
        found: dict[str, object] = {"title": self.title, "kind": self.kind, "fiscal_year": self.year}
        found |= {path: text for _, path, text in self.heads}
        found |= {f"indicators/{k}/{name}": text for k, row in enumerate(self.rows) for name, text in row.items()}
        found |= {f"indicators/{k}/remark": None for k in range(len(self.rows))} | {f"indicators/{len(self.rows)}": None}
        return found | {f"signoff/{name}": text for name, text in self.foot.items()}


def draw_form(rng: random.Random) -> SmallForm:
    """A form of three to six indicators, of the whole office or of one project."""
    county, office = rng.choice(_COUNTIES), rng.choice(_OFFICES)
    year = rng.randint(2021, 2026)
    form = SmallForm(f"{county}{office}部门整体支出绩效目标表", year=year)
    if rng.random() < 0.5:
        form = SmallForm("项目支出绩效目标表", year=year, kind="project")
        form.heads.append(("项目名称", "project_name", rng.choice(_PROJECTS)))
    else:
        form.heads.append(("单位名称", "unit_name", county + office))
    form.heads.append(("年度总体目标", "overall_goal", rng.choice(_GOALS)))
    chosen = sorted(rng.sample(range(len(_INDICATORS)), rng.randint(3, 6)))
    form.rows = [_row(rng, _INDICATORS[k]) for k in chosen]
    first, second = rng.sample(_GIVEN, 2)
    form.foot = {
        "filled_by": rng.choice(_SURNAMES) + first,
        "phone": f"1{rng.choice((32, 36, 50, 57, 73, 78, 87))}0000{rng.randint(0, 9999):04d}",
        "filled_on": f"{year - 1}-{rng.randint(9, 12):02d}-{rng.randint(1, 28):02d}",
        "responsible": rng.choice(_SURNAMES) + second,
    }
    return form


def _row(rng: random.Random, indicator: tuple[str, str, str, float, float, int, str, str]) -> dict[str, str]:
    level2, name, operator, low, high, places, unit, explanation = indicator
    value = f"{rng.uniform(low, high):.{places}f}"
    words = (_LEVEL1.get(level2[0], "效益指标"), level2, name, operator, value, unit, explanation, rng.choice(_SCORING))
    names = ("level1", "level2", "level3", "operator", "value", "unit", "explanation", "scoring_standard")
    return dict(zip(names, words, strict=True))
