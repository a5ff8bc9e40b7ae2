"""The harmless files that are mutated: the samples, and small ones of every other kind, made here and in more_originals."""

from __future__ import annotations

import io
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import cv2
from openpyxl import Workbook
from PIL import Image

from bench.fuzz.more_originals import archives, offices, pages
from tests.extractors.drawn_form import draw_form
from tests.extractors.pdf_maker import PdfPage, make_pdf
from tests.extractors.workbooks import ROWS, as_text, form_sheet

ROOT = Path(__file__).resolve().parent.parent.parent
_WIDTHS = [20, 70, 130, 210, 250, 290, 330, 430, 560]


@dataclass(frozen=True)
class Original:
    """``kind`` says how it is mutated: pdf, picture, html, xml, table, mail, package or bytes. What is slow to read comes more seldom."""

    name: str
    kind: str
    data: bytes
    slow: bool = False


def originals() -> list[Original]:
    """All of them, in an order that does not change."""
    web = pages()
    return [
        *_samples(), *_texts(), Original("form.pdf", "pdf", _pdf()), *_pictures(), *_workbooks(),
        *(Original(*each) for each in (*offices(), *web, *archives(web[0][2]))),
    ]  # fmt: skip


def _samples() -> list[Original]:
    kinds = {".txt": ("table", False), ".pdf": ("pdf", True), ".jpg": ("picture", True), ".tiff": ("picture", True)}
    paths = sorted((ROOT / "samples").glob("*/input.*"))
    return [Original(f"{path.parent.name}{path.suffix}", *_swap(kinds[path.suffix], path.read_bytes())) for path in paths]


def _swap(kind: tuple[str, bool], data: bytes) -> tuple[str, bytes, bool]:
    return kind[0], data, kind[1]


def _texts() -> list[Original]:
    text = as_text()
    lines = text.splitlines()
    rows = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in ROWS)
    page = f"<html><body><h1>项目绩效目标表</h1><p>（2031）年度</p><table border='1'>{rows}</table><p>填表人：甲乙丙</p></body></html>"
    spans = page.replace("<td>年度资金总额：</td>", "<td colspan='2' rowspan=1>年度资金总额：</td>")
    bars = "\n".join("| " + line.replace("\t", " | ") + " |" if "\t" in line else line for line in lines)
    return [
        Original("form.txt", "table", text.encode()),
        Original("old.txt", "table", text.encode("gb18030")),
        Original("wide.txt", "table", text.encode("utf-16")),
        Original("commas.csv", "table", text.replace("\t", ",").encode("utf-8-sig")),
        Original("bars.md", "html", bars.encode()),
        Original("page.html", "html", page.encode()),
        Original("spans.html", "html", spans.encode()),
    ]


def _pdf() -> bytes:
    """The form drawn and written as text on a page; its streams are not packed, so that mutations reach what they draw."""
    page = PdfPage(width=600, height=420).text(200, 20, "项目绩效目标表", 14)
    tops = [40 + 24 * index for index in range(len(ROWS) + 1)]
    page.grid([float(x) for x in _WIDTHS], [float(y) for y in tops])
    for top, row in zip(tops, ROWS, strict=False):
        for left, text in zip(_WIDTHS, row, strict=False):
            page.text(left + 2, top + 15, text[:12], 6)
    return make_pdf([page, PdfPage().text(30, 60, "填表人：甲乙丙")])


def _pictures() -> list[Original]:
    """A small ruled picture in every format; a quarter of the size of the tests' own."""
    drawn = cv2.resize(draw_form()[:600], None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    image = Image.fromarray(drawn[:, :, ::-1])
    made: list[tuple[str, Callable[[io.BytesIO], None]]] = [
        ("small.png", lambda file: image.save(file, "PNG")),
        ("small.jpg", lambda file: image.save(file, "JPEG")),
        ("small.bmp", lambda file: image.convert("L").save(file, "BMP")),
        ("small.webp", lambda file: image.save(file, "WEBP")),
        ("small.gif", lambda file: image.convert("P").save(file, "GIF")),
        ("fax.tiff", lambda file: image.convert("1").save(file, "TIFF", compression="group4")),
        ("frames.tiff", lambda file: image.save(file, "TIFF", save_all=True, append_images=[image.rotate(1)], compression="tiff_lzw")),
    ]
    return [Original(name, "picture", _written(save), slow=True) for name, save in made]


def _workbooks() -> list[Original]:
    workbook = Workbook()
    form_sheet(workbook.active)
    workbook.create_sheet("隐藏").sheet_state = "hidden"
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "form.xlsx")
        workbook.save(path)
        return [Original(path.name, "package", path.read_bytes())]


def _written(save: Callable[[io.BytesIO], None]) -> bytes:
    file = io.BytesIO()
    save(file)
    return file.getvalue()
