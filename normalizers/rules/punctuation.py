"""The width of punctuation: full in running Chinese, as filed in numbers, Latin and formulas."""

from __future__ import annotations

import re

from normalizers.rules.roles import LABELS, RUNNING, SENTENCES, VALUES
from normalizers.rules.rule import rule
from normalizers.vocabulary.characters import HAN, HAN_RANGE, is_chinese, is_han

_WIDE = str.maketrans(",;:?!", "，；：？！")
_SMALL_FORMS = str.maketrans("﹐﹑﹒﹔﹕﹖﹗﹙﹚﹝﹞｡､︰︓︔︕︖︵︶", "，、。；：？！（）〔〕。、：：；！？（）")
_MARK = re.compile(r"(?:(?<! ) +)?([,;:?!]) *")
_COLUMN_MARKS = RUNNING | VALUES
_OPENING, _CLOSING = "(（", ")）"
_ARITHMETIC = "=＝+＋*×/÷^<>≤≥"
_FULL_STOP = re.compile(r"(?<=[^\W\d_a-zA-Z])\.(?=$|[^\W\d_a-zA-Z])")


@rule(
    "text.small-forms",
    RUNNING | LABELS | VALUES,
    [("维护稳定﹐促进发展", "维护稳定，促进发展"), ("经费｡", "经费。")],
    ["维护稳定，促进发展", "1.5"],
)
def small_forms(text: str) -> str:
    """Small, half-width and vertical forms of Chinese marks are the same marks."""
    return text.translate(_SMALL_FORMS)


@rule(
    "text.punctuation",
    _COLUMN_MARKS,
    [
        ("全面履行职能, 维护社会稳定", "全面履行职能，维护社会稳定"),
        ("效果得80%, 未达到", "效果得80%，未达到"),
        ("1: 完成任务", "1：完成任务"),
        ("调解案件;培训", "调解案件；培训"),
        ("未达到年度指标,", "未达到年度指标，"),
    ],
    [
        "1,500",
        "10:30前办结",
        "配套比例1:1",
        "http://example.org",
        "≥95%,≤100%",
        "Word,Excel",
        "指标得分=目标值完成率*指标分值",
        "0.5,0.8",
    ],
)
def punctuation(text: str) -> str:
    """A comma, colon, semicolon, question or exclamation mark beside Chinese is full-width, without a space.

    Between two digits or inside Latin text it belongs to the number (1,500), the
    time (10:30), the ratio or the address and stays.
    """

    widened = _MARK.sub(_widen, text)
    # A mark beside a mark follows its neighbour, so the last to change is the last to ask.
    return widened if widened == text else punctuation.mend(widened)


def _widen(found: re.Match[str]) -> str:
    before, after = found.string[: found.start()][-1:], found.string[found.end() :][:1]
    if before.isdigit() and after.isdigit():
        return found.group()
    return found.group(1).translate(_WIDE) if is_chinese(before) or is_chinese(after) else found.group()


@rule(
    "text.full-stop",
    SENTENCES,
    [("完成各项任务.", "完成各项任务。"), ("回归社会.创造价值", "回归社会。创造价值")],
    ["1.依法管理", "No.5", "97.5%", "2023.12", "V2.0版"],
)
def full_stop(text: str) -> str:
    """A point between Chinese characters, or at the end behind one, is the Chinese full stop.

    A point beside a digit or a letter is a decimal point, a list number or a name.
    """
    return _FULL_STOP.sub("。", text)


@rule(
    "text.code-bracket",
    {"department"},
    [("{105}社会事务股", "[105]社会事务股"), ("{105]社会事务股", "[105]社会事务股"), ("105]社会事务股", "[105]社会事务股")],
    ["[105]社会事务股", "【105】社会事务股", "(105)社会事务股", "105社会事务股", "{一}社会事务股"],
)
def code_bracket(text: str) -> str:
    """The code of a department stands in square brackets, which a worn print turns into braces, or loses; no form has braces."""
    return re.sub(r"^(?:[\[{｛](\d{2,6})[\]}｝]|(\d{2,6})\])", r"[\1\2]", text)


@rule(
    "text.brackets",
    RUNNING,
    [
        ("行政复议与行政诉讼(应诉)工作", "行政复议与行政诉讼（应诉）工作"),
        ("参与（诉讼)案件", "参与（诉讼）案件"),
        ("补助 (第一批)", "补助（第一批）"),
        ("培训(12人)", "培训（12人）"),
    ],
    [
        "得分=(完成值/目标值)*分值",
        "f(x)",
        "Office(2016)",
        "（一）",
        "[105]教育部",
        "1)完成建设",
    ],
)
def brackets(text: str) -> str:
    """A pair of round brackets with Chinese inside or before it is full-width, without a space before it.

    A pair that holds or touches an arithmetic sign belongs to a formula, a pair
    in Latin text to that; a bracket without its partner (a list number) stays.
    """
    chars = list(text)
    for start, stop in _pairs(text):
        if _is_prose(text, start, stop):
            chars[start], chars[stop] = "（", "）"
    mended = "".join(chars)
    return re.sub(rf"(?<=[{HAN_RANGE}]) +(?=（)|(?<=）) +(?=[{HAN_RANGE}])", "", mended)


def _pairs(text: str) -> list[tuple[int, int]]:
    """Index pairs of round brackets of either width that belong together."""
    opened: list[int] = []
    pairs = []
    for index, char in enumerate(text):
        if char in _OPENING:
            opened.append(index)
        elif char in _CLOSING and opened:
            pairs.append((opened.pop(), index))
    return pairs


def _is_prose(text: str, start: int, stop: int) -> bool:
    inside = text[start + 1 : stop]
    before, after = text[:start].rstrip(" ")[-1:], text[stop + 1 :].lstrip(" ")[:1]
    if any(char in _ARITHMETIC for char in inside) or (before and before in _ARITHMETIC) or (after and after in _ARITHMETIC):
        return False
    mixed = (text[start] == "（") != (text[stop] == "）")
    opens_text = not before and is_han(after)
    return mixed or bool(HAN.search(inside)) or is_han(before) or opens_text
