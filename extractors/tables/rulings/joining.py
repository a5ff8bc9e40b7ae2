"""Rulings as drawn -> few clean rulings: joined, grouped by the table they belong to."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from extractors.tables.rulings.ruling import Ruling

# A lone upright beside a table is its border up to this share of the table's width away.
LONE_SHARE = 0.25


def positions_to_groups(values: Sequence[float], tolerance: float) -> list[list[int]]:
    """Indices of values that stand for one position, groups from small to large.

    A group grows while the next value is within ``tolerance`` of the last and
    the whole group stays within twice that, so a ladder of lines never melts.
    """
    order = sorted(range(len(values)), key=lambda i: values[i])
    groups: list[list[int]] = []
    for i in order:
        if groups and values[i] - values[groups[-1][-1]] <= tolerance and values[i] - values[groups[-1][0]] <= 2 * tolerance:
            groups[-1].append(i)
        else:
            groups.append([i])
    return groups


def join_rulings(rulings: Sequence[Ruling], tolerance: float) -> list[Ruling]:
    """One ruling for pieces of one line: touching, overlapping, doubled or dashed.

    Pieces count as one line when they are at most ``tolerance`` apart sideways
    and at most twice that apart end to end. Two long lines side by side (a
    double border) become one; two that merely meet end to end keep their own
    position only when further apart than the tolerance.
    """
    result: list[Ruling] = []
    for orientation in ("h", "v"):
        same = [r for r in rulings if r.orientation == orientation]
        for group in positions_to_groups([r.at for r in same], tolerance):
            result.extend(_join_group([same[i] for i in group], tolerance))
    return result


def _join_group(group: list[Ruling], tolerance: float) -> list[Ruling]:
    joined: list[list[Ruling]] = []
    end = 0.0
    for ruling in sorted(group, key=lambda r: r.start):
        if joined and ruling.start <= end + 2 * tolerance:
            joined[-1].append(ruling)
            end = max(end, ruling.end)
        else:
            joined.append([ruling])
            end = ruling.end
    return [_pieces_to_ruling(pieces) for pieces in joined]


def _pieces_to_ruling(pieces: list[Ruling]) -> Ruling:
    # A zero-length piece still counts a little, so that the mean is defined.
    weight = sum(p.length + 0.01 for p in pieces)
    at = sum(p.at * (p.length + 0.01) for p in pieces) / weight
    return Ruling(pieces[0].orientation, at, min(p.start for p in pieces), max(p.end for p in pieces))


def rulings_to_components(rulings: Sequence[Ruling], tolerance: float) -> list[list[Ruling]]:
    """Groups of rulings that touch or cross each other, one for each table; lone lines are left out.

    An upright as tall as a group that stands alone beside it belongs to it: it
    closes a column with a single cell, as page breaks leave behind.
    """
    horizontals = [r for r in rulings if r.orientation == "h"]
    verticals = sorted((r for r in rulings if r.orientation == "v"), key=lambda r: r.at)
    parents = list(range(len(horizontals) + len(verticals)))
    xs = [v.at for v in verticals]
    for i, h in enumerate(horizontals):
        for j in range(bisect_left(xs, h.start - tolerance), bisect_right(xs, h.end + tolerance)):
            v = verticals[j]
            if v.start - tolerance <= h.at <= v.end + tolerance:
                _union(parents, i, len(horizontals) + j)
    groups: dict[int, list[Ruling]] = {}
    for k, ruling in enumerate([*horizontals, *verticals]):
        groups.setdefault(_root(parents, k), []).append(ruling)
    components = [group for group in groups.values() if len({r.orientation for r in group}) == 2]
    lone = [group[0] for group in groups.values() if len(group) == 1 and group[0].orientation == "v"]
    for component in components:
        component += _lone_borders(component, lone, tolerance)
    return components


def _lone_borders(component: list[Ruling], lone: list[Ruling], tolerance: float) -> list[Ruling]:
    across, upright = ([r for r in component if r.orientation == o] for o in ("h", "v"))
    top, bottom = min(r.start for r in upright), max(r.end for r in upright)
    left, right = min(r.start for r in across), max(r.end for r in across)
    return [
        v
        for v in lone
        if abs(v.start - top) <= 2 * tolerance
        and abs(v.end - bottom) <= 2 * tolerance
        and max(left - v.at, v.at - right) <= LONE_SHARE * (right - left)
    ]


def _root(parents: list[int], k: int) -> int:
    while parents[k] != k:
        parents[k] = parents[parents[k]]
        k = parents[k]
    return k


def _union(parents: list[int], a: int, b: int) -> None:
    parents[_root(parents, a)] = _root(parents, b)


def close_open_sides(component: Sequence[Ruling], tolerance: float) -> list[Ruling]:
    """The component plus a border on each side where one is missing.

    A side is open when two or more lines run out beyond the last crossing line
    and end together there, as in tables without outer verticals or rows that a
    page break cut. Where left and right are both open, the table has no frame,
    and one line that runs out is enough above and below.
    """
    result = list(component)
    closed = 0
    for orientation, fewest in (("h", 2), ("v", 2)):
        running = [r for r in component if r.orientation == orientation]
        across = [r.at for r in component if r.orientation != orientation]
        if closed == 2:
            fewest = 1
        for sign in (-1, 1):
            end = _open_end(running, across, sign, tolerance, fewest)
            if end is None:
                continue
            closed += 1
            others = [r.at for r in result if r.orientation == orientation]
            result.append(Ruling("v" if orientation == "h" else "h", end, min(others), max(others)))
    return result


def _open_end(running: list[Ruling], across: list[float], sign: int, tolerance: float, fewest: int) -> float | None:
    """Where lines that run out beyond the last crossing line end together; None on a closed side."""
    last = max(a * sign for a in across)
    out = [end for r in running if (end := max(r.start * sign, r.end * sign)) > last + 2 * tolerance]
    # One that runs out further alone may be a stroke of a seal or of a signature.
    together = [end for end in out if sum(1 for other in out if 0 <= end - other <= 2 * tolerance) >= fewest]
    return max(together) * sign if together else None
