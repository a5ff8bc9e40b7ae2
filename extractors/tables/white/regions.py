"""Where on a page tables without their lines stand."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extractors.model import BBox
from extractors.tables.rulings.ruling import Ruling
from extractors.tables.white.columns import column_borders, columns_of, full_lines
from extractors.tables.white.layout import WHOLE, Region
from extractors.tables.white.pieces import Line, Piece
from extractors.tables.white.prose import is_sentence
from extractors.whole_numbers import whole_number

# White between two rows of one table, in heights of type; between two rules of it there may be more.
_GAP, _RULED_GAP = 3.2, 8.0
# Lines of one piece between rows (labels of groups), and how wide such a label may be.
_MOST_LABELS, _LABEL = 4, 0.7
_CAPTION = re.compile(
    r"^(?:Table|TABLE|Exhibit|Figure|FIGURE|Source|SOURCE|Note|NOTE|表|图|附表|注|资料来源)\s*[\dA-Z一二三四五六七八九十：:.—-]"
)
_CONTENTS = 2
_YEAR = re.compile(r"^(?:19|20)\d\d(?:\s*年?)?$")
_FIGURES_LEAD = re.compile(r"^\d{1,3}$")


def find_regions(lines: Sequence[Line], rules: Sequence[Ruling], pieces: Sequence[Ruling] = (), least_rules: int = 0) -> list[Region]:
    """Regions whose lines stand in columns.

    Args:
        lines: of the page, without running text.
        rules: level lines of the page that are in no drawn grid.
        pieces: the same as they are drawn, those below two heads apart.
        least_rules: rules as wide as the table that must stand at it; 0 where aligned figures alone are enough.
    """
    regions = []
    for block in _blocks(lines, rules):
        region = _to_region(block, lines, rules, pieces or rules)
        if region is not None and _is_table(region, least_rules):
            regions.append(region)
    return _apart(regions)


def _blocks(lines: Sequence[Line], rules: Sequence[Ruling]) -> Iterator[list[Line]]:
    """Rows that follow each other and share columns, with the labels of groups between them."""
    block: list[Line] = []
    waiting: list[Line] = []
    for line in lines:
        last = waiting[-1] if waiting else block[-1] if block else None
        if last is not None and _is_far(last, line, rules):
            yield block
            block, waiting = [], []
        if _is_row(line):
            if block and not _shares_columns(block, line):
                yield block
                block, waiting = [], []
            block += [*waiting, line] if block else [line]
            waiting = []
        elif block:
            waiting.append(line)
            if len(waiting) > _MOST_LABELS or not _may_be_label(line, block):
                yield block
                block, waiting = [], []
    yield block


def _is_row(line: Line) -> bool:
    """Two pieces, one of them a figure that does not lead the line, or three pieces."""
    pieces = line.pieces
    return len(pieces) >= 3 or (len(pieces) == 2 and pieces[1].is_figure)


def _is_far(above: Line, line: Line, rules: Sequence[Ruling]) -> bool:
    gap = line.top - above.bottom
    most = max(above.height, line.height)
    if gap <= _GAP * most:
        return False
    x0, x1 = min(above.x0, line.x0), max(above.x1, line.x1)
    around = [rule for rule in rules if _covers(rule, x0, x1)]
    held = any(rule.at < above.top for rule in around) and any(rule.at > line.bottom for rule in around)
    return not held or gap > _RULED_GAP * most


def _covers(rule: Ruling, x0: float, x1: float) -> bool:
    return min(rule.end, x1) - max(rule.start, x0) >= WHOLE * (x1 - x0) and rule.length <= 1.5 * (x1 - x0)


def _shares_columns(block: Sequence[Line], line: Line) -> bool:
    """The line leaves most of the white between the columns of the block as it is."""
    rows = [each for each in block if len(each.pieces) > 1][-40:]
    x0, x1 = min(each.x0 for each in rows), max(each.x1 for each in rows)
    if line.x0 > x1 or line.x1 < x0:
        return False
    xs = column_borders(rows, x0, x1)
    together = column_borders([*rows, line], min(x0, line.x0), max(x1, line.x1))
    # A row with much less in it says nothing against the columns; one with more may show them finer.
    return len(xs) < 3 or len(together) - 2 >= max(1, 0.5 * (len(xs) - 2))


def _may_be_label(line: Line, block: Sequence[Line]) -> bool:
    x0, x1 = min(each.x0 for each in block), max(each.x1 for each in block)
    if _CAPTION.match(line.pieces[0].text.strip()) or line.x0 < x0 - 3 * line.height or line.x1 > x1 + 2 * line.height:
        return False
    piece = max(line.pieces, key=lambda each: each.x1 - each.x0)
    return piece.x1 - piece.x0 <= _LABEL * (x1 - x0)


def _to_region(block: Sequence[Line], lines: Sequence[Line], rules: Sequence[Ruling], pieces: Sequence[Ruling]) -> Region | None:
    """The block with its head, the labels at its ends, and the rules that frame it."""
    if len(block) < 2:
        return None
    x0, x1 = min(line.x0 for line in block), max(line.x1 for line in block)
    own = sorted((rule for rule in rules if _covers(rule, x0, x1)), key=lambda rule: rule.at)
    first = next(index for index, line in enumerate(lines) if line is block[0])
    stop = next(index for index, line in enumerate(lines) if line is block[-1]) + 1
    start = _with_head(lines, first, own, x0, x1, block)
    stop = _with_tail(lines, stop, own, x0, x1)
    kept = tuple(_inside(line, x0, x1) for line in lines[start:stop] if any(_lies_in(piece, x0, x1) for piece in line.pieces))
    top, bottom = kept[0].top, kept[-1].bottom
    framing = [rule.at for rule in own if kept[0].top - 2.5 * kept[0].height <= rule.at <= kept[0].top + 2]
    closing = [rule.at for rule in own if kept[-1].bottom - 2 <= rule.at <= kept[-1].bottom + 2.5 * kept[-1].height]
    box = BBox(x0 - 1, framing[-1] if framing else top - 1, x1 + 1, closing[0] if closing else bottom + 1)
    inner = [rule for rule in own if box.top - 1 <= rule.at <= box.bottom + 1]
    within = [rule for rule in pieces if rule.orientation == "h" and box.top - 1 <= rule.at <= box.bottom + 1 and x0 < rule.end]
    return Region(kept, _head_count(kept, inner), box, tuple(within), len(inner))


def _lies_in(piece: Piece, x0: float, x1: float) -> bool:
    return x0 - 1 <= piece.middle <= x1 + 1


def _inside(line: Line, x0: float, x1: float) -> Line:
    return Line(tuple(piece for piece in line.pieces if _lies_in(piece, x0, x1)))


def _with_head(lines: Sequence[Line], first: int, own: Sequence[Ruling], x0: float, x1: float, block: Sequence[Line]) -> int:
    """Index of the first line of the table: the line below the highest rule that only heads part from it, else the first of close heads."""
    ruled = first
    for index in _head_walk(lines, first, x0, x1, _GAP):
        above = lines[index - 1].bottom if index else 0.0
        top = lines[index].top
        if any(min(above, top - 2.5 * lines[index].height) - 2 <= rule.at <= top + 2 for rule in own):
            ruled = index
    framed = any(lines[ruled].top - 2.5 * lines[ruled].height <= rule.at <= lines[ruled].top + 2 for rule in own)
    if ruled < first or framed:
        return ruled
    return min(_head_walk(lines, first, x0, x1, 1.0), default=first)


def _head_walk(lines: Sequence[Line], first: int, x0: float, x1: float, gap: float) -> Iterator[int]:
    """Indices of lines above a block, going up, as long as they may be heads; lines beside the block are passed over."""
    below = lines[first]
    for index in range(first - 1, -1, -1):
        line = lines[index]
        inside = [piece for piece in line.pieces if _lies_in(piece, x0, x1)]
        if below.top - line.bottom > gap * below.height:
            return
        if inside:
            if not _may_be_head(line, inside, x0, x1):
                return
            below = line
            yield index


def _may_be_head(line: Line, inside: Sequence[Piece], x0: float, x1: float) -> bool:
    if len(inside) < len(line.pieces) or _CAPTION.match(inside[0].text.strip()):
        return False
    widest = max(inside, key=lambda piece: piece.x1 - piece.x0)
    flush = abs(widest.x0 - x0) < widest.size and widest.x1 > x0 + 0.45 * (x1 - x0)
    if flush or (len(inside) == 1 and is_sentence(widest) and widest.x1 - widest.x0 > _LABEL * (x1 - x0)):
        return False
    return len(inside) > 1 or widest.x1 - widest.x0 <= _LABEL * (x1 - x0)


def _with_tail(lines: Sequence[Line], stop: int, own: Sequence[Ruling], x0: float, x1: float) -> int:
    """Index behind the last line: labels go on to a rule that closes the table."""
    last = lines[stop - 1]
    index = stop
    while index < len(lines) and lines[index].top - lines[index - 1].bottom < 1.5 * last.height:
        line = lines[index]
        inside = [piece for piece in line.pieces if _lies_in(piece, x0, x1)]
        if not inside or inside[-1].x1 - inside[0].x0 > _LABEL * (x1 - x0) or _CAPTION.match(inside[0].text):
            break
        if any(lines[stop - 1].bottom - 2 <= rule.at <= line.top + 1 for rule in own):
            break
        index += 1
        if any(line.bottom - 2 <= rule.at <= line.bottom + 2 * line.height for rule in own):
            return index
    return stop


def _head_count(lines: Sequence[Line], own: Sequence[Ruling]) -> int:
    """Lines before the last rule over the first line of figures, else before that line; years over figures are heads."""
    first = next((index for index, line in enumerate(lines) if _is_data(line, lines) and not _are_years(line)), 0)
    ruled = [sum(line.base < rule.at for line in lines) for rule in own]
    return max((count for count in ruled if 0 < count <= max(first, 1) and len(lines) - count >= 2), default=first)


def _are_years(line: Line) -> bool:
    return all(_YEAR.match(piece.text.strip()) for piece in line.pieces[1:]) and not _FIGURES_LEAD.match(line.pieces[0].text)


def _is_data(line: Line, lines: Sequence[Line]) -> bool:
    rest = line.pieces[1:]
    figures = sum(piece.is_figure for piece in rest)
    usual = max(len(each.pieces) for each in lines)
    return bool(rest) and figures >= 0.5 * len(rest) and len(line.pieces) >= 0.4 * usual


def _is_table(region: Region, least_rules: int) -> bool:
    rows = full_lines(region.body)
    xs = column_borders(region.body, region.bbox.x0, region.bbox.x1)
    columns = len(xs) - 1
    if len(rows) < 2 or columns < 2:
        return False
    figures = [sum(piece.is_figure for piece in line.pieces[1:]) for line in rows]
    pieces = sum(len(line.pieces) - 1 for line in rows)
    share = sum(figures) / max(pieces, 1)
    if region.whole_rules >= max(least_rules, 2) and region.head:
        return share >= 0.3 or region.whole_rules >= 3
    if region.whole_rules < least_rules or share < 0.5:
        return False
    if columns == 2:
        return len(rows) >= 4 and share == 1.0 and not _is_contents(rows) and region.head > 0
    return len(rows) >= 3


def _is_contents(rows: Sequence[Line]) -> bool:
    """Page numbers that grow from line to line, or labels of a list."""
    numbers = [number for line in rows if (number := whole_number(line.pieces[1].text, -1)) >= 0]
    grows = len(numbers) > _CONTENTS and all(a <= b for a, b in zip(numbers, numbers[1:], strict=False))
    return (
        grows
        or all(line.pieces[0].x1 - line.pieces[0].x0 < 2 * line.height for line in rows)
        and all(len(columns_of(line.pieces[0], (line.x0, line.x1))) == 1 and len(line.pieces[0].text) <= 2 for line in rows)
    )


def _apart(regions: Sequence[Region]) -> list[Region]:
    kept: list[Region] = []
    for region in sorted(regions, key=lambda each: -len(each.lines)):
        if not any(region.bbox.overlap(other.bbox) > 0 for other in kept):
            kept.append(region)
    return sorted(kept, key=lambda region: region.bbox.top)
