"""A filing as the text that a careless OCR makes of it: TSV, Markdown or HTML tables with titles and sign-off lines around."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from html import escape

from bench.forms.content import Filing, Form, Row
from bench.forms.seal import county_code_to_serial

HEADS = ["一级指标", "二级指标", "三级指标", "指标类型", "指标值", "计量单位", "指标解释", "评(扣)分标准", "备注"]
STYLES = ("tsv", "markdown", "html")


@dataclass
class Draft:
    """One table on its way to text. ``rows`` holds indicator rows from level 1 to remark; ``funds`` [label, stray, name, amount]."""

    form: Form
    serial: str
    title: str
    year: str
    funds: list[list[str]]
    rows: list[list[str]]
    signoff: list[str]
    side: bool
    beside: int = 0
    title_inside: bool = False
    heads: list[str] = field(default_factory=lambda: list(HEADS))


Noise = Callable[[Draft, random.Random], None]


def filing_to_transcript(filing: Filing, style: str, noises: list[list[Noise]]) -> str:
    """``noises`` are the slips of each form in turn, see ``noise.py``."""
    parts = []
    for number, (form, wanted) in enumerate(zip(filing.forms, noises, strict=True)):
        draft = form_to_draft(form, county_code_to_serial(filing.code, filing.seed))
        for noise in wanted:
            noise(draft, random.Random(f"{filing.seed} {number} {noise.__name__}"))
        parts.append(draft_to_text(draft, style))
    return "\n\n".join(parts) + "\n"


def form_to_draft(form: Form, serial: str) -> Draft:
    names = {"total": "年度资金总额:", "fiscal_appropriation": "其中: 财政拨款", "carry_over": "上年结转", "other": "其他资金"}
    funds = [["项目资金(万元)" if key == "total" else "", "", name, form.funds.get(key) or ""] for key, name in names.items()]
    when = f"{form.filled_on.year}年{form.filled_on.month}月{form.filled_on.day}日"
    signoff = [f"填表人: {form.filled_by}", f"联系电话: {form.phone}", f"填表日期: {when}", f"单位负责人: {form.responsible}"]
    rows = [row_to_cells(row) for row in form.rows]
    for upper, lower in zip(form.rows, rows[1:], strict=False):
        if lower[0] == upper.level1:
            lower[0] = ""
    project = form.kind == "project"
    return Draft(form, serial, form.title, f"({form.year})年度", funds if project else [], rows, signoff, side=project)


def row_to_cells(row: Row) -> list[str]:
    fields = (row.level1, row.level2, row.level3, row.operator, row.value, row.unit, row.explanation, row.scoring, row.remark)
    return [value or "" for value in fields]


def draft_to_text(draft: Draft, style: str) -> str:
    grid = draft_to_grid(draft)
    title = [draft.title, "", draft.year, ""]
    if draft.title_inside:
        grid, title = [[draft.title], [draft.year], *grid], []
    writer = {"tsv": _grid_to_tsv, "markdown": _grid_to_markdown, "html": _grid_to_html}[style]
    return "\n".join([*title, writer(grid), "", *"\n\n".join(draft.signoff).split("\n")])


def draft_to_grid(draft: Draft) -> list[list[str]]:
    """Rows beside the side label have ten cells, the others nine; short rows are filled up."""
    form, grid = draft.form, []
    if form.kind == "overall":
        grid.append(["单位名称", form.unit_name])
    else:
        grid += [["项目名称", form.project_name or ""], ["主管部门及代码", form.section or ""]]
        grid += draft.funds
    grid.append(["年度总体目标", form.goal])
    base = [""] if draft.side else []
    grid.append([*base, *draft.heads])
    for number, row in enumerate(draft.rows):
        label = ["绩效指标" if number == 0 else ""] if draft.side and (number < draft.beside or not draft.beside) else []
        grid.append([*label, *row])
    width = max(len(row) for row in grid)
    return [row + [""] * (width - len(row)) for row in grid]


def _grid_to_tsv(grid: list[list[str]]) -> str:
    return "\n".join("\t".join(row) for row in grid)


def _grid_to_markdown(grid: list[list[str]]) -> str:
    lines = ["| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |" for row in grid]
    return "\n".join([lines[0], "|" + " --- |" * len(grid[0]), *lines[1:]])


def _grid_to_html(grid: list[list[str]]) -> str:
    rows = "\n".join("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in grid)
    return f"<table>\n{rows}\n</table>"
