"""What scanners, feeders and fax machines add after the page went through: on the BGR uint8 picture as it leaves the machine."""

from __future__ import annotations

import numpy as np


def feeder_streak(page: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Dirt under the glass of a feeder: thin lines down the whole picture, dark or light, straight however the page lies."""
    page = page.copy()
    width = page.shape[1]
    for _ in range(int(rng.integers(1, 4))):
        x, thick = int(rng.integers(width // 12, width * 11 // 12)), int(rng.integers(1, 5))
        shade = float(rng.uniform(0, 110)) if rng.random() < 0.7 else 252.0
        strength = float(rng.uniform(0.6, 1.0))
        part = page[:, x : x + thick].astype(np.float32)
        page[:, x : x + thick] = np.asarray(part + (shade - part) * strength, np.uint8)
    return page


def cross_streak(page: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """A print head or a scan line that failed: thin lines across the whole picture."""
    return np.ascontiguousarray(feeder_streak(page.transpose(1, 0, 2), rng).transpose(1, 0, 2))


def book_shadow(page: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """The gutter of a bound volume: dark along one side, down to a fifth of the light."""
    width = page.shape[1]
    away = np.arange(width) / width
    shade = 1 - float(rng.uniform(0.5, 0.8)) * np.exp(-((away / float(rng.uniform(0.04, 0.08))) ** 2))
    return _shaded(page, shade[None, :] if rng.random() < 0.5 else shade[None, ::-1])


def uneven_light(page: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """A lamp at one corner and the shadow of whoever takes the picture over another."""
    height, width = page.shape[:2]
    x, y = np.meshgrid(np.linspace(-1, 1, width), np.linspace(-1, 1, height))
    turn = float(rng.uniform(0, 2 * np.pi))
    across = x * np.cos(turn) + y * np.sin(turn)
    edge = 1 / (1 + np.exp(-(across - float(rng.uniform(-0.3, 0.3))) * float(rng.uniform(6, 25))))
    return _shaded(page, (0.8 + 0.2 * across / 1.42) * (1 - float(rng.uniform(0.3, 0.5)) * edge))


def moire(page: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """A screen photographed, or a halftone: two fine gratings that beat."""
    height, width = page.shape[:2]
    x, y = np.meshgrid(np.arange(width), np.arange(height))
    wave = np.zeros((height, width))
    for _ in range(2):
        turn, pitch = float(rng.uniform(0, np.pi)), float(rng.uniform(2.5, 9))
        wave += np.sin(2 * np.pi * (x * np.cos(turn) + y * np.sin(turn)) / pitch)
    return np.asarray(np.clip(page + float(rng.uniform(6, 13)) * wave[:, :, None], 0, 255), np.uint8)


def black_frame(page: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """A sheet smaller than the glass, lid open: black on all four sides, uneven."""
    import cv2

    height, width = page.shape[:2]
    pad = round(width * 0.05)
    framed = cv2.copyMakeBorder(page, pad, pad, pad, pad, cv2.BORDER_CONSTANT, value=(18, 18, 18))
    turn = cv2.getRotationMatrix2D((width / 2 + pad, height / 2 + pad), float(rng.uniform(-1, 1)), 1)
    return np.asarray(cv2.warpAffine(framed, turn, framed.shape[1::-1], flags=cv2.INTER_CUBIC, borderValue=(18, 18, 18)))


def fax(page: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Black and white at 204 x 196 dpi, some lines garbled; the file says its pixels are square enough."""
    return _faxed(page, rng, 196)


def fax_coarse(page: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Black and white at 204 x 98 dpi: pixels twice as high as wide."""
    return _faxed(page, rng, 98)


def fingers(page: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Thumbs that hold the sheet reach into the picture from its sides."""
    import cv2

    height, width = page.shape[:2]
    page, skin = page.copy(), np.array((115, 145, 190), np.float64) * float(rng.uniform(0.6, 1.05))
    for side in (0, width):
        centre = (side, round(height * float(rng.uniform(0.3, 0.9))))
        axes = (round(width * float(rng.uniform(0.05, 0.1))), round(width * 0.045))
        cv2.ellipse(page, centre, axes, float(rng.uniform(-25, 25)), 0, 360, tuple(skin.tolist()), -1, cv2.LINE_AA)
    return page


def _faxed(page: np.ndarray, rng: np.random.Generator, down: int) -> np.ndarray:
    import cv2

    height, width = page.shape[:2]
    # The page comes at 200 dpi.
    grey = cv2.cvtColor(page, cv2.COLOR_BGR2GRAY)
    small = cv2.resize(grey, (round(width * 1.02), round(height * down / 200)), interpolation=cv2.INTER_AREA)
    bits = np.where(small > float(rng.uniform(140, 185)), 255, 0).astype(np.uint8)
    for y in rng.integers(0, len(bits), int(rng.integers(0, 4))).tolist():
        bits[y] = np.roll(bits[y], int(rng.integers(-30, 30)))
    return np.asarray(cv2.cvtColor(bits, cv2.COLOR_GRAY2BGR))


def _shaded(page: np.ndarray, shade: np.ndarray) -> np.ndarray:
    return np.asarray(np.clip(page.astype(np.float32) * shade[:, :, None], 0, 255), np.uint8)
