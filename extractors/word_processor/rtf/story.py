"""An RTF document as one story: headers, body, notes, footers, and what a person should know of it."""

from __future__ import annotations

from pathlib import Path

from extractors.errors import BrokenFileError
from extractors.messages import tell
from extractors.word_processor.limits import check_bytes
from extractors.word_processor.notes import add_notes
from extractors.word_processor.rtf.groups import GroupReader
from extractors.word_processor.tree import Block, Note, Story, plain_text

_CUT: Note = ("word.cut-short", "review", "the document seems to be cut off, and what followed is missing")
_UNDECODABLE = "characters of the document that cannot be decoded came as \ufffd: {count}"
_UNNUMBERED = "entries of lists came without their numbers, which are not in the file: {count}"


def read_rtf(path: Path) -> Story:
    """All that an RTF document shows.

    Raises:
        BrokenFileError, TooLargeError: it cannot be read, or holds too much.
    """
    check_bytes(path.stat().st_size)
    data = path.read_bytes()
    reader = GroupReader(data)
    if not reader.read():
        raise BrokenFileError(*tell("word.no-document", name=path.name))
    story = reader.context.story
    shown = _shown_margins(reader)
    story.blocks = [*_once(reader, "head", shown), *reader.body, *reader.notes, *_once(reader, "foot", shown)]
    for text in reader.covered:
        story.hide(text, "covered")
    _tell(reader, story)
    return story


def _shown_margins(reader: GroupReader) -> set[str]:
    """Which headers and footers some page shows: those of the first page and of even ones only where the file says so."""
    return {"", *(["-first"] if reader.has_title_page else []), *(["-even"] if reader.has_facing_pages else [])}


def _once(reader: GroupReader, kind: str, shown: set[str]) -> list[Block]:
    """Headers or footers, each text once."""
    found: dict[str, list[Block]] = {}
    for name, blocks in reader.margins:
        if name.startswith(kind) and name.removeprefix(kind) in shown:
            found.setdefault(plain_text(blocks), blocks)
    return [block for blocks in found.values() for block in blocks]


def _tell(reader: GroupReader, story: Story) -> None:
    context = reader.context
    add_notes(story, context.seen, reader.deleted, reader.inserted, context.floating)
    if reader.is_cut:
        story.notes.append(_CUT)
    if count := context.seen.get("undecodable"):
        story.notes.append(("word.undecodable", "review", _UNDECODABLE.format(count=count)))
    if count := context.seen.get("unnumbered"):
        story.notes.append(("word.numbering-missing", "review", _UNNUMBERED.format(count=count)))
