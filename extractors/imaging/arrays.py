"""Names for the arrays that pictures are kept in."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

# BGR uint8, shape (height, width, 3).
Picture = npt.NDArray[Any]
# uint8, shape (height, width).
Grey = npt.NDArray[Any]
# uint8, shape (height, width), 255 where true.
Mask = npt.NDArray[Any]
# float64, shape (3, 3): takes (x, y, 1) of one picture to another.
Matrix = npt.NDArray[np.float64]
# float32, shape (n, 4): x0, y0, x1, y1 of straight strokes, in pixels.
Segments = npt.NDArray[Any]
