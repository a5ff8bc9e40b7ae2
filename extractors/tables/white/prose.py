"""Running text on a page: stacks of long lines with one left side. What stands in it is no table."""

from __future__ import annotations

from collections.abc import Sequence

from extractors.geometry.page_ink import is_cjk
from extractors.tables.white.pieces import Line, Piece

# Lines of a paragraph: the fewest, their least length in font sizes, the share of the longest that most of them have.
_FEWEST, _LONG, _SHARE = 3, 11.0, 0.7
# Their distance in font sizes, how far (font sizes) their left sides differ, and the share of letters.
_PITCH, _ALIGNED, _LETTERS = 2.2, 1.0, 0.55


def without_prose(lines: Sequence[Line]) -> list[Line]:
    """The lines without the pieces that are running text; lines of nothing else are left out."""
    prose = {id(piece) for stack in _stacks(lines) if _is_prose(stack) for _, piece in stack}
    kept = (Line(pieces) for line in lines if (pieces := tuple(piece for piece in line.pieces if id(piece) not in prose)))
    return list(kept)


def is_sentence(piece: Piece) -> bool:
    """Long, and mostly letters."""
    letters = sum(char.text.isalpha() for char in piece.chars)
    return letters >= _LETTERS * len("".join(piece.text.split())) and piece.x1 - piece.x0 >= _LONG * piece.size


def _stacks(lines: Sequence[Line]) -> list[list[tuple[Line, Piece]]]:
    """Pieces below each other with one left side, of one size of type, in the distance of lines."""
    open_stacks: list[list[tuple[Line, Piece]]] = []
    done: list[list[tuple[Line, Piece]]] = []
    for line in lines:
        for piece in line.pieces:
            home = next((stack for stack in open_stacks if _goes_on(stack[-1][1], piece)), None)
            if home is None:
                open_stacks.append([(line, piece)])
            else:
                home.append((line, piece))
        gone = [stack for stack in open_stacks if line.top - stack[-1][1].bottom > _PITCH * stack[-1][1].size]
        done += gone
        open_stacks = [stack for stack in open_stacks if not any(stack is each for each in gone)]
    return done + open_stacks


def _goes_on(above: Piece, below: Piece) -> bool:
    aligned = abs(above.x0 - below.x0) <= _ALIGNED * above.size or _is_indented(above, below)
    near = 0.3 * above.size < below.top - above.top <= _PITCH * above.size
    return aligned and near and abs(above.size - below.size) <= 0.25 * above.size


def _is_indented(above: Piece, below: Piece) -> bool:
    """The first line of a paragraph, or the lines of one below it: of the same right side and long."""
    indent = abs(above.x0 - below.x0)
    both_long = min(above.x1 - above.x0, below.x1 - below.x0) >= _LONG * above.size
    return both_long and indent <= 5 * above.size and abs(above.x1 - below.x1) <= 3 * above.size


def _is_prose(stack: Sequence[tuple[Line, Piece]]) -> bool:
    if len(stack) < _FEWEST:
        return False
    widest = max(piece.x1 - piece.x0 for _, piece in stack)
    long = [(line, piece) for line, piece in stack if piece.x1 - piece.x0 >= _SHARE * widest and is_sentence(piece)]
    if len(long) < max(_FEWEST - 1, 0.55 * len(stack)):
        return False
    # A label stands before a figure; running text does not.
    before_figures = sum(_stands_before_a_figure(line, piece) for line, piece in stack)
    return before_figures <= 0.3 * len(stack) and any(_reads_on(piece) for _, piece in long)


def _stands_before_a_figure(line: Line, piece: Piece) -> bool:
    after = [each for each in line.pieces if each.x0 > piece.x0]
    return bool(after) and after[0].is_figure


def _reads_on(piece: Piece) -> bool:
    """Several words, or Chinese text."""
    return len(piece.text.split()) >= 3 or sum(is_cjk(char.text) for char in piece.chars) >= 8
