"""Where the columns of a table stand, and how two tables share them."""

from __future__ import annotations

from collections.abc import Sequence

from extractors.model import Table


def table_to_edges(table: Table) -> list[float] | None:
    """x of the ``col_count + 1`` column borders; None when a border shows nowhere."""
    seen: list[list[float]] = [[] for _ in range(table.col_count + 1)]
    for cell in table.cells:
        if cell.bbox is None:
            return None
        seen[cell.cols.start].append(cell.bbox.x0)
        seen[cell.cols.stop].append(cell.bbox.x1)
    if not all(seen):
        return None
    edges = [sum(values) / len(values) for values in seen]
    return edges if all(a < b for a, b in zip(edges, edges[1:], strict=False)) else None


def fit_edges(edges: Sequence[float], onto: Sequence[float]) -> list[float]:
    """The edges moved and scaled so that the outer two fall on those of ``onto``."""
    scale = (onto[-1] - onto[0]) / (edges[-1] - edges[0])
    return [onto[0] + (x - edges[0]) * scale for x in edges]


def match_edges(first: Sequence[float], second: Sequence[float], tolerance: float) -> dict[int, int]:
    """Index in ``second`` -> index in ``first`` of edges at one place; each is used once."""
    pairs = sorted((abs(a - b), i, j) for i, a in enumerate(first) for j, b in enumerate(second) if abs(a - b) <= tolerance)
    matched: dict[int, int] = {}
    for _, i, j in pairs:
        if j not in matched and i not in matched.values():
            matched[j] = i
    return matched


def merge_edges(first: Sequence[float], second: Sequence[float], matched: dict[int, int]) -> tuple[list[float], list[int], list[int]]:
    """All edges of both in order, and where each edge of the first and of the second stands among them."""
    items = [(x, 0, i) for i, x in enumerate(first)] + [(x, 1, j) for j, x in enumerate(second) if j not in matched]
    items.sort()
    place = {(side, k): n for n, (_, side, k) in enumerate(items)}
    of_first = [place[0, i] for i in range(len(first))]
    of_second = [of_first[matched[j]] if j in matched else place[1, j] for j in range(len(second))]
    return [x for x, _, _ in items], of_first, of_second
