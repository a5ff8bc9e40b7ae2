"""Glyphs of a page as lines of pieces: a piece is what stands together on its line, as the text of one cell does."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from extractors.geometry.page_ink import Char, is_cjk
from extractors.tables.textlines import chars_to_lines, chars_to_text

# White that parts two pieces (points, and shares of the font size), that parts two words, and that parts two figures.
_PIECE_GAP, _PIECE_GAP_SHARE, _WORD, _FIGURES = 4.0, 0.8, 0.16, 0.2
# Beside a sign for a missing figure there is more white than this.
_SIGNS = 0.5
# Between the thousands of one number (1 234 567) there is no more white than this.
_THOUSANDS = 0.45
_FIGURE = re.compile(r"^[(\[<>≤≥=~*†‡§#$€£¥￥±+\-–—−－]*\d[\d.,:/]*(?:[-–—−~][$€£¥￥]?\d[\d.,]*)?[)\]%％‰*†‡§#]*$")
_PLACEHOLDER = re.compile(r"^(?:[-–—−－*†‡§#.…/×]{1,5}|\([A-Z]\)|n\.?a\.?|N/?A|Ref\.)$")
_LEADERS = 4


@dataclass(frozen=True, slots=True)
class Piece:
    """Glyphs of one line in reading order, their text, and the box around them."""

    chars: tuple[Char, ...]
    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    size: float

    @property
    def middle(self) -> float:
        return (self.x0 + self.x1) / 2

    @property
    def is_figure(self) -> bool:
        """A number, a range of two, or what stands for a number that is missing."""
        return is_figure(self.text)


@dataclass(frozen=True, slots=True)
class Line:
    """The pieces on one base line, left to right."""

    pieces: tuple[Piece, ...]

    @property
    def top(self) -> float:
        return min(piece.top for piece in self.pieces)

    @property
    def bottom(self) -> float:
        return max(piece.bottom for piece in self.pieces)

    @property
    def base(self) -> float:
        """y of the middle of the largest type."""
        largest = max(self.pieces, key=lambda piece: piece.size)
        return (largest.top + largest.bottom) / 2

    @property
    def height(self) -> float:
        return max(piece.size for piece in self.pieces)

    @property
    def x0(self) -> float:
        return self.pieces[0].x0

    @property
    def x1(self) -> float:
        return max(piece.x1 for piece in self.pieces)


def is_figure(text: str) -> bool:
    """True for 1,234.5, (16.0–29.0), $9, 17.4%, and for a dash or another sign for none."""
    squeezed = "".join(text.split())
    return bool(_FIGURE.match(squeezed) or _PLACEHOLDER.match(squeezed))


def chars_to_piece(chars: Sequence[Char]) -> Piece:
    boxes = [char for char in chars if not char.text.isspace()] or list(chars)
    return Piece(
        tuple(chars),
        chars_to_text(chars),
        min([c.x0 for c in boxes]),
        max([c.x1 for c in boxes]),
        min([c.top for c in boxes]),
        max([c.bottom for c in boxes]),
        max([c.size for c in boxes]),
    )


def chars_to_piece_lines(chars: Sequence[Char]) -> list[Line]:
    """The lines of level text from top to bottom; rows of dots that lead from a label to a figure are white."""
    lines = []
    for line in chars_to_lines([char for char in chars if char.angle == 0]):
        pieces = [piece for part in _without_leaders(line.chars) for piece in _to_pieces(part)]
        if pieces:
            lines.append(Line(tuple(pieces)))
    return sorted(lines, key=lambda line: line.base)


def words_of(chars: Sequence[Char]) -> list[Piece]:
    """The words of a line; each Chinese character that stands close to the next is of one word with it."""
    words: list[list[Char]] = []
    blank = True
    for char in chars:
        if char.text.isspace():
            blank = True
            continue
        gap = char.x0 - words[-1][-1].x1 if words else 0.0
        if not words or gap > _WORD * char.size or (blank and gap > 0.05 * char.size and not is_cjk(char.text)):
            words.append([char])
        else:
            words[-1].append(char)
        blank = False
    return [chars_to_piece(word) for word in words]


def leaders(chars: Sequence[Char], white: float = 1.5) -> Iterable[Char]:
    """The dots of rows of dots: four or more with less white between them, in font sizes."""
    row: list[Char] = []
    for char in [*(c for c in chars if not c.text.isspace()), None]:
        if char is not None and char.text in (".", "·", "…") and (not row or char.x0 - row[-1].x1 < white * char.size):
            row.append(char)
            continue
        if len(row) >= _LEADERS:
            yield from row
        row = []


def _without_leaders(chars: Sequence[Char]) -> list[list[Char]]:
    """The parts of a line beside its rows of dots."""
    dots = {id(char) for char in leaders(chars)}
    parts: list[list[Char]] = [[]]
    for char in chars:
        if id(char) in dots:
            parts.append([])
        else:
            parts[-1].append(char)
    return [part for part in parts if any(not char.text.isspace() for char in part)]


def _to_pieces(chars: Sequence[Char]) -> list[Piece]:
    words = words_of(chars)
    if not words:
        return []
    groups: list[list[Piece]] = [[words[0]]]
    for left, right in pairwise(words):
        if _is_apart(left, right):
            groups.append([right])
        else:
            groups[-1].append(right)
    return [join_pieces(group) for group in groups]


def _is_apart(left: Piece, right: Piece) -> bool:
    size = max(left.chars[-1].size, right.chars[0].size)
    gap = right.x0 - left.x1
    if gap > max(_PIECE_GAP, _PIECE_GAP_SHARE * size):
        return True
    if not (is_figure(left.text) and is_figure(right.text)) or gap <= _FIGURES * size or left.text.endswith((",", ";")):
        return False
    if not (_has_digit(left) and _has_digit(right)) and gap <= _SIGNS * size:
        # A dash between two words is no sign for a missing figure.
        return False
    thousands = re.fullmatch(r"\d{3}", right.text) and re.search(r"(?:^|\D)\d{1,3}$", left.text)
    return not (thousands and gap <= _THOUSANDS * size)


def _has_digit(piece: Piece) -> bool:
    return any(char.isdigit() for char in piece.text)


def join_pieces(pieces: Sequence[Piece]) -> Piece:
    """One piece of several; the blank between them is kept as a blank."""
    chars: list[Char] = []
    for piece in pieces:
        if chars:
            last = chars[-1]
            chars.append(Char(" ", last.x1, last.top, max(piece.x0, last.x1), last.bottom, last.size))
        chars += piece.chars
    return chars_to_piece(chars)
