"""A round office seal: ring, name on the arc, star, 13-digit serial number; as an ink layer."""

from __future__ import annotations

import math
import random
import subprocess
from functools import cache

import numpy as np

SUPER = 3
RED = (205, 30, 40)


@cache
def family_to_font_file(family: str) -> tuple[str, int]:
    """Path and index of the font that fontconfig picks for ``family``."""
    answer = subprocess.run(["fc-match", "-f", "%{file}\t%{index}", family], check=True, capture_output=True, text=True).stdout
    path, index = answer.split("\t")
    return path, int(index)


def county_code_to_serial(code: str, seed: int) -> str:
    """Six digits of the division, then a made-up number of seven."""
    return code + f"{random.Random(f'serial {seed}').randint(1000000, 1999999)}"


def draw_seal(name: str, serial: str, diameter: int) -> np.ndarray:
    """Ink of a seal as float32 in 0..1, shape (diameter, diameter)."""
    from PIL import Image, ImageDraw

    size = diameter * SUPER
    picture = Image.new("L", (size, size), 0)
    pen = ImageDraw.Draw(picture)
    rim = size * 0.025
    pen.ellipse((rim, rim, size - rim, size - rim), outline=255, width=round(size * 0.026))
    pen.polygon(_star(size / 2, size / 2, size * 0.15), fill=255)
    _arc_text(picture, name, "Noto Serif CJK SC:bold", size * 0.13, size * 0.38, 200, 250)
    _arc_text(picture, serial, "DejaVu Sans", size * 0.058, size * 0.425, 118, -56, inward=True)
    return np.asarray(np.asarray(picture.resize((diameter, diameter), Image.Resampling.LANCZOS)) / 255, np.float32)


def _star(x: float, y: float, radius: float) -> list[tuple[float, float]]:
    radii = (radius, radius * 0.382)
    turns = [(-math.pi / 2 + math.pi * k / 5, radii[k % 2]) for k in range(10)]
    return [(x + r * math.cos(a), y + r * math.sin(a)) for a, r in turns]


def _arc_text(
    picture: object, text: str, family: str, height: float, radius: float, start: float, sweep: float, inward: bool = False
) -> None:
    """Characters along an arc; degrees run clockwise from the left end. ``inward`` turns their heads to the centre."""
    from PIL import Image, ImageChops, ImageDraw, ImageFont

    assert isinstance(picture, Image.Image)
    path, index = family_to_font_file(family)
    font = ImageFont.truetype(path, round(height), index=index)
    if not inward:
        sweep = min(sweep, 34 * len(text))
        start = 270 - sweep / 2
    size = picture.width
    for number, char in enumerate(text):
        angle = start + sweep * number / max(1, len(text) - 1)
        tile = Image.new("L", picture.size, 0)
        y = size / 2 + radius if inward else size / 2 - radius
        ImageDraw.Draw(tile).text((size / 2, y), char, fill=255, font=font, anchor="mm")
        turn = -(angle - 90) if inward else -(angle - 270)
        picture.paste(ImageChops.lighter(picture, tile.rotate(turn, Image.Resampling.BICUBIC)))


def stamp(page: np.ndarray, ink: np.ndarray, x: int, y: int, rng: np.random.Generator, strength: float = 0.85) -> np.ndarray:
    """``page`` (BGR uint8) with the seal centred at pixel (x, y); ink is uneven and lets the print below shine through."""
    import cv2

    size = ink.shape[0]
    turned = cv2.warpAffine(ink, cv2.getRotationMatrix2D((size / 2, size / 2), float(rng.uniform(-14, 14)), 1), (size, size))
    uneven = cv2.resize(rng.uniform(0.65, 1.0, (max(2, size // 24),) * 2).astype(np.float32), (size, size), interpolation=cv2.INTER_CUBIC)
    layer = turned * np.clip(uneven, 0, 1) * strength
    left, top = x - size // 2, y - size // 2
    x0, y0, x1, y1 = max(0, left), max(0, top), min(page.shape[1], left + size), min(page.shape[0], top + size)
    if x0 >= x1 or y0 >= y1:
        return page
    part = layer[y0 - top : y1 - top, x0 - left : x1 - left, None]
    red = np.array(RED[::-1], np.float32) / 255
    stamped: np.ndarray = page.copy()
    below = page[y0:y1, x0:x1].astype(np.float32)
    stamped[y0:y1, x0:x1] = np.asarray(np.clip(below * (1 - part + part * red), 0, 255), np.uint8)
    return stamped


def draw_name_chop(name: str, side: int) -> np.ndarray:
    """Ink of a square name seal (私章), two by two characters read from the right; shape (side, side)."""
    from PIL import Image, ImageDraw, ImageFont

    size = side * SUPER
    picture = Image.new("L", (size, size), 0)
    pen = ImageDraw.Draw(picture)
    pen.rectangle((size * 0.03, size * 0.03, size * 0.97, size * 0.97), outline=255, width=round(size * 0.05))
    path, index = family_to_font_file("Noto Serif CJK SC:bold")
    font = ImageFont.truetype(path, round(size * 0.4), index=index)
    for char, (x, y) in zip((name + "之印")[:4], ((0.71, 0.28), (0.71, 0.72), (0.29, 0.28), (0.29, 0.72)), strict=True):
        pen.text((size * x, size * y), char, fill=255, font=font, anchor="mm")
    return np.asarray(np.asarray(picture.resize((side, side), Image.Resampling.LANCZOS)) / 255, np.float32)


def draw_oval_seal(name: str, serial: str, width: int) -> np.ndarray:
    """Ink of an oval seal, 3 to 2, as for special purposes: name above, number across the middle; shape (width, width)."""
    import cv2
    from PIL import Image, ImageDraw, ImageFont

    round_one = draw_seal(name, "", width)
    inside = np.hypot(*np.meshgrid(*[np.arange(width) - width / 2] * 2)) < width * 0.19
    round_one = np.where(inside, 0, round_one).astype(np.float32)
    flat = cv2.resize(round_one, (width, width * 2 // 3), interpolation=cv2.INTER_AREA)
    picture = Image.new("L", flat.shape[::-1], 0)
    path, index = family_to_font_file("DejaVu Sans")
    font = ImageFont.truetype(path, round(width * 0.075), index=index)
    ImageDraw.Draw(picture).text((width / 2, flat.shape[0] * 0.55), serial, fill=255, font=font, anchor="mm")
    flat = np.maximum(flat, np.asarray(picture, np.float32) / 255)
    whole = np.zeros((width, width), np.float32)
    top = (width - flat.shape[0]) // 2
    whole[top : top + flat.shape[0]] = flat
    return whole
