"""Who filled in, who signed, and when. What reviewers wrote is judged by the rulebook."""

from __future__ import annotations

import re
from datetime import date

from normalizers.checking.check import check
from normalizers.checking.doubt import severity_of
from normalizers.checking.figures import fold
from normalizers.record import TargetTable

LABELS = {
    "filled_by": "填表人",
    "phone": "联系电话",
    "filled_on": "填表日期",
    "responsible": "单位负责人",
}
_SIGNED = ("filled_by", "phone", "filled_on", "responsible")
_MOBILE = re.compile(r"^(\+?86[- ]?)?1[3-9]\d{9}$")
_LANDLINE = re.compile(r"^(\(?0\d{2,3}\)?[- ]?)?[2-8]\d{6,7}([-转]\d{1,6})?$")
_NAME = re.compile(r"^([\u4e00-\u9fff·]{2,}|[A-Za-z.]+)$")
TARGETS = ("overall", "project")


@check("signoff.missing", kinds=TARGETS)
def signed(table: TargetTable) -> None:
    """填表人, 联系电话, 填表日期 and 单位负责人 are there; a blank line may hide handwriting."""
    severity = severity_of(*(table.fields.get(path) for path in ("overall_goal", "title") if table.text(path)))
    for name in _SIGNED:
        path = f"signoff/{name}"
        if not table.text(path):
            said = "is blank" if path in table.fields else "was not found on the form"
            table.find(path, "signoff.missing", f"{LABELS[name]} {said}; compare with the page.", severity)


@check("signoff.same-person", kinds=TARGETS)
def filler_is_not_responsible(table: TargetTable) -> None:
    """D2: the one who fills in and the one who answers for it are two people."""
    filler, responsible = table.text("signoff/filled_by"), table.text("signoff/responsible")
    if filler and fold(filler) == fold(responsible):
        message = f"填表人 and 单位负责人 are both {filler!r}; one is misplaced or the roles are not separated."
        table.find("signoff/responsible", "signoff.same-person", message)


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
        text = table.text(f"signoff/{name}")
        if text and not all(_NAME.match(part) for part in re.split(r"[、,，/ ]+", text)):
            severity = severity_of(table.fields[f"signoff/{name}"])
            table.find(f"signoff/{name}", "signoff.person-format", f"{LABELS[name]} {text!r} does not look like a name.", severity)


@check("date.implausible", also=("date.unusual",))
def filing_date(table: TargetTable) -> None:
    """D1: a target form is filed from October before its year to the end of it, a self-evaluation in the year after.

    One or two years off is a late or early filing and noted; further off is a misread digit.
    """
    filed, year = iso_date(table.value("signoff/filled_on")), table.value("fiscal_year")
    if filed is None or not isinstance(year, int):
        return
    first, last = _window(table.kind, year)
    if first <= filed <= last:
        return
    off = first.year - filed.year if filed < first else filed.year - last.year
    message = f"填表日期 {filed.isoformat()} for the year {year}; usual is {first.isoformat()} to {last.isoformat()}."
    if off > 2:
        table.find("signoff/filled_on", "date.implausible", f"{message} A digit of one of them is in doubt.")
    else:
        table.find("signoff/filled_on", "date.unusual", message, "info")


def _window(kind: str, year: int) -> tuple[date, date]:
    if kind == "self_evaluation":
        return date(year, 12, 1), date(year + 1, 12, 31)
    return (date(year, 3, 1), date(year + 1, 1, 31)) if kind == "monitoring" else (date(year - 1, 10, 1), date(year, 12, 31))


def iso_date(value: object) -> date | None:
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
