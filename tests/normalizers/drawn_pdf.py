"""Drawn tables as born-digital PDFs: text that was filed as text, read through the real path."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from extractors.model import Document
from extractors.options import ReadOptions
from extractors.reading import read_file
from tests.extractors.pdf_maker import PdfPage, make_pdf
from tests.normalizers.test_rich_forms import Drawn

_SIZE, _ROW, _LEFT = 6, 14, 20
# Widths of Helvetica, as shares of its size; all others as its digits.
_LATIN = {**dict.fromkeys(" .,:;/[]|!", 0.278), **dict.fromkeys("()-", 0.333), **dict.fromkeys("<>=+", 0.584), "%": 0.889, "*": 0.389}


def drawn_document(folder: Path, lines: list[str], rows: list[list[Drawn]], foot: Sequence[str] = ()) -> Document:
    """A page with lines above and below a drawn table; a cell is its text, or its text with the rows and columns that it spans."""
    places = _places(rows)
    columns = max(col + width for _, _, col, _, width in places)
    widths = _widths(places, columns)
    xs = [_LEFT + sum(widths[:index]) for index in range(columns + 1)]
    heights = [_ROW] * len(rows)
    for text, row, _, height, _ in places:
        heights[row] = max(heights[row], _ROW + _SIZE * text.count("\n") * (height == 1))
    ys = [30.0 + 14 * len(lines) + sum(heights[:index]) for index in range(len(rows) + 1)]
    page = PdfPage(width=max([xs[-1], *(_LEFT + 8 * len(line) for line in [*lines, *foot])]) + _LEFT, height=ys[-1] + 14 * len(foot) + 40)
    for index, line in enumerate(lines):
        page.text(_LEFT, 24 + 14 * index, line, size=8)
    for index, line in enumerate(foot):
        page.text(_LEFT, ys[-1] + 20 + 14 * index, line, size=8)
    for text, row, col, height, width in places:
        x0, y0, x1, y1 = xs[col], ys[row], xs[col + width], ys[row + height]
        for edge in ((x0, y0, x1, y0), (x0, y1, x1, y1), (x0, y0, x0, y1), (x1, y0, x1, y1)):
            page.line(*edge)
        parts = text.split("\n")
        for index, part in enumerate(parts):
            x, y = x0 + 2, (y0 + y1) / 2 + 2 + _SIZE * (index - (len(parts) - 1) / 2)
            for run in _runs(part):
                page.text(x, y, re.sub(r"([()])", r"\\\1", run) if run.isascii() else run, size=_SIZE)
                x += _length(run)
    path = folder / "drawn.pdf"
    path.write_bytes(make_pdf([page]))
    return read_file(path, ReadOptions())


def _places(rows: list[list[Drawn]]) -> list[tuple[str, int, int, int, int]]:
    """Text, row, column, height and width of every cell."""
    taken: set[tuple[int, int]] = set()
    found = []
    for row, cells in enumerate(rows):
        col = 0
        for each in cells:
            text, height, width = (each, 1, 1) if isinstance(each, str) else each
            while (row, col) in taken:
                col += 1
            taken |= {(row + down, col + right) for down in range(height) for right in range(width)}
            found.append((text, row, col, height, width))
            col += width
    return found


def _widths(places: list[tuple[str, int, int, int, int]], columns: int) -> list[float]:
    widths = [24.0] * columns
    for text, _, col, _, width in places:
        need = (max(_length(part) for part in text.split("\n")) + 6) / width
        for index in range(col, col + width):
            widths[index] = max(widths[index], need)
    return widths


def _runs(text: str) -> list[str]:
    """Text cut where its letters change between Latin and others: each is written in a font of its own."""
    runs: list[str] = []
    for char in text:
        if runs and runs[-1][-1].isascii() == char.isascii():
            runs[-1] += char
        else:
            runs.append(char)
    return runs


def _length(text: str) -> float:
    return sum(_SIZE * (_LATIN.get(char, 0.556) if char.isascii() else 1.0) for char in text)
