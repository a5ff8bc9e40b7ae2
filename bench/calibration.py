"""How often a reading with a given confidence is right: synthetic cells through the real reader.

Cells with made-up numbers, operators and the texts of the taxonomy are drawn
with the fonts of this machine, blurred, speckled, tilted and compressed, and
read. Printed: reliability by class of reading, and a monotone table from raw
to honest confidence, fitted on one half and measured on the other.

    python -m bench.calibration --pages 40
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageFont

from extractors.ocr.calibration import calibrated
from extractors.ocr.cells import CellReading, read_cells
from extractors.ocr.decode import OPERATOR_SPELLINGS
from extractors.ocr.engine import load_engine
from extractors.options import ReadOptions

CELL = (330, 56)
COLUMNS, ROWS = 4, 12
EDGES = (0.0, 0.2, 0.4, 0.6, 0.8, 0.9, 0.95, 0.99, 0.999, 1.0001)
Sample = tuple[str, float, bool]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--pages", type=int, default=40, help="synthetic pages of 48 cells")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--fonts", type=Path, default=Path("/usr/share/fonts"), help="folder with fonts")
    options = parser.parse_args()
    samples = [sample for page in range(options.pages) for sample in _read_page(options.seed * 1000 + page, options.fonts)]
    for how in ("text", "number", "operator"):
        mine = [(raw, right) for kind, raw, right in samples if kind == how]
        fit, rest = mine[::2], mine[1::2]
        print(f"\n{how}: {len(mine)} readings")
        _print_reliability(mine)
        print("  table from raw to honest:", ", ".join(f"({raw:.4f}, {share:.4f})" for raw, share in fitted(fit)))
        _print_errors(rest, fitted(fit))


def _read_page(seed: int, fonts: Path) -> Iterator[Sample]:
    rng = random.Random(seed)
    texts = [_made_up(rng) for _ in range(COLUMNS * ROWS)]
    picture, boxes = _draw(texts, rng, sorted(fonts.rglob("*.tt[fc]")))
    engine = load_engine(ReadOptions(threads=1, device="cpu")) if not _ENGINE else _ENGINE[0]
    _ENGINE[:] = [engine]
    for (kind, text), reading in zip(texts, read_cells(picture, boxes, engine), strict=True):
        yield from _samples(kind, text, reading)


_ENGINE: list[Any] = []


def _samples(kind: str, text: str, reading: CellReading) -> Iterator[Sample]:
    yield "text", reading.confidence, _same(reading.text, text)
    for other in reading.readings:
        if other.how == kind:
            yield kind, other.confidence, other.text == text


def _same(one: str, other: str) -> bool:
    table = str.maketrans("（）：，；％＝．", "():,;%=.", " \n")
    return one.translate(table) == other.translate(table)


def _made_up(rng: random.Random) -> tuple[str, str]:
    draw = rng.random()
    if draw < 0.25:
        return "operator", rng.choice(list(OPERATOR_SPELLINGS))
    if draw < 0.6:
        whole = str(rng.randint(0, 10 ** rng.randint(1, 5)))
        return "number", whole + rng.choice(["", "", f".{rng.randint(1, 99)}", "%"])
    return "text", rng.choice(_names())[:9]


def _names() -> list[str]:
    from normalizers.taxonomy import load_taxonomy

    if not _NAMES:
        _NAMES.extend(sorted({item.name for item in load_taxonomy().indicators}))
    return _NAMES


_NAMES: list[str] = []


def _draw(texts: Sequence[tuple[str, str]], rng: random.Random, files: Sequence[Path]) -> tuple[Any, list[tuple[int, int, int, int]]]:
    size = rng.randint(20, 30)
    page = Image.new("L", (CELL[0] * COLUMNS, CELL[1] * ROWS), rng.randint(225, 255))
    draw = ImageDraw.Draw(page)
    ink, boxes = rng.randint(0, 80), []
    for index, (_, text) in enumerate(texts):
        x, y = index % COLUMNS * CELL[0], index // COLUMNS * CELL[1]
        draw.rectangle((x, y, x + CELL[0], y + CELL[1]), outline=ink, width=2)
        draw.text((x + rng.randint(8, 14), y + rng.randint(8, 14)), text, font=_font_for(text, size, rng, files), fill=ink)
        boxes.append((x + 5, y + 5, x + CELL[0] - 4, y + CELL[1] - 4))
    return _degraded(np.array(page), rng), boxes


def _font_for(text: str, size: int, rng: random.Random, files: Sequence[Path]) -> Any:
    """A font that has a glyph of its own for every character."""
    for file in rng.sample(list(files), len(files)):
        font = ImageFont.truetype(str(file), size)
        missing = bytes(font.getmask("\uffff"))
        if all(bytes(font.getmask(char)) not in (missing, b"") for char in set(text) - {" "}):
            return font
    raise SystemExit(f"No font here can draw {text}: install a Chinese font or give --fonts.")


def _degraded(gray: Any, rng: random.Random) -> Any:
    level = rng.random()
    noise = np.random.default_rng(rng.randrange(1 << 30)).normal(0, 14 * level * rng.random(), gray.shape)
    turn = cv2.getRotationMatrix2D((gray.shape[1] / 2, gray.shape[0] / 2), rng.uniform(-0.1, 0.1), 1.0)
    tilted = cv2.warpAffine(gray, turn, gray.shape[::-1], borderValue=250)
    blurred = cv2.GaussianBlur(tilted, (0, 0), 0.3 + 1.3 * level)
    rough = np.clip(blurred + noise, 0, 255).astype(np.uint8)
    packed = cv2.imencode(".jpg", rough, [cv2.IMWRITE_JPEG_QUALITY, int(92 - 60 * level)])[1]
    return cv2.imdecode(packed, cv2.IMREAD_COLOR)


def fitted(samples: Iterable[tuple[float, bool]]) -> list[tuple[float, float]]:
    """Pool adjacent violators: (raw, share right) knots, rising; one more wrong than seen in each, so that few readings claim little."""
    blocks: list[list[float]] = []  # sum of raw, right, count
    for raw, right in sorted(samples):
        blocks.append([raw, float(right), 1.0])
        while len(blocks) > 1 and blocks[-2][1] / blocks[-2][2] >= blocks[-1][1] / blocks[-1][2]:
            last = blocks.pop()
            blocks[-1] = [a + b for a, b in zip(blocks[-1], last, strict=True)]
    return [(raw / count, right / (count + 1)) for raw, right, count in blocks if count >= 5]


def _print_reliability(samples: Sequence[tuple[float, bool]]) -> None:
    for low, high in zip(EDGES, EDGES[1:], strict=False):
        inside = [right for raw, right in samples if low <= raw < high]
        if inside:
            print(f"  raw {low:.3f}-{min(high, 1.0):.3f}: {len(inside):5d} readings, {sum(inside) / len(inside):.4f} right")


def _print_errors(samples: Sequence[tuple[float, bool]], knots: Sequence[tuple[float, float]]) -> None:
    if not samples or not knots:
        return
    xs, ys = [k[0] for k in knots], [k[1] for k in knots]
    names = {"raw": lambda raw: raw, "fitted": lambda raw: float(np.interp(raw, xs, ys)), "in use": calibrated}
    for name, change in names.items():
        score = sum((change(raw) - right) ** 2 for raw, right in samples) / len(samples)
        print(f"  Brier score on the other half, {name}: {score:.4f}")


if __name__ == "__main__":
    main()
