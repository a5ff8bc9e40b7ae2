"""Forms that go on over a page: whatever the page says of it, it is one form. Every name and number is made up."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import jixiao
from bench.layouts.draw import lay_out, write_pdf
from bench.layouts.sheet import Marks, Sheet, Span

NAMES = ("清淤渠道长度", "整修水闸数量", "巡查次数", "验收合格率", "按期完成率", "灌溉保障程度")


def drawn(marks: Marks, stacked: bool = False) -> Sheet:
    """A form whose list goes on over two pages; ``stacked`` begins its second list at the top of the second."""
    sheet = Sheet(above=["项目支出绩效目标申报表", "（2031年度）"], bottom=660.0 if stacked else 690.0, marks=marks)
    sheet.row(Span("项目名称", 6), Span("渠道清淤", 18))
    sheet.row(Span("年度目标", 6), Span("清淤渠道40公里。", 18))
    lists = (("长期绩效指标", NAMES[:3]), ("年度绩效指标", NAMES[3:])) if stacked else (("绩效指标", NAMES),)
    for side, names in lists:
        heads = (("一级指标", 4), ("二级指标", 4), ("三级指标", 8), ("指标值", 6))
        sheet.row(Span(side, 2, len(names) + 1), *(Span(text, wide) for text, wide in heads))
        sheet.heads.append(len(sheet.rows) - 1)
        for index, name in enumerate(names):
            level1 = [Span("产出指标", 4, len(names))] if index == 0 else []
            sheet.row(*level1, Span("数量指标", 4), Span(name, 8), Span(f"≥{index + 1}次", 6))
    sheet.below.append("填表人：甲某文 联系电话：13900000001")
    return sheet


def read(folder: Path, sheet: Sheet) -> dict[str, Any]:
    pages = lay_out(sheet)
    assert len(pages) > 1
    write_pdf(pages, folder / "form.pdf")
    value = jixiao.clean(jixiao.read(folder / "form.pdf")).json
    assert len(value["tables"]) == 1
    form: dict[str, Any] = value["tables"][0]
    assert not [each for each in value["findings"] if each["code"] == "layout.unread-line"]
    return form


@pytest.mark.parametrize("going_on", ["", "续表", "项目支出绩效目标申报表（续）", "（续上页）"])
@pytest.mark.parametrize("heads", [False, True])
def test_a_form_goes_on_whatever_the_page_says(tmp_path: Path, going_on: str, heads: bool) -> None:
    form = read(tmp_path, drawn(Marks("第{0}页 共{1}页", going_on, heads)))
    assert [row["level3"] for row in form["indicators"]] == list(NAMES)
    assert {row["level1"] for row in form["indicators"]} == {"产出指标"}
    assert (form["signoff"]["filled_by"], form["signoff"]["phone"]) == ("甲某文", "13900000001")


def test_a_second_list_at_the_top_of_a_page_belongs_to_the_form(tmp_path: Path) -> None:
    form = read(tmp_path, drawn(Marks("— {0} —", "续表"), stacked=True))
    assert [row["horizon"] for row in form["indicators"]] == ["mid_term"] * 3 + ["annual"] * 3
    assert form["signoff"]["filled_by"] == "甲某文"
