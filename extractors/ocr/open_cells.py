"""Cells made ready for reading: cut out of the page, levelled, without specks, divided into lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from extractors.model import Reading
from extractors.ocr.centred import centred_lines, is_centred_page
from extractors.ocr.crops import crop_line, crop_line_small, crop_symbol
from extractors.ocr.faint_strokes import with_faint_strokes
from extractors.ocr.residue import without_residue
from extractors.ocr.textlines import (
    Parts,
    Span,
    gray_to_ink,
    ink_to_runs,
    slope_of,
    split_lines,
    typical_height,
    without_specks,
)

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Picture = NDArray[Any]
    Mask = NDArray[np.bool_]

Box = tuple[int, int, int, int]

# A number, an operator or a unit: at most this many line heights wide.
SHORT_WIDTH = 7.0
# A lone glyph: an operator, a digit, %.
SYMBOL_WIDTH = 1.5
# Pictures of a cell whose grey levels differ less than this on average show the same ink.
_SAME_INK = 1.5


@dataclass(slots=True)
class OpenCell:
    """A cell on its way: the picture inside its rulings, levelled, and its lines there."""

    box: Box
    picture: Picture
    ink: Mask
    slope: float
    parts: Parts | None = None
    lines: list[Span] = field(default_factory=list)
    other: Picture | None = None
    crops: list[Picture] = field(default_factory=list)
    heights: list[int] = field(default_factory=list)
    left_out: int = 0
    # Where the rest of a ruling was taken off, in the picture as it was cut out; None where there was none.
    residue: Mask | None = None
    # Whether a seal lies over it that cannot be lifted off: strokes of its rim are anywhere.
    covered: bool = False
    # What its one line has the shape of, once that was asked.
    shape: list[Reading] | None = None

    def is_narrow(self, width: float) -> bool:
        return len(self.lines) == 1 and self.lines[0].width <= width

    def limits(self, index: int) -> Box:
        """What the crop of a line may show: up to half way to its neighbours."""
        line = self.lines[index]
        height, width = self.ink.shape
        above = (self.lines[index - 1].bottom + line.top + 1) // 2 if index else 0
        below = (line.bottom + self.lines[index + 1].top) // 2 if index + 1 < len(self.lines) else height
        return (0, min(above, line.top), width, max(below, line.bottom))


def open_cells(
    picture: Picture, boxes: Sequence[Box], second: Picture | None = None, covered: Sequence[bool] = ()
) -> tuple[list[OpenCell], float]:
    """The cells of a page, ready for reading, and the height of a usual line in pixels.

    Args:
        picture: the upright page, BGR uint8, shape (height, width, 3).
        boxes: (x0, top, x1, bottom) in pixels, half open, just inside the rulings of each cell.
        second: the same page with the seals still in it.
        covered: of each box, whether a seal lies over it that cannot be lifted off; lines out of the middle are left out there.
    """
    cells = [_open(picture, box, second) for box in boxes]
    line_height = typical_height([ink_to_runs(cell.ink) for cell in cells])
    for cell in cells:
        _take_off_specks(cell, line_height)
        cell.lines = split_lines(cell.ink, line_height)
    for cell, is_covered in zip(cells, covered, strict=False):
        cell.covered = is_covered
    if any(covered):
        _leave_out_strokes(cells, covered, line_height)
    return cells, line_height


def _leave_out_strokes(cells: Sequence[OpenCell], covered: Sequence[bool], line_height: float) -> None:
    free = [(cell.lines, cell.ink.shape[0]) for cell, is_covered in zip(cells, covered, strict=True) if not is_covered]
    if not is_centred_page(free, line_height):
        return
    for cell, is_covered in zip(cells, covered, strict=True):
        if is_covered and len(cell.lines) > 1:
            kept = centred_lines(cell.lines, cell.ink.shape[0], line_height)
            cell.left_out, cell.lines = len(cell.lines) - len(kept), kept


def _take_off_specks(cell: OpenCell, line_height: float) -> None:
    """Specks go from the picture, too: beside 24 the recogniser takes one for a point."""
    kept = without_specks(cell.ink, line_height, cell.parts)
    cell.parts = None
    specks = cell.ink & ~kept
    if specks.any() and kept.any():
        cell.picture = _painted(cell.picture, specks)
        cell.other = None if cell.other is None else _painted(cell.other, specks)
    cell.ink = kept


def cell_to_crop(cell: OpenCell, picture: Picture, index: int, line_height: float, small: bool) -> Picture:
    """A line for the recogniser.

    Running text small; numbers, signs and units as large as can be: small, the 11 of 1911 may become one 1.
    """
    line, limits = cell.lines[index], cell.limits(index)
    if small:
        return crop_line_small(picture, line, limits, line_height)
    if cell.is_narrow(SYMBOL_WIDTH * line_height):
        return crop_symbol(picture, line, limits)
    return crop_line(picture, line, limits, line_height)


def part_to_crop(cell: OpenCell, index: int, span: Span, line_height: float, small: bool) -> Picture:
    """A part of a line of running text for the recogniser; what stands beside it is not shown."""
    _, top, _, bottom = cell.limits(index)
    crop = crop_line_small if small else crop_line
    return crop(cell.picture, span, (span.x0, top, span.x1, bottom), line_height)


def _open(picture: Picture, box: Box, second: Picture | None) -> OpenCell:
    x0, top, x1, bottom = max(box[0], 0), max(box[1], 0), min(box[2], picture.shape[1]), min(box[3], picture.shape[0])
    inside = picture[top : max(bottom, top), x0 : max(x1, x0)]
    if inside.size == 0:
        import numpy as np

        return OpenCell((x0, top, x0, top), inside, np.zeros(inside.shape[:2], np.bool_), 0.0)
    ink, residue, parts = without_residue(_to_ink(inside))
    taken_off = None
    if residue.any():
        inside, taken_off = _painted(inside, residue), residue
    other = None if second is None else second[top:bottom, x0:x1]
    if other is not None and not _differs(inside, other):
        other = None
    slope = slope_of(ink)
    if abs(slope) > 0.002:
        inside, other = _levelled(inside, slope), None if other is None else _levelled(other, slope)
        ink, _, parts = without_residue(_to_ink(inside))
    return OpenCell((x0, top, x1, bottom), inside, ink, slope, parts, [], other, residue=taken_off)


def _to_ink(inside: Picture) -> Mask:
    import cv2

    gray = cv2.cvtColor(inside, cv2.COLOR_BGR2GRAY)
    return with_faint_strokes(gray, gray_to_ink(gray))


def _painted(picture: Picture, residue: Mask) -> Picture:
    """The picture with the rest of a ruling, and the grey along it, taken for paper."""
    import cv2
    import numpy as np

    paper = np.percentile(picture.reshape(-1, 3), 75, axis=0).astype(np.uint8)
    wide = cv2.dilate(residue.astype(np.uint8), np.ones((3, 3), np.uint8)) > 0
    return np.where(wide[..., None], paper, picture)


def _levelled(picture: Picture, slope: float) -> Picture:
    import cv2
    import numpy as np

    height, width = picture.shape[:2]
    matrix = np.array([[1, 0, 0], [-slope, 1, slope * width / 2]], np.float64)
    level: Picture = cv2.warpAffine(picture, matrix, (width, height), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    return level


def _differs(one: Picture, other: Picture) -> bool:
    import cv2

    return float(cv2.absdiff(one, other).mean()) > _SAME_INK
