"""Text of table cells, exact or not: ours, and OCR over the full page with the same models.

Made-up forms are drawn, then worn as scans and photographs. The true cells are
those of the born-digital file. Where they lie on a scan is found from the two
pictures. Each reader is at its best: RapidOCR and PaddleOCR with no threshold
of score, on the picture turned upright, each word given to the true cell that
holds its middle; img2table on the picture set straight by the truth.

    python -m bench.scan_accuracy --forms 4 --img2table OTHER/bin/python
"""

from __future__ import annotations

import argparse
import importlib.metadata
import os
import platform
import re
import subprocess
import tempfile
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.cell_readers import DPI, Piece, cell_readers
from bench.scan_speed import pictures_of
from extractors.ocr.decode import OPERATOR_SPELLINGS

LEVELS = ("d1", "d2", "d3", "d4")


@dataclass(slots=True)
class Tally:
    """Cells with text: how many, how many exact; numbers among them; blank cells that were given text."""

    cells: int = 0
    exact: int = 0
    numbers: int = 0
    exact_numbers: int = 0
    blanks: int = 0
    filled: int = 0

    def add(self, truth: str, found: str) -> None:
        same, number = folded(truth) == folded(found), any(char.isdigit() for char in truth) and len(truth) < 10
        if not truth:
            self.blanks, self.filled = self.blanks + 1, self.filled + bool(found)
            return
        self.cells, self.exact = self.cells + 1, self.exact + same
        self.numbers, self.exact_numbers = self.numbers + number, self.exact_numbers + (number and same)

    def __str__(self) -> str:
        right, numbers = self.exact / max(1, self.cells), self.exact_numbers / max(1, self.numbers)
        return f"{right:7.2%} of {self.cells} | {numbers:7.2%} of {self.numbers} | {self.filled} of {self.blanks}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--forms", type=int, default=3, help="forms of each level")
    parser.add_argument("--seed", type=int, default=61000)
    parser.add_argument("--threads", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--img2table", type=Path, metavar="PYTHON", help="an interpreter with img2table and rapidocr")
    options = parser.parse_args()
    _print_machine(options.threads, options.img2table)
    readers = cell_readers(options.threads, options.img2table)
    print("| level | reader | cells exact | numbers exact | blank cells given text |\n|---|---|---|---|---|")
    for level in LEVELS:
        tallies = {name: Tally() for name in readers}
        for number in range(options.seed, options.seed + options.forms):
            for cells, matrix, picture in _worn_pages(number, level):
                for name, read in readers.items():
                    _score(tallies[name], cells, read(picture, matrix))
        for name, tally in tallies.items():
            print(f"| {level} | {name} | {tally} |", flush=True)


def _worn_pages(number: int, level: str) -> Iterator[tuple[list[Piece], Any, Any]]:
    """True cells, the matrix from points to pixels and the picture, for each page of a form."""
    from bench.forms.content import seed_to_filing
    from bench.forms.make import make_form
    from bench.forms.render import pdf_to_pictures
    from bench.register import page_to_scan
    from extractors.options import ReadOptions
    from extractors.reading import read_file

    with tempfile.TemporaryDirectory() as folder:
        filing = seed_to_filing(number, 1)
        file = make_form(number, "d0", Path(folder), filing)
        tables, clean = read_file(file, ReadOptions()).tables, pdf_to_pictures(file, DPI)
        for index, (picture, _) in enumerate(pictures_of(make_form(number, level, Path(folder), filing))):
            matrix = page_to_scan(clean[index], DPI, picture)
            if matrix is None:
                print(f"{level}-{number} page {index + 1}: not found on its scan, left out")
                continue
            found = [cell for table in tables for cell in table.cells if cell.page_no == index + 1 and cell.bbox is not None]
            yield [((c.bbox.x0, c.bbox.top, c.bbox.x1, c.bbox.bottom), c.text) for c in found if c.bbox], matrix, picture


def _score(tally: Tally, cells: Sequence[Piece], found: Sequence[Piece]) -> None:
    """Pieces of text go to the cell that holds their middle, line by line."""
    held: dict[int, list[Piece]] = {index: [] for index in range(len(cells))}
    for piece in found:
        x, y = (piece[0][0] + piece[0][2]) / 2, (piece[0][1] + piece[0][3]) / 2
        for index, (box, _) in enumerate(cells):
            if box[0] <= x < box[2] and box[1] <= y < box[3]:
                held[index].append(piece)
    for index, (_, truth) in enumerate(cells):
        tally.add(truth, "".join(text for _, text in _in_order(held[index])))


def _in_order(pieces: Sequence[Piece]) -> list[Piece]:
    """Top to bottom; pieces whose middles lie within half a line of each other, left to right."""
    lines: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda each: each[0][1] + each[0][3]):
        middle, height = (piece[0][1] + piece[0][3]) / 2, piece[0][3] - piece[0][1]
        if lines and middle - (lines[-1][0][0][1] + lines[-1][0][0][3]) / 2 < height / 2:
            lines[-1].append(piece)
        else:
            lines.append([piece])
    return [piece for line in lines for piece in sorted(line, key=lambda each: each[0][0])]


def folded(text: str) -> str:
    """Width, white space, thousands marks and the spellings of an operator folded: a line break is no part of the text."""
    plain = "".join(unicodedata.normalize("NFKC", text).split())
    sign = next((sign for sign, spellings in OPERATOR_SPELLINGS.items() if plain in spellings), plain)
    return re.sub(r"(?<=\d),(?=\d{3}(?!\d))", "", sign)


def _print_machine(threads: int, img2table: Path | None) -> None:
    names = ("onnxruntime", "paddleocr", "rapidocr", "opencv-contrib-python")
    versions = [f"{name} {importlib.metadata.version(name)}" for name in names]
    if img2table is not None:
        ask = "import importlib.metadata as m; print('img2table', m.version('img2table'), 'with rapidocr', m.version('rapidocr'))"
        versions.append(subprocess.run([img2table, "-c", ask], capture_output=True, text=True, check=True).stdout.strip())
    print(f"{platform.machine()}, {os.cpu_count()} cores, {threads} threads; {', '.join(versions)}")


if __name__ == "__main__":
    main()
