"""Twenty forms in every format, read and held against the same form as born-digital PDF and against what it says.

    python -m bench.formats FOLDER [--only docx,odt] [--count 15] [--pdfs FOLDER] [--verbose]

Needs python-docx, openpyxl and soffice. With ``--pdfs`` the forms of a folder of born-digital PDFs stand in for the generated ones.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from bench.formats.compare import Outcome, Score, outcome_of
from bench.formats.forms import Form, from_pdfs, generated, layouts
from bench.formats.rows import FORMATS, make, path_of

REFERENCE = "pdf"
_HEAD = "| format | read | fields as in the PDF | findings otherwise | wrong / silent | seconds |\n|---|---|---|---|---|---|"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--only", default="")
    parser.add_argument("--count", type=int, default=15)
    parser.add_argument("--pdfs", type=Path)
    parser.add_argument("--verbose", action="store_true")
    given = parser.parse_args()
    only = set(filter(None, given.only.split(",")))
    forms = [*(from_pdfs(given.pdfs, given.count) if given.pdfs else generated(given.count)), *layouts()]
    make(forms, given.folder, only)
    references = {form.name: outcome_of(path_of(given.folder, REFERENCE, form)) for form in forms}
    print(_HEAD)
    for name in FORMATS:
        if not only or name in only:
            _measure(name, forms, references, given.folder, given.verbose)


def _measure(name: str, forms: list[Form], references: dict[str, Outcome], folder: Path, verbose: bool) -> None:
    score = Score()
    for form in forms:
        found = references[form.name] if name == REFERENCE else outcome_of(path_of(folder, name, form))
        score.add(form.name, found, references[form.name], form.truth)
    print(score.line(name), *(score.differences if verbose else ()), sep="\n  ")


if __name__ == "__main__":
    main()
