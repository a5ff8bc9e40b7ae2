"""A document of Word 97 to 2003, or of WPS, as one story."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from extractors.word_processor.doc.lists import Lists
from extractors.word_processor.doc.looks import Looks
from extractors.word_processor.doc.pieces import read_text
from extractors.word_processor.doc.sprms import properties, ranges
from extractors.word_processor.doc.streams import DRAWINGS, HEADERS, LOOKS, PARAGRAPHS, SECTIONS, SETTINGS, Streams, number, open_streams
from extractors.word_processor.doc.walk import Known, Walk
from extractors.word_processor.notes import add_notes
from extractors.word_processor.tree import Block, Story, plain_text

_TITLE_PAGE = 0x300A
_SEPARATORS, _KINDS = 6, ("head-even", "head", "foot-even", "foot", "head-first", "foot-first")
_UNNUMBERED = "entries of lists came without their numbers: {count}"
_BODY, _NOTES, _MARGINS, _MACROS, _COMMENTS, _END_NOTES, _BOXES, _MARGIN_BOXES = range(8)


def read_doc(path: Path) -> Story:
    """All that a document shows.

    Raises:
        BrokenFileError, EncryptedFileError, TooLargeError: it cannot be read, or holds too much.
    """
    streams = open_streams(path)
    text = read_text(streams, path.name)
    known = Known(streams, text, ranges(streams, LOOKS, False), ranges(streams, PARAGRAPHS, True), Looks(streams), Lists(streams))
    starts = [0]
    for length in streams.lengths():
        starts.append(min(starts[-1] + length, len(text.text)))
    parts = [(starts[index], starts[index + 1]) for index in range(8)]
    body = Walk(known).blocks(*parts[_BODY])
    notes = [*Walk(known).blocks(*parts[_NOTES]), *Walk(known).blocks(*parts[_END_NOTES])]
    margins = list(_margins(known, *parts[_MARGINS]))
    _read_boxes(known, parts[_BOXES])
    story = known.context.story
    story.blocks = [*_once("head", margins), *body, *notes, *_once("foot", margins)]
    _tell(known, story)
    return story


def _margins(known: Known, first: int, last: int) -> Iterator[tuple[str, list[Block]]]:
    """Headers and footers that some page shows, with what they are for."""
    places = known.streams.part(HEADERS)
    starts = [number(places, at, 4) for at in range(0, max(len(places) - 4, 0), 4)]
    shown = {"head", "foot"}
    if any(number(operand, 0) for code, operand in _of_sections(known.streams) if code == _TITLE_PAGE):
        shown |= {"head-first", "foot-first"}
    if number(known.streams.part(SETTINGS), 0) & 1:
        shown |= {"head-even", "foot-even"}
    for index, (start, end) in enumerate(zip(starts[_SEPARATORS:], starts[_SEPARATORS + 1 :], strict=False)):
        kind = _KINDS[index % len(_KINDS)]
        if start < end and kind in shown and first + end <= last:
            yield kind, Walk(known).blocks(first + start, first + end)


def _of_sections(streams: Streams) -> Iterator[tuple[int, bytes]]:
    plc = streams.part(SECTIONS)
    count = max((len(plc) - 4) // 16, 0)
    for index in range(count):
        at = number(plc, 4 * (count + 1) + 12 * index + 2, 4)
        yield from properties(streams.main[at + 2 : at + 2 + number(streams.main, at)])


def _once(kind: str, margins: list[tuple[str, list[Block]]]) -> list[Block]:
    found: dict[str, list[Block]] = {}
    for name, blocks in margins:
        if name.startswith(kind) and plain_text(blocks):
            found.setdefault(plain_text(blocks), blocks)
    return [block for blocks in found.values() for block in blocks]


def _read_boxes(known: Known, part: tuple[int, int]) -> None:
    """Text boxes: nothing that is read here tells where they lie."""
    text = plain_text(Walk(known).blocks(*part))
    if text:
        known.context.floating.append(text)
    drawings = known.streams.part(DRAWINGS)
    known.context.count("picture", sum(drawings.count(kind) for kind in (b"\x52\x00\x07\xf0", b"\x62\x00\x07\xf0")))


def _tell(known: Known, story: Story) -> None:
    for text in known.covered:
        story.hide(text, "covered")
    add_notes(story, known.context.seen, known.deleted, known.inserted, known.context.floating)
    if count := known.context.seen.get("unnumbered"):
        story.notes.append(("word.numbering-missing", "review", _UNNUMBERED.format(count=count)))
