"""Text that somebody's OCR already produced: tables as TSV, Markdown or HTML.

There is no page geometry, so boxes count characters and lines of the file.
"""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

from extractors.characters import REPLACED
from extractors.errors import EmptyFileError, NoFormError, NoTableError
from extractors.messages import tell
from extractors.model import BBox, Cell, Document, Page, Table, TextLine
from extractors.transcripts.blocks import Block, Piece, TableBlock, TextBlock
from extractors.transcripts.decode import bytes_to_text
from extractors.transcripts.delimited import lines_to_blocks
from extractors.transcripts.ending import may_lack_end, text_ends_short
from extractors.transcripts.html import html_to_blocks
from extractors.transcripts.limits import check_bytes, check_cell, check_columns, check_places
from extractors.transcripts.tags import is_html

ENGINE = "transcript"
_TABLE_TAG = re.compile(r"<table\b", re.IGNORECASE)
_TABLE_END = re.compile(r"</table\s*>", re.IGNORECASE)
# Labels and heads of the family; a note about forms may well name one of them.
_FORM_WORDS = ("一级指标", "二级指标", "三级指标", "指标值", "资金总额", "财政拨款", "项目名称", "总体目标", "主管部门", "填表人")
_FEW_WORDS = 2


def read_transcript(path: Path, name: str | None = None) -> Document:
    """Read a transcript into a one-page Document; nothing is mended.

    Args:
        path: the text file.
        name: the path to record, when it differs from where the file stands.

    Raises:
        EmptyFileError, UnknownFormatError: there is no text in it.
        NoTableError: there is text, but no row of a table; NoFormError when it has no words of a form either.
    """
    check_bytes(path.stat().st_size)
    data = path.read_bytes()
    text, spoilt = bytes_to_text(data)
    if not text.strip():
        raise EmptyFileError(*tell("text.empty"))
    blocks = text_to_blocks(text)
    if not any(isinstance(block, TableBlock) for block in blocks):
        raise without_table(text)
    lines = text.split("\n")
    page = Page(1, float(max(map(len, lines))), float(len(lines)), "transcript")
    page.lines = [_text_line(block.piece) for block in blocks if isinstance(block, TextBlock)]
    if spoilt:
        what = "character" if spoilt == 1 else "characters"
        page.note("transcript.undecodable", "review", f"{spoilt} {what} of the text cannot be decoded and came as {REPLACED}")
    if short := text_ends_short(text, blocks):
        page.note("transcript.cut-short", "review", f"the text seems to be cut off, and what followed is missing: {short}")
    elif may_lack_end(text):
        page.note("transcript.no-end", "info", "the page has no end tag; what stood behind it, if anything did, is missing")
    tables = _tables(blocks)
    return Document(name or str(path), hashlib.sha256(data).hexdigest(), "text/plain", [page], tables)


def without_table(text: str) -> NoTableError:
    """A form whose table was lost on the way is somebody's work; a note that lies beside the forms is not."""
    if sum(word in text for word in _FORM_WORDS) < _FEW_WORDS:
        return NoFormError(*tell("text.no-form"))
    return NoTableError(*tell("text.no-table"))


def _tables(blocks: list[Block]) -> list[Table]:
    tables, places = [], 0
    for block in blocks:
        if isinstance(block, TableBlock):
            tables.append(block_to_table(block, places))
            places += tables[-1].row_count * tables[-1].col_count
    return tables


def text_to_blocks(text: str) -> list[Block]:
    """A document of HTML as a whole; another transcript cut at its HTML tables, the rest of it line by line."""
    if is_html(text):
        return html_to_blocks(text, whole=True)
    blocks: list[Block] = []
    plain: list[tuple[int, str]] = []
    lines = text.split("\n")
    index = 0
    while index < len(lines):
        if not _TABLE_TAG.search(lines[index]):
            plain.append((index + 1, lines[index]))
            index += 1
            continue
        end = _html_end(lines, index)
        blocks += lines_to_blocks(plain)
        plain = []
        blocks += html_to_blocks("\n".join(lines[index:end]), index + 1)
        index = end
    return blocks + lines_to_blocks(plain)


def _html_end(lines: list[str], start: int) -> int:
    """Index after the line on which as many tables were closed as opened."""
    depth = 0
    for index in range(start, len(lines)):
        depth += len(_TABLE_TAG.findall(lines[index])) - len(_TABLE_END.findall(lines[index]))
        if depth <= 0:
            return index + 1
    return len(lines)


def block_to_table(block: TableBlock, places: int = 0) -> Table:
    """Rows with spans to a grid in which every position is covered exactly once.

    Args:
        places: in the tables before it.

    Raises:
        TooLargeError: the grid would be larger than what is read.
    """
    taken: dict[tuple[int, int], bool] = {}
    cells: list[Cell] = []
    row_count = len(block.rows)
    for row_index, row in enumerate(block.rows):
        col = 0
        for piece in row:
            while (row_index, col) in taken:
                col += 1
            rows = range(row_index, min(row_index + piece.rowspan, row_count))
            cols = range(col, _free_until(taken, row_index, col, col + piece.colspan))
            check_cell(piece.text)
            check_columns(cols.stop)
            check_places(places + len(taken) + len(rows) * len(cols))
            taken.update({(r, c): True for r in rows for c in cols})
            cells.append(_cell(piece, rows, cols))
            col = cols.stop
    col_count = max((cell.cols.stop for cell in cells), default=0)
    check_places(places + row_count * col_count)
    return Table(cells + _padding(block, taken, row_count, col_count), row_count, col_count)


def _free_until(taken: dict[tuple[int, int], bool], row: int, start: int, stop: int) -> int:
    for col in range(start + 1, stop):
        if (row, col) in taken:
            return col
    return stop


def _padding(block: TableBlock, taken: dict[tuple[int, int], bool], row_count: int, col_count: int) -> list[Cell]:
    """Empty cells for the positions that a ragged row left open."""
    cells = []
    for row_index in range(row_count):
        row = block.rows[row_index]
        line, end = (row[-1].line, row[-1].x1) if row else (1, 0)
        for col in range(col_count):
            if (row_index, col) not in taken:
                cells.append(_cell(Piece("", line, end, end), range(row_index, row_index + 1), range(col, col + 1)))
    return cells


def _box(piece: Piece) -> BBox:
    return BBox(float(piece.x0), float(piece.line - 1), float(max(piece.x0, piece.x1)), float(piece.line))


def _cell(piece: Piece, rows: range, cols: range) -> Cell:
    return Cell(rows, cols, piece.text, 1, _box(piece), 1.0, ENGINE, origin="transcript")


def _text_line(piece: Piece) -> TextLine:
    return TextLine(piece.text, 1, _box(piece))
