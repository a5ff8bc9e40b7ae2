"""What is known while one ODF document is read, and what was seen on the way."""

from __future__ import annotations

from dataclasses import dataclass, field

from extractors.word_processor.limits import MOST_PARAGRAPHS, too_large
from extractors.word_processor.odt.lists import Lists
from extractors.word_processor.odt.styles import Styles
from extractors.word_processor.package import Package
from extractors.word_processor.tree import Block, Story


@dataclass(slots=True)
class Context:
    """Attributes:
    boxes: blocks of frames that float, met in the paragraph that is read now; ``note_blocks`` those of footnotes.
    controls: fields of forms by their id, as far as they are ticked or filled in.
    marks: open ``field:fieldmark-start``: what each shows itself.
    """

    package: Package
    styles: Styles
    lists: Lists
    story: Story = field(default_factory=Story)
    boxes: list[Block] = field(default_factory=list)
    note_blocks: list[Block] = field(default_factory=list)
    floating: list[str] = field(default_factory=list)
    controls: dict[str, str] = field(default_factory=dict)
    seen: dict[str, int] = field(default_factory=dict)
    pictures: set[str] = field(default_factory=set)
    in_table: int = 0
    painted: bool = False
    depth: int = 0
    paragraphs: int = 0

    def count(self, what: str) -> None:
        self.seen[what] = self.seen.get(what, 0) + 1

    def count_paragraph(self) -> None:
        self.paragraphs += 1
        if self.paragraphs > MOST_PARAGRAPHS:
            raise too_large("paragraphs", most=MOST_PARAGRAPHS)


def length(text: str | None) -> float:
    """A length of ODF in millimetres; 0 where it is none."""
    units = {"cm": 10.0, "mm": 1.0, "in": 25.4, "pt": 25.4 / 72, "pc": 25.4 / 6, "px": 25.4 / 96}
    held = (text or "").strip()
    try:
        return float(held[:-2]) * units.get(held[-2:], 0.0)
    except ValueError:
        return 0.0
