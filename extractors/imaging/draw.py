"""A page with its rulings, cells, seals and readings drawn in, for people who debug a bad scan."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageFont

from extractors.imaging.arrays import Picture
from extractors.imaging.sheet import Sheet
from extractors.model import BBox, Page, Table
from extractors.options import ReadOptions

# RGB.
_STREAK = (190, 120, 255)
_CELL, _DOUBT, _SEAL, _WORD, _LINE, _TEXT = (0, 150, 0), (230, 120, 0), (220, 0, 160), (0, 110, 220), (90, 170, 255), (120, 0, 0)
_STEM_BYTES = 200
_FONTS = (
    "NotoSansCJK-Regular.ttc", "NotoSansSC-Regular.otf", "wqy-microhei.ttc", "wqy-zenhei.ttc", "SourceHanSansSC-Regular.otf",
    "msyh.ttc", "simsun.ttc", "PingFang.ttc", "DroidSansFallbackFull.ttf",
)  # fmt: skip


def draw_page(sheet: Sheet, page: Page, tables: Sequence[Table], options: ReadOptions) -> Path:
    """Write ``<name>-<page number>.png`` into ``options.draw_dir``; returns its path."""
    assert options.draw_dir is not None
    options.draw_dir.mkdir(parents=True, exist_ok=True)
    # A name may be as long as the system allows, and there is something to add.
    stem = Path(options.name).stem.encode("utf-8", "replace")[:_STEM_BYTES].decode("utf-8", "ignore") if options.name else "page"
    path = options.draw_dir / f"{stem}-{page.page_no:03d}.png"
    success, data = cv2.imencode(".png", page_to_drawing(sheet, page, tables))
    if success:
        path.unlink(missing_ok=True)  # a link of this name would lead the picture elsewhere
        path.write_bytes(data.tobytes())
    return path


def page_to_drawing(sheet: Sheet, page: Page, tables: Sequence[Table]) -> Picture:
    """The page on the left, the same page with what was read on the right; BGR."""
    left = Image.fromarray(np.ascontiguousarray(_with_lines(sheet)[:, :, ::-1]))
    right = Image.new("RGB", left.size, "white")
    marks, texts = ImageDraw.Draw(left), ImageDraw.Draw(right)
    scale = sheet.dpi / 72.0
    font = _font(max(10, round(0.075 * sheet.dpi)))
    for table in tables:
        for cell in table.cells:
            if cell.bbox is not None:
                box = _pixels(cell.bbox, scale, 3)
                colour = _DOUBT if cell.marks or cell.confidence < 0.9 else _CELL
                marks.rectangle(box, outline=colour, width=2)
                texts.rectangle(box, outline=colour)
                marked = "\n[" + ", ".join(cell.marks) + "]" if cell.marks else ""
                texts.multiline_text((box[0] + 2, box[1] + 1), cell.text + marked, fill=_TEXT, font=font, spacing=1)
    for word in (word for line in page.lines for word in line.words):
        box = _pixels(word.bbox, scale, 0)
        marks.rectangle(box, outline=_WORD, width=2)
        texts.text((box[0], box[1]), word.text, fill=_WORD, font=font)
    for seal in page.seals:
        marks.ellipse(_pixels(seal.bbox, scale, 0), outline=_SEAL, width=3)
        texts.ellipse(_pixels(seal.bbox, scale, 0), outline=_SEAL)
    both = np.hstack([np.asarray(left), np.asarray(right)])
    return np.ascontiguousarray(both[:, :, ::-1])


def _with_lines(sheet: Sheet) -> Picture:
    picture: Picture = sheet.kept.copy()
    picture[sheet.lines > 0] = _LINE[::-1]
    if sheet.streaks is not None:
        picture[sheet.streaks > 0] = picture[sheet.streaks > 0] // 2 + np.array(_STREAK[::-1], np.uint8) // 2
    return picture


def _pixels(bbox: BBox, scale: float, inset: int) -> tuple[int, int, int, int]:
    x0, y0 = round(bbox.x0 * scale) + inset, round(bbox.top * scale) + inset
    return x0, y0, max(x0, round(bbox.x1 * scale) - inset), max(y0, round(bbox.bottom * scale) - inset)


def _font(size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    """A font that has Chinese, where the machine has one."""
    for name in _FONTS:
        try:
            return ImageFont.truetype(name, size)
        except OSError:
            continue
    return ImageFont.load_default()
