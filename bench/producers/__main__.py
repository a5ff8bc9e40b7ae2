"""Two forms by every program that is installed, read and held against truth.

    python -m bench.producers make FOLDER      # needs the programs, and fpdf2, reportlab, typst, weasyprint, python-docx, openpyxl
    python -m bench.producers measure FOLDER   # prints the table of docs/producers.md

What is not installed is named and left out; ``make --only NAME`` makes one.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable
from pathlib import Path

from bench.forms.truth import filing_to_truth
from bench.producers import apache_fop, html_programs, latex, libraries, office, rewriters
from bench.producers.call import ProgramError
from bench.producers.forms import FORMS, form
from bench.producers.measure import measure

PROGRAMS: dict[str, Callable[[str, Path], None]] = {
    "libreoffice-writer-docx": office.writer_docx,
    "libreoffice-writer-odt": office.writer_odt,
    "libreoffice-calc-xlsx": office.calc_xlsx,
    "libreoffice-calc-overflow": office.calc_overflow,
    "libreoffice-calc-split": office.calc_split,
    "chromium": html_programs.chromium,
    "wkhtmltopdf": html_programs.wkhtmltopdf,
    "weasyprint": html_programs.weasyprint,
    "weasyprint-separate": html_programs.weasyprint_separate,
    "weasyprint-spaced": html_programs.weasyprint_spaced,
    "fop": apache_fop.fop,
    "fpdf2": libraries.fpdf2,
    "reportlab": libraries.reportlab,
    "reportlab-cid": libraries.reportlab_cid,
    "typst": libraries.typst,
    "xelatex": latex.xelatex,
}
REWRITERS: dict[str, Callable[[Path, Path], None]] = {
    "ghostscript": rewriters.ghostscript,
    "qpdf": rewriters.qpdf,
    "mutool": rewriters.mutool,
    "pdftocairo": rewriters.pdftocairo,
    "ocrmypdf": rewriters.ocrmypdf,
}
# What is written again.
ORIGINALS = ("chromium", "libreoffice-writer-docx", "libreoffice-calc-xlsx", "weasyprint")


def make(folder: Path, only: str | None) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name in FORMS:
        truth = filing_to_truth(form(name)[0])
        (folder / f"{name}.json").write_text(json.dumps(truth, ensure_ascii=False, indent=1), encoding="utf-8")
        for program, write in PROGRAMS.items():
            if only in (None, program):
                _try(program, lambda path, name=name, write=write: write(name, path), folder / f"{name}.{program}.pdf")
        for program, rewrite in REWRITERS.items():
            for original in ORIGINALS[:1] if program == "ocrmypdf" else ORIGINALS:
                source = folder / f"{name}.{original}.pdf"
                if only in (None, program) and source.exists():
                    path = folder / f"{name}.{original}+{program}.pdf"
                    _try(program, lambda path, source=source, rewrite=rewrite: rewrite(source, path), path)


def _try(program: str, write: Callable[[Path], None], path: Path) -> None:
    try:
        write(path)
        print(path.name)
    except (ProgramError, ImportError) as error:
        print(f"{path.name}: left out: {error}")


def main() -> None:
    shown = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(prog="python -m bench.producers", description=__doc__, formatter_class=shown)
    parser.add_argument("what", choices=("make", "measure"))
    parser.add_argument("folder", type=Path)
    parser.add_argument("--only", help="this program alone")
    parser.add_argument("--verbose", action="store_true", help="name each wrong field")
    given = parser.parse_args()
    if given.what == "make":
        make(given.folder, given.only)
    else:
        print(measure(given.folder, given.verbose, given.only))


if __name__ == "__main__":
    main()
