"""Delivered documents against the truth of a folder: tables found and apart, cells exact, numbers right or marked, phantom forms."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from normalizers.finding_details import one_a_cause
from normalizers.rules.readings import CLIPPED

Value = dict[str, Any]


@dataclass(slots=True)
class Score:
    """Counts over files; ``wrong`` names each fault."""

    files: int = 0
    pages: int = 0
    tables: int = 0
    apart: int = 0
    named: int = 0
    cells: int = 0
    exact: int = 0
    numbers: int = 0
    numbers_right: int = 0
    silent_numbers: int = 0
    forms: int = 0
    missed_forms: int = 0
    phantom_forms: int = 0
    to_review: int = 0
    cut: int = 0
    cut_marked: int = 0
    whole_marked: int = 0
    wrong: list[str] = field(default_factory=list)

    def lines(self) -> list[str]:
        """The figures for people."""
        return [
            f"files {self.files}, pages {self.pages}",
            f"tables found and apart   {self.apart} of {self.tables}; title and unit right {self.named}",
            f"cells exact              {self.exact} of {self.cells} ({_share(self.exact, self.cells)})",
            f"numbers right            {self.numbers_right} of {self.numbers} ({_share(self.numbers_right, self.numbers)})",
            f"numbers silently wrong   {self.silent_numbers}",
            f"forms missed             {self.missed_forms} of {self.forms}; phantom forms {self.phantom_forms}",
            f"cut off texts marked     {self.cut_marked} of {self.cut}; whole ones marked {self.whole_marked}",
            f"findings for a person    {self.to_review} ({self.to_review / max(self.pages, 1):.2f} a page), one a cause",
        ]


def _share(part: int, whole: int) -> str:
    return f"{100 * part / max(whole, 1):.2f} %"


def add_document(score: Score, truth: Value, document: Value, name: str) -> None:
    """Count one file."""
    score.files += 1
    score.pages += document["document"]["page_count"]
    asking = [each for each in document["findings"] if each["severity"] == "review"]
    score.to_review += len(one_a_cause(asking))
    found = len(document["tables"])
    score.forms += truth["forms"]
    score.missed_forms += max(truth["forms"] - found, 0)
    score.phantom_forms += max(found - truth["forms"], 0)
    grids = list(enumerate(document.get("grids", ())))
    # Each cell that is cut off is asked about itself; that a table has some excuses no other cell of it.
    marked = {each["path"] for each in asking if each["code"] != CLIPPED or "/cells/" in each["path"]}
    cut = {each["path"] for each in asking if each["code"] == CLIPPED}
    taken: set[int] = set()
    for table in truth["tables"]:
        score.tables += 1
        best = max(grids, key=lambda item: _alike(table, item[1]) - (item[0] in taken), default=None)
        if best is None or _alike(table, best[1]) < 0.5 or best[0] in taken:
            score.wrong.append(f"{name}: {table['title']}: not found")
            _count_cells(score, table, {}, set(), name)
            continue
        index, grid = best
        taken.add(index)
        if grid["row_count"] == max(cell["row"] + cell["row_span"] - 1 for cell in table["cells"]):
            score.apart += 1
        else:
            score.wrong.append(f"{name}: {table['title']}: {grid['row_count']} rows")
        if _squeezed(grid["title"] or "") == table["title"] and (grid["unit"] or "") == table["unit"]:
            score.named += 1
        else:
            score.wrong.append(f"{name}: {table['title']}, {table['unit']}: named {grid['title']}, {grid['unit']}")
        base = f"/grids/{index}"
        asked = {number for number in range(len(grid["cells"])) if {base, f"{base}/cells/{number}"} & marked}
        cells = {(cell["row"], cell["column"]): (number, cell) for number, cell in enumerate(grid["cells"])}
        _count_cells(score, table, cells, asked, name)
        _count_cut(score, table, cells, {number for number in range(len(grid["cells"])) if f"{base}/cells/{number}" in cut})
    for index, grid in grids:
        if index not in taken:
            score.wrong.append(f"{name}: a table that is none: {grid['title']}, {len(grid['cells'])} cells")


def _count_cells(score: Score, table: Value, cells: dict[tuple[int, int], tuple[int, Value]], asked: set[int], name: str) -> None:
    for cell in table["cells"]:
        score.cells += 1
        number, got = cells.get((cell["row"], cell["column"]), (-1, {"text": None, "number": None, "row_span": 0, "column_span": 0}))
        spans = (got["row_span"], got["column_span"]) == (cell["row_span"], cell["column_span"])
        text = _squeezed(got["text"] or "") if got["text"] is not None else None
        wanted = _squeezed(cell["text"])
        # What a cell clips is as on the page when it is a beginning of the text.
        right = text == wanted or (table["clipped"] and bool(text) and wanted.startswith(str(text)))
        score.exact += spans and right
        if not (spans and right):
            mark = "marked" if number in asked else "SILENT"
            place = f"{name}: {table['title']} {cell['row']},{cell['column']}"
            score.wrong.append(f"{place}: {cell['text']!r} came as {got['text']!r} ({mark})")
        if cell["number"] is not None:
            score.numbers += 1
            score.numbers_right += got["number"] == cell["number"]
            score.silent_numbers += got["number"] != cell["number"] and got["number"] is not None and number not in asked


def _count_cut(score: Score, table: Value, cells: dict[tuple[int, int], tuple[int, Value]], marked: set[int]) -> None:
    """Texts that are cut off on the page, and which cells are marked so; a text is cut where a beginning of it came."""
    for cell in table["cells"]:
        number, got = cells.get((cell["row"], cell["column"]), (-1, {"text": None}))
        text, wanted = _squeezed(got["text"] or ""), _squeezed(cell["text"])
        is_cut = table["clipped"] and text != wanted and bool(text) and wanted.startswith(text)
        score.cut += is_cut
        score.cut_marked += is_cut and number in marked
        score.whole_marked += not is_cut and number in marked


def _alike(table: Value, grid: Value) -> float:
    """Share of the texts of the truth that stand in a grid, as often as there."""
    wanted = Counter(_squeezed(cell["text"]) for cell in table["cells"] if cell["text"])
    got = Counter(_squeezed(cell["text"]) for cell in grid["cells"] if cell["text"])
    if table["clipped"]:
        wanted, got = (Counter({text[:4]: count for text, count in each.items()}) for each in (wanted, got))
    return sum((wanted & got).values()) / max(sum(wanted.values()), 1)


def _squeezed(text: str) -> str:
    return "".join(text.split())
