"""HTML tables inside a transcript, with row and column spans."""

from __future__ import annotations

from html.parser import HTMLParser

from extractors.transcripts.blocks import Piece, TableBlock, TextBlock
from extractors.transcripts.stray import STROKE, tame_strokes

_BREAKS = {"br", "p", "div", "li"}
LINE_ENDS = {
    "p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "li", "body", "html", "center", "pre", "hr", "dt", "dd", "section", "article", "header",
    "footer", "ul", "ol",
}  # fmt: skip


class _TableParser(HTMLParser):
    """Collects tables and the lines of text between them.

    A table inside a cell is read as text of that cell: OCR models nest tables
    only by mistake, and a value must never get lost in a second grid.
    """

    def __init__(self, first_line: int, whole: bool) -> None:
        super().__init__(convert_charrefs=True)
        # In a document of HTML a line ends where a tag says so; in an OCR's fragment also where the file has one.
        self._whole = whole
        self.blocks: list[TextBlock | TableBlock] = []
        self._offset = first_line - 1
        self._table: TableBlock | None = None
        self._depth = 0
        self._cell: dict[str, int] | None = None
        self._text: list[str] = []
        self._begun: tuple[int, int] | None = None
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("script", "style", "head"):
            self._silent += 1
        elif tag == "table":
            self._depth += 1
            if self._depth == 1:
                self._flush_text()
                self._table = TableBlock()
                self.blocks.append(self._table)
        elif tag == "tr" and self._depth == 1 and self._table is not None:
            self._close_cell()
            self._table.rows.append([])
        elif tag in ("td", "th") and self._depth == 1:
            self._close_cell()
            self._open_cell(dict(attrs))
        elif tag in _BREAKS or tag in LINE_ENDS:
            self._break_line()

    def handle_endtag(self, tag: str) -> None:
        if tag in ("script", "style", "head"):
            self._silent = max(0, self._silent - 1)
        elif tag == "table" and self._depth:
            self._depth -= 1
            if self._depth == 0:
                self._close_cell()
                self._table = None
        elif tag in ("td", "th", "tr") and self._depth == 1:
            self._close_cell()
        elif tag in LINE_ENDS or tag == "caption":
            self._break_line()

    def handle_data(self, data: str) -> None:
        if self._silent:
            return
        data = data.replace(STROKE, "<")
        in_table_gap = self._depth and self._cell is None
        if not in_table_gap or data.strip():
            self._begun = self._begun or self.getpos()
            self._text.append(unwrapped(data) if self._whole and self.lasttag != "pre" else data)

    def close(self) -> None:
        super().close()
        self._close_cell()
        self._flush_text()

    def _break_line(self) -> None:
        """A line of a cell ends as a character, one outside as a block of its own: it stands where it began."""
        if self._cell is not None:
            self._text.append("\n")
        else:
            self._flush_text()

    def _open_cell(self, attrs: dict[str, str | None]) -> None:
        # Words between the cells, as of a caption, are no text of the cell.
        self._flush_text()
        line, column = self.getpos()
        self._cell = {
            "line": line + self._offset,
            "x0": column,
            "rowspan": _span(attrs.get("rowspan")),
            "colspan": _span(attrs.get("colspan")),
        }

    def _close_cell(self) -> None:
        if self._cell is None:
            return
        cell, self._cell = self._cell, None
        text = "\n".join(part.strip() for part in "".join(self._text).split("\n") if part.strip())
        self._text, self._begun = [], None
        assert self._table is not None
        if not self._table.rows:
            self._table.rows.append([])
        _, column = self.getpos()
        x1 = max(column, cell["x0"])
        self._table.rows[-1].append(Piece(text, cell["line"], cell["x0"], x1, cell["rowspan"], cell["colspan"]))

    def _flush_text(self) -> None:
        """Lines outside the cells, each where it stands: a whole page may lie on one line of the file."""
        line, column = self._begun or self.getpos()
        for index, part in enumerate("".join(self._text).split("\n")):
            if part.strip():
                x0 = column if index == 0 else 0
                self.blocks.append(TextBlock(Piece(part.strip(), line + index + self._offset, x0, x0 + len(part))))
        self._text, self._begun = [], None


def _span(value: str | None) -> int:
    # A model that counts wrong may write rowspan="0" or a word; more than a page of rows is a slip too.
    try:
        return min(max(int(value or 1), 1), 500)
    except ValueError:
        return 1


def unwrapped(data: str) -> str:
    """A line break of the source is a blank, and between Chinese characters nothing."""
    first, *rest = data.split("\n")
    parts = [first]
    for line in rest:
        line = line.lstrip() if line.strip() else ""
        before = parts[-1].rstrip()
        parts[-1] = before
        parts.append(("" if before[-1:] > "\u2e7f" and line[:1] > "\u2e7f" else " ") + line)
    return "".join(parts)


def html_to_blocks(text: str, first_line: int = 1, whole: bool = False) -> list[TextBlock | TableBlock]:
    """Blocks of an HTML fragment whose first line is line ``first_line`` of the file.

    Args:
        whole: it is a document of HTML.
    """
    parser = _TableParser(first_line, whole)
    parser.feed(tame_strokes(text))
    parser.close()
    return parser.blocks
