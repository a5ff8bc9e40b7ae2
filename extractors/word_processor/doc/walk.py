"""The characters of one part of a Word 97 document as blocks: paragraphs, cells and rows end at signs of their own."""

from __future__ import annotations

from dataclasses import dataclass, field

from extractors.word_processor.context import StoryContext, is_as_large_as_a_page
from extractors.word_processor.doc.lists import Lists
from extractors.word_processor.doc.looks import Looks, RunLook, is_shaded, is_shaded_80
from extractors.word_processor.doc.pictures import picture, read_field_settings
from extractors.word_processor.doc.pieces import Text
from extractors.word_processor.doc.rows import row_format
from extractors.word_processor.doc.sprms import Properties, Ranges, paragraph_properties
from extractors.word_processor.doc.streams import Streams, number
from extractors.word_processor.rtf.parts import Field
from extractors.word_processor.rtf.rows import Assembly, RowFormat
from extractors.word_processor.symbols import symbol
from extractors.word_processor.tree import Block, Paragraph, Run

_IN_TABLE, _ROW_END, _DEPTH, _CELL_INSIDE, _ROW_END_INSIDE = 0x2416, 0x2417, 0x6649, 0x244B, 0x244C
_LIST, _LIST_LEVEL = 0x460B, 0x260A
_SHADE, _OLD_SHADE = 0xC64D, 0x442D
_SYMBOL = "("
_MOST_CELLS = 2_000
_ENDS = "\r\x07\x0c"
_PLAIN = {"\x0b": "\n", "\x0e": "\n", "\x1e": "-", "\x1f": "", "\xa0": "\u00a0"}
_FIELD_BEGINS, _FIELD_RESULT, _FIELD_ENDS = "\x13", "\x14", "\x15"


@dataclass(slots=True)
class Known:
    """What is known of one document, and what was met in it."""

    streams: Streams
    text: Text
    runs: Ranges
    paragraphs: Ranges
    looks: Looks
    lists: Lists
    context: StoryContext = field(default_factory=StoryContext)
    deleted: list[str] = field(default_factory=list)
    inserted: list[str] = field(default_factory=list)
    covered: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Format:
    """Of one paragraph."""

    style: int
    held: Properties

    def flag(self, code: int) -> int:
        return next((number(operand, 0, 4) for each, operand in reversed(self.held) if each == code), 0)

    @property
    def level(self) -> int:
        return max(self.flag(_DEPTH), 1) if self.flag(_IN_TABLE) or self.flag(_DEPTH) else 0

    @property
    def is_shaded(self) -> bool:
        new = next((operand for each, operand in self.held if each == _SHADE), None)
        return is_shaded(new) if new is not None else is_shaded_80(self.flag(_OLD_SHADE))


class Walk:
    """Reads the characters from one index to another."""

    def __init__(self, known: Known) -> None:
        self._known = known
        self._assembly = Assembly()
        self._fields: list[tuple[Field, bool]] = []
        self._runs: list[Run] = []
        # The row that is read now is described where it ends.
        self._row, self._row_ends = RowFormat(), -1

    def blocks(self, first: int, last: int) -> list[Block]:
        text, at = self._known.text.text, first
        while at < last:
            end = min((found for sign in _ENDS if (found := text.find(sign, at, last)) >= 0), default=last)
            self._paragraph(at, end, last)
            at = end + 1
        blocks = self._assembly.finish()
        self._known.covered += self._assembly.covered
        self._known.context.count("row", self._assembly.unfinished)
        return blocks

    def _paragraph(self, first: int, end: int, last: int) -> None:
        """Characters up to the sign that ends their paragraph, cell or row."""
        known = self._known
        known.context.count_paragraph()
        mark = min(end, last - 1)
        format_ = self._format(mark)
        sign = known.text.text[end] if end < last else "\r"
        level = format_.level or (1 if sign == "\x07" else 0)
        known.context.in_table = level
        self._look_ahead(end, last, level)
        self._read(first, end, format_.style, format_.is_shaded or self._cell_is_painted(level))
        look = self._look(mark, format_.style)[0]
        runs, self._runs = _joined_halves(self._runs), []
        runs = self._numbered(runs, format_)
        paragraph = Paragraph(runs, joins_next=sign == "\r" and (look.hidden or look.deleted))
        self._end(paragraph, sign, level, format_)

    def _format(self, mark: int) -> _Format:
        """Of the paragraph that a sign ends."""
        known = self._known
        held, _ = known.paragraphs.at(known.text.place(mark)[0])
        own = paragraph_properties(held, known.streams)
        return _Format(number(held, 0), [*known.looks.of_paragraphs(number(held, 0)), *own])

    def _look_ahead(self, end: int, last: int, level: int) -> None:
        """Find the end of the row that a paragraph is in, for the colours of its cells."""
        if level != 1 or end <= self._row_ends:
            return
        self._row, at = RowFormat(), end
        for _ in range(_MOST_CELLS):
            at = self._known.text.text.find("\x07", at, last)
            if at < 0:
                break
            self._row_ends = at
            format_ = self._format(at)
            if format_.flag(_ROW_END):
                self._row = row_format(format_.held)
                break
            at += 1

    def _cell_is_painted(self, level: int) -> bool:
        index = self._assembly.open_cell
        return level == 1 and index < len(self._row.cells) and self._row.cells[index].painted

    def _numbered(self, runs: list[Run], format_: _Format) -> list[Run]:
        """Runs behind the number that they have in their list."""
        known = self._known
        if format_.flag(_LIST) == 0 or not any(run.text.strip() and run.hidden is None for run in runs):
            return runs
        lead = known.lists.next(format_.flag(_LIST) & 0xFFFF, format_.flag(_LIST_LEVEL) & 0xFF, known.looks.fonts)
        if lead is None:
            known.context.count("unnumbered")
        return [Run(lead), *runs] if lead else runs

    def _end(self, paragraph: Paragraph, sign: str, level: int, format_: _Format) -> None:
        if sign == "\x07" and format_.flag(_ROW_END):
            self._end_row(format_, 1)
        elif sign == "\x07":
            self._assembly.end_cell(paragraph, 1)
        elif format_.flag(_ROW_END_INSIDE):
            self._end_row(format_, level)
        elif format_.flag(_CELL_INSIDE):
            self._assembly.end_cell(paragraph, level)
        else:
            self._assembly.add(paragraph, level)

    def _end_row(self, format_: _Format, level: int) -> None:
        self._assembly.end_row(row_format(format_.held), level)

    def _look(self, index: int, style: int) -> tuple[RunLook, int]:
        """The look at a character, and the index at which it ends."""
        known = self._known
        place, piece_end = known.text.place(index)
        held, end = known.runs.at(place)
        return known.looks.look(held, style), min(max(known.text.index_at(index, end), index + 1), piece_end)

    # --- characters

    def _read(self, first: int, end: int, style: int, painted: bool) -> None:
        at = first
        while at < end:
            look, stop = self._look(at, style)
            stop = min(stop, end)
            self._run(self._known.text.text[at:stop], look, painted)
            at = stop

    def _run(self, text: str, look: RunLook, painted: bool) -> None:
        plain = ""
        for char in text:
            if char >= " " and not (char == _SYMBOL and look.symbol):
                plain += char
                continue
            self._add(plain, look, painted)
            plain = ""
            self._sign(char, look, painted)
        self._add(plain, look, painted)

    def _sign(self, char: str, look: RunLook, painted: bool) -> None:
        """A character that is no text."""
        if char in "\x13\x14\x15":
            self._field_mark(char, look, painted)
        elif char == "\t" or char in _PLAIN:
            self._add(_PLAIN.get(char, char), look, painted)
        elif look.symbol is not None:
            self._symbol(look, painted)
        elif char == "\x01" and look.special:
            self._picture(look)
        elif char == "\x02" and not look.deleted:
            self._runs.append(Run("*", "note", "not-shown" if look.hidden else None))
        elif char == "\x05":
            self._known.context.count("comment")

    def _symbol(self, look: RunLook, painted: bool) -> None:
        font, code = look.symbol or (0, 0)
        sign = symbol(code, self._known.looks.font(font))
        if sign is None:
            self._known.context.count("symbol")
        self._add(sign or "\ufffd", look, painted, font="")

    def _add(self, text: str, look: RunLook, painted: bool, font: str | None = None) -> None:
        if not text:
            return
        asked = next((each for each, in_result in reversed(self._fields) if not in_result), None)
        if asked is not None:
            asked.instruction.append(text)
        elif look.deleted:
            self._known.deleted.append(text)
        else:
            self._show(text, look, painted, font)

    def _show(self, text: str, look: RunLook, painted: bool, font: str | None) -> None:
        known = self._known
        if look.inserted:
            known.inserted.append(text)
        if not look.hidden:
            for each, _ in self._fields:
                each.held = True
        as_look = known.looks.as_look(look, font if font is not None else "")
        self._runs.append(known.context.as_seen(Run(text), as_look, painted))

    def _field_mark(self, char: str, look: RunLook, painted: bool) -> None:
        if look.deleted:
            return
        if char == _FIELD_BEGINS:
            self._fields.append((Field(), False))
        elif char == _FIELD_RESULT and self._fields:
            self._fields[-1] = (self._fields[-1][0], True)
        elif char == _FIELD_ENDS and self._fields:
            ended, _ = self._fields.pop()
            if not ended.held:
                shown, is_unknown = ended.shown()
                self._known.context.count("formula", is_unknown)
                self._add(shown, replace_hidden(look), painted)

    def _picture(self, look: RunLook) -> None:
        known = self._known
        if look.field_data and self._fields and look.picture >= 0:
            read_field_settings(known.streams.data, look.picture, self._fields[-1][0])
        elif look.picture >= 0 and not look.deleted and not look.hidden:
            data, width, height = picture(known.streams.data, look.picture)
            self._runs += known.context.take_picture(data if is_as_large_as_a_page(width, height) else None)


def replace_hidden(look: RunLook) -> RunLook:
    """The look of what a field shows: its marks are hidden themselves."""
    from dataclasses import replace

    return replace(look, hidden=False, special=False, symbol=None)


def _joined_halves(runs: list[Run]) -> list[Run]:
    """Halves of characters beyond the first 65,536 put together."""
    for run in runs:
        if any("\ud800" <= char <= "\udfff" for char in run.text):
            run.text = run.text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return runs
