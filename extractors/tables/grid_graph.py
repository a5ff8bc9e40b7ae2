"""The finest grid that the lines of one table span, and which of its edges are drawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from extractors.tables.rulings.joining import positions_to_groups
from extractors.tables.rulings.ruling import Ruling

# Share of an edge that must be inked for it to count as drawn; the rest is a break in the line.
DRAWN_SHARE = 0.7


@dataclass(slots=True)
class Lattice:
    """``ys`` and ``xs`` are the positions of the lines, in points.

    ``h_edges[i][j]`` is where the line ``ys[i]`` is drawn above column ``j``
    (its own y there), None where it is not; ``v_edges[i][j]`` is where the line
    ``xs[j]`` is drawn left of column ``j`` in row ``i``.
    """

    ys: list[float]
    xs: list[float]
    h_edges: list[list[float | None]]
    v_edges: list[list[float | None]]


def rulings_to_lattice(rulings: Sequence[Ruling], tolerance: float) -> Lattice | None:
    """The lattice of one connected group of rulings; None when it closes no cell."""
    ys, h_lines = _lines([r for r in rulings if r.orientation == "h"], tolerance)
    xs, v_lines = _lines([r for r in rulings if r.orientation == "v"], tolerance)
    if len(ys) < 2 or len(xs) < 2:
        return None
    h_edges = [[_drawn(line, xs[j], xs[j + 1], tolerance) for j in range(len(xs) - 1)] for line in h_lines]
    v_by_line = [[_drawn(line, ys[i], ys[i + 1], tolerance) for i in range(len(ys) - 1)] for line in v_lines]
    v_edges = [[v_by_line[j][i] for j in range(len(xs))] for i in range(len(ys) - 1)]
    lattice = Lattice(ys, xs, h_edges, v_edges)
    _prune_loose_ends(lattice)
    return _without_idle_lines(lattice)


def _lines(rulings: list[Ruling], tolerance: float) -> tuple[list[float], list[list[Ruling]]]:
    groups = positions_to_groups([r.at for r in rulings], tolerance)
    lines = [[rulings[i] for i in group] for group in groups]
    positions = [sum(r.at * (r.length + 0.01) for r in line) / sum(r.length + 0.01 for r in line) for line in lines]
    return positions, lines


def _drawn(line: list[Ruling], start: float, end: float, tolerance: float) -> float | None:
    """Where the line runs between two crossings; None when it does not.

    A stroke that stops well short of a crossing is an underline inside the cell.
    """
    pieces = [(max(r.start, start), min(r.end, end), r.at) for r in line if r.end > start and r.start < end]
    if not pieces:
        return None
    covered = _covered(pieces)
    length = end - start
    short_by = max(min(p[0] for p in pieces) - start, end - max(p[1] for p in pieces))
    floats = short_by > max(2 * tolerance, 0.2 * length)
    thin = covered < DRAWN_SHARE * length and length - covered > 2 * tolerance
    if floats or thin or covered < length / 2:
        return None
    weight = sum(p[1] - p[0] + 0.01 for p in pieces)
    return sum(p[2] * (p[1] - p[0] + 0.01) for p in pieces) / weight


def _covered(pieces: list[tuple[float, float, float]]) -> float:
    total, reach = 0.0, float("-inf")
    for start, end, _ in sorted(pieces):
        total += max(0.0, end - max(start, reach))
        reach = max(reach, end)
    return total


def _prune_loose_ends(lattice: Lattice) -> None:
    """Take away edges that lead nowhere: they separate no two cells."""
    rows, cols = len(lattice.ys) - 1, len(lattice.xs) - 1
    work = [(i, j) for i in range(rows + 1) for j in range(cols + 1)]
    while work:
        i, j = work.pop()
        edges = _edges_at(lattice, i, j)
        if len(edges) != 1:
            continue
        kind, a, b = edges[0]
        if kind == "h":
            if a in (0, rows):
                continue
            lattice.h_edges[a][b] = None
            work += [(i, b), (i, b + 1)]
        else:
            if b in (0, cols):
                continue
            lattice.v_edges[a][b] = None
            work += [(a, j), (a + 1, j)]


def _edges_at(lattice: Lattice, i: int, j: int) -> list[tuple[str, int, int]]:
    rows, cols = len(lattice.ys) - 1, len(lattice.xs) - 1
    edges = []
    if j > 0 and lattice.h_edges[i][j - 1] is not None:
        edges.append(("h", i, j - 1))
    if j < cols and lattice.h_edges[i][j] is not None:
        edges.append(("h", i, j))
    if i > 0 and lattice.v_edges[i - 1][j] is not None:
        edges.append(("v", i - 1, j))
    if i < rows and lattice.v_edges[i][j] is not None:
        edges.append(("v", i, j))
    # The frame around the table is closed even where nothing is drawn.
    if i in (0, rows) or j in (0, cols):
        edges += [("frame", 0, 0)] * 2
    return edges


def _without_idle_lines(lattice: Lattice) -> Lattice | None:
    """Lines on which no edge is left separate no rows; take them out."""
    rows, cols = len(lattice.ys) - 1, len(lattice.xs) - 1
    keep_y = [i for i in range(rows + 1) if i in (0, rows) or any(e is not None for e in lattice.h_edges[i])]
    keep_x = [j for j in range(cols + 1) if j in (0, cols) or any(row[j] is not None for row in lattice.v_edges)]
    if len(keep_y) == rows + 1 and len(keep_x) == cols + 1:
        return lattice
    h_edges = [[_merged(lattice.h_edges[i][a:b]) for a, b in zip(keep_x, keep_x[1:], strict=False)] for i in keep_y]
    v_edges = [
        [_merged([row[j] for row in lattice.v_edges[a:b]]) for j in keep_x] for a, b in zip(keep_y, keep_y[1:], strict=False)
    ]
    return Lattice([lattice.ys[i] for i in keep_y], [lattice.xs[j] for j in keep_x], h_edges, v_edges)


def _merged(edges: list[float | None]) -> float | None:
    drawn = [e for e in edges if e is not None]
    return sum(drawn) / len(drawn) if len(drawn) == len(edges) else None
