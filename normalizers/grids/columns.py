"""What the figures of a column count: by its head, by the label of the row, by the unit that stands over the table."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.model import Cell
from extractors.tables.wrap import unwrap
from normalizers.grids.figures import to_figure
from normalizers.vocabulary.label_keys import plain
from normalizers.vocabulary.units import load_units

MONEY = ("元", "千元", "万元", "百万元", "亿元")
# Digits below these heads are names of something.
_CODE = re.compile(r"编码|代码|编号|证号|号码|电话|账号|邮编")
_ORDER = re.compile(r"^(序号|行次|栏次|年度|年份|页码|备注)$")
_RATIO = re.compile(r"%|占比|比例|比重|百分比|.[^利]率$|增减$|增长$")
_COUNTED = re.compile(r"(人|户|辆|台|个|件|次|面积|批)[次数]?$|数量|人数|面积|个数")
_IN_BRACKETS = re.compile(r"[(（]\s*(?:单位\s*[:：])?\s*([^()（）\d]{1,5}?)\s*[)）]")


def column_heads(cells: Sequence[Cell], column_count: int) -> list[list[str]]:
    """Of each column the words that stand above its first figure, from top to bottom."""
    heads: list[list[str]] = [[] for _ in range(column_count)]
    ended = [False] * column_count
    for cell in sorted(cells, key=lambda cell: (cell.rows.start, cell.cols.start)):
        text = unwrap(cell.text)
        is_figure = to_figure(cell.text)[0] is not None
        for column in cell.cols:
            if is_figure and len(cell.cols) == 1:
                ended[column] = True
            elif text and not ended[column]:
                heads[column].append(text)
    return heads


def is_code_column(heads: Sequence[str]) -> bool:
    """True where digits are codes: 科目编码, 联系电话."""
    return any(_CODE.search(_squeezed(head)) for head in heads)


def unit_below(heads: Sequence[str], table_unit: str) -> str:
    """The unit of the figures in a column; empty where neither its head nor the table says one."""
    for head in reversed(heads):
        squeezed = _squeezed(head)
        own = bracketed_unit(squeezed)
        if own:
            return own
        if _RATIO.search(squeezed):
            return "%" if "%" in squeezed else ""
        if _ORDER.search(squeezed) or _COUNTED.search(squeezed):
            return ""
    return table_unit if table_unit in MONEY else ""


def bracketed_unit(text: str) -> str:
    """A unit in brackets inside a head or a label: 金额（万元）, 占比（%）, 公务用车（辆）."""
    for found in reversed(list(_IN_BRACKETS.finditer(_squeezed(text)))):
        unit = "%" if found.group(1) == "%" else load_units().canonical(found.group(1)) or ""
        if unit:
            return unit
    return ""


def _squeezed(text: str) -> str:
    return re.sub(r"\s", "", plain(text)).replace("％", "%")
