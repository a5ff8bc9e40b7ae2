"""From the coordinates of a PDF to the page as a viewer shows it."""

from __future__ import annotations

import ctypes
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np

_FINE = 1000


@dataclass(frozen=True, slots=True)
class Placement:
    """``x' = a x + c y + e``, ``y' = b x + d y + f``; y' points down."""

    a: float
    b: float
    c: float
    d: float
    e: float
    f: float

    def point(self, x: float, y: float) -> tuple[float, float]:
        return self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f

    def points(self, x: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """The same for many points, both of shape (n,)."""
        return self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f

    def box(self, x0: float, y0: float, x1: float, y1: float) -> tuple[float, float, float, float]:
        """x0, top, x1, bottom of a box given by two corners."""
        a, b, c, d, e, f = self.a, self.b, self.c, self.d, self.e, self.f
        ax, ay = a * x0 + c * y0 + e, b * x0 + d * y0 + f
        bx, by = a * x1 + c * y1 + e, b * x1 + d * y1 + f
        return (ax if ax < bx else bx), (ay if ay < by else by), (bx if ax < bx else ax), (by if ay < by else ay)

    def inside(self, m: Any) -> Placement:
        """The placement of things drawn under the matrix ``m`` (``FS_MATRIX``)."""
        return Placement(
            self.a * m.a + self.c * m.b, self.b * m.a + self.d * m.b, self.a * m.c + self.c * m.d, self.b * m.c + self.d * m.d,
            self.a * m.e + self.c * m.f + self.e, self.b * m.e + self.d * m.f + self.f,
        )  # fmt: skip

    def degrees_of(self, dx: float, dy: float) -> float:
        """Clockwise direction of a vector on the shown page, above -180 and up to 180 degrees."""
        x, y = self.a * dx + self.c * dy, self.b * dx + self.d * dy
        return math.degrees(math.atan2(y, x)) if x or y else 0.0

    @property
    def scale(self) -> float:
        return math.sqrt(abs(self.a * self.d - self.b * self.c))


def page_placement(raw_page: Any) -> Placement:
    """Crop box and /Rotate of a ``pypdfium2.PdfPage`` as one matrix, measured from three points."""
    import pypdfium2.raw as pdfium

    width, height = raw_page.get_size()
    x, y = ctypes.c_int(), ctypes.c_int()

    def shown(px: float, py: float) -> tuple[float, float]:
        pdfium.FPDF_PageToDevice(raw_page.raw, 0, 0, round(width * _FINE), round(height * _FINE), 0, px, py, x, y)
        return x.value / _FINE, y.value / _FINE

    e, f = shown(0, 0)
    ax, ay = shown(_FINE, 0)
    cx, cy = shown(0, _FINE)
    return Placement((ax - e) / _FINE, (ay - f) / _FINE, (cx - e) / _FINE, (cy - f) / _FINE, e, f)
