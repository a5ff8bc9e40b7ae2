"""Blocks inside blocks: cells, and the boxes that float over a paragraph, in whatever format they are written."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from typing import TYPE_CHECKING, Generic, TypeVar

from extractors.word_processor.context import DocumentContext
from extractors.word_processor.limits import check_nested
from extractors.word_processor.tree import Block, Paragraph, TableNode, plain_text

if TYPE_CHECKING:
    from lxml.etree import _Element

ReadCell = Callable[["_Element", bool], list[Block]]
"""The blocks of a cell that has a colour, or none."""

Known = TypeVar("Known", bound=DocumentContext)


class Blocks(ABC, Generic[Known]):
    """Reads blocks of one document with what is known of it."""

    def __init__(self, context: Known) -> None:
        self._context = context

    @abstractmethod
    def _inside(self, element: _Element) -> list[Block]:
        """The blocks in an element, as its format has them."""

    def blocks(self, element: _Element) -> list[Block]:
        """The blocks in a body, a cell, a header, a note, a frame or a text box."""
        self._context.depth += 1
        check_nested(self._context.depth)
        out = self._inside(element)
        self._context.depth -= 1
        return out

    def cell(self, element: _Element, painted: bool) -> list[Block]:
        """The blocks in a cell; ``painted`` where it has a colour."""
        before, self._context.painted = self._context.painted, painted
        self._context.in_table += 1
        blocks = self.blocks(element)
        self._context.in_table -= 1
        self._context.painted = before
        return blocks

    def _apart(self, element: _Element) -> list[Block]:
        """The blocks in what lies outside the table around it."""
        in_table, self._context.in_table = self._context.in_table, 0
        blocks = self.blocks(element)
        self._context.in_table = in_table
        return blocks

    def _floating(self, box: _Element) -> None:
        blocks = self._apart(box)
        if any(plain_text([block]) for block in blocks):
            self._context.boxes += blocks

    def _behind_boxes(self, read: Callable[[], Paragraph]) -> list[Block]:
        """A paragraph, behind the text boxes that float over it."""
        outer, self._context.boxes = self._context.boxes, []
        paragraph = read()
        boxes, self._context.boxes = self._context.boxes, outer
        return [*(self._beside(boxes) if self._context.in_table else boxes), paragraph]

    def _beside(self, boxes: list[Block]) -> list[Block]:
        """A box that hangs on a cell floats somewhere over the page: its text is told, tables in it are kept."""
        text = plain_text([block for block in boxes if isinstance(block, Paragraph)])
        if text:
            self._context.floating.append(text)
        return [block for block in boxes if isinstance(block, TableNode)]
