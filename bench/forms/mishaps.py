"""What happens to paper and glass in a real office: each by name, on a BGR uint8 page."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np


def black_edge(page: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """The lid of the scanner stood open: a black wedge along one side."""
    import cv2

    height, width = page.shape[:2]
    near, far = (round(width * float(rng.uniform(0, 0.025))) for _ in range(2))
    page = page.copy()
    corners = np.array([[0, 0], [near, 0], [far, height], [0, height]], np.int32)
    if rng.random() < 0.5:
        corners[:, 0] = width - 1 - corners[:, 0]
    cv2.fillPoly(page, [corners], (25, 25, 25))
    return page


def punch_holes(page: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Two holes in the left margin, 80 mm apart, dark below."""
    import cv2

    height, width = page.shape[:2]
    page, scale = page.copy(), max(height, width) / 297
    for side in (-40, 40):
        centre = (round(9 * scale), round(height / 2 + side * scale))
        cv2.circle(page, centre, round(2.8 * scale), (60, 60, 60), -1, cv2.LINE_AA)
    return page


def fold(page: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """A crease across the sheet: a soft shadow with a bright ridge."""
    height, width = page.shape[:2]
    across = rng.random() < 0.6
    length = height if across else width
    place = length * float(rng.uniform(0.35, 0.65))
    away = np.arange(length) - place
    shade = 1 - 0.22 * np.exp(-((away / (length * 0.004)) ** 2)) - 0.06 * np.exp(-((away / (length * 0.03)) ** 2))
    return _shaded(page, shade[:, None] if across else shade[None, :])


def streak(page: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Dirt on the glass of a feeder: one to three thin grey lines down the whole page."""
    shade = np.ones(page.shape[1])
    for _ in range(int(rng.integers(1, 4))):
        x = int(rng.integers(len(shade) // 10, len(shade)))
        shade[x : x + int(rng.integers(1, 3))] = float(rng.uniform(0.45, 0.8))
    return _shaded(page, shade[None, :])


def bleed_through(page: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """The print of the other side shines through, mirrored."""
    other = np.roll(page[:, ::-1], int(rng.integers(10, 40)), axis=0).astype(np.float32) / 255
    return _shaded(page, 1 - float(rng.uniform(0.06, 0.14)) * (1 - other.mean(axis=2)))


def curl(page: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """A page of a bound volume: lines bend towards the spine."""
    import cv2

    height, width = page.shape[:2]
    x, y = np.meshgrid(np.arange(width, dtype=np.float32), np.arange(height, dtype=np.float32))
    depth = height * float(rng.uniform(0.004, 0.01))
    bend = depth * np.exp(-x / (width * 0.25)) * (1 - 2 * y / height)
    return np.asarray(cv2.remap(page, x, y - bend.astype(np.float32), cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE))


def tired_toner(page: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """A broad band of the print is faint."""
    height = page.shape[0]
    away = (np.arange(height) - height * float(rng.uniform(0.2, 0.8))) / (height * float(rng.uniform(0.05, 0.15)))
    lift = 0.55 * np.exp(-(away**2))[:, None, None]
    return np.asarray(np.clip(page + (255.0 - page) * lift, 0, 255), np.uint8)


def _shaded(page: np.ndarray, shade: np.ndarray) -> np.ndarray:
    return np.asarray(np.clip(page.astype(np.float32) * shade[:, :, None], 0, 255), np.uint8)


Step = Callable[[np.ndarray, np.random.Generator], np.ndarray]
MISHAPS: dict[str, Step] = {
    step.__name__.replace("_", "-"): step for step in (black_edge, punch_holes, fold, streak, bleed_through, curl, tired_toner)
}
