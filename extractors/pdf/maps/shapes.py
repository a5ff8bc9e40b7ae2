"""Which figure or sign of comparison a glyph has the shape of.

A first look that costs next to nothing: figures are compared with those of the
typefaces that the library brings along, of signs the strokes are counted. Nearly
all typefaces have each figure nearest to the same one of these; what the few
others make doubtful, the picture of the page decides.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from extractors.pdf.maps.outlines import Outlines
from extractors.pdf.pdfium.calls import handle

if TYPE_CHECKING:
    import numpy as np

FIGURES = frozenset("0123456789")
SIGNS = frozenset("≥≤><=")
_FACES = (
    *("Helvetica", "Helvetica-Bold", "Helvetica-Oblique", "Helvetica-BoldOblique"),
    *("Times-Roman", "Times-Bold", "Times-Italic", "Times-BoldItalic"),
    *("Courier", "Courier-Bold", "Courier-Oblique", "Courier-BoldOblique"),
)
# Edge of the square in pixels that glyphs are laid into, the white on each side of them in it, and how far they are blurred.
_EDGE, _MARGIN, _BLUR = 32, 2, 1.2
# Levels of 255 that are ink; paper around a sign, in pixels.
_INK, _PAPER = 60, 8


def shape_of(picture: np.ndarray, told: str) -> str | None:
    """The figure or sign that a glyph looks like, of the kind of ``told``; None where that cannot be said.

    Args:
        picture: of the glyph, light on dark, uint8, whatever its size.
        told: a figure or a sign.
    """
    if told in SIGNS:
        import numpy as np

        from extractors.ocr.glyphs import picture_to_operator

        shape = picture_to_operator(255 - np.pad(picture, _PAPER))
        return shape.text if shape is not None else None
    vector = _vector(picture)
    if vector is None:
        return None
    names, vectors = _known_figures()
    return names[int((vectors @ vector).argmax())]


def _vector(picture: np.ndarray) -> np.ndarray | None:
    """The glyph in a square of fixed size, as a vector of length 1."""
    import cv2
    import numpy as np

    rows, columns = np.nonzero(picture.max(axis=1) > _INK)[0], np.nonzero(picture.max(axis=0) > _INK)[0]
    if not len(rows):
        return None
    tight = picture[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    high, wide = tight.shape
    inner = _EDGE - 2 * _MARGIN
    scale = inner / max(high, wide)
    across, down = max(1, round(wide * scale)), max(1, round(high * scale))
    square = np.zeros((_EDGE, _EDGE), np.float32)
    x, y = (_EDGE - across) // 2, (_EDGE - down) // 2
    square[y : y + down, x : x + across] = cv2.resize(tight, (across, down), interpolation=cv2.INTER_AREA)
    blurred = cv2.GaussianBlur(square, (0, 0), _BLUR).ravel()
    return np.asarray(blurred / np.linalg.norm(blurred))


@cache
def _known_figures() -> tuple[list[str], np.ndarray]:
    """Figures and how each typeface has them, shape (n, pixels)."""
    import numpy as np
    import pypdfium2
    import pypdfium2.raw as pdfium

    document = pypdfium2.PdfDocument.new()
    try:
        names, vectors, outlines = [], [], Outlines()
        for face in _FACES:
            font = pdfium.FPDFText_LoadStandardFont(document.raw, face.encode())
            for text in sorted(FIGURES):
                outline = outlines.of(handle(font), text)
                picture = outline.picture() if outline is not None else None
                if picture is not None and (vector := _vector(picture)) is not None:
                    names.append(text)
                    vectors.append(vector)
            pdfium.FPDFFont_Close(font)
        return names, np.array(vectors, np.float32)
    finally:
        document.close()
