"""The groups of an RTF file: what each control word does, and what ends with each group."""

from __future__ import annotations

from collections.abc import Callable

from extractors.word_processor.limits import too_large
from extractors.word_processor.rtf.builder import StoryBuilder
from extractors.word_processor.rtf.characters import page_codec
from extractors.word_processor.rtf.parts import Field
from extractors.word_processor.rtf.rows import RowFormat
from extractors.word_processor.rtf.scanner import Scanner, Token
from extractors.word_processor.rtf.state import Font, State
from extractors.word_processor.rtf.text import TextBytes
from extractors.word_processor.rtf.words import CHARACTERS, LOOKS, MARGINS, SIGNS, SKIPPED, STARRED
from extractors.word_processor.tree import Block

_MOST_GROUPS = 2_000
_KINDS = {b"pngblip": b"png", b"jpegblip": b"jpeg", b"dibitmap": b"dibitmap", b"wmetafile": b"", b"emfblip": b"", b"macpict": b""}
_SIZES = {b"picw", b"pich", b"picwgoal", b"pichgoal", b"picscalex", b"picscaley"}
_PAGES = {b"mac": "mac_roman", b"pc": "cp437", b"pca": "cp850"}


class GroupReader(StoryBuilder):
    """Reads one file; ``read`` first.

    Attributes:
        body: its blocks, when all was read.
        is_cut: groups were open at the end.
    """

    def __init__(self, data: bytes) -> None:
        super().__init__()
        self.body: list[Block] = []
        self.has_title_page = self.has_facing_pages = self.is_cut = False
        self._scanner = Scanner(data)
        self._open: list[tuple[State, list[Callable[[], None]]]] = []
        self._starred = False
        self._text = TextBytes(self._scanner, self._head)

    def read(self) -> bool:
        """Reads all; False where it is no RTF."""
        started = False
        for token in self._scanner:
            if token.kind == "text" and self._state.target not in ("picture", "skipped"):
                self._text.take(token.data, self._state)
                continue
            if token.kind == "hex":
                self._text.take(token.data, self._state, in_figures=True)
                continue
            self._flush()
            if token.kind == "{":
                self._begin()
            elif token.kind == "}":
                if not self._open:
                    break
                self._end()
                if not self._open:
                    break
            else:
                started = started or token.data == b"rtf"
                self._take(token)
        self._flush()
        self.is_cut = bool(self._open)
        if self.is_cut:
            self._end_row_that_was_cut()
        while self._open:
            self._end()
        self._end_story()
        self.body = self.flow.assembly.finish()
        self._gather(self.flow)
        return started

    def _begin(self) -> None:
        if len(self._open) >= _MOST_GROUPS:
            raise too_large("nested", most=_MOST_GROUPS)
        self._text.end_skip()
        self._open.append((self._state, self._closes))
        self._state, self._closes, self._starred = self._state.copy(), [], False

    def _end(self) -> None:
        self._text.end_skip()
        for close in reversed(self._closes):
            close()
        self._state, self._closes = self._open.pop()

    def _end_row_that_was_cut(self) -> None:
        level = self._level()
        if level and self._state.target == "story" and self.flow.runs:
            self._end_cell(level)
        if level == 1:
            self.flow.assembly.end_row(self._row, 1)

    # --- tokens

    def _take(self, token: Token) -> None:
        if token.kind == "binary":
            if self._picture is not None and self._state.target == "picture":
                self._picture.binary = token.data
        elif token.kind == "text":
            if self._picture is not None and self._state.target == "picture":
                self._picture.take(token.data)
        elif token.kind == "sign":
            self._sign(token.data)
        else:
            self._word(token.data, token.number)

    def _sign(self, sign: bytes) -> None:
        if sign == b"*":
            self._starred = True
        elif self._text.passes_over():
            return
        elif sign in (b"\n", b"\r"):
            self._end_paragraph()
        elif sign in SIGNS:
            self._add(SIGNS[sign])

    def _word(self, name: bytes, number: int | None) -> None:
        starred, self._starred = self._starred, False
        if name == b"ud":
            self._state.target = self._state.around
        elif self._state.target == "skipped":
            return
        elif name == b"u" and number is not None:
            self._add(self._text.unicode(number, self._state))
        elif name in CHARACTERS:
            self._add(" " if name == b"tab" and self._state.in_number else CHARACTERS[name])
        elif name in LOOKS:
            LOOKS[name](self._state, self._head, number)
            self.flow.listed = self.flow.listed and name != b"pard"
        elif not (self._destination(name) or self._structure(name) or self._row_word(name, number) or self._head_word(name, number)):
            self._value_word(name, number)
            if starred and name not in STARRED:
                self._state.target = "skipped"

    def _destination(self, name: bytes) -> bool:
        """A word that says what the text of its group is."""
        state = self._state
        if name in SKIPPED:
            state.around, state.target = state.target, "skipped"
            if name == b"objdata":
                self.context.count("other-file")
        elif name in MARGINS:
            self._begin_flow(lambda blocks: self.margins.append((MARGINS[name], blocks)))
        elif name == b"footnote":
            self._note()
        elif name in (b"shptxt", b"dptxbxtext"):
            level = self._level()
            self._begin_flow(lambda blocks: self._box(blocks, level))
        elif name in (b"annotation", b"moMath", b"moMathPara"):
            self.context.count("comment" if name == b"annotation" else "formula")
            state.target = "skipped"
        elif name in (b"listtext", b"pntext"):
            state.in_number, self.flow.numbered = True, True
        else:
            return self._part(name)
        return True

    def _part(self, name: bytes) -> bool:
        """A word that begins a field, a shape or a picture, or a part of one."""
        state = self._state
        if name == b"fonttbl":
            state.target = "fonts"
        elif name == b"colortbl":
            state.target = "colours"
        elif name == b"field":
            self._fields.append(Field(state.target))
            self._closes.append(self._end_field)
        elif name == b"fldinst":
            state.target = "instruction"
        elif name == b"fldrslt":
            state.target = self._fields[-1].target if self._fields else state.target
        elif name == b"formfield":
            state.target = "form"
        elif name == b"ffl" and self._fields:
            state.target = "entry"
            self._fields[-1].entries.append("")
        elif name in (b"shpinst", b"do"):
            self._begin_shape()
        elif name in (b"sn", b"sv"):
            state.target = "name" if name == b"sn" else "value"
            self._closes += [self._end_value] if name == b"sv" and self._shapes else []
        elif name == b"pict":
            self._begin_picture()
        elif name == b"nesttableprops":
            state.nested_row = True
        else:
            return name in (b"shppict", b"object", b"result", b"fldlock")
        return True

    def _structure(self, name: bytes) -> bool:
        """Ends of paragraphs, cells and rows."""
        if name in (b"par", b"sect"):
            self._end_paragraph()
        elif name in (b"cell", b"nestcell"):
            self._end_cell(1 if name == b"cell" else max(self._state.level, 2))
        elif name == b"row":
            self.flow.assembly.end_row(self._row, 1)
        elif name == b"nestrow":
            self.flow.assembly.end_row(self._nested_row, max(self._state.level, 2))
        else:
            return False
        return True

    def _row_word(self, name: bytes, number: int | None) -> bool:
        """What describes a row and its cells."""
        row = self._nested_row if self._state.nested_row else self._row
        cell = row.next
        if name == b"trowd":
            if self._state.nested_row:
                self._nested_row = RowFormat()
            else:
                self._row = RowFormat()
        elif name == b"trleft":
            row.left = number or 0
        elif name == b"cellx":
            row.end_cell(number or 0)
        elif name == b"clmrg":
            cell.joins_left = True
        elif name == b"clvmgf":
            cell.begins_down = True
        elif name == b"clvmrg":
            cell.joins_above = True
        elif name == b"cldel":
            cell.deleted = True
        elif name in (b"clcbpat", b"clcbpatraw"):
            cell.painted = self._head.paints(number)
        else:
            return False
        return True

    def _head_word(self, name: bytes, number: int | None) -> bool:
        """Settings of the document and of its sections."""
        if name == b"ansicpg":
            self._head.page = page_codec(number or 0)
        elif name in _PAGES:
            self._head.page = _PAGES[name]
        elif name == b"deff":
            self._head.default_font = number or 0
        elif name == b"titlepg":
            self.has_title_page = True
        elif name == b"facingp":
            self.has_facing_pages = True
        elif name == b"ls":
            self.flow.listed = bool(number)
        else:
            return False
        return True

    def _value_word(self, name: bytes, number: int | None) -> None:
        """Words that mean something in their destination only."""
        target = self._state.target
        if target == "fonts" and name in (b"fcharset", b"cpg"):
            font = self._head.fonts.setdefault(self._state.font or 0, Font())
            font.charset = number if name == b"fcharset" else font.charset
        elif target == "colours" and name in (b"red", b"green", b"blue"):
            self._head.colour[name.decode()] = number or 0
        elif target == "form" and self._fields and name in (b"ffres", b"ffdefres"):
            self._fields[-1].settings[name] = number or 0
        elif target == "picture" and self._picture is not None:
            if name in _KINDS:
                self._picture.kind = _KINDS[name]
            elif name in _SIZES:
                self._picture.sizes[name] = number or 0

    def _flush(self) -> None:
        for text, state in self._text.flush():
            self._add(text, state)
