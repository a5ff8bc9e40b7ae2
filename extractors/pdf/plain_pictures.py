"""Pictures on which nothing is to be read: grounds of one colour, pale or clear veils."""

from __future__ import annotations

from typing import Any

from extractors.geometry.page_ink import PageInk
from extractors.geometry.placement import page_placement
from extractors.model import BBox
from extractors.pdf.drawn import bounds, placed_objects

# Levels of 255 by which something on a picture must differ from its ground to be seen as more than a shade of it,
# and the share of the picture that it must fill.
_SHADE, _FEW = 24, 0.0005
# Only pictures over this share of the page are looked at; smaller ones are told to nobody.
_LEAST = 0.01


def drop_plain_pictures(raw_page: Any, ink: PageInk) -> None:
    """Take the pictures that show one shade out of ``ink.pictures``; they hide text or not, but hold none."""
    least = _LEAST * ink.width * ink.height
    if not any(box.width * box.height >= least for box in ink.pictures):
        return
    import pypdfium2.raw as pdfium

    plain: list[BBox] = []
    for each in placed_objects(raw_page.raw, page_placement(raw_page)):
        if each.kind != pdfium.FPDF_PAGEOBJ_IMAGE:
            continue
        box = bounds(each)
        if box is not None and box.width * box.height >= least and _is_plain(pdfium, raw_page, each.item):
            plain.append(box)
    ink.pictures = [box for box in ink.pictures if box not in plain]


def _is_plain(pdfium: Any, raw_page: Any, item: Any) -> bool:
    """Whether a picture, drawn over white, is one shade all over."""
    import cv2
    import numpy as np
    import pypdfium2

    raw = pdfium.FPDFImageObj_GetRenderedBitmap(raw_page.pdf.raw, raw_page.raw, item)
    if not raw:
        return False
    # The memory goes back with the last reference to it.
    pixels = pypdfium2.PdfBitmap.from_raw(raw).to_numpy().astype(np.float32)
    if pixels.ndim != 3 or pixels.shape[2] not in (3, 4):
        return False
    if pixels.shape[2] == 4:
        share = pixels[:, :, 3:] / 255.0
        pixels = pixels[:, :, :3] * share + 255.0 * (1 - share)
    grey = cv2.blur(pixels, (3, 3)).reshape(-1, 3)
    apart = np.abs(grey - np.median(grey, axis=0)).max(axis=1) > _SHADE
    return bool(apart.mean() <= _FEW)
