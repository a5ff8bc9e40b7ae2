"""Workbooks made for tests by openpyxl, and their parts changed as other programs write them."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Border, Side

from extractors.model import Document, Page
from extractors.options import ReadOptions
from extractors.reading import read_file

_THIN = Side(style="thin")
FRAME = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
PROJECT = """项目名称|云田县公厕改造||||||
主管部门及代码|城市管理股||||||
项目资金（万元）|年度资金总额：||48||||
|其中：财政拨款||48||||
年度总体目标|改造公厕6座，方便群众。||||||
一级指标|二级指标|三级指标|指标类型|指标值|计量单位|指标解释|评（扣）分标准
产出指标|数量指标|改造公厕数量|≥|6|座|列入年度计划的公厕|达到或超过标准值得满分
产出指标|质量指标|验收合格率|≥|98.5|%|验收合格的比例|达到或超过标准值得满分
效益指标|社会效益指标|群众如厕条件|定性|改善|非数量指标|沿街群众用厕更方便|达到或超过标准值得满分"""
ROWS = [row.split("|") for row in PROJECT.split("\n")]
SIGNED = ["填表人：甲乙丙", "联系电话：13900000001", "填表日期：2030年12月3日", "单位负责人：丁戊"]
MERGED = ("B4:H4", "B5:H5", "B6:C6", "D6:H6", "B7:C7", "D7:H7", "A6:A7", "B8:H8")


def form_sheet(sheet: Any, bordered: bool = True) -> None:
    """The form with its title in merged cells above and its signatures below; figures are numbers."""
    for row, text in ((1, "项目绩效目标表"), (2, "（2031）年度")):
        sheet.cell(row, 1, text)
        sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=8)
    for i, texts in enumerate(ROWS):
        for j, text in enumerate(texts):
            cell = sheet.cell(i + 4, j + 1, float(text) if text.replace(".", "").isdigit() else text or None)
            if bordered:
                cell.border = FRAME
    for merged in MERGED:
        sheet.merge_cells(merged)
    for number, (text, place) in enumerate(zip(SIGNED, ("A14", "D14", "G14", "A15"), strict=True)):
        label, value = text.split("：")
        sheet[place] = text if number == 2 else f"{label}："
        if number != 2:
            sheet.cell(sheet[place].row, sheet[place].column + 1, value)


def as_text() -> str:
    """The same form as somebody's text."""
    rows = "\n".join("\t".join(row) for row in ROWS)
    return "\n\n".join(["项目绩效目标表", "（2031）年度", rows, *SIGNED]) + "\n"


def saved(path: Path, fill: Callable[[Any], object]) -> Path:
    """A workbook whose only sheet was filled."""
    workbook = Workbook()
    fill(workbook.active)
    workbook.save(path)
    return path


def with_rows(rows: Iterable[Iterable[object]]) -> Callable[[Any], None]:
    """Fills a sheet with bordered cells from A1."""

    def fill(sheet: Any) -> None:
        for i, row in enumerate(rows):
            for j, value in enumerate(row):
                sheet.cell(i + 1, j + 1, value).border = FRAME

    return fill


def change(path: Path, part: str, change_part: Callable[[bytes], bytes]) -> Path:
    """The same workbook with one part changed."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts[part] = change_part(parts.get(part, b""))
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return path


def read(path: Path) -> Document:
    return read_file(path, ReadOptions())


def grid(document: Document, index: int = 0) -> list[list[str]]:
    return [[cell.text for cell in row] for row in document.tables[index].rows()]


def codes(page: Page) -> list[str]:
    return [note.code for note in page.notes]
