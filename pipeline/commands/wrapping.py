"""Help in Chinese: a character takes two columns, and a line may end behind each of them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

import click

from extractors.messages import language

_CLOSING = "，。；：、！？）】》”’"
_OPENING = "（【《“‘"
# A word of other letters, or one wide character with the marks that may not be parted from it.
_PIECE = re.compile(rf"[ \t]+|[{_OPENING}]*(?:[\u2e80-\uffef]|[^\s\u2e80-\uffef]+)[{_CLOSING}]*")


def columns_of(text: str) -> int:
    """How many columns of a terminal the text takes."""
    return sum(2 if unicodedata.east_asian_width(each) in "WF" else 1 for each in text)


def padded(text: str, columns: int) -> str:
    return text + " " * (columns - columns_of(text))


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


class Formatter(click.HelpFormatter):
    """click's own, but for texts in Chinese."""

    def write_text(self, text: str) -> None:
        if language() != "zh-CN":
            super().write_text(text)
            return
        margin = " " * self.current_indent
        room = self.width - self.current_indent
        paragraphs = ("".join(f"{margin}{line}\n" for line in wrapped(each, room)) for each in text.split("\n\n"))
        self.write("\n".join(paragraphs))

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        if language() != "zh-CN":
            super().write_dl(rows, col_max, col_spacing)
            return
        rows = list(rows)
        first = min(max(columns_of(name) for name, _ in rows), col_max) + col_spacing
        for name, text in rows:
            self._write_entry(name, list(wrapped(text, self.width - first - self.current_indent)), first)

    def _write_entry(self, name: str, lines: list[str], first: int) -> None:
        """A name wider than its column stands on a line of its own."""
        margin, beside = " " * self.current_indent, columns_of(name) <= first - 2
        head = padded(name, first) if beside and lines else name + "\n" + margin + " " * first if lines else name
        rest = f"\n{margin}{' ' * first}".join(lines)
        self.write(f"{margin}{head}{rest}\n")
