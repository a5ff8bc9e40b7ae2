"""What is known while one document of Word is read: its styles and lists, and the fields that are open."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from extractors.word_processor.context import DocumentContext
from extractors.word_processor.docx.numbering import Numbering
from extractors.word_processor.docx.styles import Styles
from extractors.word_processor.tree import Run


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


@dataclass(slots=True, kw_only=True)
class Context(DocumentContext):
    """Attributes:
    relations: of the part that is read now.
    note_ids: footnotes and endnotes that are referred to, in their order.
    """

    styles: Styles
    numbering: Numbering
    relations: dict[str, tuple[str, str]] = field(default_factory=dict)
    fields: list[OpenField] = field(default_factory=list)
    changes: Changes = field(default_factory=Changes)
    note_ids: list[tuple[Literal["w:footnote", "w:endnote"], str]] = field(default_factory=list)
    table_style: str | None = None
