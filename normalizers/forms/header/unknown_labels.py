"""Labels that no word of ours explains: each is named once, with what it may be."""

from __future__ import annotations

import re
from collections.abc import Iterable

from normalizers.forms.header.block_heads import is_figure
from normalizers.forms.header.header_fields import UNKNOWN
from normalizers.paths import is_execution, other_path
from normalizers.record import TargetTable
from normalizers.rules.dates import parse_date
from normalizers.vocabulary.characters import HAN_RANGE
from normalizers.vocabulary.surnames import lacks_surname

_ORGANISATION = re.compile(
    r"(局|委|委员会|办|办公室|院|中心|站|所|会|部|厅|政府|公司|学校|大学|队|馆|社|街道|乡|镇|科|股)([(（][^()（）]*[)）])?$"
)
_DATE = re.compile(r"(?<!\d)\d+\s*[年月日./-]")
_PERSON = re.compile(rf"^[{HAN_RANGE}·]{{2,4}}$")
_PHONE = re.compile(r"1[3-9]\d{9}|0\d{2,3}[-—– ]?\d{7,8}")
# A goal has at least so many characters.
_GOAL = 8
_NAMES = {
    "department": "主管部门", "unit_name": "单位名称", "project_name": "项目名称",
    "overall_goal": "年度总体目标", "actual_outcome": "完成情况", "funds/total": "年度资金总额",
    "signoff/filled_by": "填表人", "signoff/responsible": "单位负责人", "signoff/filled_on": "填表日期", "signoff/phone": "联系电话",
}  # fmt: skip


def note_unknown_labels(table: TargetTable, labels: Iterable[str], below: bool = False) -> None:
    """One finding a label; for a person where its value may be a field that the form lacks otherwise.

    Args:
        below: the labels stand below the indicators, where people sign.
    """
    asked: set[str] = set()
    for label in dict.fromkeys(labels):
        key = _key_of(table, label)
        if key is None:
            continue
        field = table.other_fields[key]
        candidates = _may_sign(field.text) if below else [path for path in _may_be(field.text) if _is_expected(table, path)]
        missing = [path for path in candidates if not table.text(path) and path not in asked]
        asked |= set(missing[:1])
        message = f"The label {label!r} is not known; its value is kept under it."
        if missing:
            # The finding speaks of the field that a person would otherwise miss.
            message += f" The form has no {_NAMES[missing[0]]}: is it {field.text[:40]!r}?"
            table.find(missing[0], UNKNOWN, message)
        else:
            table.find(other_path(key), UNKNOWN, message, "info")


def _key_of(table: TargetTable, label: str) -> str | None:
    """Under which words a label's value is kept: its own, or with those of its total, its line or its column."""
    ours = (key for key in table.other_fields if key == label or key.endswith(f" {label}") or key.startswith(f"{label} "))
    return next(ours, None)


def _may_be(text: str) -> list[str]:
    """Fields that a text of this sort may belong to, the likeliest first."""
    text = text.strip()
    if not text:
        return []
    if is_figure(text):
        return ["funds/total"] if not text.endswith(("%", "％")) else []
    if _ORGANISATION.search(text) and len(text) <= 40:
        return ["department", "unit_name"]
    if _DATE.search(text) and len(text) < 24:
        return []
    if len(text) < _GOAL:
        return ["project_name"]
    goals = ["overall_goal", "actual_outcome"] if "。" in text or len(text) > 2 * _GOAL else []
    return [*goals, "project_name"] if len(text) <= 40 else goals


def _may_sign(text: str) -> list[str]:
    """What a text below the indicators may be: a date, a number, or the name of one of two people."""
    if parse_date(text) is not None:
        return ["signoff/filled_on"]
    if _PHONE.fullmatch(text.strip()):
        return ["signoff/phone"]
    return ["signoff/filled_by", "signoff/responsible"] if _PERSON.match(text) and not lacks_surname(text) else []


def _is_expected(table: TargetTable, path: str) -> bool:
    """Whether forms of this kind have the field."""
    if path == "unit_name":
        return table.kind == "overall"
    if path in ("department", "project_name"):
        return table.kind != "overall"
    if path == "actual_outcome":
        return table.kind == "self_evaluation"
    if path == "funds/total":
        return table.kind != "overall" and not any(is_execution(each) for each in table.fields)
    return True
