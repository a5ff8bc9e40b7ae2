"""Reads a PDF as on a machine without any font: ``python -m tests.extractors.without_fonts FILE`` prints the cells and lines as JSON.

pdfium asks once where fonts are, so this is a process of its own.
"""

from __future__ import annotations

import ctypes
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pypdfium2.raw as pdfium

from extractors.options import ReadOptions
from extractors.reading import read_file

# pdfium keeps the address, so it must live as long as the process.
_NO_FONTS = pdfium.FPDF_SYSFONTINFO(version=1)


def read_without_fonts(path: Path) -> dict[str, Any]:
    """``cells``, ``lines`` and ``hidden`` texts of a PDF, read by such a process."""
    command = [sys.executable, "-m", "tests.extractors.without_fonts", str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=Path(__file__).parents[2])
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def main() -> None:
    pdfium.FPDF_SetSystemFontInfo(ctypes.byref(_NO_FONTS))
    document = read_file(Path(sys.argv[1]), ReadOptions())
    cells = [[cell.text for cell in row] for table in document.tables for row in table.rows()]
    lines = [line.text for page in document.pages for line in page.lines]
    hidden = [[[each.text, each.reason] for each in page.hidden_text] for page in document.pages]
    print(json.dumps({"cells": cells, "lines": lines, "hidden": hidden}))


if __name__ == "__main__":
    main()
