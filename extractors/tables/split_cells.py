"""A cell without an inner line whose words stand apart over the columns below is several cells."""

from __future__ import annotations

from collections.abc import Sequence

from extractors.geometry.page_ink import Char
from extractors.model import BBox
from extractors.tables.grid import Grid, GridCell

# White between two headings, in shares of the font size, and the fewest letters that make one.
_HEADING_GAP = 1.5
_FEWEST = 3


def split_headings(grid: Grid, held: dict[int, list[Char]]) -> tuple[Grid, dict[int, list[Char]]]:
    """Cut cells in the first row that span columns but not the table, where each part of their text has columns of its own.

    Letter-spaced words (合　计) and labels with their value (单位：…) stay whole.

    Args:
        grid: as the lines draw it.
        held: index of a cell -> its glyphs.
    """
    cells: list[GridCell] = []
    by_cell: dict[int, list[Char]] = {}
    xs = grid.column_edges()
    for k, cell in enumerate(grid.cells):
        chars = held.get(k, [])
        wide = cell.rows.start == 0 and 1 < len(cell.cols) < grid.col_count
        for part, part_chars in _parts(cell, chars, xs) if wide else [(cell, chars)]:
            by_cell[len(cells)] = part_chars
            cells.append(part)
    return Grid(cells, grid.row_count, grid.col_count, grid.bbox), by_cell


def _parts(cell: GridCell, chars: Sequence[Char], xs: Sequence[float]) -> list[tuple[GridCell, list[Char]]]:
    whole = [(cell, list(chars))]
    groups = _groups(chars)
    if not 1 < len(groups) <= len(cell.cols) or any(_is_fragment(group) for group in groups):
        return whole
    cuts = [cell.cols.start]
    for left, right in zip(groups, groups[1:], strict=False):
        low, high = max(c.x1 for c in left), min(c.x0 for c in right)
        between = [k for k in cell.cols if k > cuts[-1] and low <= xs[k] <= high]
        if not between:
            return whole
        cuts.append(min(between, key=lambda k: abs(xs[k] - (low + high) / 2)))
    result = []
    for group, start, stop in zip(groups, cuts, [*cuts[1:], cell.cols.stop], strict=True):
        result.append((GridCell(cell.rows, range(start, stop), BBox(xs[start], cell.bbox.top, xs[stop], cell.bbox.bottom)), group))
    return result


def _is_fragment(group: list[Char]) -> bool:
    text = "".join(char.text for char in group)
    return len(text.strip()) < _FEWEST or ":" in text or "：" in text


def _groups(chars: Sequence[Char]) -> list[list[Char]]:
    """Glyphs between white stripes that run through all lines of the cell."""
    groups: list[list[Char]] = []
    reach = 0.0
    for char in sorted((c for c in chars if not c.text.isspace()), key=lambda c: c.x0):
        if groups and char.x0 - reach <= _HEADING_GAP * char.size:
            groups[-1].append(char)
            reach = max(reach, char.x1)
        else:
            groups.append([char])
            reach = char.x1
    return groups
