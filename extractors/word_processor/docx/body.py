"""The blocks of a part: paragraphs and tables, and what programs put around them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from extractors.word_processor.blocks import Blocks
from extractors.word_processor.docx.context import Context
from extractors.word_processor.docx.inline import paragraph_of
from extractors.word_processor.docx.tables import table_of
from extractors.word_processor.names import children, tag
from extractors.word_processor.tree import Block

if TYPE_CHECKING:
    from lxml.etree import _Element

_SKIPPED = {"w:sectPr", "w:tcPr", "w:sdtPr", "w:sdtEndPr", "w:customXmlPr", "w:pPr", "w:rPr"}


class BlockReader(Blocks[Context]):
    """Blocks of the parts of one document."""

    def _inside(self, element: _Element) -> list[Block]:
        out: list[Block] = []
        waiting = list(reversed(element))
        while waiting:
            each = waiting.pop()
            name = tag(each)
            if name == "w:p":
                out += self._paragraph(each)
            elif name == "w:tbl":
                out.append(table_of(each, self._context, self.cell))
            elif name == "w:altChunk":
                self._context.count("other-file")
            elif name in ("w:del", "w:moveFrom"):
                self._delete(each)
            elif name == "mc:AlternateContent":
                waiting += list(reversed(next(children(each, "mc:Choice", "mc:Fallback"), [])))
            elif name and name not in _SKIPPED:
                waiting += list(reversed(each))
        return out

    def _paragraph(self, element: _Element) -> list[Block]:
        return self._behind_boxes(lambda: paragraph_of(element, self._context, self._floating))

    def _delete(self, element: _Element) -> None:
        """Blocks that are tracked as deleted."""
        self._context.changes.deleted.append("".join(each.text or "" for each in element.iter() if tag(each) in ("w:t", "w:delText")))
