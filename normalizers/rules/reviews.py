"""Marks of the reviewers: handwriting, which no reader reads reliably."""

from __future__ import annotations

import re

from normalizers.paths import signoff_path
from normalizers.record import TargetTable
from normalizers.rules.dates import parse_date
from normalizers.rules.table_rule import Context, table_rule

_CELLS = {"business_review": "业务股室审核", "performance_review": "绩效股审核"}
_FIGURES = re.compile(r"^[\dA-Za-z\W_]{1,8}$")


@table_rule(
    "reviews.handwriting",
    examples=("业务股室审核 33: a finding", "绩效股审核 blank: an info", "绩效股审核 2023年12月8日 = 填表日期: a finding"),
    near_misses=("业务股室审核 已审", "绩效股审核 2023-12-12"),
)
def handwriting(table: TargetTable, context: Context) -> None:
    """A review that is figures without being a day, that repeats the filing date, or that is missing.

    Nothing is changed: a mark made by hand is for a person to read.
    """
    for name, label in _CELLS.items():
        field = table.fields.get(signoff_path(name))
        if field is None:
            continue
        day = parse_date(field.text)
        if not field.text:
            table.find(signoff_path(name), "review.missing", f"{label} is blank.", "info")
        elif day is None and _FIGURES.match(field.text):
            message = f"{label} reads {field.text!r}: handwriting, perhaps 已审 or a signature. Compare with the page."
            table.find(signoff_path(name), "review.handwriting", message)
        elif day is not None and day == parse_date(table.text("signoff/filled_on")):
            message = f"{label} {field.text!r} is the filing date; it may have run in from there. Compare with the page."
            table.find(signoff_path(name), "review.same-day", message)
