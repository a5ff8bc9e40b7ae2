"""Rows that a tab (TSV) or a bar (Markdown) cuts into cells."""

from __future__ import annotations

import html
import re

from extractors.transcripts.blocks import Block, Piece, TableBlock, TextBlock
from extractors.transcripts.tags import without_tags

_RULE = re.compile(r":?-{2,}:?")
_BAR = re.compile(r"(?<!\\)\|")
_HEADING = re.compile(r"^\s{0,3}#{1,6}\s+")
# Readers that think in HTML write these in Markdown and plain text, too.
_ENTITY = re.compile(r"&(?:lt|gt|le|ge|amp|nbsp|quot|times|#\d{2,5}|#x[0-9a-fA-F]{2,5});")


def lines_to_blocks(lines: list[tuple[int, str]]) -> list[Block]:
    """Numbered lines to blocks; a table ends at the first line that is no row of it."""
    blocks: list[Block] = []
    table: TableBlock | None = None
    for number, line in lines:
        row = line_to_row(number, line)
        if row is None and not (table is not None and _is_separator(line) and "|" in line):
            table = None
            if line.strip():
                blocks += _text_blocks(number, line)
        elif row is not None:
            if table is None:
                table = TableBlock()
                blocks.append(table)
            table.rows.append(row)
    return blocks


def line_to_row(number: int, line: str) -> list[Piece] | None:
    """The cells of one line; None when it is no row of a table."""
    if "\t" in line:
        return _cut(number, line, [m.start() for m in re.finditer("\t", line)])
    if _is_separator(line):
        return None
    stripped = line.strip()
    if stripped.startswith("|") and len(stripped) > 1:
        row = _cut(number, line, [m.start() for m in _BAR.finditer(line)])[1:]
        # The bar at the end may be left out.
        row = row[:-1] if stripped.endswith("|") else row
        return [_markdown_piece(piece) for piece in row] if len(row) > 1 or stripped.endswith("|") else None
    return None


def _cut(number: int, line: str, cuts: list[int]) -> list[Piece]:
    starts = [0, *(cut + 1 for cut in cuts)]
    ends = [*cuts, len(line)]
    return [Piece(_lines(without_tags(line[a:b])), number, a, b) for a, b in zip(starts, ends, strict=True)]


def _lines(text: str) -> str:
    """Without the blanks around its lines, and without empty ones."""
    return "\n".join(part for part in (_plain(each).strip() for each in text.split("\n")) if part)


def _plain(text: str) -> str:
    """The characters that entities stand for."""
    return _ENTITY.sub(lambda found: html.unescape(found.group()), text)


def _markdown_piece(piece: Piece) -> Piece:
    return Piece(_unbold(piece.text.replace("\\|", "|")), piece.line, piece.x0, piece.x1)


def _unbold(text: str) -> str:
    return re.sub(r"^\*\*(.+)\*\*$", r"\1", text)


def _text_blocks(number: int, line: str) -> list[Block]:
    """A line outside the tables; where tags cut it, as many as people see."""
    blocks: list[Block] = []
    start = 0
    for part in without_tags(line).split("\n"):
        text = _unbold(_HEADING.sub("", _plain(part)).strip())
        if text:
            start = max(line.find(text, start), 0)
            blocks.append(TextBlock(Piece(text, number, start, start + len(text))))
    return blocks


def _is_separator(line: str) -> bool:
    """The line of dashes below the head of a Markdown table."""
    line = line.strip()
    if not line or line.strip("|:- \t"):
        return False
    return all(_RULE.fullmatch(part.strip()) for part in line.removeprefix("|").removesuffix("|").split("|"))
