"""Reading the cells of a ruled page: each line of each cell once, short lines twice."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from extractors.geometry.runs import flags_to_runs
from extractors.model import Reading
from extractors.ocr.boxes import box_read_as, may_be_tick
from extractors.ocr.crops import crop_beside, crop_line, crop_line_again
from extractors.ocr.decode import decode_number, decode_operator
from extractors.ocr.engine import Engine
from extractors.ocr.glyphs import picture_to_operator
from extractors.ocr.left_over import is_cut_at_edge, read_left_over
from extractors.ocr.missing_marks import has_doubtful_sign, has_lost_mark, may_be_seven
from extractors.ocr.open_cells import SHORT_WIDTH, SYMBOL_WIDTH, Box, OpenCell, cell_to_crop, open_cells
from extractors.ocr.recognizer import HEIGHT, LOW, SURE_AGAIN, LineReading, confirmed
from extractors.ocr.running_text import is_plain_words, recognize_running
from extractors.ocr.unknown_signs import has_unknown_sign, read_raised
from extractors.run_in_parallel import side_by_side

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Picture = NDArray[Any]
    Mask = NDArray[np.bool_]

# An operator, 定性 and >= among them: at most this many line heights wide.
_OPERATOR_WIDTH = 3.5
# What may be set behind a lone glyph to read it in company.
_COMPANY = re.compile(r"[0-9]{2,3}")
_COMPANY_CONFIDENCE = 0.9
# Four characters and more, which may be words: at least this many line heights wide.
_WORDS_WIDTH = 3.5
_SIGNS = frozenset("≥≤><=")
# Characters whose ink has no gap from left to right.
_ONE_PIECE = _SIGNS | frozenset("0123456789.,-")
# How wide one of them is at most, in heights of the line.
_WIDEST = 1.3

# A number for company: its crop and text.
_Company = tuple["Picture", str]
# A second reading, and the number that was set behind its ink; "" without.
_Second = tuple[LineReading, str]


@dataclass(frozen=True, slots=True)
class CellReading:
    """What one cell holds.

    Attributes:
        text: lines joined with a line feed; empty when nothing was read.
        confidence: of the least certain line, 0 to 1; 1.0 for a cell without ink.
        readings: further readings of the same ink; see ``extractors.model.Reading``.
        ink: whether the cell holds ink. Ink without text is for a person to see.
        lines: pixel box (x0, top, x1, bottom) of each text line on the page.
        left_out: lines that were taken for strokes of a seal and not read.
        lost_mark: whether ink stands where no character was read, or a mark or a digit was read that may be something else.
    """

    text: str
    confidence: float
    readings: tuple[Reading, ...] = ()
    ink: bool = False
    lines: tuple[Box, ...] = ()
    lost_mark: bool = False
    left_out: int = 0


def read_cells(
    picture: Picture, boxes: Sequence[Box], engine: Engine, second: Picture | None = None, covered: Sequence[bool] = ()
) -> list[CellReading]:
    """Read every cell of a page.

    Args:
        picture: the upright page, BGR uint8, shape (height, width, 3).
        boxes: (x0, top, x1, bottom) in pixels, half open, just inside the rulings of each cell.
        engine: the recogniser; it gets the lines of all cells in a few calls, running text apart from the rest.
        second: the same page with the seals still in it; cells that look different there are read there too.
        covered: of each box, whether a seal lies over it that cannot be lifted off.

    Returns:
        One reading for each box, in the order of the boxes.
    """
    cells, line_height = open_cells(picture, boxes, second, covered)
    wide = [not cell.is_narrow(_WORDS_WIDTH * line_height) for cell in cells]
    running = [cell for cell, is_wide in zip(cells, wide, strict=True) if is_wide]
    short = [cell for cell, is_wide in zip(cells, wide, strict=True) if not is_wide]
    of_running, of_short = side_by_side(
        lambda: iter(_read(running, recognize_running(running, engine, line_height), {}, engine, line_height)),
        lambda: iter(_read(short, *_recognize_short(short, engine, line_height), engine, line_height)),
        engine.threads,
    )
    return [next(of_running if is_wide else of_short) for is_wide in wide]


def _read(
    cells: Sequence[OpenCell], first: Sequence[list[LineReading]], second: dict[int, _Second], engine: Engine, line_height: float
) -> list[CellReading]:
    """The readings of cells whose lines were read once, and some, by index, twice."""
    doubtful = {i for i, _ in read_left_over(cells, first, engine, line_height)}
    doubtful |= {i for i, cell in enumerate(cells) if is_cut_at_edge(cell, line_height)}
    doubtful |= read_raised(cells, first, engine, line_height)
    again = _recognize_again(cells, first, second, engine, line_height)
    sealed = _recognize_sealed(cells, engine, line_height)
    found = [_to_reading(cell, first[i], again.get(i), sealed.get(i), line_height) for i, cell in enumerate(cells)]
    return [replace(reading, lost_mark=True) if i in doubtful else reading for i, reading in enumerate(found)]


def _recognize_short(
    cells: Sequence[OpenCell], engine: Engine, line_height: float
) -> tuple[list[list[LineReading]], dict[int, _Second]]:
    """The first reading of cells of a few characters, and what the quick model reads there.

    They are read small, and in another preparation by the quick model; where two models say the same of two preparations,
    that is enough. Of 1,027 numbers and units of scans both said the same of 986, and the full effort nothing else but the
    width of a colon in two; of 1,989 lone signs, of 1,636, and where the full effort differed it mostly took ≥ for V.
    """
    for cell in cells:
        cell.crops = [cell_to_crop(cell, cell.picture, index, line_height, small=False) for index in range(len(cell.lines))]
        cell.heights = [HEIGHT] * len(cell.lines)
    first: dict[int, LineReading] = {}
    second: dict[int, _Second] = {}
    if "quick" in engine.efforts:
        signs = [cell.is_narrow(SYMBOL_WIDTH * line_height) for cell in cells]
        for wanted in (False, True):  # numbers first: signs are read with one behind them
            some = [i for i, is_sign in enumerate(signs) if is_sign == wanted]
            agreed, quick = _agreed(cells, some, _company(cells, first, line_height), engine, line_height)
            first.update(agreed)
            second.update(quick)
    rest = [i for i in range(len(cells)) if i not in first]
    first.update(zip(rest, engine.recognize([cells[i].crops[0] for i in rest]), strict=True))
    return [[first[i]] for i in range(len(cells))], second


def _agreed(
    cells: Sequence[OpenCell], some: Sequence[int], company: _Company | None, engine: Engine, line_height: float
) -> tuple[dict[int, LineReading], dict[int, _Second]]:
    """Readings of those of some cells of which two models, and the shape of a sign, say the same; the quick ones of all."""
    seconds = [_second_crop(cells[i], company, line_height) for i in some]
    small = engine.recognize([cells[i].crops[0] for i in some], "low")
    quick = engine.recognize([crop for crop, _ in seconds], "quick")
    agreed = {}
    for i, one, other, (_, behind) in zip(some, small, quick, seconds, strict=True):
        if _say_the_same(other, one.text + behind, one) and _holds_all(one.text, cells[i]) and _has_shape_of(one.text, cells[i]):
            cells[i].heights = [LOW]
            agreed[i] = confirmed(one, other)
    return agreed, {i: (other, behind) for i, other, (_, behind) in zip(some, quick, seconds, strict=True)}


def _holds_all(text: str, cell: OpenCell) -> bool:
    """False for figures and signs that are fewer than the pieces of ink side by side, or than so wide a line has: 11 may be read as 1."""
    if not _ONE_PIECE.issuperset(text):
        return True
    line = cell.lines[0]
    if line.width > _WIDEST * line.height * len(text):
        return False
    columns: NDArray[np.bool_] = cell.ink[line.top : line.bottom, line.x0 : line.x1].max(axis=0)
    return len(flags_to_runs(columns)) <= len(text)


def _has_shape_of(text: str, cell: OpenCell) -> bool:
    """False for an operator whose ink has not its shape: of <= two models may read the second part alone."""
    return text not in _SIGNS or [shape.text for shape in _shape(cell)] == [text]


def _recognize_again(
    cells: Sequence[OpenCell], first: Sequence[list[LineReading]], known: dict[int, _Second], engine: Engine, line_height: float
) -> dict[int, _Second]:
    """A second reading of each short cell, and the number that was set behind it, if any.

    A quick one, which may be known, will do where it says the same and is sure of it.
    """
    company = _company(cells, {i: lines[0] for i, lines in enumerate(first) if len(lines) == 1}, line_height)
    short = [i for i, cell in enumerate(cells) if cell.is_narrow(SHORT_WIDTH * line_height) and not is_plain_words(first[i][0])]
    if "quick" in engine.efforts:
        unknown = {i: _second_crop(cells[i], company, line_height) for i in short if i not in known}
        lines = engine.recognize([crop for crop, _ in unknown.values()], "quick")
        known = known | {i: (line, behind) for line, (i, (_, behind)) in zip(lines, unknown.items(), strict=True)}
    seconds = {i: (line, behind) for i, (line, behind) in known.items() if _say_the_same(line, first[i][0].text + behind)}
    rest = {i: _second_crop(cells[i], company, line_height) for i in short if i not in seconds}
    large = engine.recognize([crop for crop, _ in rest.values()])
    return seconds | {i: (line, behind) for line, (i, (_, behind)) in zip(large, rest.items(), strict=True)}


def _second_crop(cell: OpenCell, company: _Company | None, line_height: float) -> tuple[Picture, str]:
    """Another preparation of a short cell, and the text of what was set behind it: a lone sign is read in company."""
    if company is None or not cell.is_narrow(SYMBOL_WIDTH * line_height):
        return crop_line_again(cell.picture, cell.lines[0], cell.limits(0), line_height), ""
    symbol = crop_line(cell.picture, cell.lines[0], cell.limits(0), line_height)
    return crop_beside(symbol, company[0]), company[1]


def _say_the_same(line: LineReading, text: str, *others: LineReading) -> bool:
    """Whether a reading, of which it and the others are sure enough to be witnesses, gives a text, whatever the spaces."""
    sure = min(reading.confidence for reading in (line, *others)) >= SURE_AGAIN
    return sure and line.text.replace(" ", "") == text.replace(" ", "")


def _company(cells: Sequence[OpenCell], first: Mapping[int, LineReading], line_height: float) -> _Company | None:
    """The number of two or three digits on this page that was read with the most confidence: its crop and text."""
    numbers = [i for i, line in first.items() if _COMPANY.fullmatch(line.text) and line.confidence >= _COMPANY_CONFIDENCE]
    if not numbers:
        return None
    best = max(numbers, key=lambda i: first[i].confidence)
    return crop_line(cells[best].picture, cells[best].lines[0], cells[best].limits(0), line_height), first[best].text


def _recognize_sealed(cells: Sequence[OpenCell], engine: Engine, line_height: float) -> dict[int, list[LineReading]]:
    """What the cells that a seal touches read as in the other picture: running text small, the rest large."""
    touched = [i for i, cell in enumerate(cells) if cell.other is not None]
    flat = [(i, k, not cells[i].is_narrow(SHORT_WIDTH * line_height)) for i in touched for k in range(len(cells[i].lines))]
    found: dict[tuple[int, int], LineReading] = {}
    for running in (True, False):
        places = [(i, k) for i, k, is_running in flat if is_running == running]
        crops = [_other_crop(cells[i], k, line_height, running) for i, k in places]
        found.update(zip(places, engine.recognize(crops, "low" if running else "full"), strict=True))
    return {i: [found[i, k] for k in range(len(cells[i].lines))] for i in touched if cells[i].lines}


def _other_crop(cell: OpenCell, index: int, line_height: float, small: bool) -> Picture:
    assert cell.other is not None
    return cell_to_crop(cell, cell.other, index, line_height, small)


def _to_reading(
    cell: OpenCell, lines: list[LineReading], again: _Second | None, sealed: list[LineReading] | None, line_height: float
) -> CellReading:
    left, top = cell.box[0], cell.box[1]
    boxes = tuple((left + s.x0, top + s.top, left + s.x1, top + s.bottom) for s in cell.lines)
    if len(lines) == 1 and not cell.covered and (box := box_read_as(lines[0].text, cell.picture, cell.lines[0], line_height)) is not None:
        # No second reading is asked: all models take a box for a digit.
        return CellReading(box.sign, 1.0, ink=True, lines=boxes, lost_mark=not box.sure, left_out=cell.left_out)
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
    # What is read twice has its own witnesses.
    doubtful = (again is None and any(map(has_doubtful_sign, lines))) or any(map(may_be_seven, (line.text for line in lines), cell.lines))
    doubtful = doubtful or any(has_unknown_sign(line.text) for line in lines)
    doubtful = doubtful or (len(lines) == 1 and may_be_tick(lines[0].text) and not _shape(cell))
    lost = doubtful or any(has_lost_mark(crop, line, height) for crop, line, height in zip(cell.crops, lines, cell.heights, strict=True))
    return CellReading(_text(lines), _confidence(lines), tuple(readings), bool(cell.lines), boxes, lost, cell.left_out)


def _shape(cell: OpenCell) -> list[Reading]:
    """The operator that the ink has the shape of: a witness that the recogniser's slips do not touch."""
    if cell.shape is None:
        line = cell.lines[0]
        top, left = max(line.top - 2, 0), max(line.x0 - 2, 0)
        shape = picture_to_operator(cell.picture[top : line.bottom + 2, left : line.x1 + 2])
        cell.shape = [] if shape is None else [Reading(shape.text, shape.clarity, "shape")]
    return cell.shape


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
