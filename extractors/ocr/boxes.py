"""Boxes to tick, and the box that a program prints for a sign its font lacks: models take a lone one for 0, 1, 口 or 冈.

The four sides of a box are straight and run from corner to corner; a 0, an O or a D leaves its corners empty. What stands
inside tells ☑ from ☒: a tick leaves the upper left free, a cross nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from extractors.characters import is_common_han

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from extractors.ocr.textlines import Span

    Picture = NDArray[Any]
    Mask = NDArray[np.bool_]

# Width by height. Of 1,900 boxes drawn in 34 faces with 17 to 58 pixels the square ones had 0.88 to 1.14, boxes for missing signs 0.37
# to 0.88.
_LEAST_ASPECT, _SQUARE = 0.35, (0.85, 1.2)
# From each corner slantwise to the ink, in widths or heights of the box, whichever is less, and the share of a side, as thick as this
# share of the box, that is inked: 95 of 100 of those boxes meet both, of 5,100 digits and letters of 28 fonts four, all B or R.
_CORNER, _SIDE_THICKNESS, _SIDE = 0.13, 0.12, 0.7
# Heights: of the smallest box in heights of a line, and in pixels.
_SMALLEST, _LEAST_PIXELS = 0.45, 8
# What is within this share of a side is the frame; shares of ink in the quarters of the rest.
_FRAME = 0.2
_FREE, _STROKE, _CROSS, _FULL = 0.05, 0.2, 0.4, 0.9
# Characters that a box with something in it is read as, and of which none is closed as a box is, or which are empty inside.
_TAKEN_FOR, _EMPTY_INSIDE = frozenset("冈凶"), "口"


# What a bare tick is read as, other than √.
_TICK = frozenset("JVvYU")


@dataclass(frozen=True, slots=True)
class Box:
    """A box; ``sign`` is □ ☑ ☒ or ■, and ``sure`` whether it can be nothing else."""

    sign: str
    sure: bool


def box_read_as(text: str, picture: Picture, span: Span, line_height: float) -> Box | None:
    """The box that a lone character was read from; None where it is none, or was read as what a box may well be.

    Args:
        text: what was read.
        picture: BGR or grey uint8 of the cell.
        span: the ink of the character.
        line_height: of usual text, in pixels.
    """
    text = text.strip()
    if len(text) > 1 or (is_common_han(text) and text not in _TAKEN_FOR and text != _EMPTY_INSIDE):
        return None
    if span.height < _SMALLEST * line_height:
        return None
    box = picture_to_box(picture[max(span.top - 2, 0) : span.bottom + 2, max(span.x0 - 2, 0) : span.x1 + 2])
    return None if box is None or (text == _EMPTY_INSIDE and box.sign == "□") else box


def may_be_tick(text: str) -> bool:
    """True for a lone letter that a ✓ is taken for; no unit is written so.

    >>> may_be_tick("J"), may_be_tick("t"), may_be_tick("VJ")
    (True, False, False)
    """
    return text.strip() in _TICK


def picture_to_box(crop: Picture) -> Box | None:
    """The box whose shape the ink of a crop has; None when it has another.

    Args:
        crop: BGR or grey uint8 of one glyph, paper around it.
    """
    ink = _tight(crop)
    if ink is None:
        return None
    height, width = ink.shape
    if min(height, width / _LEAST_ASPECT) < _LEAST_PIXELS or width < _LEAST_ASPECT * height or width > _SQUARE[1] * height:
        return None
    if _slantwise(ink) > _CORNER * min(height, width) or min(_sides(ink)) < _SIDE:
        return None
    square = width >= _SQUARE[0] * height
    sign = _inside(ink)
    return Box(sign or "□", square and bool(sign))


def _tight(crop: Picture) -> Mask | None:
    import cv2
    import numpy as np

    if crop.size == 0:
        return None
    gray = crop if crop.ndim == 2 else cv2.cvtColor(crop, cv2.COLOR_BGR2GRAY)
    _, dark = cv2.threshold(gray, 0, 1, cv2.THRESH_BINARY_INV + cv2.THRESH_OTSU)
    rows, columns = np.flatnonzero(dark.any(axis=1)), np.flatnonzero(dark.any(axis=0))
    if not len(rows):
        return None
    tight: Mask = dark[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1].astype(bool)
    return tight


def _slantwise(ink: Mask) -> int:
    """Pixels, right and down together, from a corner to the nearest ink: of the corner that is furthest from any."""
    import numpy as np

    rows, columns = np.nonzero(ink)
    down, across = ink.shape[0] - 1 - rows, ink.shape[1] - 1 - columns
    return max(int((v + h).min()) for v in (rows, down) for h in (columns, across))


def _sides(ink: Mask) -> tuple[float, ...]:
    """The share of each side that is inked: top, foot, left, right."""
    tall, wide = (max(1, round(_SIDE_THICKNESS * length)) for length in ink.shape)
    across, down = (ink[:tall], ink[-tall:]), (ink[:, :wide], ink[:, -wide:])
    return (*(float(part.any(axis=0).mean()) for part in across), *(float(part.any(axis=1).mean()) for part in down))


def _inside(ink: Mask) -> str:
    """The sign that the ink within the frame makes of a box; empty where it is none of them."""
    tall, wide = (max(1, round(_FRAME * length)) for length in ink.shape)
    inner = ink[tall:-tall, wide:-wide]
    rows, columns = inner.shape[0] // 2, inner.shape[1] // 2
    if not rows or not columns:
        return ""
    parts = (inner[:rows, :columns], inner[:rows, -columns:], inner[-rows:, :columns], inner[-rows:, -columns:])
    upper_left, upper_right, lower_left, lower_right = (float(part.mean()) for part in parts)
    shares = (upper_left, upper_right, lower_left, lower_right)
    if max(shares) <= _FREE:
        return "□"
    if min(shares) >= _FULL:
        return "■"
    if min(shares) >= _CROSS:
        return "☒"
    ticked = min(upper_right, lower_left) >= _STROKE
    return "☑" if ticked and upper_left < _STROKE and lower_right < _CROSS else ""
