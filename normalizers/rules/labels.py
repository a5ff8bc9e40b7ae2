"""Printed labels and header cells."""

from __future__ import annotations

import re

from normalizers.rules.roles import LABELS
from normalizers.rules.rule import rule


@rule(
    "labels.spaces",
    LABELS,
    [("项目资金 (万元)", "项目资金(万元)"), ("其中: 财政拨款", "其中:财政拨款"), ("项 目 名 称", "项目名称")],
    ["Item name", "项目资金(万元)"],
)
def spaces(text: str) -> str:
    """Spaces in a printed label are typesetting. Latin words keep theirs."""
    return re.sub(r"(?<![A-Za-z]) +| +(?![A-Za-z])", "", text)
