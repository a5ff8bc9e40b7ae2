"""A small ruled form drawn as a picture, and what happens to pictures of paper."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np

DPI = 150
ROWS = [150, 200, 250, 330, 400, 480, 560]
COLS = [100, 300, 520, 760, 1000, 1140]


def draw_form(line: int = 2, shade: int = 0) -> np.ndarray[Any, Any]:
    """A page of 1240 x 1754 pixels with a grid of 6 rows and 5 columns; the first row is one cell. BGR."""
    picture = np.full((1754, 1240, 3), 255, np.uint8)
    for y in ROWS:
        cv2.line(picture, (COLS[0], y), (COLS[-1], y), (shade,) * 3, line)
    for x in COLS:
        top = ROWS[0] if x in (COLS[0], COLS[-1]) else ROWS[1]
        cv2.line(picture, (x, top), (x, ROWS[-1]), (shade,) * 3, line)
    for i, y in enumerate(ROWS[:-1]):
        for j, x in enumerate(COLS[:-1] if i else COLS[:1]):
            cv2.putText(picture, f"Item {i}{j} ok", (x + 12, y + 32), cv2.FONT_HERSHEY_SIMPLEX, 0.6, (0, 0, 0), 2)
    for k in range(5):
        cv2.putText(
            picture, "Words below the table run from left to right here", (120, 700 + 60 * k), cv2.FONT_HERSHEY_SIMPLEX, 0.9, (0, 0, 0), 2
        )
    return picture


def turned(picture: np.ndarray[Any, Any], degrees: float, paper: int = 255) -> np.ndarray[Any, Any]:
    """The picture as it looks when the page lay turned clockwise by that much."""
    height, width = picture.shape[:2]
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), -degrees, 1.0)
    return cv2.warpAffine(picture, matrix, (width, height), flags=cv2.INTER_CUBIC, borderValue=(paper,) * 3)


def photographed(picture: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """Seen from an angle, on a dark desk, lit from one side."""
    height, width = picture.shape[:2]
    corners = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    seen = np.array([[60, 40], [width - 20, 70], [width - 70, height - 50], [25, height - 90]], np.float32)
    desk = cv2.warpPerspective(picture, cv2.getPerspectiveTransform(corners, seen), (width, height), borderValue=(60, 70, 80))
    light = np.linspace(1.0, 0.65, width)[None, :, None]
    return (desk * light).astype(np.uint8)


def stamp(picture: np.ndarray[Any, Any], centre: tuple[int, int], radius: int, colour: tuple[int, int, int]) -> None:
    """A round seal with a star, over what is there; red multiplies, as ink does."""
    layer = np.full_like(picture, 255)
    cv2.circle(layer, centre, radius, colour, 5)
    angles = np.radians(-90 + 72 * np.array([0, 2, 4, 1, 3]))
    outer = np.column_stack([np.cos(angles), np.sin(angles)]) * 0.28 * radius + centre
    cv2.fillPoly(layer, [np.rint(outer).astype(np.int32)], colour)
    cv2.circle(layer, centre, round(0.13 * radius), colour, -1)
    picture[:] = np.minimum(picture, layer)
