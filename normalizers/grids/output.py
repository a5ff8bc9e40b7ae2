"""A grid as the JSON value of the output contract."""

from __future__ import annotations

from typing import Any

from normalizers.grids.grid import Grid, GridCell


def grid_out(grid: Grid, grid_id: str) -> dict[str, Any]:
    """One entry of ``grids``."""
    return {
        "grid_id": grid_id,
        "title": grid.title or None,
        "unit": grid.unit or None,
        "page_no": grid.page_no,
        "pages": grid.pages,
        "row_count": grid.row_count,
        "column_count": grid.column_count,
        "cells": [_cell_out(cell) for cell in grid.cells],
        "rows": grid.rows(),
    }


def _cell_out(cell: GridCell) -> dict[str, Any]:
    source = cell.read.source
    sure = cell.read.confidence if cell.read.confidence is not None else source.confidence if source else None
    return {
        "row": cell.row,
        "column": cell.column,
        "row_span": cell.row_span,
        "column_span": cell.column_span,
        "text": cell.text,
        "number": None if cell.number is None else int(cell.number) if cell.number.is_integer() else cell.number,
        "unit": cell.unit or None,
        "page_no": source.page_no if source else None,
        "bbox": source.bbox.as_list() if source and source.bbox else None,
        "confidence": None if sure is None else round(sure, 4),
        "marks": list(cell.marks),
    }
