"""Runs of text: glyphs that one stroke of the writing program set, or that abut as if it had.

A run is the smallest thing that a cell holds. A number that a spreadsheet let
stand over the edge of its cell is one number, whatever lines lie under it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median

from extractors.geometry.page_ink import Char, CutText
from extractors.model import BBox

# In shares of the font size: glyphs of two objects closer than this abut; white wider than this, beyond
# what the run has between all its glyphs, may hold the border of a cell; a jump back or ahead ends a piece.
_ABUT, _WHITE, _JUMP = 0.12, 0.12, 0.5
# How far from a border aligned text begins or ends, in shares of the font size, and how far off the middle centred text is.
_ALIGNED, _CENTRED = 0.9, 0.25
# White at the edge of a cell, in shares of the font size, that no margin is as narrow as.
_NO_MARGIN = 0.05
_NUMBER = frozenset("0123456789.,%")
_HANGING = frozenset("，。、；：！？,.;:!?)）」』》”’ ")


def runs(chars: Sequence[Char]) -> Iterator[list[Char]]:
    """Glyphs in the order of writing, parted into runs; text that does not run to the right is parted glyph by glyph."""
    run: list[Char] = []
    for char in chars:
        if run and not _goes_on(run[-1], char):
            yield run
            run = []
        run.append(char)
    if run:
        yield run


def _goes_on(left: Char, right: Char) -> bool:
    if left.angle or right.angle:
        return False
    if left.run == right.run != 0:
        return True
    near = -2 * _ABUT * left.size <= right.x0 - left.x1 <= _ABUT * left.size
    return near and abs(left.bottom - right.bottom) <= 0.05 * left.size and not left.text.isspace() and not right.text.isspace()


def in_order(chars: Sequence[Char]) -> list[Char]:
    """Glyphs of one line that runs to the right, as they are read: pieces of runs by where they begin, inside a piece as written.

    A bracket may begin before the narrow letter in front of it ends, so the place of each glyph alone does not tell.
    """
    pieces: list[list[Char]] = []
    for char in chars:
        last = pieces[-1][-1] if pieces else None
        if last is not None and last.run == char.run != 0 and -_ABUT * char.size <= char.x0 - last.x1 <= _JUMP * char.size:
            pieces[-1].append(char)
        else:
            pieces.append([char])
    return [char for piece in sorted(pieces, key=lambda piece: piece[0].x0) for char in piece]


def cut_at_borders(run: Sequence[Char], cells: Sequence[int], lefts: Sequence[float]) -> list[slice]:
    """Parts of a run that lie in cells of their own: it is cut at a border only where white, a blank or a seam lies on the border.

    Args:
        run: glyphs in the order of writing.
        cells: for each glyph the number of the cell that holds its middle.
        lefts: for each glyph where that cell begins.
    """
    usual = median(right.x0 - left.x1 for left, right in pairwise(run)) if len(run) > 1 else 0.0
    cuts = [0]
    for k in range(1, len(run)):
        left, right = run[k - 1], run[k]
        if cells[k] == cells[k - 1]:
            continue
        blank = left.text.isspace() or right.text.isspace()
        on_seam = left.run != right.run and abs(lefts[k] - right.x0) <= _ABUT * right.size
        two_words = on_seam and not (left.text in _NUMBER and right.text in _NUMBER)
        if blank or two_words or right.x0 - left.x1 > usual + _WHITE * right.size:
            cuts.append(k)
    return [slice(a, b) for a, b in pairwise([*cuts, len(run)])]


def part_at_clips(run: list[Char], cut: Sequence[CutText]) -> list[list[Char]]:
    """A run, parted where its text goes on beyond a clip: what is seen next to it there is the text of another cell."""
    parts = [run[:1]]
    for left, right in pairwise(run):
        if left.run != right.run and any(_lies_between(each, left, right) for each in cut):
            parts.append([])
        parts[-1].append(right)
    return parts


def _lies_between(cut: CutText, left: Char, right: Char) -> bool:
    """Whether the rest of a text begins where the left glyph ends, or ends where the right one begins, and the clip shuts out the other."""
    reach = _JUMP * left.size
    if min(cut.box.bottom, left.bottom) - max(cut.box.top, left.top) <= 0.5 * left.size:
        return False
    after = abs(cut.box.x0 - left.x1) <= reach and left.center[0] < cut.clip.x1 <= right.center[0]
    before = abs(cut.box.x1 - right.x0) <= reach and left.center[0] <= cut.clip.x0 < right.center[0]
    return after or before


def home(part: Sequence[Char], cells: Sequence[int], boxes: Sequence[BBox]) -> tuple[int, bool]:
    """The cell that a part which lies over a border belongs to, and whether that is certain.

    It is the one where it begins, unless it ends where text aligned to the right
    ends, or lies in the middle of a cell that it leaves on both sides.

    Args:
        part: glyphs of one run.
        cells: for each glyph the number of the cell that holds its middle; they are not all the same.
        boxes: of all cells, by number.
    """
    size, start, end = part[0].size, part[0].x0, part[-1].x1
    first, last = boxes[cells[0]], boxes[cells[-1]]
    if start - first.x0 <= _ALIGNED * size or _only_hangs(part, cells):
        return cells[0], True
    if abs(last.x1 - end) <= _ALIGNED * size:
        return cells[-1], True
    for cell in cells:
        if abs(boxes[cell].center[0] - (start + end) / 2) <= _CENTRED * size and boxes[cell].width <= end - start:
            return cell, True
    return cells[0], False


def _only_hangs(part: Sequence[Char], cells: Sequence[int]) -> bool:
    """Whether what lies over the border is a mark at the end, of which the ink stands in front of the border."""
    return all(char.text in _HANGING for char, cell in zip(part, cells, strict=True) if cell != cells[0])


def fills_to_the_edge(chars: Sequence[Char], box: BBox) -> bool:
    """Whether the only line of a cell runs from side to side and over its edge, as text that a spreadsheet clips does.

    What is beyond the edge is not in the file, so nothing else tells that the text went on.
    """
    inked = [char for char in chars if not char.text.isspace()]
    if len(inked) < 2 or any(char.angle or abs(char.bottom - inked[0].bottom) > 0.1 for char in inked):
        return False
    first, last = min(inked, key=lambda char: char.x0), max(inked, key=lambda char: char.x1)
    left, right = first.x0 - box.x0, box.x1 - last.x1
    size = last.size
    # Text that runs on over the next cell shows more than a part of one glyph there.
    over_right = right <= _NO_MARGIN * size and last.x0 <= box.x1 and last.text not in _HANGING
    over_left = left <= _NO_MARGIN * size and first.x1 >= box.x0
    return (over_right and left <= _ALIGNED * size) or (over_left and right <= _ALIGNED * size)
