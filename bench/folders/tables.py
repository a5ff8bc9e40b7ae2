"""Made-up tables of budget publications, project libraries and evaluations of other kinds, each with its truth."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field

_SUBJECTS = (
    ("201", "一般公共服务支出"), ("20101", "人大事务"), ("2010101", "行政运行"),
    ("2010199", "其他人大事务支出"), ("205", "教育支出"),
    ("20502", "普通教育"), ("2050201", "学前教育"), ("2050202", "小学教育"),
    ("208", "社会保障和就业支出"), ("20805", "行政事业单位养老支出"),
    ("2080505", "机关事业单位基本养老保险缴费支出"), ("210", "卫生健康支出"), ("21011", "行政事业单位医疗"),
    ("2101101", "行政单位医疗"),
    ("213", "农林水支出"), ("21301", "农业农村"), ("2130108", "病虫害控制"), ("221", "住房保障支出"), ("2210201", "住房公积金"),
)  # fmt: skip
_ECONOMIC = (
    ("301", "工资福利支出"), ("30101", "基本工资"), ("30102", "津贴补贴"), ("30103", "奖金"), ("30113", "住房公积金"),
    ("302", "商品和服务支出"), ("30201", "办公费"), ("30205", "水费"), ("30206", "电费"), ("30211", "差旅费"), ("30217", "公务接待费"),
    ("30231", "公务用车运行维护费"), ("303", "对个人和家庭的补助"), ("30305", "生活补助"),
)  # fmt: skip
_OFFICES = ("云田县档案馆", "岭北县水利局", "青石县文化馆", "白沙县公路养护站", "东塘县第二中学", "南洲县疾病预防控制中心")
_PROJECTS = (
    "县道日常养护经费", "档案数字化加工", "老旧小区管网改造（二期）", "乡镇卫生院设备更新", "中小学图书购置", "河道清淤疏浚工程",
    "公共文化服务体系建设专项资金", "高标准农田建设项目县级配套资金", "城乡居民基本医疗保险县级补助", "古籍修复与保护",
)  # fmt: skip


@dataclass(slots=True)
class Entry:
    """A cell of the truth: text as displayed, rows and columns that it takes."""

    text: str
    row_span: int = 1
    column_span: int = 1
    number: float | None = None


@dataclass(slots=True)
class MadeTable:
    """One table: what stands over it, its rows (None where a cell above or to the left reaches), how it is printed."""

    title: str
    number: str
    unit: str
    rows: list[list[Entry | None]]
    widths: list[float]
    kind: str = "publication"
    repeated_rows: int = 0
    clipped: bool = False
    notes: list[str] = field(default_factory=list)


Make = Callable[[random.Random], MadeTable]


def office_of(rng: random.Random) -> str:
    return rng.choice(_OFFICES)


def _money(rng: random.Random, blank: float = 0.15) -> Entry:
    if rng.random() < blank:
        return Entry("")
    value = round(rng.choice((rng.uniform(0.1, 9), rng.uniform(10, 999), rng.uniform(1000, 99999))), 2)
    return Entry(f"{value:,.2f}", number=value)


def _words(*texts: str) -> list[Entry | None]:
    return [Entry(text) for text in texts]


def income_and_expense(rng: random.Random) -> MadeTable:
    left = ("一、一般公共预算拨款收入", "二、政府性基金预算拨款收入", "三、国有资本经营预算拨款收入",
            "四、财政专户管理资金收入", "五、事业收入",
            "六、上级补助收入", "七、其他收入")  # fmt: skip
    right = [f"{n}、{name}" for n, (_, name) in zip("一二三四五六七", [s for s in _SUBJECTS if len(s[0]) == 3], strict=False)]
    rows: list[list[Entry | None]] = [[Entry("收入", 1, 2), None, Entry("支出", 1, 2), None], _words("项目", "预算数", "项目", "预算数")]
    for index in range(7):
        rows.append([Entry(left[index]), _money(rng), Entry(right[index] if index < len(right) else ""), _money(rng)])
    rows.append([Entry("收入总计"), _money(rng, 0), Entry("支出总计"), _money(rng, 0)])
    return MadeTable("部门收支总表", "公开01表", "万元", rows, [34, 16, 34, 16])


def _by_subject(rng: random.Random, title: str, number: str, count: int, heads: tuple[str, ...]) -> MadeTable:
    rows: list[list[Entry | None]] = [
        [Entry("科目编码", 2), Entry("科目名称", 2), Entry("合计", 2), Entry("其中", 1, len(heads)), *[None] * (len(heads) - 1)],
        [None, None, None, *_words(*heads)],
    ]
    chosen = sorted(rng.choice(_SUBJECTS) for _ in range(count))
    for code, name in chosen:
        rows.append([Entry(code), Entry(name), _money(rng, 0), *[_money(rng) for _ in heads]])
    rows.append([Entry("合计", 1, 2), None, _money(rng, 0), *[_money(rng) for _ in heads]])
    return MadeTable(title, number, "万元", rows, [12, 34, 15, *[15] * len(heads)], repeated_rows=2)


def income(rng: random.Random) -> MadeTable:
    return _by_subject(rng, "部门收入总表", "公开02表", rng.randint(5, 14), ("一般公共预算", "政府性基金", "事业收入", "其他收入"))


def expense(rng: random.Random) -> MadeTable:
    return _by_subject(rng, "部门支出总表", "公开03表", rng.randint(5, 14), ("基本支出", "项目支出"))


def long_expense(rng: random.Random) -> MadeTable:
    return _by_subject(rng, "一般公共预算支出表", "公开05表", rng.randint(70, 110), ("人员经费", "公用经费", "项目支出"))


def basic(rng: random.Random) -> MadeTable:
    rows: list[list[Entry | None]] = [_words("部门预算支出经济分类科目", "科目名称", "人员经费", "公用经费")]
    rows += [[Entry(code), Entry(name), _money(rng), _money(rng)] for code, name in _ECONOMIC]
    return MadeTable("一般公共预算基本支出表", "公开06表", "元", rows, [28, 30, 18, 18])


def three_public(rng: random.Random) -> MadeTable:
    rows: list[list[Entry | None]] = [
        [Entry("单位名称", 2), Entry("“三公”经费合计", 2), Entry("因公出国（境）费", 2), Entry("公务用车购置及运行费", 1, 3), None, None,
         Entry("公务接待费", 2)],
        [None, None, None, *_words("小计", "公务用车购置费", "公务用车运行费"), None],
    ]  # fmt: skip
    rows += [[Entry(office), *[_money(rng) for _ in range(6)]] for office in rng.sample(_OFFICES, 3)]
    return MadeTable("一般公共预算“三公”经费支出表", "公开07表", "万元", rows, [24, 14, 14, 12, 14, 14, 14])


def fund(rng: random.Random) -> MadeTable:
    rows: list[list[Entry | None]] = [_words("科目编码", "科目名称", "本年政府性基金预算支出", "备注")]
    rows += [[Entry(""), Entry(""), Entry(""), Entry("")] for _ in range(3)]
    rows.append([Entry("合计"), Entry(""), Entry("0.00", number=0.0), Entry("")])
    return MadeTable("政府性基金预算支出表", "公开08表", "万元", rows, [14, 30, 26, 14])


def projects(rng: random.Random) -> MadeTable:
    rows: list[list[Entry | None]] = [_words("项目名称", "项目单位", "合计", "财政拨款", "其他资金", "备注")]
    rows += [[Entry(name), Entry(office_of(rng)), _money(rng, 0), _money(rng), _money(rng), Entry("")] for name in rng.sample(_PROJECTS, 6)]
    return MadeTable("项目支出表", "公开10表", "万元", rows, [40, 26, 15, 15, 15, 10])


def purchase(rng: random.Random) -> MadeTable:
    rows: list[list[Entry | None]] = [_words("序号", "采购项目", "数量", "计量单位", "单价", "金额")]
    for index, item in enumerate(rng.sample(("台式计算机", "复印纸", "档案柜", "扫描仪", "会议桌", "空调机", "打印机"), 5), 1):
        count = rng.randint(1, 40)
        rows.append([Entry(str(index), number=index), Entry(item), Entry(str(count), number=count), Entry(rng.choice("台件个套箱")),
                     _money(rng, 0), _money(rng, 0)])  # fmt: skip
    return MadeTable("政府采购预算表", "公开11表", "元", rows, [8, 26, 10, 12, 16, 18])


def assets(rng: random.Random) -> MadeTable:
    names = ("一、流动资产", "其中：货币资金", "二、固定资产", "房屋构筑物", "通用设备", "三、无形资产", "资产总计")
    rows: list[list[Entry | None]] = [_words("项目", "行次", "年初数", "年末数", "增减率（%）")]
    for index, name in enumerate(names, 1):
        rate = round(rng.uniform(-30, 60), 1)
        rows.append([Entry(name), Entry(str(index), number=index), _money(rng), _money(rng), Entry(f"{rate:.1f}", number=rate)])
    return MadeTable("国有资产占用情况表", "公开12表", "元", rows, [30, 8, 20, 20, 14])


def library(rng: random.Random) -> MadeTable:
    """A project library printed from a workbook: long text that the cell clips."""
    rows: list[list[Entry | None]] = [_words("项目代码", "项目名称", "申报单位", "项目内容", "金额", "备注")]
    for name in rng.sample(_PROJECTS, 8):
        code = f"5109232{rng.randint(3, 6)}T0000{rng.randint(10000000, 99999999)}"
        content = f"{name}，用于{rng.choice(_PROJECTS)}及相关设备购置、人员培训和日常维护，{rng.randint(2, 5)}年内完成"
        rows.append([Entry(code), Entry(name), Entry(office_of(rng)), Entry(content), _money(rng, 0), Entry("无")])
    return MadeTable("项目库明细表", "", "万元", rows, [14, 18, 16, 24, 12, 8], kind="workbook", clipped=True)


def teaching(rng: random.Random) -> MadeTable:
    """Levels of indicators of another ministry: the heads of our form, none of its levels."""
    areas = {"办学方向": ("党的建设", "德育工作"), "师资队伍": ("教师结构", "教师发展"), "教学管理": ("课程设置", "教学研究", "考试评价")}
    rows: list[list[Entry | None]] = [_words("一级指标", "二级指标", "评估要点", "分值", "得分")]
    for first, seconds in areas.items():
        for index, second in enumerate(seconds):
            points = rng.randint(3, 12)
            head = Entry(first, len(seconds)) if index == 0 else None
            note = f"查阅{second}资料，实地走访"
            rows.append([head, Entry(second), Entry(note), Entry(str(points), number=points), Entry("")])
    return MadeTable("义务教育学校办学水平评估表", "", "", rows, [16, 18, 40, 8, 8], kind="evaluation")


def supplier(rng: random.Random) -> MadeTable:
    rows: list[list[Entry | None]] = [_words("评价项目", "评价标准", "分值", "得分", "备注")]
    for name, rule in (("产品质量", "合格率达到98%以上得满分"), ("交货期", "按期交货得满分，延期一天扣1分"), ("售后服务", "响应及时")):
        points = rng.randint(10, 40)
        rows.append([Entry(name), Entry(rule), Entry(str(points), number=points), Entry(""), Entry("")])
    return MadeTable("供应商年度评价表", "", "", rows, [18, 44, 8, 8, 14], kind="evaluation")


def appraisal(rng: random.Random) -> MadeTable:
    rows: list[list[Entry | None]] = [
        [Entry("姓名"), Entry(""), Entry("部门"), Entry(office_of(rng))],
        [Entry("考核项目"), Entry("考核内容"), Entry("权重"), Entry("得分")],
    ]
    for name in ("工作业绩", "工作态度", "学习能力"):
        rows.append([Entry(name), Entry(f"{name}完成情况"), Entry(f"{rng.randint(1, 4)}0%"), Entry("")])
    return MadeTable("员工绩效考核表", "", "", rows, [18, 40, 14, 24], kind="evaluation")


def science(rng: random.Random) -> MadeTable:
    rows: list[list[Entry | None]] = [
        [Entry("项目名称"), Entry(rng.choice(_PROJECTS), 1, 3), None, None],
        [Entry("承担单位"), Entry(office_of(rng)), Entry("项目负责人"), Entry("王某某")],
        [Entry("评价内容"), Entry("评价意见", 1, 2), None, Entry("等级")],
    ]
    rows += [[Entry(name), Entry("达到合同要求", 1, 2), None, Entry(rng.choice("优良中"))] for name in ("技术水平", "经济效益", "社会效益")]
    return MadeTable("科技项目验收评价表", "", "", rows, [18, 30, 18, 26], kind="evaluation")


PUBLICATION: tuple[Make, ...] = (
    income_and_expense, income, expense, long_expense, basic, three_public, fund, projects, purchase, assets,
)  # fmt: skip
EVALUATION: tuple[Make, ...] = (teaching, supplier, appraisal, science)
