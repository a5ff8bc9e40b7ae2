"""A form of two rows, drawn by hand, for what may be done to the value in its cell."""

from __future__ import annotations

from bench.painted_pdf import Sheet


def two_rows(value: bool, height: float = 300) -> Sheet:
    """指标值 above 单位 with 万元; the cell beside 指标值, in 150 60 350 90, holds 一千二百 or nothing."""
    page = Sheet(400, height)
    for y in (60, 90, 120):
        page.line(50, y, 350, y)
    for x in (50, 150, 350):
        page.line(x, 60, x, 120)
    page.text(60, 80, "指标值")
    page.text(60, 110, "单位")
    page.text(160, 110, "万元")
    if value:
        page.text(160, 80, "一千二百")
    return page
