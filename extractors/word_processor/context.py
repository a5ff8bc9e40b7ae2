"""What is known while one document is read, whatever program wrote it, and what was seen on the way."""

from __future__ import annotations

from dataclasses import dataclass, field

from extractors.word_processor.limits import MOST_PARAGRAPHS, too_large
from extractors.word_processor.package import Package
from extractors.word_processor.symbols import shown_signs
from extractors.word_processor.tree import Block, Run, Story

# In millimetres: a picture of at least this width and height may be the scan of a form.
_PAGE_WIDTH, _PAGE_HEIGHT = 100.0, 80.0
_READABLE = (b"\xff\xd8\xff", b"\x89PNG", b"II*\x00", b"MM\x00*", b"BM", b"GIF8", b"RIFF")


@dataclass(frozen=True, slots=True)
class Look:
    """What of a run's look matters."""

    hidden: bool
    upper: bool
    struck: bool
    raised: bool
    white: bool
    font: str


@dataclass(slots=True, kw_only=True)
class StoryContext:
    """Attributes:
    floating: texts of text boxes and frames that float over a table.
    """

    story: Story = field(default_factory=Story)
    floating: list[str] = field(default_factory=list)
    seen: dict[str, int] = field(default_factory=dict)
    in_table: int = 0
    paragraphs: int = 0

    def count(self, what: str, more: int = 1) -> None:
        """Something that a person is told of once, with how often it was met."""
        self.seen[what] = self.seen.get(what, 0) + more

    def count_paragraph(self) -> None:
        self.paragraphs += 1
        if self.paragraphs > MOST_PARAGRAPHS:
            raise too_large("paragraphs", most=MOST_PARAGRAPHS)

    def as_seen(self, run: Run, look: Look, painted: bool) -> Run:
        """A run as its look shows it; ``painted`` where a colour lies behind it."""
        text, unknown = shown_signs(run.text, look.font)
        if unknown:
            self.count("symbol", unknown)
        run.text = text.upper() if look.upper else text
        run.struck = look.struck
        if look.raised and run.kind == "text":
            run.kind = "raised"
        if look.hidden:
            run.hidden = "not-shown"
        elif look.white and not painted:
            run.hidden = "paper-colour"
        return run

    def take_picture(self, data: bytes | None) -> list[Run]:
        """One as large as a page, with its bytes, is read as one; in a cell another one is a run, elsewhere counted."""
        if data is not None and data.startswith(_READABLE):
            self.story.pictures.append(data)
        elif self.in_table:
            return [Run("", "picture")]
        else:
            self.count("picture")
        return []


def is_as_large_as_a_page(width: float, height: float) -> bool:
    """A picture of this size in millimetres may be the scan of a form."""
    return width >= _PAGE_WIDTH and height >= _PAGE_HEIGHT


@dataclass(slots=True, kw_only=True)
class DocumentContext(StoryContext):
    """Attributes:
    boxes: blocks of text boxes and frames that float, met in the paragraph that is read now.
    pictures: parts of the package that were met as pictures.
    painted: the cell that is read now has a colour behind it.
    """

    package: Package
    boxes: list[Block] = field(default_factory=list)
    pictures: set[str] = field(default_factory=set)
    painted: bool = False
    depth: int = 0

    def picture(self, part: str, width: float, height: float) -> list[Run]:
        """A picture of a size in millimetres; see ``take_picture``."""
        self.pictures.add(part)
        return self.take_picture(self.package.data(part) if is_as_large_as_a_page(width, height) else None)
