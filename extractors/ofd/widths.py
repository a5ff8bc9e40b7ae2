"""How wide characters are: an OFD says where each begins, and its fonts may not be in it.

What a Chinese font makes square is square. Of the rest, the distances to the next character on the base line tell, taken over
the page: as a rule no white lies between two characters.
"""

from __future__ import annotations

import math
import unicodedata
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from extractors.ofd.matrix import Matrix
from extractors.ofd.paints import Look

# In shares of the size: what takes half a square as a rule, and what a letter is never wider than.
_HALF, _SQUARE, _WIDEST = 0.5, 1.0, 1.0
# Nearer than this no next character stands: it is printed twice.
_NEAREST = 0.12
# Stands for all digits of a font.
_DIGITS = "0-9"
# Points within which base lines are one.
_LEVEL = 0.5


@dataclass(frozen=True, slots=True)
class Glyph:
    """A character on a base line, and where it begins on it."""

    text: str
    x: float


@dataclass(frozen=True, slots=True)
class TextRun:
    """Characters of one base line; ``matrix`` takes their space, where y points up and the line begins at 0, to the page, in points."""

    glyphs: tuple[Glyph, ...]
    size: float
    matrix: Matrix
    look: Look
    shown: bool
    font: str


def usual_width(char: str) -> float:
    """The advance of a character in most fonts, in shares of the size: signs that Chinese fonts make wide are wide."""
    return _SQUARE if unicodedata.east_asian_width(char) in ("W", "F", "A") else _HALF


def settle_widths(runs: Sequence[TextRun]) -> list[list[float]]:
    """The width of each glyph of each run of a page, in shares of its size; never wider than where the next one begins."""
    steps = _steps(runs)
    seen: dict[tuple[str, str], list[float]] = {}
    for run, behind in zip(runs, steps, strict=True):
        for glyph, step in zip(run.glyphs, behind, strict=True):
            if _NEAREST <= step <= _WIDEST and usual_width(glyph.text) == _HALF:
                seen.setdefault((run.font, glyph.text), []).append(step)
    learned = _learned(seen)
    return [
        [
            _width(glyph.text, step, learned.get((run.font, glyph.text)) or learned.get((run.font, _kind(glyph.text))))
            for glyph, step in pairs
        ]
        for run, pairs in ((run, zip(run.glyphs, behind, strict=True)) for run, behind in zip(runs, steps, strict=True))
    ]


def _learned(seen: Mapping[tuple[str, str], list[float]]) -> dict[tuple[str, str], float]:
    """What the steps behind each character of each font say of its width, and of all digits of a font."""
    digits: dict[str, list[float]] = {}
    for (font, char), steps in seen.items():
        if char.isdigit():
            digits.setdefault(font, []).extend(steps)
    found = {(font, _DIGITS): median(steps) for font, steps in digits.items()}
    for (font, char), steps in seen.items():
        width = median(steps)
        # A digit that is seen once may have white behind it.
        found[font, char] = min(width, found[font, _DIGITS]) if char.isdigit() and len(steps) == 1 else width
    return found


def _width(char: str, step: float, learned: float | None) -> float:
    width = learned if learned is not None else usual_width(char)
    return min(width, step) if step >= _NEAREST else width


def _kind(char: str) -> str:
    """Most fonts have digits as wide as each other."""
    return _DIGITS if char.isdigit() else char


def _steps(runs: Sequence[TextRun]) -> list[list[float]]:
    """From each glyph to the next one of its run, in shares of its size.

    From the last one it is to where another run of the same look begins on the base line; infinite where none does.
    """
    begins: dict[tuple[object, ...], list[float]] = {}
    for run in runs:
        line, along = _line(run, run.glyphs[0])
        begins.setdefault(line, []).append(along)
    for places in begins.values():
        places.sort()
    found = []
    for run in runs:
        line, at = _line(run, run.glyphs[-1])
        k = bisect_right(begins.get(line, ()), at)
        behind = begins[line][k] - at if line in begins and k < len(begins[line]) else math.inf
        inner = [(b.x - a.x) / run.size for a, b in zip(run.glyphs, run.glyphs[1:], strict=False)]
        found.append([*inner, behind / _em(run)])
    return found


def _em(run: TextRun) -> float:
    """The size of a run on the page, along its base line."""
    return max(math.hypot(run.matrix.a, run.matrix.b) * run.size, 1e-6)


def _line(run: TextRun, glyph: Glyph) -> tuple[tuple[object, ...], float]:
    """The base line of a run, the same for all runs of one look on it, and where on it a glyph begins."""
    angle = math.atan2(run.matrix.b, run.matrix.a)
    cos, sin = math.cos(angle), math.sin(angle)
    x, y = run.matrix.point(glyph.x, 0.0)
    across = round((y * cos - x * sin) / _LEVEL)
    return (round(math.degrees(angle)) % 360, across, run.font, round(_em(run), 1), run.look), x * cos + y * sin
