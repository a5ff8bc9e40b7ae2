"""The groups of an RTF file: what each control word does, and what ends with each group."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from extractors.characters import REPLACED
from extractors.word_processor.context import StoryContext, is_as_large_as_a_page
from extractors.word_processor.limits import too_large
from extractors.word_processor.rtf.characters import page_codec
from extractors.word_processor.rtf.parts import Field, Flow, Picture, Shape
from extractors.word_processor.rtf.rows import RowFormat
from extractors.word_processor.rtf.scanner import Scanner, Token
from extractors.word_processor.rtf.state import Font, Head, State
from extractors.word_processor.rtf.text import TextBytes
from extractors.word_processor.rtf.words import CHARACTERS, LOOKS, MARGINS, SIGNS, SKIPPED, STARRED
from extractors.word_processor.tree import Block, Paragraph, Run, TableNode, plain_text

_MOST_GROUPS = 2_000
_KINDS = {b"pngblip": b"png", b"jpegblip": b"jpeg", b"dibitmap": b"dibitmap", b"wmetafile": b"", b"emfblip": b"", b"macpict": b""}
_SIZES = {b"picw", b"pich", b"picwgoal", b"pichgoal", b"picscalex", b"picscaley"}
_PAGES = {b"mac": "mac_roman", b"pc": "cp437", b"pca": "cp850"}
_Close = Callable[[], None]


class GroupReader:
    """Reads one file; ``read`` first.

    Attributes:
        flow: the story that is open.
        body: its blocks, when all was read.
        margins: headers and footers with what they are for.
        is_cut: groups were open at the end.
    """

    def __init__(self, data: bytes) -> None:
        self.context = StoryContext()
        self.flow = Flow()
        self.body: list[Block] = []
        self.margins: list[tuple[str, list[Block]]] = []
        self.notes: list[Block] = []
        self.deleted: list[str] = []
        self.inserted: list[str] = []
        self.covered: list[str] = []
        self.has_title_page = self.has_facing_pages = self.is_cut = False
        self._scanner = Scanner(data)
        self._head, self._state = Head(), State()
        self._open: list[tuple[State, list[_Close]]] = []
        self._closes: list[_Close] = []
        self._fields: list[Field] = []
        self._shapes: list[Shape] = []
        self._picture: Picture | None = None
        self._row, self._nested_row = RowFormat(), RowFormat()
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
        self.is_cut = bool(self._open)
        while self._open:
            self._flush()
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

    def _end_story(self) -> None:
        if self.flow.runs:
            self._end_paragraph()

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

    # --- text

    def _flush(self) -> None:
        for text, state in self._text.flush():
            self._add(text, state)

    def _add(self, text: str, state: State | None = None) -> None:
        """Text to where it goes in its group."""
        state = state or self._state
        target = state.target
        if target == "story":
            self._show(text, state)
        elif target == "fonts":
            self._head.fonts.setdefault(state.font or 0, Font()).name += text.replace(";", "")
        elif target == "colours":
            for _ in range(text.count(";")):
                self._head.end_colour()
        elif target == "instruction" and self._fields:
            self._fields[-1].instruction.append(text)
        elif target == "entry" and self._fields:
            self._fields[-1].entries[-1] += text
        elif target in ("name", "value") and self._shapes:
            (self._shapes[-1].name if target == "name" else self._shapes[-1].value).append(text)

    def _show(self, text: str, state: State) -> None:
        if state.deleted:
            self.deleted.append(text)
            return
        if state.inserted:
            self.inserted.append(text)
        self.context.count("undecodable", text.count(REPLACED))
        if not state.hidden:
            for each in self._fields:
                each.held = True
        look = self._head.look(state)
        self.flow.runs.append(self.context.as_seen(Run(text), look, state.shaded or self._cell_is_painted(state)))

    def _cell_is_painted(self, state: State) -> bool:
        """Whether the cell that is open has a colour, where the row was described before it."""
        index = self.flow.assembly.open_cell
        return state.level == 1 and index < len(self._row.cells) and self._row.cells[index].painted

    # --- paragraphs and cells

    def _paragraph(self) -> Paragraph:
        flow, state = self.flow, self._state
        self.context.count_paragraph()
        runs, flow.runs = flow.runs, []
        if flow.listed and not flow.numbered and any(run.text.strip() for run in runs):
            self.context.count("unnumbered")
        flow.numbered = False
        return Paragraph(runs, joins_next=state.hidden or state.deleted)

    def _end_paragraph(self) -> None:
        if self._state.target != "story":
            return
        level = self._level()
        self.flow.assembly.add(self._paragraph(), level)

    def _level(self) -> int:
        """How deep in tables; what stands between the cells of a row is in it, whether it says so or not."""
        return self._state.level or (1 if self.flow.assembly.open_cell else 0)

    def _end_cell(self, level: int) -> None:
        if self._state.target == "story":
            self.flow.assembly.end_cell(self._paragraph(), level)

    # --- parts

    def _begin_flow(self, take: Callable[[list[Block]], None]) -> None:
        """Text of the group goes to a story of its own, which is given to ``take``."""
        outer, self.flow = self.flow, Flow()
        self._state.target, self._state.deleted = "story", False
        self._state.new_paragraph()

        def close() -> None:
            self._end_story()
            blocks = self.flow.assembly.finish()
            self._gather(self.flow)
            self.flow = outer
            take(blocks)

        self._closes.append(close)

    def _gather(self, flow: Flow) -> None:
        self.covered += flow.assembly.covered
        self.deleted += flow.assembly.deleted

    def _note(self) -> None:
        if self._state.deleted:
            self._state.target = "skipped"
            return
        self.flow.runs.append(Run("*", "note", "not-shown" if self._state.hidden else None))
        self._begin_flow(self.notes.extend)

    def _box(self, blocks: list[Block], level: int) -> None:
        """A text box that floats: before the paragraph it hangs on; over a table its text is told, and tables in it are kept."""
        if self._shapes and self._shapes[-1].is_watermark:
            self.context.story.marks.append(plain_text(blocks))
            return
        held = [block for block in blocks if plain_text([block])]
        if level:
            text = plain_text([block for block in held if isinstance(block, Paragraph)])
            self.context.floating += [text] if text else []
            held = [block for block in held if isinstance(block, TableNode)]
        for block in held:
            self.flow.assembly.add(block, level)

    def _begin_shape(self) -> None:
        self._shapes.append(Shape())
        self._state.target = "form"

        def close() -> None:
            shape = self._shapes.pop()
            text = shape.values.get("gtextUNICODE", "")
            self.context.story.marks += [text] if text else []

        self._closes.append(close)

    def _end_value(self) -> None:
        if self._shapes:
            self._shapes[-1].end_value()

    def _begin_picture(self) -> None:
        outer, self._picture = self._picture, Picture()
        around = self._state.copy()
        self._state.target = "picture"

        def close() -> None:
            picture, self._picture = cast(Picture, self._picture), outer
            if around.hidden or around.deleted or around.target == "skipped":
                return
            self.context.in_table = self._level()
            large = is_as_large_as_a_page(*picture.size) and picture.kind != b""
            self.flow.runs += self.context.take_picture(picture.data() if large else None)

        self._closes.append(close)

    def _end_field(self) -> None:
        ended = self._fields.pop()
        if ended.held or self._state.target != "story":
            return
        shown, is_unknown = ended.shown()
        if is_unknown:
            self.context.count("formula")
        if shown:
            self._show(shown, self._state)
