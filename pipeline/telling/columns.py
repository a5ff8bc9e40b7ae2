"""Text in the columns of a terminal: a Chinese character takes two, and a line may end behind each of them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

_CLOSING = "，。；：、！？）】》”’"
_OPENING = "（【《“‘"
# A word of other letters, or one wide character with the marks that may not be parted from it.
_PIECE = re.compile(rf"[ \t]+|[{_OPENING}]*(?:[\u2e80-\uffef]|[^\s\u2e80-\uffef]+)[{_CLOSING}]*")


def columns_of(text: str) -> int:
    """How many columns of a terminal the text takes."""
    return sum(2 if unicodedata.east_asian_width(each) in "WF" else 1 for each in text)


def padded(text: str, columns: int) -> str:
    return text + " " * (columns - columns_of(text))


def shortened(text: str, columns: int) -> str:
    """The text, or as much of its beginning as fits with a mark that there was more."""
    if columns_of(text) <= columns:
        return text
    while columns_of(text) >= columns:
        text = text[:-1]
    return f"{text}…"


def wrapped(text: str, columns: int) -> Iterator[str]:
    """The lines of a text, none wider than that where its words allow it."""
    line = ""
    for piece in _PIECE.findall(text):
        if line and columns_of(line + piece.rstrip()) > columns:
            yield line.rstrip()
            line = ""
        line += piece if line else piece.lstrip()
    if line:
        yield line.rstrip()
