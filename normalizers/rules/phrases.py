"""Slips in standard wordings, one rule for each way to slip."""

from __future__ import annotations

import re

from normalizers.rules.rule import rule
from normalizers.vocabulary.characters import HAN_RANGE
from normalizers.vocabulary.phrases import Kind, apply_plan, load_lexicon, plan_mend, settle_marks

# Marks around a level's name; a piece of a ruling is read as a dash or as 一.
_SPECK_IN_NAME = re.compile(rf"(?<=[{HAN_RANGE}])[.。·•,，'`](?=[{HAN_RANGE}])")
_EDGE_OF_NAME = re.compile(r"^[\W_一]+|[\W_一]+$")


def _mend(role: str, text: str, kind: Kind) -> str:
    plan = plan_mend(role, text)
    return apply_plan(text, plan, kind) if plan else text


@rule(
    "phrases.edge-dirt",
    {"scoring_standard"},
    [
        ("d达达到或超过标准值得满分", "达达到或超过标准值得满分"),
        ("一达到或超过标准值得满分", "达到或超过标准值得满分"),
        ("达到或超过标准值得满分i", "达到或超过标准值得满分"),
    ],
    ["1、达到或超过标准值得满分", "A级达到标准值得满分", "一次达到标准值得满分", "达到标准值得5分", "d按评价得分"],
)
def edge_dirt(text: str) -> str:
    """One or two letters, or a stroke read as 一, before or behind a standard wording: what is left must be one, but for slips."""
    stripped = re.sub(rf"^(?:[A-Za-z]{{1,2}}|[一丨]) ?(?=[{HAN_RANGE}])|(?<=[{HAN_RANGE}]) ?[A-Za-z|]{{1,2}}$", "", text)
    if stripped == text or load_lexicon().knows("scoring_standard", stripped):
        return stripped
    plan = plan_mend("scoring_standard", stripped)
    return stripped if plan is not None and all(slip.kind in ("doubled", "misread") for slip in plan.slips) else text


@rule(
    "phrases.doubled",
    {"scoring_standard"},
    [
        ("达达到或超过标准值得满分", "达到或超过标准值得满分"),
        ("资金支出支出控制在预算内得满分，否则不得分", "资金支出控制在预算内得满分，否则不得分"),
    ],
    ["达到或超过标准值得满分", "步步达到要求得满分", "达到年度指标得满分，部分达到得880%，未达到不得分"],
)
def doubled(text: str) -> str:
    """A character or word written twice in a standard wording that is otherwise whole.

    Only a text that is the wording but for slips is touched; digits never.
    """
    return _mend("scoring_standard", text, "doubled")


@rule(
    "phrases.inserted",
    {"scoring_standard"},
    [
        (
            "完成值大于等于目标值得满分，完成值小于目标值，指标得分=目标值完成功率*指标分值",
            "完成值大于等于目标值得满分，完成值小于目标值，指标得分=目标值完成率*指标分值",
        ),
    ],
    [
        "达到或超过标准值可得满分",
        "达到或超过各标准值得满分",
        "未达到或超过标准值得满分",
        "完成值不大于等于目标值得满分，完成值小于目标值，指标得分=目标值完成率*指标分值",
    ],
)
def inserted(text: str) -> str:
    """One stray character in a standard wording.

    A character that writers add on purpose (不, 可, 各, a number …) makes it a
    wording of the county's own, which stays.
    """
    return _mend("scoring_standard", text, "inserted")


@rule(
    "phrases.misread",
    {"scoring_standard"},
    [
        ("资金支岀控制在预算内得满分，否则不得分", "资金支出控制在预算内得满分，否则不得分"),
        ("达到或超过标淮值得满分", "达到或超过标准值得满分"),
    ],
    ["达到或超过标准值得全分", "资金支出控制在预算外得满分，否则不得分", "达到或超过计划值得满分", "未达到或超过标准值不得分"],
)
def misread(text: str) -> str:
    """One character of a standard wording read as another of the same shape.

    The two must be known to look alike; another word in its place is another wording.
    """
    return _mend("scoring_standard", text, "misread")


@rule(
    "phrases.missing",
    {"scoring_standard"},
    [("资金支出控在预算内得满分，否则不得分", "资金支出控制在预算内得满分，否则不得分")],
    ["完成大于等于目标值得满分，完成值小于目标值，指标得分=目标值完成率*指标分值", "达到标准得满分"],
    certain=False,
)
def missing(text: str) -> str:
    """One character lost from a standard wording.

    A short form that a writer may have meant (目标 for 目标值) stays. What is put
    back was not read, so a person looks at it.
    """
    return _mend("scoring_standard", text, "missing")


@rule(
    "phrases.truncated",
    {"scoring_standard"},
    [
        ("资金支出控制在预算内得满分，否则", "资金支出控制在预算内得满分，否则不得分"),
        (
            "达到年度指标得满分，部分达到具有一定效果得80%，未达到年度指标，",
            "达到年度指标得满分，部分达到具有一定效果得80%，未达到年度指标，效果差的不得分",
        ),
    ],
    ["达到或超过标准值得满分", "资金支出控制在预算内得满分", "资金支出控制在预算内得满分，", "完成值大于"],
)
def truncated(text: str) -> str:
    """A standard wording cut short: exactly one wording goes on from here.

    The text must show half of it and stop inside a clause or at a comma; a text
    that ends with its clause may be whole, and two ways to go on are a question.
    """
    return _mend("scoring_standard", text, "truncated")


@rule(
    "phrases.marks",
    {"scoring_standard"},
    [
        ("达到或超过标准值得满|分", "达到或超过标准值得满分"),
        ("达到或超。过标准值得满分", "达到或超过标准值得满分"),
        ("资金支出控制在预算内得满分否则不得分", "资金支出控制在预算内得满分，否则不得分"),
    ],
    [
        "资金支出控制在预算内得满分；否则不得分",
        "资金支出控制在预算内得满分。否则不得分",
        "达到或超过标准值得满分。",
        "完成得分|未完成不得分",
    ],
)
def marks(text: str) -> str:
    """Dirt between the characters of a standard wording, or a comma lost from it.

    The characters must be the wording, all of them; a semicolon where others
    print a comma is the county's own.
    """
    return settle_marks("scoring_standard", text)


@rule(
    "phrases.explanation",
    {"explanation"},
    [("本年度该类工作作的经费安排", "本年度该类工作的经费安排"), ("本年度该类工作的经费安", "本年度该类工作的经费安排")],
    ["本年度该类工作的经费", "本年度工作的经费安排", "上年度该类工作的经费安排"],
)
def explanation(text: str) -> str:
    """A slip in one of the few explanations that are printed letter by letter on every form."""
    return settle_marks("explanation", _mend_certain("explanation", text))


@rule(
    "levels.slip",
    {"level1", "level2"},
    [
        ("数量指指标", "数量指标"),
        ("质星指标", "质量指标"),
        ("社会效益指", "社会效益指标"),
        ("——质量指标", "质量指标"),
        ("一成本指标", "成本指标"),
        ("社会效益指。标", "社会效益指标"),
        ("未可持续影响指标", "未可持续影响指标"),
    ],
    ["数据指标", "经济指标", "成本指标", "满意度指标", "服务对象满意度", "绩效指标"],
)
def level_slip(text: str) -> str:
    """A slip in a level's name: levels are a closed list, and the column says that it is one.

    A name of the county's own (数据指标) is more than a slip away and stays. Marks around a name, and 一, which a piece
    of a ruling is read as, are no part of it; nor is a speck between its lines that was read as a point.
    """
    name = _mend_certain("level2", text)
    bare = _EDGE_OF_NAME.sub("", _SPECK_IN_NAME.sub("", name))
    return bare if bare != name and load_lexicon().knows("level2", bare) else name


@rule(
    "units.sentinel-slip",
    {"unit"},
    [("非数数量指标", "非数量指标"), ("非数星指标", "非数量指标")],
    ["数量指标", "非数量", "个"],
)
def sentinel_slip(text: str) -> str:
    """A slip in 非数量指标, which stands in place of a unit where words are judged."""
    return _mend_certain("unit", text)


def _mend_certain(role: str, text: str) -> str:
    """All slips at once, when none of them is a guess."""
    plan = plan_mend(role, text)
    if plan is None or any(slip.kind == "missing" for slip in plan.slips):
        return text
    return apply_plan(text, plan)
