"""Glyphs and words outside the tables -> lines of text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from extractors.geometry.page_ink import Char, box_around
from extractors.model import TextLine, Word, union_of
from extractors.tables.textlines import chars_to_lines, chars_to_text, gap_between, is_letter_spaced

# White that parts two words on one line, in shares of the font size.
WORD_PART = 0.8


def chars_to_text_lines(chars: Sequence[Char], page_no: int) -> list[TextLine]:
    """Lines from top to bottom; parts that stand far apart stay one line with several words."""
    lines = []
    for line in chars_to_lines(chars):
        parts = [line.chars] if is_letter_spaced(line.chars) else _parts(line.chars)
        words = [_chars_to_word(part) for part in parts]
        kept = tuple(word for word in words if word.text)
        if kept:
            lines.append(words_to_line(kept, page_no))
    return sort_lines(lines)


def words_to_line(words: Sequence[Word], page_no: int) -> TextLine:
    """One line of words that stand left to right."""
    box = union_of(word.bbox for word in words)
    assert box is not None
    confidence = min(word.confidence for word in words)
    return TextLine(" ".join(word.text for word in words), page_no, box, confidence, tuple(words))


def words_to_text_lines(words: Sequence[Word], page_no: int) -> list[TextLine]:
    """Lines from loose words (OCR): words whose boxes overlap in height by half share a line."""
    lines: list[list[Word]] = []
    for word in sorted(words, key=lambda w: -w.bbox.height):
        home = next((line for line in lines if _share_of_height(line[0], word) >= 0.5), None)
        if home is None:
            lines.append([word])
        else:
            home.append(word)
    return sort_lines(words_to_line(sorted(line, key=lambda w: w.bbox.x0), page_no) for line in lines)


def sort_lines(lines: Iterable[TextLine]) -> list[TextLine]:
    """Top to bottom, then left to right."""
    return sorted(lines, key=lambda line: (round(line.bbox.top, 1), line.bbox.x0))


def _share_of_height(a: Word, b: Word) -> float:
    overlap = min(a.bbox.bottom, b.bbox.bottom) - max(a.bbox.top, b.bbox.top)
    return overlap / max(min(a.bbox.height, b.bbox.height), 0.01)


def _parts(chars: Sequence[Char]) -> list[list[Char]]:
    parts: list[list[Char]] = []
    last: Char | None = None
    for char in chars:
        if char.text.isspace():
            if parts:
                parts[-1].append(char)
            continue
        if last is not None and gap_between(last, char) <= WORD_PART * max(char.size, last.size):
            parts[-1].append(char)
        else:
            parts.append([char])
        last = char
    return parts


def _chars_to_word(chars: list[Char]) -> Word:
    ink = [char for char in chars if not char.text.isspace()]
    return Word(chars_to_text(chars), box_around(ink))
