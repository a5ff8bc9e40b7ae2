"""The blocks of a part: paragraphs and tables, and what programs put around them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from extractors.word_processor.docx.context import Context
from extractors.word_processor.docx.inline import paragraph_of
from extractors.word_processor.docx.tables import table_of
from extractors.word_processor.limits import check_nested
from extractors.word_processor.names import children, tag
from extractors.word_processor.tree import Block, Paragraph, TableNode, plain_text

if TYPE_CHECKING:
    from lxml.etree import _Element

_SKIPPED = {"w:sectPr", "w:tcPr", "w:sdtPr", "w:sdtEndPr", "w:customXmlPr", "w:pPr", "w:rPr"}


class BlockReader:
    """Reads blocks of one document with what is known of it."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def blocks(self, element: _Element) -> list[Block]:
        """The blocks in a body, a cell, a header, a note or a text box."""
        self._context.depth += 1
        check_nested(self._context.depth)
        out: list[Block] = []
        waiting = list(reversed(element))
        while waiting:
            each = waiting.pop()
            name = tag(each)
            if name == "w:p":
                out += self._paragraph(each)
            elif name == "w:tbl":
                out.append(table_of(each, self._context, self.blocks))
            elif name == "w:altChunk":
                self._context.count("other-file")
            elif name in ("w:del", "w:moveFrom"):
                self._delete(each)
            elif name == "mc:AlternateContent":
                waiting += list(reversed(next(children(each, "mc:Choice", "mc:Fallback"), [])))
            elif name and name not in _SKIPPED:
                waiting += list(reversed(each))
        self._context.depth -= 1
        return out

    def _paragraph(self, element: _Element) -> list[Block]:
        """A paragraph, behind the text boxes that float over it."""
        outer, self._context.boxes = self._context.boxes, []
        paragraph = paragraph_of(element, self._context, self._floating)
        boxes, self._context.boxes = self._context.boxes, outer
        if self._context.in_table and boxes:
            return [*self._beside(boxes), paragraph]
        return [*boxes, paragraph]

    def _floating(self, box: _Element) -> None:
        in_table, self._context.in_table = self._context.in_table, 0
        blocks = self.blocks(box)
        self._context.in_table = in_table
        if any(plain_text([block]) for block in blocks):
            self._context.boxes += blocks

    def _beside(self, boxes: list[Block]) -> list[Block]:
        """A box that hangs on a cell floats somewhere over the page: its text is told, tables in it are kept."""
        text = plain_text([block for block in boxes if isinstance(block, Paragraph)])
        if text:
            self._context.floating.append(text)
        return [block for block in boxes if isinstance(block, TableNode)]

    def _delete(self, element: _Element) -> None:
        """Blocks that are tracked as deleted."""
        self._context.changes.deleted.append("".join(each.text or "" for each in element.iter() if tag(each) in ("w:t", "w:delText")))
