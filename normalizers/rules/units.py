"""The unit column, as far as its text alone tells."""

from __future__ import annotations

import re

from normalizers.rule import rule
from normalizers.rules.roles import SENTENCES


@rule(
    "units.latex-percent",
    SENTENCES | {"unit", "value", "level3"},
    [(r"\%", "%"), (r"95\%", "95%"), (r"$95\%$", "95%"), (r"$\%$", "%")],
    ["%", r"\\", "US$5"],
)
def latex_percent(text: str) -> str:
    """A LaTeX per cent sign leaked from a reader."""
    text = re.sub(r"\$\s*(\d*\.?\d*)\s*\\\s*[%％]\s*\$", r"\1%", text)
    return re.sub(r"\\+([%％])", r"\1", text)


@rule(
    "units.percent",
    {"unit", "value"},
    [("％", "%"), ("﹪", "%"), ("95％", "95%")],
    ["%", "‰", "百分比", "百分点"],
)
def percent(text: str) -> str:
    """The full-width per cent sign is the same sign. ‰ and 百分点 are other units."""
    return text.replace("％", "%").replace("﹪", "%").replace("٪", "%")


@rule(
    "units.brackets",
    {"unit"},
    [("（万元）", "万元"), ("(%)", "%"), ("单位：件", "件"), ("(人 次)", "人次")],
    ["人（次）", "元/亩", "万元"],
)
def brackets(text: str) -> str:
    """Brackets around the whole unit, or the word 单位 before it, name the column again."""
    found = re.fullmatch(r"[(（]\s*([^()（）]+?)\s*[)）]|(?:计量)?单位\s*[:：]\s*(\S+)", text)
    if not found:
        return text
    return re.sub(r"(?<=[\u4e00-\u9fff]) +(?=[\u4e00-\u9fff])", "", found.group(1) or found.group(2))
