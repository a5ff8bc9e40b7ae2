"""The tables of a born-digital page that no lines draw, or not all of them."""

from __future__ import annotations

from collections.abc import Sequence

from extractors.geometry.page_ink import PageInk
from extractors.model import BBox
from extractors.tables.grid import Grid
from extractors.tables.rulings.joining import join_rulings
from extractors.tables.rulings.ruling import Ruling
from extractors.tables.white.layout import region_to_grid
from extractors.tables.white.pieces import chars_to_piece_lines
from extractors.tables.white.prose import without_prose
from extractors.tables.white.regions import find_regions

_ONE_LINE = 2.5
# A row of cells that a table is drawn with is at least this long (points).
_SHORTEST = 12.0


def white_grids(ink: PageInk, taken: Sequence[BBox], drawings: Sequence[BBox]) -> list[Grid]:
    """Grids of what stands in columns, with level rules or none.

    Args:
        taken: boxes of the tables that lines draw; their text is left alone.
        drawings: boxes of charts; theirs, too.
    """
    away = [*taken, *drawings]
    chars = [char for char in ink.chars if char.angle == 0 and not any(box.contains(*char.center) for box in away)]
    rules = [rule for rule in level_rules(ink.rulings) if not _is_in(rule, away)]
    lines = without_prose(chars_to_piece_lines(chars))
    regions = find_regions(lines, rules, least_rules=1 if away else 0)
    return [grid for region in regions if (grid := region_to_grid(region)) is not None]


def level_rules(rulings: Sequence[Ruling]) -> list[Ruling]:
    """The level lines, broken and doubled ones joined, from top to bottom."""
    rules = [rule for rule in join_rulings(rulings, _ONE_LINE) if rule.orientation == "h" and rule.length >= _SHORTEST]
    return sorted(rules, key=lambda rule: rule.at)


def _is_in(rule: Ruling, boxes: Sequence[BBox]) -> bool:
    return any(box.contains((rule.start + rule.end) / 2, rule.at) for box in boxes)
