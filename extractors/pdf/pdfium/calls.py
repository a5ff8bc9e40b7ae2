"""Calls of pdfium that are made once a glyph or once an object, bound so that each costs as little as it can.

``pypdfium2.raw`` checks and converts each argument and lets go of the
interpreter for each call; asked for a width or a colour a thousand times a
page, that takes longer than the answer. The functions here take their
arguments as they are: handles as ``ctypes.c_void_p``, integers as ``int``,
places for results as ``ctypes.byref``. Anything else is not checked.
"""

from __future__ import annotations

import ctypes
from functools import cache
from typing import Any

# What is asked, and what comes back.
_POINTER, _INT, _UNSIGNED, _DOUBLE = ctypes.c_void_p, ctypes.c_int, ctypes.c_uint, ctypes.c_double
_RESULTS = {
    "FPDFText_GetUnicode": _UNSIGNED,
    "FPDFText_IsGenerated": _INT,
    "FPDFText_HasUnicodeMapError": _INT,
    "FPDFText_GetTextObject": _POINTER,
    "FPDFText_GetLooseCharBox": _INT,
    "FPDFText_GetCharOrigin": _INT,
    "FPDFText_GetMatrix": _INT,
    "FPDFText_GetFontSize": _DOUBLE,
    "FPDFTextObj_GetTextRenderMode": _INT,
    "FPDFTextObj_GetFont": _POINTER,
    "FPDFFont_GetFontData": _INT,
    "FPDFFont_GetGlyphPath": _POINTER,
    "FPDFGlyphPath_CountGlyphSegments": _INT,
    "FPDFGlyphPath_GetGlyphPathSegment": _POINTER,
    "FPDFPage_GetObject": _POINTER,
    "FPDFPage_CountObjects": _INT,
    "FPDFFormObj_CountObjects": _INT,
    "FPDFFormObj_GetObject": _POINTER,
    "FPDFPageObj_GetType": _INT,
    "FPDFPageObj_GetBounds": _INT,
    "FPDFPageObj_GetMatrix": _INT,
    "FPDFPageObj_GetStrokeWidth": _INT,
    "FPDFPageObj_GetFillColor": _INT,
    "FPDFPageObj_GetStrokeColor": _INT,
    "FPDFPageObj_GetClipPath": _POINTER,
    "FPDFClipPath_CountPaths": _INT,
    "FPDFClipPath_CountPathSegments": _INT,
    "FPDFClipPath_GetPathSegment": _POINTER,
    "FPDFPath_GetDrawMode": _INT,
    "FPDFPath_CountSegments": _INT,
    "FPDFPath_GetPathSegment": _POINTER,
    "FPDFPathSegment_GetPoint": _INT,
    "FPDFPathSegment_GetType": _INT,
    "FPDFPathSegment_GetClose": _INT,
}


class PdfiumCalls:
    """The functions of ``_RESULTS`` by their names without ``FPDF`` and underscores (``Text_GetUnicode``: ``TextGetUnicode``)."""

    def __init__(self) -> None:
        import pypdfium2.raw as pdfium

        for name, result in _RESULTS.items():
            address = ctypes.cast(getattr(pdfium, name), ctypes.c_void_p).value
            assert address is not None
            # Of the kind that keeps the interpreter: letting go of it costs more than any of these calls takes.
            setattr(self, name.removeprefix("FPDF").replace("_", ""), ctypes.PYFUNCTYPE(result)(address))

    def __getattr__(self, name: str) -> Any:
        raise AttributeError(f"{name} is not among the functions that are bound")


@cache
def pdfium_calls() -> PdfiumCalls:
    return PdfiumCalls()


def handle(pointer: Any) -> ctypes.c_void_p:
    """What the functions take for a handle of ``pypdfium2.raw``."""
    return ctypes.cast(pointer, ctypes.c_void_p)
