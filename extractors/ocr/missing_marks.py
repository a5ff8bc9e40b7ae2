"""Marks of punctuation that the recogniser left out, ink between two characters that stand too far apart, or may have taken for others."""

from __future__ import annotations

from statistics import mean, median
from typing import TYPE_CHECKING

from extractors.characters import is_common_han

if TYPE_CHECKING:
    from typing import Any

    from numpy.typing import NDArray

    from extractors.ocr.recognizer import LineReading
    from extractors.ocr.textlines import Span

# Chinese type is set on a square: where a mark stood, two characters are two squares apart.
_MARK_BETWEEN = 1.6
_AT_LEAST = 4
# Ink may begin this much of a square before where the first character should.
_BEFORE = 0.4
# Where the reader itself is less sure than this that nothing stands there, less ink is enough.
_NOTHING, _BEFORE_UNSURE = 0.97, 0.2
# A last character ends half a square behind its middle; steps are coarse. Ink beyond this is a mark's.
_BEHIND = 0.8
# A comma with a fleck of dirt above it reads as a semicolon, a stroke of 扣 that broke off as a 1, and less surely than this.
_EASILY_MADE, _SURE_NO_DIRT = frozenset("；;0123456789"), 0.97
# A lone 1 of forms scanned clean was 0.35 to 0.43 of its height wide, a 7 with one exception 0.58 and more.
_WIDEST_ONE = 0.5


def may_be_seven(text: str, line: Span) -> bool:
    """True for a lone 1 whose ink is as wide as that of a 7.

    Printed heavily and scanned in black and white, a 7 is read as 1 by every model in every preparation, and surely.
    """
    return text.strip() == "1" and line.width > _WIDEST_ONE * line.height


def has_doubtful_sign(reading: LineReading) -> bool:
    """True when a semicolon or a digit was read among words that may be dirt or a piece of another character."""
    if not any(is_common_han(char) for char in reading.text):
        return False
    return any(char in _EASILY_MADE and prob < _SURE_NO_DIRT for char, prob in zip(reading.text, reading.probs.char_probs, strict=False))


def has_lost_mark(crop: NDArray[Any], reading: LineReading, line_height: int, step_width: int = 8) -> bool:
    """True when two neighbouring Chinese characters leave room for a third, and there is ink in it; or at either end.

    Args:
        crop: BGR uint8 of the line, as it was given to the engine.
        line_height: height that the engine scales lines to.
        step_width: pixels of the scaled line that one step of the probabilities covers.
    """
    import cv2
    import numpy as np

    from extractors.ocr.textlines import gray_to_ink

    wide = [(left, right) for left, right in _neighbours(reading) if right - left > 0]
    if len(wide) < _AT_LEAST:
        return False
    pitch = _pitch([right - left for left, right in wide])
    gaps = [(left, right) for left, right in wide if right - left >= _MARK_BETWEEN * pitch]
    scale = step_width * crop.shape[0] / line_height
    first = reading.probs.char_steps[0]
    unsure = float(min(reading.probs.blank[:first], default=1.0)) < _NOTHING
    ink = gray_to_ink(cv2.cvtColor(crop, cv2.COLOR_BGR2GRAY))
    columns = np.flatnonzero(ink.any(axis=0)).tolist()
    if not columns:
        return False
    if _lost_first(columns[0], first, pitch, scale, _BEFORE_UNSURE if unsure else _BEFORE):
        return True
    if is_common_han(reading.text[-1]) and columns[-1] + 1 - (reading.probs.char_steps[-1] + 0.5) * scale >= _BEHIND * pitch * scale:
        return True
    return any(_has_ink_between(ink, (left + pitch / 2 + 0.5) * scale, (right - pitch / 2 + 0.5) * scale) for left, right in gaps)


def _pitch(apart: list[int]) -> float:
    """Width of a square in steps: the mean, for squares of two and a half steps are two or three apart; gaps do not count."""
    usual = median(apart)
    return mean(each for each in apart if each < _MARK_BETWEEN * usual)


def _lost_first(begins: int, first: int, pitch: float, scale: float, least: float) -> bool:
    """True when ink begins before the first character does, by a share of a square: a faint 一 was left out."""
    edge = (first - pitch / 2 + 0.5) * scale
    # The white around a line may be narrower than that.
    return edge >= least * pitch * scale and edge - begins >= least * pitch * scale


def _neighbours(reading: LineReading) -> list[tuple[int, int]]:
    """Steps of each pair of Chinese characters that follow one another."""
    text, steps = reading.text, reading.probs.char_steps
    if len(text) != len(steps):
        return []
    return [(steps[i], steps[i + 1]) for i in range(len(text) - 1) if is_common_han(text[i]) and is_common_han(text[i + 1])]


def _has_ink_between(ink: NDArray[Any], left: float, right: float) -> bool:
    """Dark pixels in the lower half of a strip, where 、 and ， stand."""
    strip = ink[ink.shape[0] // 2 :, max(round(left), 0) : max(round(right), 0)]
    return bool(strip.size) and int(strip.sum()) >= 3
