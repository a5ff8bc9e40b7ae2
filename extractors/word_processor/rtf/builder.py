"""What text, paragraphs, cells and parts of an RTF file become: the blocks of a story, and what is told beside it."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from extractors.characters import REPLACED
from extractors.word_processor.context import StoryContext, is_as_large_as_a_page
from extractors.word_processor.rtf.parts import Field, Flow, Picture, Shape
from extractors.word_processor.rtf.rows import RowFormat
from extractors.word_processor.rtf.state import Font, Head, State
from extractors.word_processor.tree import Block, Paragraph, Run, TableNode, plain_text

_Close = Callable[[], None]


class StoryBuilder:
    """Takes what the groups of one file hold, in order.

    Attributes:
        flow: the story that is open.
        margins: headers and footers with what they are for.
        covered: texts in cells that another one lies over.
    """

    def __init__(self) -> None:
        self.context = StoryContext()
        self.flow = Flow()
        self.margins: list[tuple[str, list[Block]]] = []
        self.notes: list[Block] = []
        self.deleted: list[str] = []
        self.inserted: list[str] = []
        self.covered: list[str] = []
        self._head, self._state = Head(), State()
        # What is done at the end of the group that is open.
        self._closes: list[_Close] = []
        self._fields: list[Field] = []
        self._shapes: list[Shape] = []
        self._picture: Picture | None = None
        self._row, self._nested_row = RowFormat(), RowFormat()

    # --- text

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
        self.context.count("row", flow.assembly.unfinished)

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

    def _end_story(self) -> None:
        if self.flow.runs:
            self._end_paragraph()
