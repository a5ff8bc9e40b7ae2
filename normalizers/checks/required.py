"""Fields that a form must have, and template words left in."""

from __future__ import annotations

import re

from normalizers.checks.check import check
from normalizers.checks.figures import fold
from normalizers.consensus.spelling import one_off
from normalizers.doubts.misreading import severity_of, table_severity
from normalizers.forms.header.header_fields import UNKNOWN
from normalizers.record import TargetTable

_NAMES = {"project_name": "项目名称", "unit_name": "单位名称", "fiscal_year": "年度", "overall_goal": "年度总体目标"}
_BY_KIND = {
    "overall": ("unit_name", "fiscal_year", "overall_goal"),
    "project": ("project_name", "fiscal_year", "overall_goal"),
    "application": ("project_name", "fiscal_year"),
    "self_evaluation": ("project_name", "fiscal_year"),
    "monitoring": ("project_name", "fiscal_year"),
}
_TITLE_REST = re.compile(r"(部门)?(单位)?整体|(20\d\d|[(（]20)")
_PLACEHOLDER = re.compile(
    r"[*＊]{2,}|(?<![A-Za-z])[Xx×]{2,}(?![A-Za-z])|^(指标|目标)\s*\d+\s*[:：]|[_＿]{3,}|[（(]\s*(请填写|填写|此处)[^）)]*[）)]"
)
_TEXTS = ("level3", "value", "explanation", "remark")


@check("required.missing")
def required_fields(table: TargetTable) -> None:
    """项目名称 or 单位名称, the year and the goal; a blank one is marked, with what the form says elsewhere, and stays blank."""
    for path in _BY_KIND.get(table.kind, ("fiscal_year",)):
        if path == "project_name" and _is_of_department(table):
            path = "unit_name"
        if not table.text(path) and not _is_asked_for(table, path):
            message = f"{_NAMES[path]} is blank.{_proposal(table, path)} Fill it in by hand."
            table.find(path, "required.missing", message)


def _is_asked_for(table: TargetTable, path: str) -> bool:
    """True where a label that nobody knows may hold it: a person is asked for it once."""
    return any(found.path == path and found.code == UNKNOWN for found in table.findings)


def _is_of_department(table: TargetTable) -> bool:
    """True for an evaluation or an application of the whole department: no line of it names a project."""
    return "整体" in fold(table.text("title")) and "project_name" not in table.fields


def _proposal(table: TargetTable, path: str) -> str:
    if path != "project_name":
        return ""
    goal = table.text("overall_goal")
    cue = re.split(r"[。；;]", goal)[0][:40] if goal else ""
    return f" The goal begins {cue!r}; name the project after it." if cue else ""


@check("required.no-department", also=("required.no-department-code",))
def department_given(table: TargetTable) -> None:
    """主管部门 stands on every project form; the code that its label asks for is noted when absent."""
    field = table.fields.get("department")
    if table.kind != "project":
        return
    if field is None or not field.text:
        said = "was not found on the form" if field is None else "is blank"
        table.find("department", "required.no-department", f"主管部门 {said}.", table_severity(table))
    elif not any(char.isdigit() for char in field.text):
        kind = ", and names a section of an office rather than a department" if field.text.endswith(("股", "科", "室")) else ""
        table.find("department", "required.no-department-code", f"主管部门及代码 {field.text!r} gives no code{kind}. As filed.", "info")


@check("required.unit-differs", kinds=("overall",))
def unit_in_title(table: TargetTable) -> None:
    """The title of an overall form begins with the name of the unit; one character of difference is a misreading of one of them."""
    unit, title = fold(table.text("unit_name")), fold(table.text("title"))
    begins = _TITLE_REST.split(title)[0]
    if unit and begins and one_off(unit, begins):
        message = f"单位名称 is {table.text('unit_name')!r}, the title begins {begins!r}."
        table.find("unit_name", "required.unit-differs", message, severity_of(table.fields["unit_name"], table.fields.get("title")))


@check("text.placeholder")
def placeholders(table: TargetTable) -> None:
    """XX, **, 指标1： and lines to fill in are words of the template that the county left in; as filed."""
    texts = {path: table.text(path) for path in ("project_name", "unit_name", "overall_goal")}
    for row in table.rows:
        texts |= {row.path(name): row.text(name) for name in _TEXTS}
    for path, text in texts.items():
        found = _PLACEHOLDER.search(text)
        if found:
            table.find(path, "text.placeholder", f"{found.group()!r} is left over from the template; as filed.", "info")
