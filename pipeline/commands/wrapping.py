"""Help in Chinese, wrapped and aligned by the columns that its characters take."""

from __future__ import annotations

from collections.abc import Iterable

import click

from extractors.messages import language
from pipeline.telling.columns import columns_of, padded, wrapped


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
