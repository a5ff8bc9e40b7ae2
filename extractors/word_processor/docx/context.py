"""What is known while one document is read: its styles and lists, the fields that are open, and what was seen on the way."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from extractors.word_processor.docx.numbering import Numbering
from extractors.word_processor.docx.styles import Styles
from extractors.word_processor.limits import MOST_PARAGRAPHS, too_large
from extractors.word_processor.package import Package
from extractors.word_processor.tree import Block, Run, Story


@dataclass(slots=True)
class OpenField:
    """A field from its begin to its end.

    Attributes:
        form: what a field of a form says it holds: a tick, an entry of a list.
        in_result: behind the separator.
        held: something of its result was shown.
    """

    instruction: list[str] = field(default_factory=list)
    form: Run | None = None
    in_result: bool = False
    held: bool = False


@dataclass(slots=True)
class Changes:
    """Tracked changes that nobody accepted or refused yet."""

    deleted: list[str] = field(default_factory=list)
    inserted: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Context:
    """Attributes:
    relations: of the part that is read now.
    boxes: blocks of text boxes and frames that float, met in the paragraph that is read now.
    note_ids: footnotes and endnotes that are referred to, in their order.
    """

    package: Package
    styles: Styles
    numbering: Numbering
    story: Story = field(default_factory=Story)
    relations: dict[str, tuple[str, str]] = field(default_factory=dict)
    fields: list[OpenField] = field(default_factory=list)
    changes: Changes = field(default_factory=Changes)
    boxes: list[Block] = field(default_factory=list)
    floating: list[str] = field(default_factory=list)
    note_ids: list[tuple[Literal["w:footnote", "w:endnote"], str]] = field(default_factory=list)
    table_style: str | None = None
    painted: bool = False
    in_table: int = 0
    depth: int = 0
    paragraphs: int = 0
    seen: dict[str, int] = field(default_factory=dict)
    pictures: set[str] = field(default_factory=set)

    def count(self, what: str, more: int = 1) -> None:
        """Something that a person is told of once, with how often it was met."""
        self.seen[what] = self.seen.get(what, 0) + more

    def count_paragraph(self) -> None:
        self.paragraphs += 1
        if self.paragraphs > MOST_PARAGRAPHS:
            raise too_large("paragraphs", most=MOST_PARAGRAPHS)
