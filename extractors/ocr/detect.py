"""Words outside tables: found by the detector, read by the recogniser."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from extractors.geometry.runs import flags_to_runs
from extractors.ocr.crops import crop_line
from extractors.ocr.engine import Engine, is_plainly_sure
from extractors.ocr.recognizer import SURE_AGAIN, LineReading, confirmed, surer
from extractors.ocr.residue import FLECK_PIXELS, without_residue
from extractors.ocr.textlines import Span, gray_to_ink

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Picture = NDArray[Any]
    Mask = NDArray[np.bool_]

Box = tuple[int, int, int, int]

# Fragments of one line that stand closer than this many line heights are read as one.
_JOIN_GAP = 1.2
# Longer lines, in their heights, are running text.
_RUNNING = 7
_FIGURE, _LONG_NUMBER = re.compile("[0-9]"), re.compile("[0-9]{5}")
# A label and a value: a date, a name or a phone stands alone, with nothing beside it that would tell a slip.
_LABELLED = re.compile("[:：]")
# How sure a line is at most whose figures, or whose value, was read in two ways.
_DISPUTED = 0.5
# Marks of which the recogniser knows two widths: which of them it is says nothing, and splits its probability.
_ONE_WIDTH = str.maketrans("：（），", ":(),")
_SURE_MARK = 0.95
# A strip of the page, at half its size, without this many dark pixels holds no word.
_LEAST_INK = 4
_STRIP_MARGIN = 12


def read_lines(picture: Picture, engine: Engine, mask: Mask | None = None) -> list[tuple[Box, str, float]]:
    """Find and read the text lines of a page outside its tables.

    Args:
        picture: the upright page, BGR uint8.
        mask: True where to look, shape (height, width); None looks everywhere.

    Returns:
        Pixel box (x0, top, x1, bottom), text and confidence of each line, in reading order.
    """
    shown = picture if mask is None else _masked(picture, mask)
    boxes = _detect(shown, engine)
    if not boxes:
        return []
    height, width = shown.shape[:2]
    crops = [crop_line(shown, Span(*box), (0, 0, width, height), box[3] - box[1]) for box in boxes]
    found = zip(boxes, _recognize(crops, engine), strict=True)
    return [(box, reading.text, reading.confidence) for box, reading in found if reading.text]


def _recognize(crops: Sequence[Picture], engine: Engine) -> list[LineReading]:
    """Long lines cheaply first, as in cells; short ones, figures and what is not plainly sure large; values by a label twice."""
    readings: dict[int, LineReading] = {}
    taken = set[int]()
    for effort in engine.efforts[:-1]:
        long = [i for i, crop in enumerate(crops) if crop.shape[1] > _RUNNING * crop.shape[0] and i not in taken]
        for i, reading in zip(long, engine.recognize([crops[i] for i in long], effort), strict=True):
            readings[i] = confirmed(reading, readings[i]) if i in readings else reading
            if is_plainly_sure(readings[i], effort) and not _FIGURE.search(reading.text):
                taken.add(i)
    rest = [i for i in range(len(crops)) if i not in taken]
    readings.update(zip(rest, engine.recognize([crops[i] for i in rest]), strict=True))
    alone = {i: _drawn_out(crops[i]) for i in rest if _LONG_NUMBER.search(readings[i].text) or _LABELLED.search(readings[i].text)}
    # A cheap reading will do for a witness; where it is not sure of the same, the dearest is asked.
    for i, second in zip(list(alone), engine.recognize(list(alone.values()), engine.efforts[0]), strict=True):
        if second.confidence >= SURE_AGAIN and _same(readings[i], second):
            readings[i] = _seen_twice(readings[i], second)
            del alone[i]
    for i, second in zip(alone, engine.recognize(list(alone.values())), strict=True):
        readings[i] = _agreed(readings[i], second)
    return [readings[i] for i in range(len(crops))]


def _drawn_out(crop: Picture) -> Picture:
    """Half as wide again: of the four noughts of 13300004519 none is lost when each has two steps of the recogniser to itself."""
    import cv2

    return cv2.resize(crop, None, fx=1.5, fy=1.0, interpolation=cv2.INTER_CUBIC)


def _agreed(first: LineReading, second: LineReading) -> LineReading:
    """Of two readings the surer, with little confidence where they are not the same."""
    if _same(first, second):
        return _seen_twice(*sorted((first, second), key=lambda reading: -reading.confidence))
    best = max(first, second, key=lambda reading: reading.confidence)
    return replace(best, confidence=min(best.confidence, _DISPUTED))


def _same(one: LineReading, other: LineReading) -> bool:
    """Whether two readings of a line have the same figures and, where it is a label and a value, the same characters."""
    if not _LABELLED.search(one.text):
        return _FIGURE.findall(one.text) == _FIGURE.findall(other.text)
    return _plain(one.text) == _plain(other.text)


def _plain(text: str) -> str:
    return "".join(text.translate(_ONE_WIDTH).split())


def _seen_twice(line: LineReading, other: LineReading) -> LineReading:
    """A reading that another says the same as: as sure as the two together are, whatever the width of its marks."""
    pairs = [pair for pair in zip(other.text, other.probs.char_probs, strict=False) if not pair[0].isspace()]
    mine = [k for k, char in enumerate(line.text) if not char.isspace()]
    if len(mine) != len(pairs) or len(line.probs.char_probs) != len(line.text):
        return confirmed(line, other)
    probs = list(line.probs.char_probs)
    for k, (char, prob) in zip(mine, pairs, strict=True):
        if line.text[k] == char:
            probs[k] = surer(char, probs[k], prob)
        elif line.text[k].translate(_ONE_WIDTH) == char.translate(_ONE_WIDTH):
            probs[k] = max(probs[k], prob, _SURE_MARK)
    return replace(line, confidence=min(probs, default=0.0), probs=replace(line.probs, char_probs=tuple(probs)))


def _detect(shown: Picture, engine: Engine) -> list[Box]:
    boxes: list[Box] = []
    for top, bottom in _strips(shown):
        for quad in engine.detect(shown[top:bottom]):
            xs, ys = [p[0] for p in quad], [p[1] for p in quad]
            box = (max(0, int(min(xs))), max(0, int(min(ys)) + top), int(max(xs)) + 1, int(max(ys)) + 1 + top)
            if box[2] - box[0] >= 3 and box[3] - box[1] >= 3:
                boxes.append(box)
    return joined(boxes)


def joined(boxes: Sequence[Box]) -> list[Box]:
    """Fragments side by side on one visual line made one box, where the gap is small; in reading order."""
    result: list[Box] = []
    for box in sorted(boxes):
        near = next((i for i, other in enumerate(result) if _belong(other, box)), None)
        if near is None:
            result.append(box)
        else:
            other = result[near]
            result[near] = (min(other[0], box[0]), min(other[1], box[1]), max(other[2], box[2]), max(other[3], box[3]))
    return _in_reading_order(result)


def _belong(left: Box, right: Box) -> bool:
    heights = left[3] - left[1], right[3] - right[1]
    shared = min(left[3], right[3]) - max(left[1], right[1])
    gap = right[0] - left[2]
    return shared > 0.6 * min(heights) and max(heights) < 1.8 * min(heights) and gap < _JOIN_GAP * min(heights)


def _in_reading_order(boxes: Sequence[Box]) -> list[Box]:
    lines: list[list[Box]] = []
    for box in sorted(boxes, key=lambda b: (b[1] + b[3]) / 2):
        middle = (box[1] + box[3]) / 2
        if lines and lines[-1][0][1] <= middle <= lines[-1][0][3]:
            lines[-1].append(box)
        else:
            lines.append([box])
    return [box for line in lines for box in sorted(line)]


def _masked(picture: Picture, mask: Mask) -> Picture:
    """The picture with everything but the mask made paper."""
    import cv2
    import numpy as np

    if not mask.any():
        return np.full_like(picture, 255)
    shown = picture[::4, ::4][mask[::4, ::4]]
    paper = np.percentile(shown, 75, axis=0).astype(np.uint8) if len(shown) else np.full(3, 255, np.uint8)
    # A whole row at a time: three values a pixel are slow to spread.
    blank: Picture = np.empty_like(picture)
    blank[:] = np.tile(paper, (picture.shape[1], 1))
    cv2.copyTo(picture, mask.view(np.uint8), blank)
    return blank


def _strips(picture: Picture) -> list[tuple[int, int]]:
    """Bands of rows with ink, top to bottom: the detector need not look at the rest. Half the size is enough to find them."""
    import cv2
    import numpy as np

    height = picture.shape[0]
    if min(picture.shape[:2]) < 2:  # holds no word, and cannot be halved
        return []
    grey = cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY)
    small = cv2.resize(grey, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    ink, _, _ = without_residue(gray_to_ink(small), FLECK_PIXELS // 2)
    reach = max(_STRIP_MARGIN, height // 60) // 2
    rows = np.convolve(ink.any(axis=1), np.ones(2 * reach + 1), "same") > 0
    return [(2 * a, min(2 * b, height)) for a, b in flags_to_runs(rows) if int(ink[a:b].sum()) >= _LEAST_INK]
