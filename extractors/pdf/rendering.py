"""A PDF page -> the picture that OCR reads."""

from __future__ import annotations

import ctypes
from typing import TYPE_CHECKING, Any

from extractors.pictures.frames import MAX_DPI, MAX_PIXELS, check_size

if TYPE_CHECKING:
    import numpy as np

DEFAULT_DPI = 200.0
# A picture that covers less of the page is an illustration, not the scan.
_FILLS = 0.85


def page_to_picture(raw_page: Any, name: str) -> tuple[np.ndarray, float]:
    """BGR uint8 picture of a page as a viewer shows it, and its dpi.

    A page that one picture fills is drawn at the resolution of that picture,
    so that no pixel of the scan is lost; any other page at 200 dpi.

    Args:
        raw_page: a ``pypdfium2.PdfPage``.
        name: of the file, for messages.

    Raises:
        PictureSizeError: the page is too large to draw.
    """
    dpi = page_dpi(raw_page)
    width, height = raw_page.get_size()
    pixels = width * height * (dpi / 72) ** 2
    if pixels > MAX_PIXELS / 2:
        # Posters and plans: as fine as memory allows.
        dpi = max(dpi * (MAX_PIXELS / 2 / pixels) ** 0.5, 36.0)
    check_size(round(width * dpi / 72), round(height * dpi / 72), name)
    bitmap = raw_page.render(scale=dpi / 72, rev_byteorder=False, prefer_bgrx=False, fill_color=(255, 255, 255, 255))
    try:
        return _to_bgr(bitmap.to_numpy()), dpi
    finally:
        bitmap.close()


def page_dpi(raw_page: Any) -> float:
    """The resolution of the scan that fills the page; 200 without one."""
    import pypdfium2.raw as pdfium

    width, height = raw_page.get_size()
    best = 0.0
    for item in raw_page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=4):
        left, bottom, right, top = item.get_bounds()
        if (right - left) * (top - bottom) < _FILLS * width * height:
            continue
        across, down = ctypes.c_uint(), ctypes.c_uint()
        if not pdfium.FPDFImageObj_GetImagePixelSize(item.raw, ctypes.byref(across), ctypes.byref(down)):
            continue
        # The picture may lie on its side: long edge goes with long edge.
        long_points = max(right - left, top - bottom)
        best = max(best, max(across.value, down.value) * 72 / long_points)
    if best < 100:
        return DEFAULT_DPI
    return best if best <= MAX_DPI else 300.0


def _to_bgr(pixels: np.ndarray) -> np.ndarray:
    import numpy as np

    if pixels.ndim == 2:
        pixels = pixels[:, :, None]
    if pixels.shape[2] == 1:
        return np.repeat(pixels, 3, axis=2)
    return np.ascontiguousarray(pixels[:, :, :3])
