"""Reading the cells of a ruled page: each line of each cell once, short lines twice."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from extractors.model import Reading
from extractors.ocr.crops import crop_beside, crop_line, crop_line_again, crop_line_small, crop_symbol
from extractors.ocr.decode import decode_number, decode_operator
from extractors.ocr.engine import HEIGHT, LOW, PLAINLY_SURE, Engine, LineReading
from extractors.ocr.glyphs import picture_to_operator
from extractors.ocr.lost import has_lost_mark
from extractors.ocr.textlines import (
    Span,
    gray_to_ink,
    ink_to_runs,
    slope_of,
    split_lines,
    typical_height,
    without_residue,
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
# An operator, 定性 and >= among them: at most this many line heights wide.
_OPERATOR_WIDTH = 3.5
# What may be set behind a lone glyph to read it in company.
_COMPANY = re.compile(r"[0-9]{2,3}")
_COMPANY_CONFIDENCE = 0.9
_WORDS = re.compile(r"[\u4e00-\u9fff]{4,}")
# Pictures of a cell whose grey levels differ less than this on average show the same ink.
_SAME_INK = 1.5


@dataclass(frozen=True, slots=True)
class CellReading:
    """What one cell holds.

    Attributes:
        text: lines joined with a line feed; empty when nothing was read.
        confidence: of the least certain line, 0 to 1; 1.0 for a cell without ink.
        readings: further readings of the same ink; see ``extractors.model.Reading``.
        ink: whether the cell holds ink. Ink without text is for a person to see.
        lines: pixel box (x0, top, x1, bottom) of each text line on the page.
        lost_mark: whether ink of a mark of punctuation stands between two characters that were read as neighbours.
    """

    text: str
    confidence: float
    readings: tuple[Reading, ...] = ()
    ink: bool = False
    lines: tuple[Box, ...] = ()
    lost_mark: bool = False


@dataclass(slots=True)
class _Cell:
    """A cell on its way: the picture inside its rulings, levelled, and its lines there."""

    box: Box
    picture: Picture
    ink: Mask
    slope: float
    lines: list[Span] = field(default_factory=list)
    other: Picture | None = None
    crops: list[Picture] = field(default_factory=list)
    heights: list[int] = field(default_factory=list)

    def is_narrow(self, width: float) -> bool:
        return len(self.lines) == 1 and self.lines[0].width <= width

    def limits(self, index: int) -> Box:
        """What the crop of a line may show: up to half way to its neighbours."""
        line = self.lines[index]
        height, width = self.ink.shape
        above = (self.lines[index - 1].bottom + line.top + 1) // 2 if index else 0
        below = (line.bottom + self.lines[index + 1].top) // 2 if index + 1 < len(self.lines) else height
        return (0, min(above, line.top), width, max(below, line.bottom))


def read_cells(picture: Picture, boxes: Sequence[Box], engine: Engine, second: Picture | None = None) -> list[CellReading]:
    """Read every cell of a page.

    Args:
        picture: the upright page, BGR uint8, shape (height, width, 3).
        boxes: (x0, top, x1, bottom) in pixels, half open, just inside the rulings of each cell.
        engine: the recogniser; it gets all lines of the page at once.
        second: the same page with the seals still in it; cells that look different there are read there too.

    Returns:
        One reading for each box, in the order of the boxes.
    """
    cells = [_open(picture, box, second) for box in boxes]
    line_height = typical_height([ink_to_runs(cell.ink) for cell in cells])
    for cell in cells:
        cell.ink = without_specks(cell.ink, line_height)
        cell.lines = split_lines(cell.ink, line_height)
    first = _recognize_first(cells, engine, line_height)
    again = _recognize_again(cells, first, engine, line_height)
    sealed = _recognize_sealed(cells, engine, line_height)
    return [_to_reading(cell, first[i], again.get(i), sealed.get(i), line_height) for i, cell in enumerate(cells)]


def _recognize_first(cells: Sequence[_Cell], engine: Engine, line_height: float) -> list[list[LineReading]]:
    """Running text is read small, which is cheap; what is not plainly sure then is read large."""
    running = [not cell.is_narrow(SHORT_WIDTH * line_height) for cell in cells]
    for cell, low in zip(cells, running, strict=True):
        cell.crops = [_crop(cell, cell.picture, index, line_height, low) for index in range(len(cell.lines))]
        cell.heights = [LOW if low else HEIGHT] * len(cell.lines)
    readings = _read_lines([cell.crops for cell in cells], running, engine)
    unsure = [(i, k) for i, low in enumerate(running) if low for k, line in enumerate(readings[i]) if line.confidence < PLAINLY_SURE]
    crops = [_crop(cells[i], cells[i].picture, k, line_height, low=False) for i, k in unsure]
    for (i, k), crop, line in zip(unsure, crops, engine.recognize(crops), strict=True):
        cells[i].crops[k], cells[i].heights[k], readings[i][k] = crop, HEIGHT, line
    return readings


def _open(picture: Picture, box: Box, second: Picture | None) -> _Cell:
    import cv2

    x0, top, x1, bottom = max(box[0], 0), max(box[1], 0), min(box[2], picture.shape[1]), min(box[3], picture.shape[0])
    inside = picture[top : max(bottom, top), x0 : max(x1, x0)]
    if inside.size == 0:
        import numpy as np

        return _Cell((x0, top, x0, top), inside, np.zeros(inside.shape[:2], np.bool_), 0.0)
    ink, residue = without_residue(gray_to_ink(cv2.cvtColor(inside, cv2.COLOR_BGR2GRAY)))
    if residue.any():
        inside = _painted(inside, residue)
    other = None if second is None else second[top:bottom, x0:x1]
    if other is not None and not _differs(inside, other):
        other = None
    slope = slope_of(ink)
    if abs(slope) > 0.002:
        inside, other = _levelled(inside, slope), None if other is None else _levelled(other, slope)
        ink, _ = without_residue(gray_to_ink(cv2.cvtColor(inside, cv2.COLOR_BGR2GRAY)))
    return _Cell((x0, top, x1, bottom), inside, ink, slope, [], other)


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


def _read_lines(crops: Sequence[Sequence[Picture]], running: Sequence[bool], engine: Engine) -> list[list[LineReading]]:
    """The lines of all cells in two calls, given back by cell; ``running`` says whose are running text."""
    flat = [(crop, low) for lines, low in zip(crops, running, strict=True) for crop in lines]
    readings = {low: iter(engine.recognize([crop for crop, is_low in flat if is_low == low], low)) for low in (True, False)}
    return [[next(readings[low]) for _ in lines] for lines, low in zip(crops, running, strict=True)]


def _crop(cell: _Cell, picture: Picture, index: int, line_height: float, low: bool) -> Picture:
    """Running text small; numbers, signs and units as large as can be: small, the 11 of 1911 may become one 1."""
    line, limits = cell.lines[index], cell.limits(index)
    if low:
        return crop_line_small(picture, line, limits, line_height)
    if cell.is_narrow(SYMBOL_WIDTH * line_height):
        return crop_symbol(picture, line, limits)
    return crop_line(picture, line, limits, line_height)


def _recognize_again(
    cells: Sequence[_Cell], first: Sequence[list[LineReading]], engine: Engine, line_height: float
) -> dict[int, tuple[LineReading, str]]:
    """A second reading of each short cell, and the number that was set behind it, if any."""
    company = _company(cells, first, line_height)
    short = [i for i, cell in enumerate(cells) if cell.is_narrow(SHORT_WIDTH * line_height) and not _is_plain_words(first[i][0])]
    crops: list[Picture] = []
    behind: list[str] = []
    for i in short:
        line, limits = cells[i].lines[0], cells[i].limits(0)
        if company is not None and cells[i].is_narrow(SYMBOL_WIDTH * line_height):
            crops.append(crop_beside(crop_line(cells[i].picture, line, limits, line_height), company[0]))
            behind.append(company[1])
        else:
            crops.append(crop_line_again(cells[i].picture, line, limits, line_height))
            behind.append("")
    return dict(zip(short, zip(engine.recognize(crops), behind, strict=True), strict=True))


def _is_plain_words(line: LineReading) -> bool:
    """A name like 数量指标: neither number, operator nor unit, and read well; it needs no second reading."""
    return bool(_WORDS.fullmatch(line.text)) and line.confidence >= PLAINLY_SURE


def _company(cells: Sequence[_Cell], first: Sequence[list[LineReading]], line_height: float) -> tuple[Picture, str] | None:
    """The number of two or three digits on this page that was read with the most confidence: its crop and text."""
    best: tuple[float, int] | None = None
    for i, lines in enumerate(first):
        if len(lines) == 1 and _COMPANY.fullmatch(lines[0].text) and (best is None or lines[0].confidence > best[0]):
            best = (lines[0].confidence, i)
    if best is None or best[0] < _COMPANY_CONFIDENCE:
        return None
    cell = cells[best[1]]
    return crop_line(cell.picture, cell.lines[0], cell.limits(0), line_height), first[best[1]][0].text


def _recognize_sealed(cells: Sequence[_Cell], engine: Engine, line_height: float) -> dict[int, list[LineReading]]:
    touched = [i for i, cell in enumerate(cells) if cell.other is not None and cell.lines]
    running = [not cells[i].is_narrow(SHORT_WIDTH * line_height) for i in touched]
    crops = []
    for i, low in zip(touched, running, strict=True):
        picture = cells[i].other
        assert picture is not None
        crops.append([_crop(cells[i], picture, index, line_height, low) for index in range(len(cells[i].lines))])
    return dict(zip(touched, _read_lines(crops, running, engine), strict=True))


def _to_reading(
    cell: _Cell, lines: list[LineReading], again: tuple[LineReading, str] | None, sealed: list[LineReading] | None, line_height: float
) -> CellReading:
    readings: list[Reading] = []
    if again is not None:
        second, behind = again
        signs = cell.is_narrow(_OPERATOR_WIDTH * line_height)
        readings += _constrained(lines[0], "", "number", "operator" if signs else None)
        readings.append(_without_company(second, behind))
        readings += _constrained(second, behind, "second-number", "second-operator" if signs else None)
        readings += _shape(cell)
    if sealed is not None:
        readings.append(Reading(_text(sealed), _confidence(sealed), "seal-kept"))
    left, top = cell.box[0], cell.box[1]
    boxes = tuple((left + s.x0, top + s.top, left + s.x1, top + s.bottom) for s in cell.lines)
    lost = any(has_lost_mark(crop, line, height) for crop, line, height in zip(cell.crops, lines, cell.heights, strict=True))
    return CellReading(_text(lines), _confidence(lines), tuple(readings), bool(cell.lines), boxes, lost)


def _shape(cell: _Cell) -> list[Reading]:
    """The operator that the ink has the shape of: a witness that the recogniser's slips do not touch."""
    line = cell.lines[0]
    top, left = max(line.top - 2, 0), max(line.x0 - 2, 0)
    shape = picture_to_operator(cell.picture[top : line.bottom + 2, left : line.x1 + 2])
    return [] if shape is None else [Reading(shape.text, shape.clarity, "shape")]


def _without_company(reading: LineReading, behind: str) -> Reading:
    """The second reading without the number set behind it; without confidence when that was not read back."""
    if not behind:
        return Reading(reading.text, reading.confidence, "second")
    if not reading.text.endswith(behind):
        return Reading(reading.text, 0.0, "second")
    text = reading.text.removesuffix(behind)
    return Reading(text.strip(), min(reading.probs.char_probs[: len(text)], default=0.0), "second")


def _text(lines: Sequence[LineReading]) -> str:
    return "\n".join(line.text for line in lines if line.text)


def _confidence(lines: Sequence[LineReading]) -> float:
    return min((line.confidence for line in lines), default=1.0)


def _constrained(line: LineReading, behind: str, number: str, operator: str | None) -> list[Reading]:
    chosen = [(decode_number(line.probs, behind), number)]
    if operator is not None:
        chosen.append((decode_operator(line.probs, behind), operator))
    return [Reading(choice.text, choice.probability * choice.fit, how) for choice, how in chosen if choice.text]
