"""What a scanner, a photocopier and a telephone do to a page. Pictures are BGR uint8; every step takes its own generator."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Wear:
    """How a page suffers. ``skew`` in degrees, ``blur`` sigma in pixels, ``noise`` sigma of 255, ``rotation`` in
    quarter turns clockwise."""

    dpi: int = 200
    skew: float = 0.0
    blur: float = 0.0
    noise: float = 0.0
    paper: int = 255
    speckles: int = 0
    black_white: bool = False
    fade: float = 0.0
    photo: bool = False
    rotation: int = 0
    quality: int = 80


def wear_page(page: np.ndarray, wear: Wear, rng: np.random.Generator) -> np.ndarray:
    """The page after print, scan or photograph; grey levels collapse to 0 and 255 when ``black_white``."""
    import cv2

    page = tint(page, wear.paper, wear.fade)
    page = skew_page(page, wear.skew, wear.paper)
    if wear.photo:
        page = photograph(page, rng)
    if wear.blur:
        page = cv2.GaussianBlur(page, (0, 0), wear.blur)
    if wear.noise:
        grain = rng.normal(0, wear.noise, page.shape[:2]).astype(np.float32)
        page = np.clip(page.astype(np.float32) + grain[:, :, None], 0, 255).astype(np.uint8)
    if wear.black_white:
        page = to_black_white(page, rng)
    page = speckle(page, wear.speckles, rng)
    return np.ascontiguousarray(np.rot90(page, -wear.rotation)) if wear.rotation else page


def tint(page: np.ndarray, paper: int, fade: float) -> np.ndarray:
    """White becomes ``paper``; black becomes lighter by ``fade`` (0..1), as from a tired toner."""
    low = 255 * fade
    return np.clip(low + page.astype(np.float32) * (paper - low) / 255, 0, 255).astype(np.uint8)


def skew_page(page: np.ndarray, degrees: float, paper: int) -> np.ndarray:
    import cv2

    if not degrees:
        return page
    height, width = page.shape[:2]
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1)
    return np.asarray(cv2.warpAffine(page, turn, (width, height), flags=cv2.INTER_CUBIC, borderValue=(paper,) * 3))


def to_black_white(page: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    import cv2

    grey = cv2.cvtColor(page, cv2.COLOR_BGR2GRAY)
    _, bits = cv2.threshold(grey, float(rng.uniform(150, 190)), 255, cv2.THRESH_BINARY)
    return np.asarray(cv2.cvtColor(bits, cv2.COLOR_GRAY2BGR))


def speckle(page: np.ndarray, count: int, rng: np.random.Generator) -> np.ndarray:
    import cv2

    page = page.copy()
    for _ in range(count):
        x, y = int(rng.integers(page.shape[1])), int(rng.integers(page.shape[0]))
        cv2.circle(page, (x, y), int(rng.integers(1, 3)), (0, 0, 0), -1)
    return page


def photograph(page: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """The sheet on a desk, seen at an angle, lit from one side."""
    import cv2

    height, width = page.shape[:2]
    margin = round(width * 0.05)
    size = (width + 2 * margin, height + 2 * margin)
    desk = np.full((size[1], size[0], 3), rng.integers((40, 50, 60), (110, 120, 140)), np.float32)
    corners = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    target = corners + margin + rng.uniform(-margin * 0.8, margin * 0.8, (4, 2)).astype(np.float32)
    matrix = cv2.getPerspectiveTransform(corners, target.astype(np.float32))
    sheet = cv2.warpPerspective(page, matrix, size, flags=cv2.INTER_CUBIC)
    mask = cv2.warpPerspective(np.full((height, width), 255, np.uint8), matrix, size)[:, :, None].astype(np.float32) / 255
    picture = sheet.astype(np.float32) * mask + desk * (1 - mask)
    return np.asarray(np.clip(picture * _light(size, rng)[:, :, None], 0, 255), np.uint8)


def _light(size: tuple[int, int], rng: np.random.Generator) -> np.ndarray:
    """Brightness that falls off across the picture, from 1.0 to about 0.6."""
    angle = rng.uniform(0, 2 * np.pi)
    x, y = np.meshgrid(np.linspace(-1, 1, size[0]), np.linspace(-1, 1, size[1]))
    slope = (x * np.cos(angle) + y * np.sin(angle)) / np.sqrt(2)
    return np.asarray(1 - rng.uniform(0.1, 0.2) * (1 + slope), np.float32)
