"""Watermarks, stamps, signatures and seals over and under the table."""

from __future__ import annotations

import math
import random

from bench.painted.drawing import Drawn
from bench.painted.hiding import Kind
from bench.painted_pdf import RGB, show_text

_WORDS = ("内部资料", "征求意见稿", "草稿", "样本", "作废", "北坪县财政局")
_RING = "{rgb} RG 3 w 8 50 m 8 73 27 92 50 92 c 73 92 92 73 92 50 c 92 27 73 8 50 8 c 27 8 8 27 8 50 c s "


def _pale(rng: random.Random) -> RGB:
    level = rng.uniform(0.72, 0.9)
    return rng.choice(((level, level, level), (0.95, 0.75, 0.75), (0.75, 0.82, 0.95)))


def _somewhere(drawn: Drawn, rng: random.Random) -> tuple[float, float]:
    first = drawn.cells["indicators/0/level3"]
    return rng.uniform(first[0], first[2] + 100), rng.uniform(first[1] + 20, drawn.bottom)


def _put(drawn: Drawn, rng: random.Random, ops: list[str]) -> None:
    if rng.random() < 0.5:
        drawn.under += ops
    else:
        drawn.over += ops


def turned(drawn: Drawn, rng: random.Random) -> None:
    drawn.mark = rng.choice(_WORDS)
    (x, y), slope, size = _somewhere(drawn, rng), math.radians(rng.uniform(20, 60)), rng.uniform(14, 48)
    turn = (math.cos(slope), math.sin(slope))
    _put(drawn, rng, drawn.ops(lambda: drawn.sheet.text(x, y, drawn.mark, size, _pale(rng), turn)))


def oversized(drawn: Drawn, rng: random.Random) -> None:
    drawn.mark = rng.choice(_WORDS)
    (x, y), size = _somewhere(drawn, rng), rng.uniform(40, 70)
    x = min(x, drawn.sheet.width - size * len(drawn.mark))
    _put(drawn, rng, drawn.ops(lambda: drawn.sheet.text(x, y, drawn.mark, size, _pale(rng))))


def see_through(drawn: Drawn, rng: random.Random) -> None:
    drawn.mark = rng.choice(_WORDS)
    x, y = _somewhere(drawn, rng)

    def draw() -> None:
        drawn.sheet.begin_alpha(rng.uniform(0.1, 0.3))
        drawn.sheet.text(min(x, drawn.sheet.width - 60 * len(drawn.mark)), y, drawn.mark, rng.uniform(36, 60))
        drawn.sheet.end()

    _put(drawn, rng, drawn.ops(draw))


def tiled(drawn: Drawn, rng: random.Random) -> None:
    drawn.mark = "北坪县财政局"
    rgb, step = _pale(rng), rng.uniform(40, 55)

    def draw() -> None:
        for j in range(int(drawn.bottom / step)):
            for k in range(4):
                drawn.sheet.text(30 + 140 * k, 60 + step * j, drawn.mark, 9, rgb)

    _put(drawn, rng, drawn.ops(draw))


def letter_by_letter(drawn: Drawn, rng: random.Random) -> None:
    drawn.mark = rng.choice(_WORDS)
    (x, y), rgb = _somewhere(drawn, rng), _pale(rng)
    _put(
        drawn,
        rng,
        drawn.ops(lambda: [drawn.sheet.text(x + 42 * k, y - 16 * k, letter, 30, rgb) for k, letter in enumerate(drawn.mark)]),
    )


def in_a_form(drawn: Drawn, rng: random.Random) -> None:
    drawn.mark = "打印 2024-05-06 09:30 王某"
    x, y = _somewhere(drawn, rng)
    _put(drawn, rng, drawn.ops(lambda: drawn.sheet.form(show_text(x, drawn.sheet.height - y, drawn.mark, 10, (0.75, 0.75, 0.75)))))


def stamped(drawn: Drawn, rng: random.Random) -> None:
    drawn.mark = rng.choice(("作废", "已审核"))
    x, y = _somewhere(drawn, rng)
    drawn.over += drawn.ops(lambda: drawn.sheet.text(x, y, drawn.mark, rng.uniform(24, 40), (0.85, 0.1, 0.1)))


def stamp_annotation(drawn: Drawn, rng: random.Random) -> None:
    drawn.mark = rng.choice(("作废", "草稿", "已审核"))
    x, y = _somewhere(drawn, rng)
    look = "1 0 0 RG 1 1 88 28 re S " + show_text(16, 10, drawn.mark, 14, (1, 0, 0))
    drawn.sheet.note("Stamp", (x, y - 30, x + 90, y), look=look)


def seal(drawn: Drawn, rng: random.Random) -> None:
    drawn.mark = "北坪县某某局"
    x, y = _somewhere(drawn, rng)
    look = _RING.format(rgb="0.9 0.1 0.1") + show_text(23, 46, drawn.mark, 9, (0.9, 0.1, 0.1))
    if rng.random() < 0.5:
        drawn.sheet.field((x, y - 100, x + 100, y), "/FT /Sig /T (sig)", look)
    else:
        drawn.sheet.note("Stamp", (x, y - 100, x + 100, y), look=look)


def signature(drawn: Drawn, rng: random.Random) -> None:
    drawn.mark = "由林一舟签名"
    x0, _, x1, bottom = drawn.cells[f"indicators/{len(drawn.form.rows) - 1}/level3"]
    drawn.sheet.field((x0 + 20, bottom - 20, x1 + 60, bottom + 4), "/FT /Sig /T (sig)", show_text(3, 8, drawn.mark))


def repeated(drawn: Drawn, rng: random.Random) -> None:
    """A pale line over the table that stands again on a second page."""
    drawn.mark = "2024-05-06"
    x, y = _somewhere(drawn, rng)
    drawn.over += drawn.ops(lambda: drawn.sheet.text(x, y, drawn.mark, 8, (0.85, 0.85, 0.85)))


KINDS: dict[str, Kind] = {
    each.__name__.replace("_", " "): each
    for each in (turned, oversized, see_through, tiled, letter_by_letter, in_a_form, stamped, stamp_annotation, seal, signature, repeated)
}
