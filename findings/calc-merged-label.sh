#!/usr/bin/env bash
# LibreOffice 7.4.7 Calc, a merged cell that runs over a page break, exported to PDF.
#
# One would expect: the label of the merged cell is written once, on the page where it is seen.
# Seen: it is written on every page that shows a part of the cell, each time where the whole cell would
#   have it, and cut away by a clip where that is not on the page: above the grid in the top margin, or
#   below the last row of the page. Every page is painted rightly; text extraction gives the label twice.
# Why it matters: a budget that stands in such a cell is counted twice, and a text above the grid on the
#   second page looks like a title. Only a look at the painted page, or at the clip, tells the two apart.
#
# Needs soffice and python3 with venv. Exit: 0 the behaviour is as described, 1 it differs, 2 cannot be run.
set -euo pipefail
command -v soffice >/dev/null || { echo "soffice is not installed (Debian: libreoffice-calc)"; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q openpyxl==3.1.5 pdfplumber==0.11.10 pypdfium2==5.15.2 pillow==13.0.0 2>"$work/pip.log" || { cat "$work/pip.log"; exit 2; }
cd "$work"
cat >make.py <<'PY'
"""Two sheets of 20 rows: A2:A20 is one merged cell; the page breaks below, or above, the middle of it."""
from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Side
from openpyxl.worksheet.pagebreak import Break

for name, page_break in (("seen-on-1", 14), ("seen-on-2", 6)):
    book = Workbook()
    sheet = book.active
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    thin = Side(style="thin")
    for column in "AB":
        sheet.column_dimensions[column].width = 24
    for row in range(1, 21):
        sheet.row_dimensions[row].height = 18
        sheet.cell(row, 2, f"row {row}")
        for column in (1, 2):
            sheet.cell(row, column).border = Border(thin, thin, thin, thin)
    sheet["A1"], sheet["A2"] = "head", "Cost-1200"
    sheet.merge_cells("A2:A20")
    sheet["A2"].alignment = Alignment(vertical="center")
    sheet.row_breaks.append(Break(id=page_break))
    book.save(f"{name}.xlsx")
PY
cat >look.py <<'PY'
import sys

import pdfplumber
import pypdfium2

SCALE = 4


def ink(file: str, page: int, box: tuple[float, float, float, float]) -> bool:
    """Whether anything dark is painted in the box (points from the top left); False outside the page."""
    picture = pypdfium2.PdfDocument(file)[page].render(scale=SCALE).to_pil().convert("L")
    return picture.crop(tuple(round(each * SCALE) for each in box)).getextrema()[0] < 128


changed = False
for name, seen_on in (("seen-on-1", 1), ("seen-on-2", 2)):
    file = f"{name}.pdf"
    with pdfplumber.open(file) as document:
        for page in document.pages:
            grid = min(each["top"] for each in page.lines + page.rects), max(each["bottom"] for each in page.lines + page.rects)
            words = [each for each in page.extract_words() if each["text"] == "Cost-1200"]
            painted = [ink(file, page.page_number - 1, (each["x0"], each["top"], each["x1"], each["bottom"])) for each in words]
            expected = [True] if page.page_number == seen_on else []
            print(f"{name} page {page.page_number}: grid {grid[0]:.0f} to {grid[1]:.0f} pt; the label is extracted {len(words)} times,",
                  f"at {[round(each['top']) for each in words]} pt, painted {painted}; expected {len(expected)} times")
            changed |= painted != [page.page_number == seen_on]
        changed |= len(document.pages) != 2
print("CHANGED: not as described above" if changed else "As described: extracted on both pages, painted on one.")
sys.exit(int(changed))
PY
venv/bin/python make.py
soffice --version | sed 's/ *$//; s/$/ (described: 7.4.7.2); pdfplumber 0.11.10, pypdfium2 5.15.2/;/^ (desc/d'
soffice "-env:UserInstallation=file://$work/profile" --headless --convert-to pdf seen-on-1.xlsx seen-on-2.xlsx >convert.log 2>&1 || { cat convert.log; exit 2; }
venv/bin/python look.py
