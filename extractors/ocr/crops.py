"""Cutting text lines out of a page for the recogniser: a first and a second preparation."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from extractors.ocr.textlines import Span

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Picture = NDArray[Any]

# White around a line, as a share of the line height: without it ≥ and ≤ are read as V, M or A.
MARGIN = 0.3
_SECOND_MARGIN = 0.5
_SMALL_MARGIN = 0.25
# How wide running text is read, of its own width: Chinese characters stay what they are, and a fifth of the cost goes.
# Of 1,000 lines at 200 dpi none came out otherwise with confidence; characters of fewer pixels have none to spare.
_SQUEEZE, _LEAST_PIXELS = 0.8, 17.0
# Of the height of its picture that a lone glyph fills, and the white at each of its sides, in its own heights. (With 0.9 two
# readings of 1,334 glyphs agreed on 1,050, with 0.7 on 1,065, with 0.5 on 1,022.)
_SYMBOL_SHARE, _SYMBOL_SIDE = 0.7, 0.7


def crop_line(picture: Picture, span: Span, limits: tuple[int, int, int, int], line_height: float) -> Picture:
    """The line with white around it.

    Args:
        picture: BGR uint8, the page or the cell.
        span: the line.
        limits: (x0, top, x1, bottom) that the crop may show; what lies outside is another cell or line.
        line_height: of usual text; a line of small glyphs (一, ≥) is cut out as high as usual text.
    """
    return _with_margin(picture, _as_high_as_text(span, line_height), limits, margin_of(line_height, small=False))


def crop_line_small(picture: Picture, span: Span, limits: tuple[int, int, int, int], line_height: float) -> Picture:
    """The line with a little less white around it and squeezed, for reading at a low height."""
    import cv2

    crop = _with_margin(picture, _as_high_as_text(span, line_height), limits, margin_of(line_height, small=True))
    share = min(1.0, max(_SQUEEZE, _LEAST_PIXELS / line_height))
    small: Picture = cv2.resize(crop, (max(1, round(share * crop.shape[1])), crop.shape[0]), interpolation=cv2.INTER_AREA)
    return small


def margin_of(line_height: float, small: bool) -> int:
    """Pixels of white that ``crop_line`` and ``crop_line_small`` leave around a line, before it is squeezed."""
    return max(5, round(_SMALL_MARGIN * line_height)) if small else max(6, round(MARGIN * line_height))


def second_margin_of(line_height: float) -> int:
    """Pixels of white that ``crop_line_again`` leaves around a line, before it is enlarged."""
    return max(8, round(_SECOND_MARGIN * line_height))


def crop_line_again(picture: Picture, span: Span, limits: tuple[int, int, int, int], line_height: float) -> Picture:
    """Another preparation of the same ink: twice the scale, sharpened, in grey, with more white around."""
    import cv2
    import numpy as np

    crop = _with_margin(picture, _as_high_as_text(span, line_height), limits, second_margin_of(line_height))
    gray = cv2.cvtColor(crop, cv2.COLOR_BGR2GRAY)
    large = cv2.resize(gray, None, fx=2, fy=2, interpolation=cv2.INTER_CUBIC).astype(np.float32)
    sharp = np.clip(1.6 * large - 0.6 * cv2.GaussianBlur(large, (0, 0), 2.5), 0, 255)
    ranks = [sharp.size // 100, sharp.size * 3 // 4]
    low, high = np.partition(sharp, ranks, axis=None)[ranks].tolist()
    stretched = np.clip((sharp - low) * (255.0 / max(high - low, 1.0)), 0, 255).astype(np.uint8)
    again: Picture = cv2.cvtColor(stretched, cv2.COLOR_GRAY2BGR)
    return again


def crop_symbol(picture: Picture, span: Span, limits: tuple[int, int, int, int]) -> Picture:
    """A lone glyph, filling most of the height, with much white at its sides.

    The recogniser tells ≥ from > and V only when the glyph is large.
    """
    above = max(2, round((1 / _SYMBOL_SHARE - 1) / 2 * span.height))
    side = max(8, round(_SYMBOL_SIDE * span.height))
    crop = _with_margin(picture, span, limits, max(above, side))
    spare = max(above, side) - above
    return crop[spare : crop.shape[0] - spare] if spare else crop


def crop_beside(symbol: Picture, number: Picture) -> Picture:
    """A lone glyph with a number behind it, as on a line: the recogniser knows glyphs best in company.

    Args:
        symbol: from ``crop_line``.
        number: from ``crop_line``, from the same page, so that print, blur and paper are alike.
    """
    import cv2
    import numpy as np

    height = max(symbol.shape[0], number.shape[0])
    parts = []
    for part in (symbol, number):
        paper = paper_of(part)
        above = (height - part.shape[0]) // 2
        parts.append(cv2.copyMakeBorder(part, above, height - part.shape[0] - above, 0, 0, cv2.BORDER_CONSTANT, value=paper))
    beside: Picture = np.hstack(parts)
    return beside


def paper_of(picture: Picture) -> tuple[float, ...]:
    """The colour of the paper: for each channel what three quarters of the pixels do not exceed."""
    import numpy as np

    thin = max(1, picture.shape[0] // 24)
    points = picture[::thin, ::thin].reshape(-1, picture.shape[2])
    if not len(points):
        return 255.0, 255.0, 255.0
    rank = min(len(points) - 1, len(points) * 3 // 4)
    colour = np.partition(points, rank, axis=0)[rank]
    return tuple(float(channel) for channel in colour.tolist())


def _as_high_as_text(span: Span, line_height: float) -> Span:
    missing = round(line_height) - span.height
    if missing <= 0:
        return span
    return Span(span.x0, span.top - missing // 2, span.x1, span.bottom + missing - missing // 2)


def _with_margin(picture: Picture, span: Span, limits: tuple[int, int, int, int], pad: int) -> Picture:
    import cv2

    left, top, right, bottom = span.x0 - pad, span.top - pad, span.x1 + pad, span.bottom + pad
    x0, y0 = max(left, limits[0], 0), max(top, limits[1], 0)
    x1, y1 = min(right, limits[2], picture.shape[1]), min(bottom, limits[3], picture.shape[0])
    inner = picture[y0:y1, x0:x1]
    paper = paper_of(inner)
    crop: Picture = cv2.copyMakeBorder(inner, y0 - top, bottom - y1, x0 - left, right - x1, cv2.BORDER_CONSTANT, value=paper)
    return crop
