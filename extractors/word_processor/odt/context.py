"""What is known while one ODF document is read."""

from __future__ import annotations

from dataclasses import dataclass, field

from extractors.word_processor.context import DocumentContext
from extractors.word_processor.odt.lists import Lists
from extractors.word_processor.odt.styles import Styles
from extractors.word_processor.tree import Block


@dataclass(slots=True, kw_only=True)
class Context(DocumentContext):
    """Attributes:
    note_blocks: blocks of footnotes.
    controls: fields of forms by their id, as far as they are ticked or filled in.
    """

    styles: Styles
    lists: Lists
    note_blocks: list[Block] = field(default_factory=list)
    controls: dict[str, str] = field(default_factory=dict)


def length(text: str | None) -> float:
    """A length of ODF in millimetres; 0 where it is none."""
    units = {"cm": 10.0, "mm": 1.0, "in": 25.4, "pt": 25.4 / 72, "pc": 25.4 / 6, "px": 25.4 / 96}
    held = (text or "").strip()
    try:
        return float(held[:-2]) * units.get(held[-2:], 0.0)
    except ValueError:
        return 0.0
