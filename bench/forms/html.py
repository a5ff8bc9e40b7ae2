"""A filing and a layout as the HTML of the ruled form."""

from __future__ import annotations

from dataclasses import replace
from html import escape
from itertools import groupby

from bench.forms.content import NOT_A_NUMBER, Filing, Form, Row
from bench.forms.layout import Layout

STYLE = """
@page {{ size: A4 {orientation}; margin: 14mm 13mm; }}
* {{ box-sizing: border-box; }}
body {{ font-family: '{font}'; font-size: {size}pt; line-height: 1.25; margin: 0; color: #000; }}
h1 {{ font-size: {title}pt; text-align: center; margin: 0 0 4pt; }}
.year {{ text-align: center; margin: 0 0 5pt; }}
table {{ border-collapse: collapse; width: 100%; table-layout: fixed; border: {line}px solid #000; }}
td {{ border: {line}px solid #000; padding: {padding}pt 2pt; vertical-align: middle; overflow-wrap: anywhere; }}
tr {{ break-inside: {rows}; }}
.c {{ text-align: center; }}
.v {{ text-align: {value_align}; }}
.h td {{ text-align: center; {shade} }}
.side {{ text-align: center; width: 1.4em; }}
.foot {{ display: flex; justify-content: space-between; margin-top: 6pt; }}
.form + .form {{ {between} }}
"""
WIDTHS = {
    "side": 3.5,
    "level1": 8,
    "level2": 9,
    "level3": 14.5,
    "operator": 6,
    "value": 8.5,
    "unit": 7,
    "explain": 15,
    "scoring": 20,
    "remark": 5,
}


def filing_to_html(filing: Filing, layout: Layout) -> str:
    style = STYLE.format(
        orientation="landscape" if layout.landscape else "portrait",
        font=layout.font,
        size=layout.size,
        title=layout.size + 5,
        line=layout.line,
        padding=layout.padding,
        value_align=layout.value_align,
        rows="auto" if layout.split_rows else "avoid",
        shade="background: #e4e4e4;" if layout.shaded else "",
        between="break-before: page;" if layout.page_each else "margin-top: 26pt;",
    )
    body = "".join(form_to_html(form, layout) for form in filing.forms)
    return f"<!doctype html><html lang='zh-CN'><meta charset='utf-8'><style>{style}</style><body>{body}</body></html>"


def form_to_html(form: Form, layout: Layout) -> str:
    side = layout.side_label and form.kind == "project"
    widths = [width for name, width in WIDTHS.items() if side or name != "side"]
    columns = "".join(f"<col style='width:{width / sum(widths) * 100:.2f}%'>" for width in widths)
    rows = (
        _head_rows(form, layout, len(widths))
        + _indicator_rows(form, layout, side)
        + _review_row(layout, len(widths))
        + _signoff_rows(form, layout, len(widths))
    )
    year = layout.year_style.format(form.year)
    table = f"<table><colgroup>{columns}</colgroup>{''.join(rows)}</table>"
    return f"<div class=form><h1>{escape(form.title)}</h1><p class=year>{year}</p>{table}{_signoff(form, layout)}</div>"


def _cell(text: str | None, cols: int = 1, rows: int = 1, css: str = "") -> str:
    spans = (f" colspan={cols}" if cols > 1 else "") + (f" rowspan={rows}" if rows > 1 else "")
    return f"<td{spans} class='{css}'>{escape(text or '')}</td>"


def _row(*cells: str, css: str = "") -> str:
    return f"<tr class='{css}'>{''.join(cells)}</tr>"


def _head_rows(form: Form, layout: Layout, width: int) -> list[str]:
    label = 2
    rows = []
    if form.kind == "overall":
        if layout.unit_label:
            rows.append(_row(_cell("单位名称", label), _cell(form.unit_name, width - label)))
        else:
            rows.append(_row(_cell(form.unit_name, width)))
    else:
        rows.append(_row(_cell(layout.labels[0], label), _cell(form.project_name, width - label)))
        rows.append(_row(_cell(layout.labels[1], label), _cell(form.section, width - label)))
        rows += _funds_rows(form, layout, width, label)
    rows.append(_row(_cell(layout.labels[3], label), _cell(form.goal, width - label)))
    return rows


def _funds_rows(form: Form, layout: Layout, width: int, label: int) -> list[str]:
    names = dict(zip(("total", "fiscal_appropriation", "carry_over", "other"), layout.funds, strict=True))
    rows = []
    for number, (key, name) in enumerate(names.items()):
        head = [_cell(layout.labels[2], label, len(names))] if number == 0 else []
        amount = with_thousands(form.funds[key]) if layout.thousands else form.funds[key]
        rows.append(_row(*head, _cell(name, 2), _cell(amount, width - label - 2, css="v")))
    return rows


def _indicator_rows(form: Form, layout: Layout, side: bool) -> list[str]:
    head = [_cell("绩效指标", rows=len(form.rows) + 1, css="side")] if side else []
    rows = [_row(*head, *(_cell(name, css="c") for name in layout.heads), css="h" if layout.shaded else "")]
    seen1 = seen2 = ""
    spans1 = {key: len(list(group)) for key, group in groupby(form.rows, lambda row: row.level1)}
    spans2 = {key: len(list(group)) for key, group in groupby(form.rows, lambda row: row.level2)}
    for row in form.rows:
        cells = []
        if not layout.merge_level1 or row.level1 != seen1:
            cells.append(_cell(row.level1, rows=spans1[row.level1] if layout.merge_level1 else 1))
        if not layout.merge_level2 or row.level2 != seen2:
            cells.append(_cell(row.level2, rows=spans2[row.level2] if layout.merge_level2 else 1))
        seen1, seen2 = row.level1, row.level2
        rows.append(_row(*cells, *_indicator_cells(row, layout)))
    return rows


def _indicator_cells(row: Row, layout: Layout) -> list[str]:
    operator = dict(layout.operators).get(row.operator or "", row.operator)
    return [
        _cell(row.level3),
        _cell(operator, css="c"),
        _cell(row.value, css="v"),
        _cell(row.unit, css="c"),
        _cell(row.explanation),
        _cell(row.scoring),
        _cell(row.remark),
    ]


def _review_row(layout: Layout, width: int) -> list[str]:
    if layout.review != "row":
        return []
    left, right = width // 2 - 2, width - width // 2 - 2
    return [_row(_cell("业务股室审核：", 2), _cell("", left), _cell("绩效股审核：", 2), _cell("", right))]


def _signoff_parts(form: Form, layout: Layout) -> list[tuple[str, str]]:
    when = layout.date_style.format(form.filled_on.year, form.filled_on.month, form.filled_on.day)
    names = [" ".join(name) if layout.spaced_names and len(name) == 2 else name for name in (form.filled_by, form.responsible)]
    return [("填表人：", names[0]), ("联系电话：", form.phone), ("填表日期：", when), ("单位负责人：", names[1])]


def _signoff_rows(form: Form, layout: Layout, width: int) -> list[str]:
    if not layout.signoff_in_table:
        return []
    parts = [_cell(text) for pair in _signoff_parts(form, layout) for text in pair]
    cols = [2, 1, 2, width - 5]
    cells = [part.replace("<td", f"<td colspan={cols[number % 4]}", 1) for number, part in enumerate(parts)]
    return [_row(*cells[:4]), _row(*cells[4:])]


def _signoff(form: Form, layout: Layout) -> str:
    parts = ["".join(pair) for pair in _signoff_parts(form, layout)]
    if layout.signoff_in_table:
        return ""
    lines = [parts] if layout.signoff_lines == 1 else [parts[:2], parts[2:]]
    if layout.review == "line":
        lines.insert(0, ["业务股室审核：", "绩效股审核：", ""])
    return "".join(f"<div class=foot>{''.join(f'<span>{part}</span>' for part in line)}</div>" for line in lines)


def with_thousands(text: str | None) -> str | None:
    """``1234.5`` as ``1,234.5``; what is no number stays."""
    whole, point, rest = (text or "").partition(".")
    return f"{int(whole):,}{point}{rest}" if whole.isdigit() else text


def filing_as_laid_out(filing: Filing, layout: Layout) -> Filing:
    """The filing with the words that this layout prints: its own unit of qualitative rows, thousands marks, remarks."""
    forms = []
    for form in filing.forms:
        rows = tuple(_row_as_laid_out(row, layout, number) for number, row in enumerate(form.rows))
        funds = {key: "0" if layout.zeros and amount is None else amount for key, amount in form.funds.items()}
        section = layout.section_code + form.section if form.section else None
        forms.append(replace(form, rows=rows, funds=funds, section=section))
    return Filing(filing.seed, filing.county, filing.code, filing.office, forms)


def _row_as_laid_out(row: Row, layout: Layout, number: int) -> Row:
    if row.level3 is None:
        return row
    unit = (layout.not_a_number or None) if row.unit == NOT_A_NUMBER else row.unit
    value = with_thousands(row.value) if layout.thousands else row.value
    remark = "新增指标" if layout.remarks and number % 6 == 3 else row.remark
    return Row(row.level1, row.level2, row.level3, row.operator, value, unit, row.explanation, row.scoring, remark)
