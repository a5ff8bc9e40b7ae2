"""The six operators and the many ways to spell them."""

from __future__ import annotations

import re

from normalizers.rules.roles import SENTENCES, VALUES
from normalizers.rules.rule import rule

OPERATORS: tuple[str, ...] = ("≥", "≤", "=", ">", "<", "定性")

_LATEX = {
    "geqslant": "≥", "geqq": "≥", "geq": "≥", "ge": "≥", "gt": ">",
    "leqslant": "≤", "leqq": "≤", "leq": "≤", "le": "≤", "lt": "<", "eq": "=",
}  # fmt: skip
_LATEX_NAMES = "|".join(sorted(_LATEX, key=len, reverse=True))
_LATEX_SIGN = re.compile(rf"(?:(?:\$|\\\()\s*|(?<!\s)\s+)?\\({_LATEX_NAMES})(?![a-zA-Z])\s*(?:\$|\\\))?")
_DOLLARS = re.compile(r"\$\s*(?:\\text\s*\{\s*)?([≥≤=<>≧⩾⪖≽≦⩽⪕≼＞﹥＜﹤＝﹦]|定性)\s*\}?\s*\$")
_SAME_SIGN = str.maketrans("≧⩾⪖≽≦⩽⪕≼＞﹥＜﹤＝﹦", "≥≥≥≥≤≤≤≤>><<==")
_PAIRS = re.compile(r"([<>])\s*=|=\s*([<>])")
_DIRTY = re.compile(r"^[.,'`’•·\"_:;~ ]*(?:-[.,'`’•·\"_:;~ ]*)?(≥|≤|=|>|<|定性)[.,'`’•·\"_:;~ ]*")
_WORDS = {
    "大于等于": "≥", "大于或等于": "≥", "不小于": "≥", "不低于": "≥", "不少于": "≥",
    "小于等于": "≤", "小于或等于": "≤", "不大于": "≤", "不高于": "≤", "不多于": "≤", "不超过": "≤",
    "等于": "=", "大于": ">", "小于": "<", "定性指标": "定性",
}  # fmt: skip


@rule(
    "operators.latex",
    SENTENCES | VALUES | {"operator", "unit", "level3"},
    [
        (r"\geq", "≥"), (r"$\leq$", "≤"), (r"\leqslant", "≤"), (r"$ \ge $", "≥"), (r"\(\leq\)", "≤"),
        (r"\geq95", "≥95"), (r"$\geq$ 95", "≥ 95"), ("$≧$", "≧"),
    ],
    [r"\left", r"\geometry", "US$", "≥"],
)  # fmt: skip
def latex(text: str) -> str:
    """A LaTeX command for a comparison leaked from a reader; nobody files a form in LaTeX."""
    text = _LATEX_SIGN.sub(lambda found: _LATEX[found.group(1)], text)
    return _DOLLARS.sub(r"\1", text)


@rule(
    "operators.same-sign",
    {"operator"},
    [("≧", "≥"), ("⩽", "≤"), ("＝", "="), ("＞", ">"), ("≦", "≤")],
    ["≥", "定性", "≈", "V", "》"],
)
def same_sign(text: str) -> str:
    """Other code points of the same sign: double bar, slanted bar, full-width."""
    return text.translate(_SAME_SIGN)


@rule(
    "operators.same-sign-in-value",
    VALUES,
    [("≧95%", "≥95%"), ("≦0%", "≤0%"), ("＞3", ">3"), ("＝100", "=100")],
    ["目标＝完成", "≥95%", "5≧3"],
)
def same_sign_in_value(text: str) -> str:
    """An operator glued before a number is spelled with the usual sign."""
    return text[:1].translate(_SAME_SIGN) + text[1:] if re.match(r"^[≧⩾≦⩽＞＜＝]\s*\d", text) else text


@rule(
    "operators.pairs",
    {"operator"},
    [(">=", "≥"), ("=>", "≥"), ("< =", "≤"), ("=<", "≤")],
    ["=", ">", "==", "<>"],
)
def pairs(text: str) -> str:
    """Two signs of a keyboard that has no ≥. Only when they are the whole cell."""
    found = _PAIRS.fullmatch(text)
    if not found:
        return text
    return "≥" if ">" in (found.group(1), found.group(2)) else "≤"


@rule(
    "operators.dirt",
    {"operator"},
    [("≥ '", "≥"), (">.", ">"), ("•≤", "≤"), ("-定性", "定性")],
    ["≥≤", ">=", "≥95", "=-", "'", "≠"],
)
def dirt(text: str) -> str:
    """One operator and specks beside it: a column of six signs holds no points and quotes."""
    found = _DIRTY.fullmatch(text)
    return found.group(1) if found else text


@rule(
    "operators.words",
    {"operator"},
    [("大于等于", "≥"), ("小于或等于", "≤"), ("不低于", "≥"), ("定性指标", "定性"), ("定 性", "定性")],
    ["定性", "定量", "正向指标", "区间"],
)
def words(text: str) -> str:
    """The operator written out. Only when it is the whole cell, so a sentence is never touched.

    正向 and 反向 say a direction, not an operator, and stay for a person.
    """
    plain = text.replace(" ", "")
    return "定性" if plain == "定性" else _WORDS.get(plain, text)


def parse_operator(text: str) -> str | None:
    """The operator that a text spells, one of OPERATORS; None when it is none.

    >>> parse_operator("$\\\\geqslant$"), parse_operator("> ="), parse_operator("V")
    ('≥', '≥', None)
    """
    mended = text.strip()
    for each in (latex, same_sign, pairs, dirt, words):
        mended = each.mend(mended).strip()
    return mended if mended in OPERATORS else None
