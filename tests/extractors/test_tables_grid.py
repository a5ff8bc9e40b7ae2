"""Lines -> grids: spans, breaks, doubles, open sides, several tables."""

from __future__ import annotations

import random

import pytest

from extractors.tables.grid import Grid, rulings_to_tables
from extractors.tables.rulings.ruling import Ruling

TOLERANCE = 3.0


def lines(xs: list[float], ys: list[float]) -> list[Ruling]:
    across = [Ruling("h", y, xs[0], xs[-1]) for y in ys]
    return across + [Ruling("v", x, ys[0], ys[-1]) for x in xs]


def spans(grid: Grid) -> set[tuple[int, int, int, int]]:
    return {(c.rows.start, c.rows.stop, c.cols.start, c.cols.stop) for c in grid.cells}


def covered_once(grid: Grid) -> bool:
    seen = [(i, j) for c in grid.cells for i in c.rows for j in c.cols]
    return len(seen) == len(set(seen)) == grid.row_count * grid.col_count


def test_full_grid() -> None:
    (grid,) = rulings_to_tables(lines([50, 150, 300], [100, 120, 140, 200]), TOLERANCE)
    assert (grid.row_count, grid.col_count, len(grid.cells)) == (3, 2, 6)
    assert grid.cells[0].bbox.as_list() == [50, 100, 150, 120]
    assert covered_once(grid)


def test_spans_both_ways() -> None:
    rulings = [
        *[Ruling("h", y, 0, 300) for y in (0, 40, 80, 120)],
        Ruling("v", 0, 0, 120), Ruling("v", 300, 0, 120),
        Ruling("v", 100, 40, 120), Ruling("v", 200, 0, 80),
    ]  # fmt: skip
    (grid,) = rulings_to_tables(rulings, TOLERANCE)
    assert spans(grid) == {(0, 1, 0, 2), (0, 1, 2, 3), (1, 2, 0, 1), (1, 2, 1, 2), (1, 2, 2, 3), (2, 3, 0, 1), (2, 3, 1, 3)}


def test_row_span() -> None:
    rulings = [r for r in lines([0, 100, 200], [0, 30, 60]) if not (r.orientation == "h" and r.at == 30)]
    rulings.append(Ruling("h", 30, 100, 200))
    (grid,) = rulings_to_tables(rulings, TOLERANCE)
    assert spans(grid) == {(0, 2, 0, 1), (0, 1, 1, 2), (1, 2, 1, 2)}


def test_empty_rows_stay() -> None:
    (grid,) = rulings_to_tables(lines([0, 10, 20], [0, 12, 24, 36, 48, 60]), TOLERANCE)
    assert grid.row_count == 5


def test_borders_drawn_cell_by_cell_twice() -> None:
    rulings = []
    for x0, x1 in ((0, 100), (100, 200)):
        for y0, y1 in ((0, 20), (20, 40)):
            rulings += [Ruling("h", y0 + 0.7, x0, x1), Ruling("h", y1 - 0.7, x0, x1)]
            rulings += [Ruling("v", x0 + 0.7, y0, y1), Ruling("v", x1 - 0.7, y0, y1)]
    (grid,) = rulings_to_tables(rulings, TOLERANCE)
    assert (grid.row_count, grid.col_count) == (2, 2)


def test_broken_and_dashed_lines() -> None:
    dashed = [Ruling("h", 20, x, x + 4) for x in range(0, 200, 8)]
    rulings = [r for r in lines([0, 100, 200], [0, 20, 40]) if not (r.orientation == "h" and r.at == 20)]
    rulings = [r for r in rulings if not (r.orientation == "v" and r.at == 100)]
    broken = [Ruling("v", 100, 0, 12), Ruling("v", 100.8, 17, 40)]
    (grid,) = rulings_to_tables(rulings + dashed + broken, TOLERANCE)
    assert len(grid.cells) == 4


def test_offset_pieces_of_one_line() -> None:
    rulings = [r for r in lines([0, 100, 200], [0, 20, 40]) if not (r.orientation == "h" and r.at == 20)]
    rulings += [Ruling("h", 19, 0, 100), Ruling("h", 21, 100, 200)]
    (grid,) = rulings_to_tables(rulings, TOLERANCE)
    assert grid.row_count == 2
    assert {c.bbox.bottom for c in grid.cells if c.rows.start == 0} == {20}


def test_missing_outer_borders_are_closed() -> None:
    inner = [Ruling("v", 100, 0, 60), *[Ruling("h", y, 0, 200) for y in (0, 20, 40, 60)]]
    (grid,) = rulings_to_tables(inner, TOLERANCE)
    assert (grid.row_count, grid.col_count) == (3, 2)


def test_row_cut_by_the_page_end() -> None:
    rulings = [*[Ruling("v", x, 0, 70) for x in (0, 100, 200)], Ruling("h", 0, 0, 200), Ruling("h", 30, 0, 200)]
    (grid,) = rulings_to_tables(rulings, TOLERANCE)
    assert grid.row_count == 2
    assert grid.bbox.bottom == 70


def test_a_stray_stroke_that_runs_out_further_hides_no_open_end() -> None:
    """The lower border is lost under a seal, of which a stroke crosses the last line."""
    drawn = [*[Ruling("v", x, 0, 70) for x in (0, 100, 200)], Ruling("h", 0, 0, 200), Ruling("h", 30, 0, 200), Ruling("v", 150, 24, 84)]
    (grid,) = rulings_to_tables(drawn, TOLERANCE)
    assert grid.bbox.bottom == 70


def frame(top: float, bottom: float, closed: bool) -> list[Ruling]:
    """A table between 100 and 180 whose outer lines go on around a title and notes; the top is drawn."""
    around = [Ruling("v", x, top, bottom) for x in (50, 300)] + [Ruling("h", top, 50, 300)]
    return [*lines([50, 150, 300], [100, 120, 140, 160, 180]), *around, *([Ruling("h", bottom, 50, 300)] if closed else [])]


def test_an_open_frame_around_a_table_is_no_part_of_it() -> None:
    (grid,) = rulings_to_tables(frame(60, 240, closed=False), TOLERANCE)
    assert (grid.row_count, grid.col_count, len(grid.cells)) == (4, 2, 8)
    assert grid.bbox.as_list() == [50, 100, 300, 180]
    assert covered_once(grid)


def test_a_closed_frame_is_the_tables_own() -> None:
    (grid,) = rulings_to_tables(frame(60, 240, closed=True), TOLERANCE)
    assert (grid.row_count, len(grid.cells)) == (6, 10)


def test_several_tables_on_a_page() -> None:
    grids = rulings_to_tables(lines([0, 50, 100], [0, 20, 40]) + lines([0, 30, 100], [80, 100, 120, 140]), TOLERANCE)
    assert [(g.row_count, g.col_count) for g in grids] == [(2, 2), (3, 2)]


def test_frames_tick_boxes_and_underlines_are_no_tables() -> None:
    table = lines([50, 150, 250], [50, 80, 110])
    frame = lines([10, 500], [10, 700])
    tick = lines([60, 68], [60, 68])
    underline = [Ruling("h", 100, 60, 120), Ruling("h", 72, 80, 150)]
    (grid,) = rulings_to_tables(table + frame + tick + underline, TOLERANCE)
    assert len(grid.cells) == 4


def test_corner_without_lines_is_a_cell() -> None:
    rulings = [
        Ruling("h", 0, 100, 300), Ruling("h", 20, 0, 300), Ruling("h", 40, 0, 300),
        Ruling("v", 0, 20, 40), Ruling("v", 100, 0, 40), Ruling("v", 200, 0, 40), Ruling("v", 300, 0, 40),
    ]  # fmt: skip
    (grid,) = rulings_to_tables(rulings, TOLERANCE)
    assert (grid.row_count, grid.col_count) == (2, 3)
    assert covered_once(grid)


def test_no_lines_no_tables() -> None:
    assert rulings_to_tables([], TOLERANCE) == []
    assert rulings_to_tables([Ruling("h", 10, 0, 100), Ruling("h", 30, 0, 100)], TOLERANCE) == []


@pytest.mark.parametrize("seed", range(20))
def test_a_damaged_grid_keeps_its_shape(seed: int) -> None:
    rng = random.Random(seed)
    xs = [float(50 + 60 * i) for i in range(rng.randint(3, 8))]
    ys = [float(80 + 25 * i) for i in range(rng.randint(3, 20))]
    damaged = []
    for ruling in lines(xs, ys):
        position = ruling.start
        while position < ruling.end:
            stop = min(position + rng.uniform(20, 80), ruling.end)
            damaged.append(Ruling(ruling.orientation, ruling.at + rng.uniform(-0.7, 0.7), position, stop))
            position = stop + rng.uniform(0, 4)
    rng.shuffle(damaged)
    (grid,) = rulings_to_tables(damaged, TOLERANCE)
    assert (grid.row_count, grid.col_count) == (len(ys) - 1, len(xs) - 1)
    assert len(grid.cells) == grid.row_count * grid.col_count
