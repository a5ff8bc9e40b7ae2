"""A document as one story: headers, body, notes, footers, and what a person should know of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from extractors.errors import BrokenFileError
from extractors.messages import tell
from extractors.word_processor.docx.body import BlockReader
from extractors.word_processor.docx.context import Context
from extractors.word_processor.docx.numbering import Numbering
from extractors.word_processor.docx.styles import Styles
from extractors.word_processor.names import child, children, is_on, tag, value
from extractors.word_processor.notes import add_notes
from extractors.word_processor.package import Package
from extractors.word_processor.tree import Block, Paragraph, Story, TableNode

if TYPE_CHECKING:
    from lxml.etree import _Element


def read_story(package: Package, name: str) -> Story:
    """All that a document shows.

    Raises:
        BrokenFileError, TooLargeError: it cannot be read, or holds too much.
    """
    main = package.main_part()
    root = package.xml(main)
    body = child(root, "w:body")
    if root is None or body is None:
        raise BrokenFileError(*tell("word.no-document", name=name))
    relations = package.relations(main)
    styles = Styles(_own(root, "w:styles", package, relations, "styles"))
    numbering = Numbering(_own(root, "w:lists", package, relations, "numbering"), styles)
    context = Context(package=package, styles=styles, numbering=numbering, relations=relations)
    reader = BlockReader(context)
    headers, footers = _margins(root, package, relations, context, reader)
    context.relations = relations
    blocks = reader.blocks(body)
    notes = list(_notes(package, relations, context, reader))
    context.story.blocks = _joined([*headers, *blocks, *notes, *footers])
    context.seen["numbering"] = len(numbering.unknown)
    add_notes(context.story, context.seen, context.changes.deleted, context.changes.inserted, context.floating)
    return context.story


def _own(root: _Element, tag_2003: str, package: Package, relations: dict[str, tuple[str, str]], kind: str) -> _Element | None:
    """A part by its kind, or in the document itself as Word 2003 has it."""
    part = next((part for each, part in relations.values() if each == kind), None)
    return package.xml(part) if part is not None else child(root, tag_2003)


def _margins(
    root: _Element, package: Package, relations: dict[str, tuple[str, str]], context: Context, reader: BlockReader
) -> tuple[list[Block], list[Block]]:
    """The headers and footers that some page shows, each once."""
    settings = _own(root, "w:docPr", package, relations, "settings")
    even = is_on(child(settings, "w:evenAndOddHeaders")) or False
    found: dict[str, list[Block]] = {"w:headerReference": [], "w:footerReference": []}
    read: set[str] = set()
    for section in (each for each in root.iter() if tag(each) == "w:sectPr"):
        first = is_on(child(section, "w:titlePg")) or False
        for each in children(section, *found):
            kind = value(each, "w:type") or "default"
            _, part = relations.get(value(each, "r:id") or "", ("", ""))
            shown = kind == "default" or (kind == "first" and first) or (kind == "even" and even)
            content = package.xml(part) if shown and part and part not in read else None
            if content is not None:
                read.add(part)
                context.relations = package.relations(part)
                found[tag(each)] += reader.blocks(content)
                context.fields.clear()
        for each in children(section, "w:hdr", "w:ftr"):  # Word 2003 has them where they are used
            found["w:headerReference" if tag(each) == "w:hdr" else "w:footerReference"] += reader.blocks(each)
    return found["w:headerReference"], found["w:footerReference"]


def _notes(package: Package, relations: dict[str, tuple[str, str]], context: Context, reader: BlockReader) -> Iterator[Block]:
    """The footnotes and endnotes that are referred to, in their order."""
    for kind in ("footnote", "endnote"):
        wanted = [number for name, number in context.note_ids if name == f"w:{kind}"]
        part = next((part for each, part in relations.values() if each == f"{kind}s"), None)
        root = package.xml(part) if wanted and part is not None else None
        if root is None or part is None:
            continue
        context.relations = package.relations(part)
        held = {value(each, "w:id"): each for each in children(root, f"w:{kind}")}
        for number in dict.fromkeys(wanted):
            if number in held:
                yield from reader.blocks(held[number])
                context.fields.clear()


def _joined(blocks: list[Block]) -> list[Block]:
    """Tables that follow each other without a paragraph between them, in the same columns, are shown as one."""
    out: list[Block] = []
    for block in blocks:
        last = out[-1] if out else None
        if isinstance(block, TableNode) and isinstance(last, TableNode) and _edges(block) == _edges(last):
            count = last.rows[-1].number if last.rows else 0
            for row in block.rows:
                row.number += count
            last.rows += block.rows
        else:
            out.append(block)
    return [block for block in out if isinstance(block, Paragraph) or block.rows]


def _edges(table: TableNode) -> set[int]:
    return {edge for cell in table.cells() for edge in (cell.left, cell.right)}
