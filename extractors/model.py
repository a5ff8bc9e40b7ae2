"""The nouns that every reader returns and every later stage works on.

Lengths are PDF points (1/72 inch), origin top left, on the upright page. A
transcript has no page geometry: there x counts characters and y counts lines,
so that line 53 of the file is ``top=52, bottom=53``.

Standard library only: nothing here may pull in a heavy import.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Literal, NamedTuple

Reader = Literal["text-layer", "ocr", "transcript", "spreadsheet", "word-processor", "ofd", "web"]
# By what means characters came about: recognised in a picture, filed as characters of one sort or another, or read by somebody else's
# OCR before. What follows from it is decided for each in ``extractors/origin.py``; mypy names what is left out there.
Severity = Literal["review", "info"]
# What a reader saw of a cell; see ``Cell``.
Mark = Literal[
    "seal", "seal-lines", "ink-without-text", "lost-mark", "cut", "streak", "over-border", "clipped", "note-mark", "raised-figure",
    "field-differs", "page-break", "struck-out",
]  # fmt: skip
Origin = Literal["text-layer", "picture", "transcript", "form-field", "spreadsheet", "word-processor", "ofd", "web"]


class BBox(NamedTuple):
    """A rectangle on the upright page; ``x0 <= x1`` and ``top <= bottom``."""

    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def width(self) -> float:
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        return self.bottom - self.top

    @property
    def center(self) -> tuple[float, float]:
        return (self.x0 + self.x1) / 2, (self.top + self.bottom) / 2

    def union(self, other: BBox) -> BBox:
        return BBox(min(self.x0, other.x0), min(self.top, other.top), max(self.x1, other.x1), max(self.bottom, other.bottom))

    def overlap(self, other: BBox) -> float:
        """Area that both cover, in square points; 0.0 when apart."""
        width = min(self.x1, other.x1) - max(self.x0, other.x0)
        height = min(self.bottom, other.bottom) - max(self.top, other.top)
        return width * height if width > 0 and height > 0 else 0.0

    def grown(self, by: float) -> BBox:
        """With so much more on each side."""
        return BBox(self.x0 - by, self.top - by, self.x1 + by, self.bottom + by)

    def contains(self, x: float, y: float) -> bool:
        return self.x0 <= x <= self.x1 and self.top <= y <= self.bottom

    def as_list(self) -> list[float]:
        """``[x0, top, x1, bottom]`` rounded to a hundredth of a point."""
        return [round(v, 2) for v in (self.x0, self.top, self.x1, self.bottom)]


def union_of(boxes: Iterable[BBox | None]) -> BBox | None:
    """The smallest box around all that are given; None when none is."""
    result: BBox | None = None
    for box in boxes:
        if box is not None:
            result = box if result is None else result.union(box)
    return result


@dataclass(frozen=True, slots=True)
class Reading:
    """One more reading of the same ink, kept beside the text of a cell.

    ``how`` says by what means: ``number`` (decoded with digits only),
    ``operator`` (decoded with the six operators only), ``second`` (another
    preparation of the crop), ``second-number``, ``second-operator``,
    ``seal-kept`` (the same crop with the seal still in it), ``streak-kept``
    (with the streak of the scanner still in it), ``shape`` (an operator by the
    strokes of its ink), ``text-layer``, ``form-field`` (what the file says that a
    field holds).
    """

    text: str
    confidence: float
    how: str


@dataclass(frozen=True, slots=True)
class Word:
    """One OCR or PDF token outside the tables."""

    text: str
    bbox: BBox
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class TextLine:
    """Words outside the tables that stand on one line, left to right."""

    text: str
    page_no: int
    bbox: BBox
    confidence: float = 1.0
    words: tuple[Word, ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """Where a cell stands in a file without pages, as its program counts: sheet and address (``B4``), or table, row and cell from 1."""

    sheet: str = ""
    table: int = 0
    row: int = 0
    cell: str | int = ""

    def as_dict(self) -> dict[str, str | int]:
        """What of it is known, by name."""
        parts: dict[str, str | int] = {"sheet": self.sheet, "table": self.table, "row": self.row, "cell": self.cell}
        return {name: value for name, value in parts.items() if value}


@dataclass(frozen=True, slots=True)
class Source:
    """Where a value was read."""

    page_no: int
    bbox: BBox | None
    engine: str
    confidence: float
    origin: Origin
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a grid; ``rows`` and ``cols`` are half-open ranges.

    ``text`` keeps the line breaks of the page as ``\\n``. ``marks`` are facts
    that the reader saw and a person may need: ``seal`` (a seal touches the
    cell), ``seal-lines`` (lines that were taken for those of a
    seal were left out), ``ink-without-text``, ``cut`` (the picture ends inside the cell),
    ``lost-mark`` (a mark of punctuation or a digit that was not read, or not for certain), ``streak``
    (a streak of the scanner hides some of the text), ``over-border`` (text lies
    over the border of the cell, and nothing tells whose it is), ``clipped`` (the
    text fills the cell to the edge and may go on), ``note-mark`` (the raised mark
    of a note was left out), ``raised-figure`` (raised figures that may be part of
    the number were left out), ``field-differs`` (a form field holds something else
    than it shows), ``page-break`` (the row lies at a page break, and nothing tells
    for certain whether it goes on behind it), ``struck-out`` (a line runs through some of the text).
    ``ink`` is the place of the glyphs of a text layer
    inside the cell, as long as its page is not joined to others.
    """

    rows: range
    cols: range
    text: str
    page_no: int
    bbox: BBox | None = None
    confidence: float = 1.0
    engine: str = ""
    readings: tuple[Reading, ...] = ()
    marks: tuple[Mark, ...] = ()
    origin: Origin = field(kw_only=True)
    ink: BBox | None = field(default=None, kw_only=True, compare=False, repr=False)
    place: Place | None = field(default=None, kw_only=True)

    @property
    def source(self) -> Source:
        return Source(self.page_no, self.bbox, self.engine, self.confidence, self.origin, self.place)


@dataclass(slots=True)
class Table:
    """A grid of cells. Every grid position is covered by exactly one cell.

    A table that goes on over pages is one Table; each cell knows its own page.
    """

    cells: list[Cell]
    row_count: int
    col_count: int

    @property
    def pages(self) -> list[int]:
        return sorted({cell.page_no for cell in self.cells})

    def bbox_on(self, page_no: int) -> BBox | None:
        return union_of(cell.bbox for cell in self.cells if cell.page_no == page_no)

    def rows(self) -> Iterator[list[Cell]]:
        """Cells by the row they start in, left to right."""
        by_row: list[list[Cell]] = [[] for _ in range(self.row_count)]
        for cell in self.cells:
            by_row[cell.rows.start].append(cell)
        for row in by_row:
            yield sorted(row, key=lambda cell: cell.cols.start)

    def at(self, row: int, col: int) -> Cell | None:
        """The cell that covers this grid position."""
        return next((cell for cell in self.cells if row in cell.rows and col in cell.cols), None)


@dataclass(frozen=True, slots=True)
class Seal:
    """A stamped seal: where it is and its serial number where legible."""

    bbox: BBox
    code: str | None = None


@dataclass(frozen=True, slots=True)
class PageNote:
    """What a reader has to say of a page.

    Attributes:
        code: what it is, for programs: ``text.garbled``, ``file.end-missing``.
        severity: ``review`` where something on the page may be missing from what was read; ``info`` for what was done.
        message: the same for people; a sentence without its capital and its full stop.
    """

    code: str
    severity: Severity
    message: str


HiddenReason = Literal["covered", "clipped", "outside", "layer-off", "invisible", "paper-colour", "redacted", "not-shown"]
MarkKind = Literal["watermark", "stamp", "seal", "signature", "struck-out"]


@dataclass(frozen=True, slots=True)
class HiddenText:
    """Text that the file holds and no one sees on the page: no part of any cell or line."""

    text: str
    bbox: BBox
    reason: HiddenReason


@dataclass(frozen=True, slots=True)
class PageMark:
    """Text that lies over or under the content of a page and is no part of it."""

    text: str
    bbox: BBox
    kind: MarkKind


@dataclass(slots=True)
class Page:
    """One page, upright. ``transform`` is the 3x3 matrix, row by row, that takes
    a point of the upright page (in points) to a pixel of the original picture;
    empty when the page was not a picture. ``gutter`` is where the left of two
    sheets side by side ends, in points; None on a page of one sheet. ``hidden_text``
    is in the file and not on the paper, ``marks`` are on the paper and no content.
    ``first_of_document`` says that another document of the same file begins here: no table goes on over it."""

    page_no: int
    width: float
    height: float
    reader: Reader
    rotation: int = 0
    skew_degrees: float = 0.0
    transform: tuple[float, ...] = ()
    lines: list[TextLine] = field(default_factory=list)
    seals: list[Seal] = field(default_factory=list)
    notes: list[PageNote] = field(default_factory=list)
    gutter: float | None = None
    hidden_text: list[HiddenText] = field(default_factory=list)
    marks: list[PageMark] = field(default_factory=list)
    first_of_document: bool = False

    def note(self, code: str, severity: Severity, message: str) -> None:
        """See :class:`PageNote`."""
        self.notes.append(PageNote(code, severity, message))


@dataclass(slots=True)
class Document:
    """What the extractors saw of one file; nothing mended."""

    path: str
    sha256: str
    media_type: str
    pages: list[Page]
    tables: list[Table]

    @property
    def page_count(self) -> int:
        return len(self.pages)


def moved(cell: Cell, row_by: int = 0, col_by: int = 0) -> Cell:
    """The same cell at another place of the grid."""
    rows = range(cell.rows.start + row_by, cell.rows.stop + row_by)
    cols = range(cell.cols.start + col_by, cell.cols.stop + col_by)
    return replace(cell, rows=rows, cols=cols)
