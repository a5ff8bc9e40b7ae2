"""Who filled in and who signed. What reviewers wrote is judged by the rulebook."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from normalizers.checks.check import check
from normalizers.checks.figures import fold
from normalizers.consensus.spelling import one_off
from normalizers.consensus.unit_scope import units_of
from normalizers.doubts.misreading import severity_of
from normalizers.forms.label_runs import is_swallowed
from normalizers.paths import other_path, signoff_path
from normalizers.record import TargetTable
from normalizers.vocabulary.characters import HAN_RANGE

LABELS = {
    "filled_by": "填表人",
    "phone": "联系电话",
    "filled_on": "填表日期",
    "responsible": "单位负责人",
}
_SIGNED = ("filled_by", "phone", "filled_on", "responsible")
_MOBILE = re.compile(r"^(\+?86[- ]?)?1[3-9]\d{9}$")
_LANDLINE = re.compile(r"^(\(?0\d{2,3}\)?[- ]?)?[2-8]\d{6,7}([-转]\d{1,6})?$")
_NAME = re.compile(rf"^([{HAN_RANGE}·]{{2,}}|[A-Za-z.]+)$")
TARGETS = ("overall", "project")


@check("signoff.missing", kinds=TARGETS)
def signed(table: TargetTable) -> None:
    """填表人, 联系电话, 填表日期 and 单位负责人 are there; a blank line may hide handwriting."""
    severity = severity_of(*(table.fields.get(path) for path in ("overall_goal", "title") if table.text(path)))
    # A form that nobody signed, or whose lines of signatures are lost, is one thing to look at.
    cause = "" if any(table.text(signoff_path(name)) for name in _SIGNED) else "signoff"
    for name in _SIGNED:
        path = signoff_path(name)
        if not table.text(path):
            said = "is blank" if path in table.fields else "was not found on the form"
            table.find(path, "signoff.missing", f"{LABELS[name]} {said}; compare with the page.", severity, cause)


@check("signoff.same-person", scope="document")
def filler_is_not_responsible(tables: Sequence[TargetTable]) -> None:
    """D2 and N60: the one who fills in and the one who answers for it are two people; who answers elsewhere is proposed."""
    for index, table in enumerate(tables):
        filler, responsible = table.text("signoff/filled_by"), table.text("signoff/responsible")
        if filler and fold(filler) == fold(responsible):
            proposal = _elsewhere(tables, index, filler)
            message = f"填表人 and 单位负责人 are both {filler!r}; one is misplaced or the roles are not separated.{proposal}"
            table.find("signoff/responsible", "signoff.same-person", message)


def _elsewhere(tables: Sequence[TargetTable], index: int, filler: str) -> str:
    """Who answers for most other tables of the unit."""
    units = units_of(tables)
    names = Counter(
        name
        for other, table in enumerate(tables)
        if other != index and units[other] == units[index] and (name := table.text("signoff/responsible")) not in ("", filler)
    )
    if not names:
        return ""
    name = min(names, key=lambda each: (-names[each], each))
    return f" Of the other tables {names[name]} name {name!r} as 单位负责人; not changed."


@check("signoff.names-nearly-alike", scope="document")
def names_nearly_alike(tables: Sequence[TargetTable]) -> None:
    """One role, two names that differ in one character, on two forms of a file that was read from pictures: 秦守田 and 泰守田.

    One of them is misread more likely than not, and nothing says which: a person compares both.
    """
    for role in ("filled_by", "responsible"):
        path = signoff_path(role)
        names = {table.text(path) for table in tables} - {""}
        for table in tables:
            name = table.text(path)
            others = sorted(other for other in names if len(name) > 1 and len(other) == len(name) and one_off(name, other))
            if others and severity_of(table.fields.get(path)) == "review":
                message = f"{LABELS[role]} {name!r} here, {others[0]!r} on another form of this file; one may be misread."
                table.find(path, "signoff.names-nearly-alike", message)


@check("signoff.phone-format")
def phone_format(table: TargetTable) -> None:
    """A mobile number has 11 digits and begins with 13 to 19, a landline 7 or 8 digits after its area code."""
    text = table.text("signoff/phone")
    for number in re.split(r"[、,，;；/ ]+(?=\+?[01]\d)", text) if text else []:
        if not _MOBILE.match(number.replace("-", "")) and not _LANDLINE.match(number):
            digits = sum(c.isdigit() for c in number)
            message = f"联系电话 {number!r} is no mobile number and no landline ({digits} digits)."
            table.find("signoff/phone", "signoff.phone-format", message, severity_of(table.fields["signoff/phone"]))


@check("signoff.person-format")
def person_format(table: TargetTable) -> None:
    """A person's name is Chinese characters; a digit or a sign in it is noise."""
    for name in ("filled_by", "responsible"):
        text = table.text(signoff_path(name))
        if text and not all(_NAME.match(part) for part in re.split(r"[、,，/ ]+", text)):
            swallowed = any(mark in text for mark in ":：")
            severity = "review" if swallowed else severity_of(table.fields[signoff_path(name)])
            message = f"{LABELS[name]} {text!r} does not look like a name."
            table.find(signoff_path(name), "signoff.person-format", message, severity)
            for other in (each for each in _SIGNED if swallowed and not table.text(signoff_path(each))):
                inside = f"{LABELS[other]} may stand in {LABELS[name]} {text!r}: the next label has no gap before it."
                table.find(signoff_path(other), "signoff.person-format", inside, "review", "swallowed")
    for label, field in table.other_fields.items():
        if is_swallowed(field.text):
            message = f"{field.text!r} under {label!r} may be a name with the next label: no gap stands before it."
            table.find(other_path(label), "signoff.person-format", message, "review", "swallowed")
            for other in (each for each in _SIGNED if not table.text(signoff_path(each))):
                inside = f"{LABELS[other]} may stand in {label} {field.text!r}: the next label has no gap before it."
                table.find(signoff_path(other), "signoff.person-format", inside, "review", "swallowed")
