"""The rows of grids: one a table, and its cells in long form."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

from pipeline.pointers import asked_about

Row = dict[str, Any]

GRIDS = ("document", "sha256", "grid_id", "title", "unit", "row_count", "column_count", "cell_count", "review", "page_no", "pages")
GRID_CELLS = (
    "document", "sha256", "grid_id", "grid_row", "grid_column", "row_span", "column_span", "text", "number", "unit", "review",
    "page_no", "bbox", "confidence", "marks",
)  # fmt: skip


def grids_of(document: Row) -> Iterator[Row]:
    """A line a grid."""
    asked = asked_about(document)
    for index, grid in enumerate(document.get("grids", ())):
        base = f"/grids/{index}"
        yield _keys(document, grid) | {name: grid[name] for name in ("title", "unit", "row_count", "column_count", "page_no")} | {
            "cell_count": len(grid["cells"]),
            "review": base in asked,
            "pages": " ".join(map(str, grid["pages"])),
        }


def grid_cells_of(document: Row) -> Iterator[Row]:
    """A line a cell, row by row."""
    asked = asked_about(document)
    for index, grid in enumerate(document.get("grids", ())):
        keys = _keys(document, grid)
        for number, cell in enumerate(grid["cells"]):
            yield keys | {name: cell[name] for name in ("row_span", "column_span", "text", "number", "unit", "page_no", "confidence")} | {
                "grid_row": cell["row"],
                "grid_column": cell["column"],
                "review": f"/grids/{index}/cells/{number}" in asked,
                "bbox": " ".join(f"{value:g}" for value in cell["bbox"]) if cell["bbox"] else None,
                "marks": " ".join(cell["marks"]) or None,
            }


def by_grid(rows: Iterable[list[Any]]) -> Iterator[tuple[str, list[Row]]]:
    """Rows of ``grid_cells`` grid by grid, each cell by the names of its columns; memory holds one grid."""
    cells = (dict(zip(GRID_CELLS, row, strict=True)) for row in rows)
    for grid_id, group in groupby(cells, key=lambda cell: str(cell["grid_id"])):
        yield grid_id, list(group)


def to_lines(cells: list[Row], filled: bool) -> list[list[Any]]:
    """The cells of one grid as the lines of a table; what spans rows or columns stands once, or in all of them."""
    height = max(cell["grid_row"] + cell["row_span"] for cell in cells) - 1
    width = max(cell["grid_column"] + cell["column_span"] for cell in cells) - 1
    lines: list[list[Any]] = [[None] * width for _ in range(height)]
    for cell in cells:
        top, left = cell["grid_row"] - 1, cell["grid_column"] - 1
        for row in range(top, top + (cell["row_span"] if filled else 1)):
            for column in range(left, left + (cell["column_span"] if filled else 1)):
                lines[row][column] = cell["text"]
    return lines


def _keys(document: Row, grid: Row) -> Row:
    return {"document": document["document"]["path"], "sha256": document["document"]["sha256"], "grid_id": grid["grid_id"]}
