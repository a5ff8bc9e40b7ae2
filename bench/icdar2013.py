"""Tables of born-digital PDFs against the ICDAR 2013 competition's truth.

    git clone --depth 1 https://github.com/tabulapdf/tabula-java
    python -m bench.icdar2013 tabula-java/src/test/resources/technology/tabula/icdar2013-dataset

prints F1 over documents, documents without a fault and pages a second, for
this project and for pdfplumber in the same run.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from pathlib import Path

from bench.adjacency import GridText, Score, read_truth, score_document
from extractors.model import Table
from extractors.options import ReadOptions
from extractors.pdf.file import PdfFile
from extractors.tables.stitch import stitch

# Documents all of whose tables are drawn with lines (or, in a few, with colours).
RULED = [
    "eu-001", "eu-002", "eu-003", "eu-004", "eu-005", "eu-007", "eu-009a", "eu-010", "eu-011", "eu-012", "eu-013", "eu-014",
    "eu-020", "eu-021", "eu-022", "eu-023", "eu-024", "eu-025", "us-004", "us-005", "us-006", "us-007", "us-010", "us-011a",
    "us-012", "us-013", "us-014", "us-015", "us-016", "us-027", "us-028", "us-029", "us-030", "us-031a", "us-036", "us-038",
    "us-039", "us-040",
]  # fmt: skip

Found = tuple[list[list[GridText]], int]


def read_ours(path: Path) -> Found:
    """The tables of a file and its page count; pages that ask for OCR are passed over."""
    pages, tables = [], []
    with PdfFile(path, ReadOptions()) as pdf:
        for index in range(pdf.page_count):
            page, found = pdf.read_text_layer(index)
            pages.append(page)
            tables += found
    return [_table_to_cells(table) for table in stitch(pages, tables)], len(pages)


def _table_to_cells(table: Table) -> list[GridText]:
    return [(c.rows.start, c.rows.stop - 1, c.cols.start, c.cols.stop - 1, c.text) for c in table.cells]


def read_pdfplumber(path: Path) -> Found:
    """pdfplumber with its own settings; merged cells are rebuilt from the boxes that it returns."""
    import pdfplumber

    tables: list[list[GridText]] = []
    with pdfplumber.open(path) as pdf:
        for page in pdf.pages:
            for table in page.find_tables():
                texts = [text or "" for row in table.extract() for text in row]
                boxes = [box for row in table.rows for box in row.cells]
                tables.append(_boxes_to_cells([(box, text) for box, text in zip(boxes, texts, strict=True) if box is not None]))
            page.close()
        return tables, len(pdf.pages)


def _boxes_to_cells(boxes: list[tuple[tuple[float, float, float, float], str]]) -> list[GridText]:
    xs = sorted({x for box, _ in boxes for x in (box[0], box[2])})
    ys = sorted({y for box, _ in boxes for y in (box[1], box[3])})
    return [(ys.index(b[1]), ys.index(b[3]) - 1, xs.index(b[0]), xs.index(b[2]) - 1, text) for b, text in boxes]


def best_score(folder: Path, name: str, found: list[list[GridText]]) -> Score:
    """Against the truth, or the better of two where the truth allows two readings (``-a`` and ``-b``)."""
    files = sorted(folder.rglob(f"{name}-str.xml")) or sorted(folder.rglob(f"{name[:-1]}[a-z]-str.xml"))
    if name[-1].isalpha():
        files = sorted(folder.rglob(f"{name[:-1]}[a-z]-str.xml"))
    return max((score_document(read_truth(file), found) for file in files), key=lambda score: score.f1)


def measure(folder: Path, read: Callable[[Path], Found], names: list[str], per_document: bool) -> str:
    scores, pages, started = {}, 0, time.perf_counter()
    results = {}
    for name in names:
        results[name], count = read(next(iter(sorted(folder.rglob(f"{name}.pdf")))))
        pages += count
    seconds = time.perf_counter() - started
    for name, found in results.items():
        scores[name] = best_score(folder, name, found)
        if per_document and scores[name].f1 < 1:
            print(f"  {name}: F1 {scores[name].f1:.3f} ({scores[name].right} of {scores[name].true}, {scores[name].found} found)")
    mean = sum(score.f1 for score in scores.values()) / len(scores)
    precision = sum(score.precision for score in scores.values()) / len(scores)
    recall = sum(score.recall for score in scores.values()) / len(scores)
    perfect = sum(score.f1 == 1 for score in scores.values())
    return f"| {mean:.3f} | {precision:.3f} | {recall:.3f} | {perfect} of {len(scores)} | {pages} | {pages / seconds:.1f} |"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="the icdar2013-dataset folder")
    parser.add_argument("--all", action="store_true", help="all documents, also those without lines")
    parser.add_argument("--per-document", action="store_true", help="name each document with a fault")
    args = parser.parse_args()
    names = sorted({path.stem for path in args.folder.rglob("*.pdf")}) if args.all else RULED
    print("| reader | F1 | precision | recall | without fault | pages | pages/s |\n|---|---|---|---|---|---|---|")
    for label, read in (("jixiao", read_ours), ("pdfplumber", read_pdfplumber)):
        print(f"| {label} {measure(args.folder, read, list(names), args.per_document)}")


if __name__ == "__main__":
    main()
