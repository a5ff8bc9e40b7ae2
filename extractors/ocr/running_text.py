"""Running text in the lines of cells: read cheaply first, and only what is doubtful then with more effort."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from extractors.ocr.crops import margin_of
from extractors.ocr.engine import Effort, Engine, doubtful_characters, is_plainly_sure
from extractors.ocr.line_regions import Part, Scale, line_to_parts, with_part
from extractors.ocr.open_cells import SHORT_WIDTH, OpenCell, cell_to_crop, part_to_crop
from extractors.ocr.recognizer import HEIGHT, LOW, LineReading, confirmed

_WORDS = re.compile(r"[\u4e00-\u9fff]{4,}")
# Small and squeezed, 0006 may become 006, and il one letter: figures and words of letters are read large.
_TO_READ_LARGE = re.compile(r"[0-9]{3,}|[A-Za-z]{3,}")
# Small, dirt between two characters may pass for a mark of punctuation: one less sure than this is looked at large.
_SURE_OF_MARK = 0.97


@dataclass(slots=True)
class _Line:
    """A line on its way: where it is, and what it was read as so far."""

    cell: OpenCell
    index: int
    reading: LineReading | None = None
    effort: Effort = "full"
    # A part read with the full effort did not fit in: only the whole line will do.
    unfit: bool = False
    # A cheap reading has fewer characters than the one before: one may be lost.
    fewer: bool = False


def recognize_running(cells: Sequence[OpenCell], engine: Engine, line_height: float) -> list[list[LineReading]]:
    """Read the lines of cells that are wide enough for words.

    What may be words is read with the least effort; what is not plainly words then, or the part of it that is not, with the
    next greater one. A short line, which may be a number or a unit, is words or is read with the full effort.

    Args:
        cells: from ``open_cells``; their ``crops`` and ``heights`` are set.
        engine: the recogniser.
        line_height: of usual text, in pixels.

    Returns:
        The readings of the lines of each cell.
    """
    lines = [[_Line(cell, index) for index in range(len(cell.lines))] for cell in cells]
    for cell in cells:
        cell.crops, cell.heights = [cell.picture] * len(cell.lines), [HEIGHT] * len(cell.lines)
    todo = [line for of_cell in lines for line in of_cell]
    for effort in engine.efforts:
        now = [line for line in todo if effort == "full" or not _is_for_full(line, line_height)]
        _read(now, engine, line_height, effort)
        todo = [line for line in todo if effort != "full" and not _is_taken(line, line_height)]
    return [[line.reading for line in of_cell if line.reading is not None] for of_cell in lines]


def is_plain_words(line: LineReading, effort: Effort = "full") -> bool:
    """A name like 数量指标: neither number, operator nor unit, and read well; it needs no second reading."""
    return bool(_WORDS.fullmatch(line.text)) and is_plainly_sure(line, effort)


def _is_short(line: _Line, line_height: float) -> bool:
    return line.cell.is_narrow(SHORT_WIDTH * line_height)


def _is_for_full(line: _Line, line_height: float) -> bool:
    """A short line that is no words, whatever it is."""
    return line.reading is not None and _is_short(line, line_height) and not _WORDS.fullmatch(line.reading.text)


def _is_taken(line: _Line, line_height: float) -> bool:
    assert line.reading is not None
    if line.fewer or not line.reading.text:
        return False
    return is_plain_words(line.reading, line.effort) if _is_short(line, line_height) else not _doubtful(line)


def _doubtful(line: _Line) -> list[int]:
    """Characters to read with more effort."""
    assert line.reading is not None
    large = {index for found in _TO_READ_LARGE.finditer(line.reading.text) for index in range(*found.span())}
    return sorted(large.union(doubtful_characters(line.reading, line.effort, _SURE_OF_MARK)))


def _read(lines: Sequence[_Line], engine: Engine, line_height: float, effort: Effort) -> None:
    """Read lines, or the doubtful parts of those that can be cut."""
    small = effort != "full"
    parts = {n: parts for n, line in enumerate(lines) if (parts := _parts(line, line_height))}
    flat = [(n, part) for n, of_line in parts.items() for part in of_line]
    crops = [part_to_crop(lines[n].cell, lines[n].index, part.span, line_height, small) for n, part in flat]
    margin, height = margin_of(line_height, small), LOW if effort == "low" else HEIGHT
    found: dict[int, list[tuple[Part, LineReading, Scale]]] = {}
    for (n, part), crop, reading in zip(flat, crops, engine.recognize(crops, effort), strict=True):
        found.setdefault(n, []).append((part, reading, Scale.of(crop, part.span, margin, height)))
    for n, read in found.items():
        _put_in(lines[n], read, line_height, effort)
    _read_whole([line for n, line in enumerate(lines) if n not in parts or line.unfit], engine, line_height, effort)


def _parts(line: _Line, line_height: float) -> list[Part]:
    if line.reading is None or _is_short(line, line_height):
        return []
    return line_to_parts(line.reading, _doubtful(line), line.cell.ink, line.cell.lines[line.index], _scale(line, line_height))


def _scale(line: _Line, line_height: float) -> Scale:
    """Of the last reading of the whole line, which was a small one."""
    crop, height = line.cell.crops[line.index], line.cell.heights[line.index]
    return Scale.of(crop, line.cell.lines[line.index], margin_of(line_height, small=True), height)


def _put_in(line: _Line, read: Sequence[tuple[Part, LineReading, Scale]], line_height: float, effort: Effort) -> None:
    """Put the parts that were read into the reading, the last first: they may be longer or shorter than what stood there."""
    assert line.reading is not None
    scale, by_another = _scale(line, line_height), effort == "low" and line.effort == "quick"
    fit_in = 0
    for part, reading, read_scale in reversed(read):
        whole = with_part(line.reading, part, reading, scale, read_scale, by_another)
        if whole is not None and (effort == "full" or len(whole.text) >= len(line.reading.text)):
            line.reading, fit_in = whole, fit_in + 1
    if fit_in == len(read):
        line.effort = effort  # otherwise what did not fit in is judged as before, and read with the next effort
    else:
        line.unfit = effort == "full"


def _read_whole(lines: Sequence[_Line], engine: Engine, line_height: float, effort: Effort) -> None:
    crops = [cell_to_crop(line.cell, line.cell.picture, line.index, line_height, effort != "full") for line in lines]
    for line, crop, reading in zip(lines, crops, engine.recognize(crops, effort), strict=True):
        line.cell.crops[line.index], line.cell.heights[line.index] = crop, LOW if effort == "low" else HEIGHT
        before = line.reading if effort == "low" else None
        line.fewer = before is not None and len(reading.text) < len(before.text)
        line.reading, line.effort = reading if before is None else confirmed(reading, before), effort
