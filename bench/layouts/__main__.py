"""``python -m bench.layouts --count 300`` reads made-up layouts, in one process, and says what came out right.

``--writing scan`` draws them as scans of 200 dpi, ``html`` as a transcript, ``xlsx`` prints a workbook (LibreOffice);
``--verbose`` names every wrong field.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from pathlib import Path

import jixiao
from bench.layouts.compose import seed_to_sheets
from bench.layouts.draw import lay_out, write_pdf, write_pictures
from bench.layouts.score import Score, score_file
from bench.layouts.sheet import Sheet
from bench.layouts.words import UNSEEN_SHARE
from bench.layouts.writings import write_html, write_printed
from extractors.options import ReadOptions


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=24000)
    parser.add_argument("--count", type=int, default=300)
    parser.add_argument("--writing", choices=("pdf", "scan", "html", "xlsx"), default="pdf")
    parser.add_argument("--unseen", type=float, default=UNSEEN_SHARE, help="share of meanings that are printed with a synonym")
    parser.add_argument("--keep", type=Path, help="folder to keep the files in")
    parser.add_argument("--verbose", action="store_true")
    options = parser.parse_args()
    started, score = time.monotonic(), Score()
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.keep or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        for seed in range(options.seed, options.seed + options.count):
            read_one(score, seed, folder, options.writing, options.unseen)
    print(report(score, time.monotonic() - started))
    if options.verbose:
        print("\n".join(score.misses))


def read_one(score: Score, seed: int, folder: Path, writing: str, unseen: float) -> None:
    """Compose, write, read, clean and score the file of one seed."""
    sheets = seed_to_sheets(seed, unseen)
    path = write(sheets, folder / f"layout-{seed}", writing, seed)
    document = jixiao.clean(jixiao.read(path, ReadOptions(threads=1))).json
    score_file(score, str(seed), sheets, document)


def write(sheets: list[Sheet], stem: Path, writing: str, seed: int) -> Path:
    """The file of some forms: a born-digital PDF, a scan, an HTML transcript or a printed workbook."""
    if writing in ("html", "xlsx"):
        return write_html(sheets, stem.with_suffix(".html")) if writing == "html" else write_printed(sheets, stem)
    path = stem.with_suffix(".pdf")
    pages = [page for sheet in sheets for page in lay_out(sheet)]
    if writing == "scan":
        write_pictures(pages, path, seed)
    else:
        write_pdf(pages, path)
    return path


def report(score: Score, seconds: float) -> str:
    """The figures as lines of text."""
    right = score.fields - score.wrong
    words = ", ".join(f"{count} {what}" for what, count in sorted(score.words.items())) or "none"
    return "\n".join([
        f"forms                 {score.forms}",
        f"fields right          {right} of {score.fields} ({right / max(score.fields, 1):.2%})",
        f"silent wrong fields   {score.silent} ({score.silent * 5000 / max(score.fields, 1):.2f} in 5,000)",
        f"  strictly              {score.unnamed}, where a finding on a whole table covers only the values that it quotes",
        f"whole forms           {score.whole} of known words without a wrong field, {score.reviews_on_whole} findings for a person on them",
        f"unknown words         {words}",
        f"seconds               {seconds:.1f}",
    ])  # fmt: skip


if __name__ == "__main__":
    main()
