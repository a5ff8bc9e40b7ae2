"""What happens to the sheet itself before it meets a scanner: on a BGR uint8 page."""

from __future__ import annotations

import numpy as np


def pale(page: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """An empty cartridge, a third carbon copy: all ink is a light grey."""
    return np.asarray(255 - (255 - page.astype(np.float32)) * float(rng.uniform(0.25, 0.45)), np.uint8)


def show_through(page: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Thin paper: the print of the other side stands strong, mirrored."""
    other = np.roll(page[:, ::-1], int(rng.integers(10, 40)), axis=0).astype(np.float32) / 255
    shade = 1 - float(rng.uniform(0.18, 0.3)) * (1 - other.mean(axis=2))
    return np.asarray(np.clip(page.astype(np.float32) * shade[:, :, None], 0, 255), np.uint8)


def staples(page: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """A staple in the upper left corner, and the holes of another."""
    import cv2

    page, scale = page.copy(), max(page.shape[:2]) / 297
    x, y, turn = 12 * scale, 11 * scale, float(rng.uniform(-0.9, 0.9))
    step = np.array([np.cos(turn), np.sin(turn)]) * 6 * scale
    ends = [tuple(np.rint(np.array([x, y]) + sign * step).astype(int).tolist()) for sign in (-1, 1)]
    cv2.line(page, ends[0], ends[1], (70, 70, 70), max(2, round(0.5 * scale)), cv2.LINE_AA)
    for end in ends:
        cv2.circle(page, (end[0] + round(9 * scale), end[1] + round(4 * scale)), max(1, round(0.4 * scale)), (30, 30, 30), -1)
    return page


def handwriting(page: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Signatures in blue or black ink across the lower end of the print, where names stand."""
    import cv2

    rows = np.flatnonzero((page.min(axis=2) < 128).any(axis=1))
    page, height, width = page.copy(), page.shape[0], page.shape[1]
    foot, size = (int(rows[-1]) if len(rows) else height // 2), width * 0.05
    colour = ((140, 60, 30), (30, 30, 30))[int(rng.integers(2))]
    for _ in range(int(rng.integers(1, 3))):
        x, y = float(rng.uniform(0.2, 0.8)) * width, foot - float(rng.uniform(-0.4, 0.7)) * size
        t = np.linspace(0, 1, 120)
        waves = [np.sin(2 * np.pi * (float(rng.uniform(2, 6)) * t + float(rng.random()))) * float(rng.uniform(0.2, 0.5)) for _ in range(4)]
        stroke = np.column_stack([x + size * (2.2 * t + 0.4 * (waves[0] + waves[1])), y + size * 0.7 * (waves[2] + waves[3])])
        cv2.polylines(page, [np.rint(stroke).astype(np.int32)], False, colour, max(2, round(width / 700)), cv2.LINE_AA)
    return page


def broken_rulings(page: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """A worn ribbon: 12 % of each ruling is missing, in pieces of 2 to 9 mm."""
    import cv2

    page, scale = page.copy(), max(page.shape[:2]) / 297
    ink = np.where(page.max(axis=2) < 140, 255, 0).astype(np.uint8)
    for down in (False, True):
        across = ink.T if down else ink
        lines = cv2.morphologyEx(np.ascontiguousarray(across), cv2.MORPH_OPEN, np.ones((1, round(9 * scale)), np.uint8))
        count, _, stats, _ = cv2.connectedComponentsWithStats(lines, connectivity=8)
        for x, y, width, height, _ in stats[1:count].tolist():
            gone = 0.0
            while gone < 0.12 * width:
                piece = min(float(rng.uniform(2, 9)) * scale, 0.5 * width)
                at = x + float(rng.uniform(0, max(1.0, width - piece)))
                band = page.transpose(1, 0, 2) if down else page
                band[y : y + height, round(at) : round(at + piece)] = 255
                gone += piece
    return page


def curved(page: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """A sheet that was rolled up: it bulges, lines bend by two to four millimetres."""
    import cv2

    height, width = page.shape[:2]
    x, y = np.meshgrid(np.arange(width, dtype=np.float32), np.arange(height, dtype=np.float32))
    depth = height / 297 * float(rng.uniform(1.2, 3)) * float(rng.choice((-1, 1)))
    bend = depth * np.sin(np.pi * x / width) * np.cos(np.pi * (y / height - 0.5))
    return np.asarray(cv2.remap(page, x, y + bend.astype(np.float32), cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE))


def half_page(page: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """The form fills part of the sheet, anywhere on it."""
    import cv2

    height, width = page.shape[:2]
    share = float(rng.uniform(0.66, 0.78))
    small = cv2.resize(page, None, fx=share, fy=share, interpolation=cv2.INTER_AREA)
    whole = np.full_like(page, 255)
    y, x = (int(rng.integers(0, long - short + 1)) for long, short in zip((height, width), small.shape[:2], strict=True))
    whole[y : y + small.shape[0], x : x + small.shape[1]] = small
    return whole


def spread(pages: list[np.ndarray]) -> list[np.ndarray]:
    """Two sheets side by side on one A3 picture; the last one may have a blank neighbour."""
    pages = pages if len(pages) % 2 == 0 else [*pages, np.full_like(pages[0], 255)]
    return [np.hstack(pages[k : k + 2]) for k in range(0, len(pages), 2)]
