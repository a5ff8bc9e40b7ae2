"""Tables whose columns no line draws: found by the white between their columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from extractors.geometry.page_ink import Char, PageInk, box_around
from extractors.model import BBox
from extractors.tables.grid import Grid, GridCell
from extractors.tables.rulings.joining import join_rulings
from extractors.tables.rulings.ruling import Ruling
from extractors.tables.textlines import GlyphLine, chars_to_lines

# White between columns: points and shares of the font size. Between the words of a line it is less.
_CORRIDOR, _CORRIDOR_SHARE = 4.0, 0.8
# Rules with ends this close (points) belong to one table; shorter ones are underlines.
_SAME_ENDS, _SHORTEST_RULE = 6.0, 90.0
_FEWEST_LINES, _MOST_RULES = 3, 40


@dataclass(frozen=True, slots=True)
class _Row:
    """Glyph runs of one line of text; a run is what no column-wide white divides."""

    top: float
    bottom: float
    runs: list[list[Char]]


def text_grids(ink: PageInk, groups: Sequence[Sequence[Ruling]], taken: Sequence[BBox], drawings: Sequence[BBox]) -> list[Grid]:
    """Grids between level rules without uprights; on a page with neither lines nor tables, of aligned text.

    Modest on purpose: at least three lines and two columns that white parts on
    every line below the head (three columns where there is no rule at all),
    and no running text. Each line of text is a row; a line without a first
    column goes on with the row above.

    Args:
        groups: as ``rule_groups`` gives them.
        taken: boxes of the tables that are already found; their text is left alone.
        drawings: boxes of charts; rules of theirs start no table.
    """
    chars = [c for c in ink.chars if c.angle == 0 and not c.text.isspace() and not any(box.contains(*c.center) for box in taken)]
    groups = [kept for group in groups if len(kept := [r for r in group if not r.is_level_in(drawings)]) > 1]
    grids: list[Grid] = []
    for rules in groups:
        grids += _between_rules(rules, chars, [*taken, *drawings, *(g.bbox for g in grids)])
    if not (grids or groups or taken or drawings):
        grids = _without_rules(chars)
    return grids


def rule_groups(rulings: Sequence[Ruling], taken: Sequence[BBox]) -> list[list[Ruling]]:
    """Level rules, none in a table, with the same ends; from top to bottom."""
    groups: list[list[Ruling]] = []
    rules = [r for r in join_rulings(rulings, 2.5) if r.orientation == "h" and r.length >= _SHORTEST_RULE]
    for rule in sorted(rules, key=lambda r: r.at):
        if rule.is_level_in(taken):
            continue
        home = next((g for g in groups if abs(g[0].start - rule.start) <= _SAME_ENDS and abs(g[0].end - rule.end) <= _SAME_ENDS), None)
        if home is None:
            groups.append([rule])
        else:
            home.append(rule)
    return [group[:_MOST_RULES] for group in groups if len(group) >= 2]


def _between_rules(rules: Sequence[Ruling], chars: Sequence[Char], taken: Sequence[BBox]) -> list[Grid]:
    """The tables between rules of one group, the longest first."""
    spans = sorted(((i, j) for i in range(len(rules)) for j in range(i + 1, len(rules))), key=lambda s: s[0] - s[1])
    found: list[tuple[int, int, Grid]] = []
    for i, j in spans:
        if any(i < b and a < j for a, b, _ in found):
            continue
        box = BBox(rules[i].start, rules[i].at, rules[i].end, rules[j].at)
        if any(box.overlap(other) > 0 for other in taken):
            continue
        head = rules[i + 1].at if j > i + 1 else box.top
        grid = _lines_to_grid(_rows_in(chars, box), box, head, 2)
        if grid is not None:
            found.append((i, j, grid))
    return [grid for _, _, grid in found]


def _without_rules(chars: Sequence[Char]) -> list[Grid]:
    grids = []
    for block in _blocks(chars_to_lines(chars)):
        inside = [c for line in block for c in line.chars]
        box = box_around(inside)
        grid = _lines_to_grid(_rows_in(inside, box), box, box.top, 3)
        if grid is not None:
            grids.append(grid)
    return grids


def _blocks(lines: Sequence[GlyphLine]) -> list[list[GlyphLine]]:
    """Lines that follow each other without a wide gap, each with white that could part columns."""
    blocks: list[list[GlyphLine]] = [[]]
    for line in sorted(lines, key=lambda item: item.bbox.top):
        last = blocks[-1][-1] if blocks[-1] else None
        if len(_runs(line.chars)) < 3:
            blocks.append([])
            continue
        if last is not None and line.bbox.top - last.bbox.bottom > 1.5 * line.bbox.height:
            blocks.append([])
        blocks[-1].append(line)
    return [block for block in blocks if len(block) >= _FEWEST_LINES]


def _rows_in(chars: Sequence[Char], box: BBox) -> list[_Row]:
    lines = chars_to_lines([c for c in chars if box.contains(*c.center)])
    return sorted((_Row(line.bbox.top, line.bbox.bottom, _runs(line.chars)) for line in lines), key=lambda row: row.top)


def _runs(chars: Sequence[Char]) -> list[list[Char]]:
    runs: list[list[Char]] = []
    for char in chars:
        if runs and char.x0 - runs[-1][-1].x1 <= max(_CORRIDOR, _CORRIDOR_SHARE * char.size):
            runs[-1].append(char)
        else:
            runs.append([char])
    return runs


def _lines_to_grid(rows: Sequence[_Row], box: BBox, head: float, fewest_columns: int) -> Grid | None:
    """The grid of a region, or None when its text does not stand in columns."""
    body = [row for row in rows if (row.top + row.bottom) / 2 > head]
    if len(rows) < _FEWEST_LINES or len(body) < 2:
        return None
    xs = _column_borders(rows, body, box)
    if len(xs) - 1 < fewest_columns or _is_running_text(body, xs):
        return None
    bands = _row_bands(rows, xs, box)
    cells = [cell for i in range(len(bands) - 1) for cell in _band_cells(rows, i, bands[i], bands[i + 1], xs)]
    return Grid(cells, len(bands) - 1, len(xs) - 1, BBox(xs[0], bands[0], xs[-1], bands[-1]))


def _column_borders(rows: Sequence[_Row], body: Sequence[_Row], box: BBox) -> list[float]:
    """Left side, one place in each white stripe that no line of the body crosses, right side."""
    spans = sorted((run[0].x0, run[-1].x1) for row in body for run in row.runs)
    heads = [(run[0].x0, run[-1].x1) for row in rows if row not in body for run in row.runs]
    borders, reach = [box.x0], spans[0][1]
    for start, end in spans:
        if start - reach > _CORRIDOR:
            borders.append(_clear_place(reach, start, heads))
        reach = max(reach, end)
    return [*borders, box.x1]


def _clear_place(low: float, high: float, heads: Sequence[tuple[float, float]]) -> float:
    """The middle of the widest part of a stripe that no heading covers; of the stripe where all of it is covered."""
    free, reach = [(low, low)], low
    for start, end in sorted(heads):
        if end > low and start < high:
            free.append((reach, start))
            reach = max(reach, end)
    free.append((reach, high))
    left, right = max(free, key=lambda part: part[1] - part[0])
    return (left + right) / 2 if right > left else (low + high) / 2


def _is_running_text(body: Sequence[_Row], xs: Sequence[float]) -> bool:
    """Wide columns that nearly every line fills are columns of a newspaper, and lines with one run are prose."""
    if sum(len(row.runs) for row in body) < 1.5 * len(body):
        return True
    full = total = 0
    for row in body:
        for run in row.runs:
            k = _column_at(xs, (run[0].x0 + run[-1].x1) / 2)
            width = xs[k + 1] - xs[k]
            total += 1
            full += width > 120 and run[-1].x1 - run[0].x0 > 0.75 * width
    return full > 0.5 * total


def _column_at(xs: Sequence[float], x: float) -> int:
    return max(0, min(sum(1 for border in xs[1:-1] if border <= x), len(xs) - 2))


def _row_bands(rows: Sequence[_Row], xs: Sequence[float], box: BBox) -> list[float]:
    """Tops of the rows and the bottom of the last; a tight line without a first column goes on with the row above."""
    bands = [box.top]
    for above, row in zip(rows, rows[1:], strict=False):
        tight = row.top - above.bottom < 0.35 * (row.bottom - row.top)
        goes_on = tight and not any(_column_at(xs, run[0].x0 + 0.1) == 0 for run in row.runs) and len(row.runs) < len(above.runs)
        if not goes_on:
            bands.append((above.bottom + row.top) / 2)
    return [*bands, box.bottom]


def _band_cells(rows: Sequence[_Row], i: int, top: float, bottom: float, xs: Sequence[float]) -> list[GridCell]:
    """Cells of one row: a run that lies across columns spans them."""
    cuts = set(range(len(xs)))
    for row in rows:
        if top <= (row.top + row.bottom) / 2 < bottom:
            for run in row.runs:
                first, last = _column_at(xs, run[0].x0 + 0.1), _column_at(xs, run[-1].x1 - 0.1)
                cuts -= set(range(first + 1, last + 1))
    edges = sorted(cuts)
    return [GridCell(range(i, i + 1), range(a, b), BBox(xs[a], top, xs[b], bottom)) for a, b in zip(edges, edges[1:], strict=False)]
