"""The unit column, as far as its text alone tells."""

from __future__ import annotations

import re

from normalizers.rules.roles import NUMBERS, SENTENCES, VALUES
from normalizers.rules.rule import rule
from normalizers.vocabulary.characters import HAN_RANGE
from normalizers.vocabulary.lookalikes import look_alike
from normalizers.vocabulary.units import load_units


@rule(
    "units.latex-percent",
    SENTENCES | VALUES | {"unit", "level3"},
    [(r"\%", "%"), (r"95\%", "95%"), (r"$95\%$", "95%"), (r"$\%$", "%")],
    ["%", r"\\", "US$5"],
)
def latex_percent(text: str) -> str:
    """A LaTeX per cent sign leaked from a reader."""
    text = re.sub(r"\$\s*(\d*\.?\d*)\s*\\\s*[%％]\s*\$", r"\1%", text)
    return re.sub(r"\\+([%％])", r"\1", text)


@rule(
    "units.percent",
    NUMBERS | {"unit"},
    [("％", "%"), ("﹪", "%"), ("95％", "95%")],
    ["%", "‰", "百分比", "百分点"],
)
def percent(text: str) -> str:
    """The full-width per cent sign is the same sign. ‰ and 百分点 are other units."""
    return text.replace("％", "%").replace("﹪", "%").replace("٪", "%")


@rule(
    "units.per-mille",
    VALUES | {"unit"},
    [("%0", "‰"), ("%o", "‰"), ("％O", "‰"), ("0/00", "‰"), ("≤0.41%0", "≤0.41‰"), ("0.9%o", "0.9‰")],
    ["%", "‰", "0%", "元", "≥95%", "50%05", "A%0"],
)
def per_mille(text: str) -> str:
    """A per mille sign that fell apart: nothing else is a per cent sign with a nought behind it, alone or behind a figure."""
    return re.sub(r"(?:^|(?<=\d))[%％][0oO]$|^[0oO]/[0oO]{2}$", "‰", text)


@rule(
    "units.brackets",
    {"unit"},
    [("（万元）", "万元"), ("(%)", "%"), ("单位：件", "件"), ("(人 次)", "人次"), ("(座", "座")],
    ["人（次）", "元/亩", "万元", "（某", "台（套"],
)
def brackets(text: str) -> str:
    """Brackets around the whole unit, or the word 单位 before it, name the column again; half a pair is dirt before a known unit."""
    found = re.fullmatch(r"[(（]\s*([^()（）]+?)\s*[)）]|(?:计量)?单位\s*[:：]\s*(\S+)", text)
    if not found:
        half = re.fullmatch(r"[(（]([^()（）]+)|([^()（）]+)[)）]", text)
        inside = (half.group(1) or half.group(2)) if half else ""
        return inside if load_units().known(inside) else text
    return re.sub(rf"(?<=[{HAN_RANGE}]) +(?=[{HAN_RANGE}])", "", found.group(1) or found.group(2))


@rule(
    "units.misread",
    {"unit"},
    [("乎方米", "平方米"), ("立方末", "立方米")],
    ["万元", "人数", "件次", "车", "入", "里程", "户均"],
)
def misread(text: str) -> str:
    """A unit of two or more characters of which one was read as another of the same shape.

    Exactly one unit of the vocabulary must be that near. A single character is
    too little to tell by, and an unknown unit of another shape may be the county's own.
    """
    if len(text) < 2 or load_units().known(text) or load_units().is_sentinel(text):
        return text
    near = {unit for unit in load_units().dimensions if _one_look_alike(text, unit)}
    return near.pop() if len(near) == 1 else text


def _one_look_alike(seen: str, meant: str) -> bool:
    if len(seen) != len(meant):
        return False
    different = [(a, b) for a, b in zip(seen, meant, strict=True) if a != b]
    return len(different) == 1 and look_alike(*different[0])
