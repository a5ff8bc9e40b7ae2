"""A total that slipped into the label column of the funds block."""

from __future__ import annotations

from normalizers.forms.header.header_fields import STRAY_TOTAL
from normalizers.record import TargetTable
from normalizers.rules.numbers import parse_number


def settle_stray_total(table: TargetTable) -> None:
    """Move the amount beside 项目资金 to 年度资金总额 when that is empty; drop it when equal.

    The total is printed once; transcripts repeat it, or set it, one cell early.
    When both stand and differ, both are kept and a person decides.
    """
    stray = table.fields.pop(STRAY_TOTAL, None)
    if stray is None or not stray.text:
        return
    number = parse_number(stray.text)
    total = table.fields.get("funds/total")
    if number is not None and (total is None or not total.text):
        moved = total if total is not None else stray
        moved.source, moved.cell = stray.source, stray.cell
        if moved is not stray:
            moved.change("layout.stray-total", stray.text)
        table.fields["funds/total"] = moved
        return
    if number is not None and total is not None and parse_number(total.text) == number:
        stray.change("layout.duplicate-total", "")
    else:
        message = f"{stray.text!r} stands beside 项目资金 and {total.text if total else ''!r} is the total; which is right?"
        table.find("funds/total", "layout.two-totals", message)
    table.other_fields["项目资金"] = stray
