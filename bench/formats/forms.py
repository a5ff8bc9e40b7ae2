"""Forms to be written in every format: generated ones, layouts of the family, and those of a folder of born-digital PDFs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from bench.producers.sheet import Box, Sheet, html_to_sheets

# Layouts of five kinds, of which no generator knows.
LAYOUTS = ("application/county-plain", "application/two-horizons", "evaluation/", "monitoring/", "overall/")


@dataclass
class Form:
    """Lines above, cells, lines below; ``widths`` are shares that add up to 1, ``truth`` what it says where that is known."""

    name: str
    above: list[str]
    rows: list[list[Box]]
    below: list[str]
    widths: list[float]
    truth: dict[str, Any] | None = field(default=None, repr=False)

    def boxes(self) -> Iterator[Box]:
        for row in self.rows:
            yield from row


def generated(count: int, first: int = 7100) -> Iterator[Form]:
    """Forms of made-up counties, each with what it says."""
    from bench.forms.content import seed_to_filing
    from bench.forms.html import filing_as_laid_out, filing_to_html
    from bench.forms.layout import seed_to_layout
    from bench.forms.truth import filing_to_truth

    for seed in range(first, first + count):
        layout = replace(seed_to_layout(seed), landscape=False, spaced_names=False)
        filing = filing_as_laid_out(seed_to_filing(seed, 1, overall=seed % 5 == 0), layout)
        sheet = html_to_sheets(filing_to_html(filing, layout))[0]
        yield _sheet_to_form(f"generated-{seed}", sheet, filing_to_truth(filing))


def _sheet_to_form(name: str, sheet: Sheet, truth: dict[str, Any]) -> Form:
    return Form(name, [sheet.title, sheet.year], sheet.rows, ["    ".join(parts) for parts in sheet.foot], sheet.widths, truth)


def layouts() -> Iterator[Form]:
    """One layout of the family for each beginning of an id in ``LAYOUTS``."""
    from tests.normalizers.family_layouts import load_layouts

    for wanted in LAYOUTS:
        layout = next(each for each in load_layouts() if each.id.startswith(wanted))
        width = sum(1 if isinstance(cell, str) else cell[2] for cell in layout.rows[0])
        rows: list[list[Box]] = []
        taken: set[tuple[int, int]] = set()
        for number, cells in enumerate(layout.rows):
            rows.append([])
            for cell in cells:
                text, height, columns = (cell, 1, 1) if isinstance(cell, str) else cell
                col = next(col for col in range(width) if (number, col) not in taken)
                taken |= {(number + i, col + j) for i in range(height) for j in range(columns)}
                rows[-1].append(Box(text, columns, height, number, col))
        yield Form(layout.id.replace("/", "-"), list(layout.lines), rows, list(layout.foot), [1 / width] * width)


def from_pdfs(folder: Path, most: int) -> Iterator[Form]:
    """The tables of born-digital PDFs with their lines, each a form, as this program reads them."""
    from extractors.options import ReadOptions
    from extractors.reading import read_file

    count = 0
    for path in sorted(folder.glob("*.pdf")):
        document = read_file(path, ReadOptions())
        for index, table in enumerate(document.tables):
            page = document.pages[table.pages[0] - 1]
            box = table.bbox_on(page.page_no)
            others = [each for each in document.tables if each is not table and each.pages[0] == page.page_no]
            if page.reader != "text-layer" or box is None or others or len(table.pages) > 1 or count == most:
                continue
            count += 1
            above = [line.text for line in page.lines if line.bbox.bottom <= box.top + 2]
            below = [line.text for line in page.lines if line.bbox.top >= box.bottom - 2]
            rows = [[Box(c.text, len(c.cols), len(c.rows), c.rows.start, c.cols.start) for c in row] for row in table.rows()]
            edges = {c.cols.start: c.bbox.x0 for c in table.cells if c.bbox} | {c.cols.stop: c.bbox.x1 for c in table.cells if c.bbox}
            places = [edges[col] for col in range(table.col_count + 1)]
            widths = [(b - a) / (places[-1] - places[0]) for a, b in zip(places, places[1:], strict=False)]
            yield Form(f"{path.stem}-{index + 1}", above, rows, below, widths)
