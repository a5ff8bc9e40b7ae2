"""Fields made from cells and lines, with what stands there by position as raw."""

from __future__ import annotations

from extractors.model import Cell, Reader, Source, TextLine, Word, union_of
from extractors.origin import origin_of_page
from extractors.tables.wrap import unwrap
from normalizers.record import Field


def cell_to_field(cell: Cell, text: str | None = None) -> Field:
    """A field read from a cell; ``text`` when only a part of the cell belongs to it."""
    whole = unwrap(cell.text)
    value = whole if text is None else text
    return Field(value, value, source=cell.source, cell=cell if text is None else None)


def line_to_field(line: TextLine, text: str, reader: Reader) -> Field:
    """A field read from a part of a line outside the tables; as sure as the words that it is made of."""
    words = _words_of(line, text)
    box = union_of(word.bbox for word in words) or line.bbox
    confidence = min((word.confidence for word in words), default=line.confidence)
    return Field(text, text, source=Source(line.page_no, box, reader, confidence, origin_of_page(reader)))


def aligned_field(actual: Cell | None, expected: Cell | None) -> Field | None:
    """A field of an indicator row after its cells were given their columns.

    Where the cell does not stand under its header, raw is the text that does,
    and the step says what the alignment put in its place.
    """
    cell = actual or expected
    if cell is None:
        return None
    text = unwrap(actual.text) if actual is not None else ""
    naive = unwrap(expected.text) if expected is not None else ""
    if actual is expected or naive == text:
        return Field(text, text, source=cell.source, cell=actual or expected)
    field = Field(naive, naive, source=cell.source, cell=actual)
    field.change("layout.align-row", text)
    return field


def _words_of(line: TextLine, text: str) -> list[Word]:
    """The words of a line that the text is made of."""
    squeezed = "".join(text.split())
    words = [(word, "".join(word.text.split())) for word in line.words]
    return [word for word, letters in words if letters in squeezed or squeezed in letters] if text else []
