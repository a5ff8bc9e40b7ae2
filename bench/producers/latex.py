"""XeLaTeX: a long table whose labels are said again in each row, since its rows cannot be spanned over a page."""

from __future__ import annotations

import tempfile
from pathlib import Path

from bench.producers.call import call
from bench.producers.forms import FONT
from bench.producers.office import sheet_of
from bench.producers.sheet import Box, Sheet

_ESCAPED = {"%": r"\%", "&": r"\&", "#": r"\#", "_": r"\_", "$": r"\$", "{": r"\{", "}": r"\}", "~": r"\textasciitilde{}"}
_WIDTH_MM = 184.0
_HEAD = r"""\documentclass[9pt]{extarticle}
\usepackage[paperwidth=210mm,paperheight=297mm,margin=13mm]{geometry}
\usepackage{fontspec,longtable,array}
\setmainfont{%s}
\XeTeXlinebreaklocale "zh"
\XeTeXlinebreakskip = 0pt plus 1pt
\setlength{\parindent}{0pt}\setlength{\tabcolsep}{2pt}\setlength{\LTleft}{0pt}
\begin{document}
"""


def xelatex(name: str, path: Path) -> None:
    source = path.with_suffix(".tex")
    source.write_text(_source(sheet_of(name)), encoding="utf-8")
    with tempfile.TemporaryDirectory() as folder:
        for _ in range(2):  # the widths of a long table settle in the second run
            call("xelatex", "-interaction=batchmode", f"-output-directory={folder}", str(source))
        (Path(folder) / path.with_suffix(".pdf").name).replace(path)


def _source(sheet: Sheet) -> str:
    rows = [" & ".join(_cell(box, sheet) for box in boxes) + r" \\ \hline" for boxes in sheet.rows_without_spans()]
    columns = "|".join(f"p{{{_width(sheet, col, 1):.2f}mm}}" for col in range(len(sheet.widths)))
    foot = "\n\n".join(r"\quad ".join(_text(part) for part in parts) for parts in sheet.foot)
    title = rf"\begin{{center}}{{\large {_text(sheet.title)}}}\\ {_text(sheet.year)}\end{{center}}"
    table = rf"\begin{{longtable}}{{|{columns}|}} \hline" + "\n" + "\n".join(rows) + "\n" + r"\end{longtable}"
    return _HEAD.replace("%s", FONT) + f"{title}\n{table}\n{foot}\n" + r"\end{document}" + "\n"


def _width(sheet: Sheet, col: int, cols: int) -> float:
    """Millimetres of the text of a cell: its columns without the white at both sides."""
    return _WIDTH_MM * sum(sheet.widths[col : col + cols]) - 1.6


def _cell(box: Box, sheet: Sheet) -> str:
    text = (r"\centering\arraybackslash " if box.centred else r"\raggedright\arraybackslash ") + _text(box.text)
    bar = "|" if box.col == 0 else ""
    return rf"\multicolumn{{{box.cols}}}{{{bar}p{{{_width(sheet, box.col, box.cols):.2f}mm}}|}}{{{text}}}"


def _text(text: str) -> str:
    return "".join(_ESCAPED.get(char, char) for char in text)
