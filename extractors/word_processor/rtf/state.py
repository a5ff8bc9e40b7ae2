"""What holds for text in a group of RTF, and what the tables in the head of the file say of fonts and colours."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Literal

from extractors.word_processor.context import Look
from extractors.word_processor.rtf.characters import SYMBOLS, charset_codec

# Where text of a group goes to: the story, nowhere, a table of the head, a part of a field or of a shape, the bytes of a picture.
Target = Literal["story", "skipped", "fonts", "colours", "instruction", "entry", "form", "name", "value", "picture"]
Colour = tuple[int, int, int]
_WHITE = (255, 255, 255)


@dataclass(slots=True)
class Font:
    name: str = ""
    charset: int | None = None


@dataclass(slots=True)
class State:
    """One group; a new one begins as a copy of that around it.

    Attributes:
        around: the target outside of what is written twice, for old programs and for new ones.
        skip: how many characters for an older program follow each ``\\u``.
        depth: of the table that a paragraph is in, where it is in one.
        in_number: the text is the number of an entry of a list.
    """

    target: Target = "story"
    around: Target = "story"
    skip: int = 1
    font: int | None = None
    hidden: bool = False
    deleted: bool = False
    inserted: bool = False
    upper: bool = False
    struck: bool = False
    raised: bool = False
    white: bool = False
    painted: bool = False
    shaded: bool = False
    in_table: bool = False
    depth: int = 1
    in_number: bool = False
    nested_row: bool = False

    def copy(self) -> State:
        return replace(self)

    def plain(self) -> None:
        """``\\plain``: characters look as they do by default."""
        self.font = None
        self.hidden = self.deleted = self.inserted = self.upper = self.struck = self.raised = self.white = self.painted = False

    def new_paragraph(self) -> None:
        """``\\pard``: the paragraph is outside of tables, with nothing behind it."""
        self.in_table, self.depth, self.shaded = False, 1, False

    @property
    def level(self) -> int:
        return max(self.depth, 1) if self.in_table else 0


@dataclass(slots=True)
class Head:
    """Attributes:
    page: the codec of the file's code page.
    colours: None is the colour that a program takes where none is given.
    """

    fonts: dict[int, Font] = field(default_factory=dict)
    colours: list[Colour | None] = field(default_factory=list)
    colour: dict[str, int] = field(default_factory=dict)
    default_font: int = 0
    page: str = "cp1252"

    def font(self, number: int | None) -> Font:
        return self.fonts.get(self.default_font if number is None else number, Font())

    def codec(self, number: int | None) -> str:
        """That of a font; bytes of a font of pictures are their places in it."""
        charset = self.font(number).charset
        return "latin-1" if charset == SYMBOLS else charset_codec(None if charset == 1 else charset, self.page)

    def end_colour(self) -> None:
        parts = self.colour
        self.colours.append((parts.get("red", 0), parts.get("green", 0), parts.get("blue", 0)) if parts else None)
        self.colour = {}

    def is_white(self, number: int | None) -> bool:
        return self._colour(number) == _WHITE

    def paints(self, number: int | None) -> bool:
        """Whether a colour behind text is one that is seen."""
        return self._colour(number) not in (None, _WHITE)

    def _colour(self, number: int | None) -> Colour | None:
        return self.colours[number] if number is not None and 0 <= number < len(self.colours) else None

    def look(self, state: State) -> Look:
        return Look(state.hidden, state.upper, state.struck, state.raised, state.white and not state.painted, self.font(state.font).name)
