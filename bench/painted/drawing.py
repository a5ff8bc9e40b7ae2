"""A small form on a sheet, part by part, so that a case may change how any part of it is painted."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field

from bench.painted.content import SmallForm
from bench.painted_pdf import BLACK, RGB, Box, Sheet, text_string

_HEADS = ("一级指标", "二级指标", "三级指标", "指标类型", "指标值", "计量单位", "指标解释", "评（扣）分标准", "备注")
_NAMES = ("level1", "level2", "level3", "operator", "value", "unit", "explanation", "scoring_standard", "remark")
_WIDTHS = (48, 62, 84, 34, 46, 40, 96, 88, 34)
_TITLE = 13.0
_LABELS = {"filled_by": "填表人：", "phone": "联系电话：", "filled_on": "填表日期：", "responsible": "单位负责人："}


@dataclass
class Line:
    """A line of text: where its base line begins, and what it says."""

    x: float
    y: float
    text: str


@dataclass
class Drawn:
    """A form ready to be painted.

    ``cells`` and ``texts`` go by path within the table, as the truth does; the
    heads of the columns are ``head/0`` and so on. ``under``, ``lines`` and
    ``over`` are what is painted before the text, and after it. ``hidden`` and
    ``mark`` are what must be found kept apart, if anything must.
    """

    form: SmallForm
    sheet: Sheet
    size: float
    cells: dict[str, Box] = field(default_factory=dict)
    texts: dict[str, list[Line]] = field(default_factory=dict)
    under: list[str] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    over: list[str] = field(default_factory=list)
    truth: dict[str, object] = field(default_factory=dict)
    hidden: str = ""
    mark: str = ""
    bottom: float = 0.0

    def paint(self, path: str, rgb: RGB = BLACK, mode: int = 0) -> list[str]:
        """The operators of one text."""
        size = _TITLE if path == "title" else self.size
        return self.ops(lambda: [self.sheet.text(line.x, line.y, line.text, size, rgb, mode=mode) for line in self.texts[path]])

    def ops(self, draw: Callable[[], object]) -> list[str]:
        """What a function adds to the sheet, taken from it again."""
        start = len(self.sheet.ops)
        draw()
        made = self.sheet.ops[start:]
        del self.sheet.ops[start:]
        return made

    def finish(self) -> Sheet:
        texts = [op for path in self.texts for op in self.paint(path)]
        self.sheet.ops[:0] = [*self.under, *self.lines, *texts]
        self.sheet.ops += self.over
        return self.sheet

    def repaint(self, path: str, ops: list[str]) -> None:
        """Paint one text by these operators, after all others."""
        del self.texts[path]
        self.over += ops


def lay_out(form: SmallForm, rng: random.Random) -> Drawn:
    """Landscape A4 with ruled rows, the foot below the table."""
    size = rng.choice((8.0, 8.5, 9.0))
    drawn = Drawn(form, Sheet(595 if rng.random() < 0.3 else 650, 500), size, truth=form.truth())
    left, top, leading = rng.uniform(24, 40), rng.uniform(66, 84), 1.35 * size
    widths = [width * rng.uniform(0.94, 1.06) for width in _WIDTHS]
    xs = [left]
    for width in widths:
        xs.append(xs[-1] + width)
    drawn.sheet.width = xs[-1] + left
    middle = drawn.sheet.width / 2
    drawn.texts["title"] = [Line(middle - len(form.title) * _TITLE / 2, top - 36, form.title)]
    drawn.texts["fiscal_year"] = [Line(middle - 3 * size, top - 12, f"（{form.year}年度）")]
    y = top
    for label, path, text in form.heads:
        y = _band(drawn, [(xs[0], xs[2], f"label/{path}", label), (xs[2], xs[-1], path, text)], y, leading)
    y = _band(drawn, [(xs[k], xs[k + 1], f"head/{k}", head) for k, head in enumerate(_HEADS)], y, leading)
    for number, row in enumerate(form.rows):
        cells = [(xs[k], xs[k + 1], f"indicators/{number}/{name}", row.get(name, "")) for k, name in enumerate(_NAMES)]
        y = _band(drawn, cells, y, leading)
    drawn.lines += drawn.ops(lambda: drawn.sheet.line(xs[0], y, xs[-1], y))
    _foot(drawn, xs, y + 2 * size)
    drawn.bottom = y
    drawn.sheet.height = max(drawn.sheet.height, y + 60)
    return drawn


def _band(drawn: Drawn, cells: list[tuple[float, float, str, str]], y: float, leading: float) -> float:
    """One row of cells from ``y`` on; gives where the next begins."""
    rows = {path: _wrapped(text, (right - left - 6) / drawn.size) for left, right, path, text in cells}
    below = y + leading * max(map(len, rows.values())) + 8
    sheet = drawn.sheet
    for left, right, path, _ in cells:
        box = (left, y, right, below)
        drawn.cells[path] = box
        drawn.lines += drawn.ops(lambda box=box: _frame(sheet, box))  # type: ignore[misc]
        if rows[path] != [""]:
            first = (y + below) / 2 - leading * len(rows[path]) / 2 + drawn.size
            drawn.texts[path] = [Line(left + 3, first + k * leading, row) for k, row in enumerate(rows[path])]
    return below


def _frame(sheet: Sheet, box: Box) -> None:
    x0, top, x1, bottom = box
    sheet.line(x0, top, x1, top)
    sheet.line(x0, top, x0, bottom)
    sheet.line(x1, top, x1, bottom)


def _foot(drawn: Drawn, xs: list[float], y: float) -> None:
    step = (xs[-1] - xs[0]) / 4
    for k, (name, label) in enumerate(_LABELS.items()):
        x = xs[0] + k * step
        drawn.texts[f"label/{name}"] = [Line(x, y, label)]
        drawn.texts[f"signoff/{name}"] = [Line(x + len(label) * drawn.size, y, drawn.form.foot[name])]


def _wrapped(text: str, room: float) -> list[str]:
    rows, row, used = [], "", 0.0
    for char in text:
        width = 0.556 if char.isascii() else 1.0
        if used + width > room and row:
            rows.append(row)
            row, used = "", 0.0
        row, used = row + char, used + width
    return [*rows, row]


def entry(value: str, name: str) -> str:
    """The dictionary entries of a text field."""
    return f"/FT /Tx /T {text_string(name)} /V {text_string(value)}"


def inside(box: Box, by: float = 1.0) -> Box:
    return (box[0] + by, box[1] + by, box[2] - by, box[3] - by)
