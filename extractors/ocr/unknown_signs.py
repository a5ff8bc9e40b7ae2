"""Signs that the models were never taught, which they take for the nearest that they know: ㎡ and ㎥ for m, № for N, ㈠ for （）.

Of GB 18030's symbols the dictionaries of all models lack № ⒈ to ⒛ ⑴ to ⒇ ㈠ to ㈩ ㎎ ㎏ ㎜ ㎝ ㎞ ㎡ ㏄ ㏎ ㏑ ㏒ ㏕ ℡ ㊣ ＄ ＊ ＜ ＞, of
the others that units and conditions are written with ㎥ ㎢ ㎖ ℓ ⩾ ⩽. Most are read in pieces, as (1), kg or 1., which says
the same; ⩾ and ⩽ among words are left out, which ``left_over`` sees. What is left is here.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from extractors.characters import is_common_han
from extractors.ocr.crops import crop_symbol
from extractors.ocr.left_over import scale_of
from extractors.ocr.open_cells import SYMBOL_WIDTH, OpenCell
from extractors.ocr.recognizer import LineReading
from extractors.ocr.textlines import Span

if TYPE_CHECKING:
    from extractors.ocr.engine import Engine

# A letter N by itself, and brackets around nothing or around what is no character of words.
_UNKNOWN = re.compile(r"(?<![A-Za-z])N[eo]?(?![A-Za-z.])|[（(][-+=曰]?[）)]")
# A metre that no figure follows.
_METRE = re.compile(r"m(?![A-Za-z0-9²³])")
# In heights of a line: how far left of its middle an m surely reaches, how much higher a raised figure stands, its least width.
_LEFT, _HIGHER, _WIDE = 0.25, 0.12, 0.1
_FIGURES = {"2": "²", "3": "³"}
_SURE_FIGURE = 0.9


def has_unknown_sign(text: str) -> bool:
    """Whether a text with Chinese characters has what an unknown sign is read as; a lone N is a small ≥.

    >>> has_unknown_sign("按N类标准"), has_unknown_sign("按（）执行"), has_unknown_sign("DNA检测（一）")
    (True, True, False)
    """
    return bool(_UNKNOWN.search(text)) and any(map(is_common_han, text))


def read_raised(cells: Sequence[OpenCell], first: Sequence[list[LineReading]], engine: Engine, line_height: float) -> set[int]:
    """Put the raised figure behind an m that was read without it.

    Args:
        cells: of a page.
        first: readings of their lines; replaced where a figure was found and read.
        engine: the recogniser.
        line_height: of usual text, in pixels.

    Returns:
        Indices of the cells with a figure that could not be read.
    """
    places = [
        (i, k, found.start(), span)
        for i, (cell, lines) in enumerate(zip(cells, first, strict=True))
        for k, line in enumerate(lines)
        if (found := _METRE.search(line.text)) and (span := _raised_behind(cell, k, line, found.start(), line_height)) is not None
    ]
    crops = [crop_symbol(cells[i].picture, span, (span.x0, span.top, span.x1, span.bottom)) for i, _, _, span in places]
    unread = set()
    for (i, k, at, _), read in zip(places, engine.recognize(crops), strict=True):
        if read.text in _FIGURES and read.confidence >= _SURE_FIGURE:
            first[i][k] = _with_figure(first[i][k], at, _FIGURES[read.text], read.confidence)
        else:
            unread.add(i)
    return unread


def _raised_behind(cell: OpenCell, index: int, line: LineReading, at: int, line_height: float) -> Span | None:
    """Where ink stands above the right half of an m; None where there is none."""
    import numpy as np

    span = cell.lines[index]
    if len(line.text) != len(line.probs.char_steps):
        return None
    if cell.is_narrow(SYMBOL_WIDTH * line_height) and len(line.text) == 1:
        middle = span.x0 + span.width / 2
        right = span.x1
    else:
        scale = scale_of(cell, index, line_height)
        middle = scale.to_x(line.probs.char_steps[at])
        right = span.x1 if at + 1 == len(line.text) else round((middle + scale.to_x(line.probs.char_steps[at + 1])) / 2)
    ink = cell.ink[span.top : span.bottom]
    left_half = ink[:, max(round(middle - _LEFT * line_height), span.x0) : round(middle)]
    rows = np.flatnonzero(left_half.any(axis=1))
    if not len(rows):
        return None
    above = ink[: max(int(rows[0]) - round(_HIGHER * line_height), 0), round(middle) : right]
    columns = np.flatnonzero(above.any(axis=0))
    if len(columns) < max(2.0, _WIDE * line_height):
        return None
    x0, x1 = round(middle) + int(columns[0]), round(middle) + int(columns[-1]) + 1
    figure = ink[: (int(rows[0]) + len(ink)) // 2, x0:x1].any(axis=1)
    inked = np.flatnonzero(figure)
    return Span(x0, span.top + int(inked[0]), x1, span.top + int(inked[-1]) + 1)


def _with_figure(line: LineReading, at: int, figure: str, confidence: float) -> LineReading:
    probs = line.probs
    steps = (*probs.char_steps[: at + 1], probs.char_steps[at], *probs.char_steps[at + 1 :])
    sure = (*probs.char_probs[: at + 1], confidence, *probs.char_probs[at + 1 :])
    text = line.text[: at + 1] + figure + line.text[at + 1 :]
    likeness = (*line.likeness[: at + 1], 1.0, *line.likeness[at + 1 :]) if line.likeness else ()
    return LineReading(text, min(line.confidence, confidence), replace(probs, text=text, char_probs=sure, char_steps=steps), likeness)
