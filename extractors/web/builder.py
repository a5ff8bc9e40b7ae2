"""A page of HTML to the blocks that a browser shows: forgiving, as browsers are, and without anything from outside."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html.parser import HTMLParser

from extractors.model import HiddenReason
from extractors.transcripts.html import LINE_ENDS, unwrapped
from extractors.transcripts.stray import STROKE, tame_strokes
from extractors.web.fields import Choice, input_text
from extractors.web.place import OpenTable, row_span_of, span_of
from extractors.web.styles import Attributes, Look, StyleSheet
from extractors.word_processor.limits import check_nested
from extractors.word_processor.numerals import letter, roman
from extractors.word_processor.symbols import shown_signs
from extractors.word_processor.tree import Block, Paragraph, Run, RunKind, Story, TableNode, plain_text

_VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"}
_SILENT = {"script", "style", "head", "template", "noscript", "button", "object", "svg", "title", "map", "noframes", "xml", "datalist"}
_LINE_ENDS = LINE_ENDS | {
    "dl", "caption", "form", "fieldset", "legend", "blockquote", "main", "nav", "aside", "tr", "td", "th",
}  # fmt: skip
# Elements that end where another begins: a cell at the next, a row at the next, a paragraph at any block.
_IN_TABLES = ("td", "th", "tr", "tbody", "thead", "tfoot")
_ENDED_BY: dict[str, tuple[str, ...]] = dict.fromkeys((*_LINE_ENDS, "table"), ("p",)) | {
    "td": ("td", "th"), "th": ("td", "th"), "tr": ("td", "th", "tr"), "tbody": _IN_TABLES, "thead": _IN_TABLES[:-1],
    "tfoot": _IN_TABLES[:-1], "option": ("option",), "li": ("li", "p"),
}  # fmt: skip
# How far out they may be; none outside of the cell that is read.
_LIMITS = {"li": ("ul", "ol", "table", "td", "th"), "option": ("select", "td", "th")}
_STRUCK = {"del", "s", "strike"}
_BLANKS = re.compile(r"[ \t\r\n\f\u00a0]+")
_MOST_OPEN = 2_000


@dataclass(slots=True)
class _Open:
    """An element that is open, with what it and those around it do to text."""

    tag: str
    hidden: HiddenReason | None
    silent: bool
    struck: bool
    raised: bool
    white: bool
    painted: bool
    plain: bool = False
    count: int = 0
    kind: str = ""


class PageBuilder(HTMLParser):
    """Collects the story of a page.

    Args:
        counts_hidden_rows: cells that reach over rows below count those that are not shown, as in a page that Excel wrote.
    """

    def __init__(self, counts_hidden_rows: bool) -> None:
        super().__init__(convert_charrefs=True)
        self.story = Story()
        self.sheets = 0
        self._counts_hidden = counts_hidden_rows
        self._styles = StyleSheet()
        self._open = [_Open("", None, False, False, False, False, False)]
        self._tables: list[OpenTable] = []
        self._runs: list[Run] = []
        self._choice: Choice | None = None
        self._in_style = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given: Attributes = {name: value or "" for name, value in reversed(attrs)}
        if tag == "link" and "stylesheet" in given.get("rel", "").lower():
            self.sheets += 1
        self._close_implied(tag)
        look = self._styles.look(tag, given)
        if tag in _VOID:
            self._void(tag, given, look)
            return
        self._begin(tag, given, look)
        if len(self._open) < _MOST_OPEN:
            self._open.append(self._entered(tag, given, look))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """``<td/>`` is an open cell to a browser; only ``<br/>`` and its like are whole."""
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if tag == "style":
            self._in_style = False
        if tag == "br":
            self._add("\n", plain=True)
        if tag in _VOID or not any(each.tag == tag for each in self._open[1:]):
            return
        if tag != "table" and tag not in ("td", "th", "tr") and self._inside_of(tag) > self._inside_of("td", "th"):
            return  # an end tag in a cell does not close what lies around the table
        while len(self._open) > 1:
            closed = self._open.pop()
            self._finish(closed)
            if closed.tag == tag:
                break

    def _inside_of(self, *tags: str) -> int:
        """How far out the innermost element of these is; large where there is none."""
        return next((index for index, each in enumerate(reversed(self._open)) if each.tag in tags), 1 << 30)

    def handle_data(self, data: str) -> None:
        data = data.replace(STROKE, "<")
        if self._in_style:
            self._styles.add(data)
        elif self._choice is not None:
            self._choice.text(data)
        elif not self._open[-1].silent:
            plain = any(each.plain for each in self._open[-20:])
            self._add(data, plain)

    def finished(self) -> Story:
        """The story, when all was fed."""
        while len(self._open) > 1:
            self._finish(self._open.pop())
        while self._tables:
            self._end_table()
        self._break_line()
        return self.story

    def _entered(self, tag: str, given: Attributes, look: Look) -> _Open:
        around = self._open[-1]
        hidden: HiddenReason | None = around.hidden
        if look.gone:
            hidden = "not-shown"
        elif look.invisible and hidden is None:
            hidden = "invisible"
        start = span_of(given["start"], 10_000) - 1 if tag == "ol" and given.get("start", "").isdecimal() else 0
        return _Open(
            tag, hidden, around.silent or tag in _SILENT, around.struck or tag in _STRUCK or look.struck,
            (around.raised or tag == "sup" or look.raised) and tag != "sub", around.white or look.white, around.painted or look.painted,
            tag in ("pre", "textarea"), start, given.get("type", ""),
        )  # fmt: skip

    def _begin(self, tag: str, given: Attributes, look: Look) -> None:
        """What opens with an element."""
        if tag == "style":
            self._in_style = True
        elif tag == "table":
            self._begin_table()
        elif tag == "tr" and self._tables:
            self._begin_row(look)
        elif tag in ("td", "th") and self._tables:
            self._begin_cell(given, look)
        elif tag == "select" and not self._open[-1].silent:
            self._choice = Choice("multiple" in given)
        elif tag == "option" and self._choice is not None:
            self._choice.begin("selected" in given, given.get("label", ""))
        elif tag in _LINE_ENDS:
            self._break_line()
            if tag == "li":
                self._number()

    def _void(self, tag: str, given: Attributes, look: Look) -> None:
        if tag == "br":
            self._add("\n", plain=True)
        elif tag == "hr":
            self._break_line()
        elif tag == "col" and self._tables:
            table, count = self._tables[-1], span_of(given.get("span"))
            if look.gone or look.invisible or given.get("width", "").strip() == "0":
                table.hide_columns(count)
            table.columns += count
        elif tag == "input" and not look.gone:
            self._add(input_text(given), plain=True)
        elif tag == "img" and self._tables and self._tables[-1].cell is not None and self._open[-1].hidden is None and _has_size(given):
            self._runs.append(Run("", "picture"))

    def _close_implied(self, tag: str) -> None:
        ends = _ENDED_BY.get(tag)
        if ends is None:
            return
        if tag in _IN_TABLES:
            while (inner := self._inside_of(*ends)) < self._inside_of("table"):
                self._close(inner)
        elif (inner := self._inside_of(*ends)) < self._inside_of(*_LIMITS.get(tag, ("table", "td", "th"))):
            self._close(inner)

    def _close(self, inner: int) -> None:
        """Close an element that so many others are open in, and those."""
        for _ in range(inner + 1):
            self._finish(self._open.pop())

    def _finish(self, closed: _Open) -> None:
        tag = closed.tag
        if tag in ("td", "th") and self._tables and self._tables[-1].cell is not None:
            self._end_cell(closed)
        elif tag == "tr" and self._tables:
            self._end_row()
        elif tag == "table" and self._tables:
            self._end_table(closed.hidden)
        elif tag == "select" and self._choice is not None:
            chosen, self._choice = self._choice.shown(), None
            if closed.hidden is None:
                self._add(chosen, plain=True)
        elif tag in _LINE_ENDS:
            self._break_line()

    # --- text

    def _add(self, data: str, plain: bool = False) -> None:
        if not data or self._open[-1].silent:
            return
        around, table = self._open[-1], self._tables[-1] if self._tables else None
        if table is not None and table.cell is None and not data.strip():
            return  # the blanks between rows and cells
        text, _ = shown_signs(data if plain else _collapsed(data, self._runs))
        kind: RunKind = "raised" if around.raised else "text"
        hidden: HiddenReason | None = around.hidden or ("paper-colour" if around.white and not around.painted else None)
        self._runs.append(Run(text, kind, hidden, around.struck))

    def _break_line(self) -> None:
        runs, self._runs = self._runs, []
        if not any(run.text.strip() or run.kind == "picture" for run in runs):
            return
        self._blocks().append(Paragraph(runs))

    def _blocks(self) -> list[Block]:
        """Where a paragraph goes: the open cell, or the page; text between the cells of a table stands before it."""
        for table in reversed(self._tables):
            if table.cell is not None:
                return table.cell.blocks
        return self.story.blocks

    def _number(self) -> None:
        """The number of an entry of a list."""
        lists = next((each for each in reversed(self._open) if each.tag in ("ul", "ol")), None)
        if lists is not None and lists.tag == "ol":
            lists.count += 1
            shown = {"a": letter, "i": roman}.get(lists.kind.lower(), str)(lists.count)
            self._add(f"{shown.upper() if lists.kind in ('A', 'I') else shown}. ")

    # --- tables

    def _begin_table(self) -> None:
        self._break_line()
        check_nested(len(self._tables) + 1)
        self._tables.append(OpenTable())

    def _begin_row(self, look: Look) -> None:
        self._break_line()
        self._tables[-1].begin_row(look.gone or self._open[-1].hidden == "not-shown", self._counts_hidden)

    def _begin_cell(self, given: Attributes, look: Look) -> None:
        self._break_line()
        table = self._tables[-1]
        if look.gone and not self._counts_hidden:
            table.begin_hidden_cell()
            return
        table.begin_cell(row_span_of(given.get("rowspan")), max(span_of(given.get("colspan")), 1))

    def _end_cell(self, closed: _Open) -> None:
        self._break_line()
        table = self._tables[-1]
        cell, table.cell = table.cell, None
        if cell is None:
            return
        if plain_text(cell.blocks):  # icons beside a text say nothing
            for block in cell.blocks:
                if isinstance(block, Paragraph):
                    block.runs = [run for run in block.runs if run.kind != "picture"]
        taken = table.row is not None and any(each is cell for each in table.row.cells)
        if not taken or table.row_hidden:
            self.story.hide(plain_text(cell.blocks))

    def _end_row(self) -> None:
        self._break_line()
        self._tables[-1].cell = self._tables[-1].row = None

    def _end_table(self, hidden: HiddenReason | None = None) -> None:
        self._break_line()
        table = self._tables.pop()
        node = table.node
        if table.hidden_cols:
            for blocks in table.without_hidden_columns():
                self.story.hide(plain_text(blocks))
        node.rows = [row for row in node.rows if row.cells]
        if hidden == "not-shown" or not node.rows:
            self.story.hide(plain_text([node]))
            return
        self._blocks().append(node)


def _collapsed(data: str, before: list[Run]) -> str:
    """Blanks as a browser shows them: one for many, none at the beginning of a line."""
    text = _BLANKS.sub(" ", unwrapped(data))
    last = before[-1].text if before else "\n"
    return text.lstrip(" ") if last.endswith((" ", "\n")) else text


def _has_size(given: Attributes) -> bool:
    """False for a picture of no size, as pages have them to keep places apart or to count visits."""
    return not any(given.get(name, "").strip().rstrip("px") in ("0", "1", "2") for name in ("width", "height"))


def page_to_story(text: str, counts_hidden_rows: bool) -> Story:
    """The story of a page of HTML."""
    builder = PageBuilder(counts_hidden_rows)
    builder.feed(tame_strokes(text))
    builder.close()
    story = builder.finished()
    if builder.sheets:
        story.notes.append(("web.style-sheet", "info", "style sheets in other files were not looked at; what they hide is read"))
    return story


def has_table(blocks: list[Block]) -> bool:
    return any(isinstance(block, TableNode) for block in blocks)
