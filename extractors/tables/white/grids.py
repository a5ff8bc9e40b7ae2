"""The tables of a born-digital page that no lines draw, or not all of them."""

from __future__ import annotations

from collections.abc import Sequence

from extractors.geometry.page_ink import Char, PageInk
from extractors.model import BBox
from extractors.tables.grid import Grid
from extractors.tables.rulings.joining import join_rulings
from extractors.tables.rulings.ruling import Ruling
from extractors.tables.textlines import chars_to_lines
from extractors.tables.white.layout import Region, region_to_grid
from extractors.tables.white.pieces import chars_to_piece_lines, leaders
from extractors.tables.white.prose import without_prose
from extractors.tables.white.regions import find_regions

# Pieces of a line that are further apart (points) are two; pieces of what rules one head off from the next are so sooner.
_ONE_LINE, _PIECES = 2.5, 0.5
# Rows of dots closer than this, in font sizes.
_LEADERS = 0.3
# A row of cells that a table is drawn with is at least this long (points).
_SHORTEST_RULE = 12.0


def white_grids(ink: PageInk, taken: Sequence[BBox], drawings: Sequence[BBox]) -> list[Grid]:
    """Grids of what stands in columns, with level rules or none.

    The glyphs of ``ink`` that stand in them are numbered anew by what stands
    together, as a program may set a whole row in one stroke.

    Args:
        taken: boxes of the tables that lines draw; their text is left alone.
        drawings: boxes of charts; theirs, too.
    """
    away = [*taken, *drawings]
    chars = [char for char in ink.chars if char.angle == 0 and not any(box.contains(*char.center) for box in away)]
    rules = [rule for rule in level_rules(ink.rulings) if not rule.is_level_in(away)]
    lines = without_prose(chars_to_piece_lines(chars))
    regions = find_regions(lines, rules, join_rulings(ink.rulings, _PIECES), least_rules=1 if away else 0)
    found = [(region, grid) for region in regions if (grid := region_to_grid(region)) is not None]
    ink.chars = _by_piece(ink.chars, [region for region, _ in found], [grid for _, grid in found])
    return [grid for _, grid in found]


def _by_piece(chars: Sequence[Char], regions: Sequence[Region], grids: Sequence[Grid]) -> list[Char]:
    """Each piece of a region as a run of its own, without the rows of dots that lead from a label to a figure."""
    used = max((char.run for char in chars), default=0)
    runs: dict[Char, int] = {}
    for number, piece in enumerate((p for region in regions for line in region.lines for p in line.pieces), used + 1):
        runs |= dict.fromkeys(piece.chars, number)
    inside = [char for char in chars if char not in runs and any(grid.bbox.contains(*char.center) for grid in grids)]
    dots = {dot for line in chars_to_lines(inside) for dot in leaders(line.chars, _LEADERS)}
    return [char._replace(run=runs[char]) if char in runs else char for char in chars if char not in dots]


def level_rules(rulings: Sequence[Ruling]) -> list[Ruling]:
    """The level lines, broken and doubled ones joined, from top to bottom."""
    rules = [rule for rule in join_rulings(rulings, _ONE_LINE) if rule.orientation == "h" and rule.length >= _SHORTEST_RULE]
    return sorted(rules, key=lambda rule: rule.at)
