"""A form drawn with a font on A4, as a scanner gives it: in grey, a little soft, a little noisy."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageFont

from bench.clean_scans.content import DrawnForm

_FONTS = Path("/usr/share/fonts")
_NOTO = _FONTS / "opentype" / "noto"
_TRUE = _FONTS / "truetype"
# A4 in points, the margin at each side, and what a cell leaves free at each side.
_SHORT, _LONG, _MARGIN, _PADDING = 595.0, 842.0, 36.0, 2.5
_TALLEST = 1100.0
_WIDTHS = (40, 54, 84, 34, 92, 40, 84, 90)


@dataclass(frozen=True, slots=True)
class Face:
    """A font: file and index of the plain and of the bold face; a bold of its own where ``bold`` is None is printed twice."""

    name: str
    plain: tuple[Path, int]
    bold: tuple[Path, int] | None = None


FACES = (
    Face("Noto Serif CJK SC", (_NOTO / "NotoSerifCJK-Regular.ttc", 2), (_NOTO / "NotoSerifCJK-Bold.ttc", 2)),
    Face("Noto Sans CJK SC", (_NOTO / "NotoSansCJK-Regular.ttc", 2), (_NOTO / "NotoSansCJK-Bold.ttc", 2)),
    Face("Noto Sans Mono CJK SC", (_NOTO / "NotoSansCJK-Regular.ttc", 7), (_NOTO / "NotoSansCJK-Bold.ttc", 7)),
    Face("AR PL UMing CN", (_TRUE / "arphic" / "uming.ttc", 0)),
    Face("WenQuanYi Zen Hei", (_TRUE / "wqy" / "wqy-zenhei.ttc", 0)),
    Face("WenQuanYi Micro Hei", (_TRUE / "wqy" / "wqy-microhei.ttc", 0)),
)


@dataclass(frozen=True, slots=True)
class Setting:
    """How a page is set and scanned: sizes and paddings in points, blur in pixels, skew in degrees; ``seed`` of the grain."""

    face: Face
    size: float
    dpi: int
    title_size: float
    bold_title: bool = False
    blur: float = 0.4
    skew: float = 0.0
    align: str = "center"
    seed: int = 0
    padding: float = _PADDING


@lru_cache(maxsize=64)
def _font(file: Path, index: int, pixels: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(file), pixels, index=index)


@dataclass(slots=True)
class _Pen:
    """Draws on one page; ``unit`` pixels are a point."""

    draw: Any
    setting: Setting
    unit: float

    def text(self, at: tuple[float, float], text: str, size: float, bold: bool = False) -> None:
        """Text whose middle line begins at a place in points."""
        face = self.setting.face
        file, index = face.bold if bold and face.bold else face.plain
        font = _font(file, index, round(size * self.unit))
        # A printer without a bold face prints the plain one again beside itself.
        for aside in range(1 + (round(size * self.unit / 24) if bold and face.bold is None else 0)):
            self.draw.text((at[0] * self.unit + aside, at[1] * self.unit), text, 0, font, anchor="lm")

    def width(self, text: str, size: float) -> float:
        return float(_font(*self.setting.face.plain, round(size * self.unit)).getlength(text)) / self.unit

    def box(self, x0: float, top: float, x1: float, bottom: float) -> None:
        corners = [round(each * self.unit) for each in (x0, top, x1, bottom)]
        self.draw.rectangle(corners, outline=0, width=max(1, round(0.6 * self.unit)))


def draw_page(form: DrawnForm, setting: Setting) -> np.ndarray:
    """The scan of a form, BGR uint8."""
    fine = 1 if setting.dpi > 300 else 2 if setting.dpi > 200 else 3
    unit = setting.dpi * fine / 72
    wide = _LONG if setting.size > 10 else _SHORT
    # A page longer than A4 is as a feeder scans it; the foot of a short one is cut off.
    image = Image.new("L", (round(wide * unit), round(_TALLEST * unit)), 255)
    bottom = _draw_form(_Pen(ImageDraw.Draw(image), setting, unit), form, wide)
    page = np.asarray(image)[: round((bottom + _MARGIN) * unit)]
    if fine > 1:
        page = cv2.resize(page, None, fx=1 / fine, fy=1 / fine, interpolation=cv2.INTER_AREA)
    return _scan(page, setting)


def _scan(page: Any, setting: Setting) -> np.ndarray:
    rng = np.random.default_rng(setting.seed)
    if setting.skew:
        height, width = page.shape
        turn = cv2.getRotationMatrix2D((width / 2, height / 2), setting.skew, 1)
        page = cv2.warpAffine(page, turn, (width, height), flags=cv2.INTER_CUBIC, borderValue=255)
    soft = cv2.GaussianBlur(page, (0, 0), setting.blur).astype(np.float32) if setting.blur else page.astype(np.float32)
    grey = np.clip(soft * 0.96 + 4 + rng.normal(0, 2, page.shape).astype(np.float32), 0, 255).astype(np.uint8)
    return np.asarray(cv2.cvtColor(grey, cv2.COLOR_GRAY2BGR))


def _draw_form(pen: _Pen, form: DrawnForm, wide: float) -> float:
    """Draws title, year, table and sign-off; the y below the last of it."""
    setting, y = pen.setting, _MARGIN
    for text, size, bold in ((form.title, setting.title_size, setting.bold_title), (form.year_line, setting.size, False)):
        y += 0.8 * size
        pen.text(((wide - pen.width(text, size)) / 2, y), text, size, bold)
        y += 0.8 * size
    scale = (wide - 2 * _MARGIN) / sum(_WIDTHS)
    edges = [_MARGIN + scale * sum(_WIDTHS[:k]) for k in range(len(_WIDTHS) + 1)]
    for row in form.rows():
        y = _draw_row(pen, row, edges, y + 0.0)
    y += 1.4 * setting.size
    pen.text((_MARGIN, y), form.signoff_line, setting.size)
    return y + setting.size


def _draw_row(pen: _Pen, row: Sequence[tuple[int, str]], edges: Sequence[float], top: float) -> float:
    size, padding, column, cells = pen.setting.size, pen.setting.padding, 0, []
    for span, text in row:
        x0, x1 = edges[column], edges[column + span]
        cells.append((x0, x1, _wrapped(pen, text, x1 - x0 - 2 * padding)))
        column += span
    height = max(len(lines) for _, _, lines in cells) * 1.25 * size + 2 * padding
    for x0, x1, lines in cells:
        pen.box(x0, top, x1, top + height)
        y = top + height / 2 - (len(lines) - 1) / 2 * 1.25 * size
        for number, line in enumerate(lines):
            spare = x1 - x0 - 2 * padding - pen.width(line, size)
            share = {"left": 0.0, "center": 0.5, "right": 1.0}[pen.setting.align if len(lines) == 1 else "left"]
            pen.text((x0 + padding + share * spare, y + number * 1.25 * size), line, size)
    return top + height


def _wrapped(pen: _Pen, text: str, width: float) -> list[str]:
    lines = [""]
    for char in text:
        if lines[-1] and pen.width(lines[-1] + char, pen.setting.size) > width:
            lines.append("")
        lines[-1] += char
    return lines
