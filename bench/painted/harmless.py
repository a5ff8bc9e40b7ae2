"""What looks as if something were hidden or stamped, and is nothing but a form."""

from __future__ import annotations

import random

from bench.painted.drawing import Drawn, inside
from bench.painted.hiding import WHITE, Kind, pick
from bench.painted_pdf import RGB


def _heads(drawn: Drawn) -> list[str]:
    return [path for path in drawn.cells if path.startswith("head/")]


def coloured_cell(drawn: Drawn, rng: random.Random) -> None:
    tint = (rng.uniform(0.7, 1), rng.uniform(0.8, 1), rng.uniform(0.7, 1))
    for path in rng.sample([path for path in drawn.texts if path in drawn.cells], 3):
        drawn.under += drawn.ops(lambda path=path: drawn.sheet.fill(drawn.cells[path], tint))  # type: ignore[misc]


def picture_behind(drawn: Drawn, rng: random.Random) -> None:
    level = rng.randint(225, 250)
    drawn.under[:0] = drawn.ops(lambda: drawn.sheet.image((0, 0, drawn.sheet.width, drawn.sheet.height), level))


def grey_head(drawn: Drawn, rng: random.Random) -> None:
    level = rng.uniform(0.75, 0.93)
    for path in _heads(drawn):
        drawn.under += drawn.ops(lambda path=path: drawn.sheet.fill(drawn.cells[path], (level, level, level)))  # type: ignore[misc]


def clip_around_every_cell(drawn: Drawn, rng: random.Random) -> None:
    by = rng.choice((0.0, 0.5))
    for path in [path for path in drawn.texts if path in drawn.cells]:
        ops = drawn.paint(path)
        clip = drawn.ops(lambda path=path: drawn.sheet.begin_clip(inside(drawn.cells[path], by)))  # type: ignore[misc]
        drawn.repaint(path, [*clip, *ops, "Q"])


def logo(drawn: Drawn, rng: random.Random) -> None:
    pixels = bytes(rng.choice((40, 120, 250)) for _ in range(64 * 3))
    drawn.over += drawn.ops(lambda: drawn.sheet.image((20, 12, 56, 40), pixels=pixels, size=(8, 8)))


def white_on_dark_head(drawn: Drawn, rng: random.Random) -> None:
    dark: RGB = rng.choice(((0.1, 0.2, 0.45), (0.0, 0.0, 0.0), (0.25, 0.35, 0.2)))
    for path in _heads(drawn):
        drawn.under += drawn.ops(lambda path=path: drawn.sheet.fill(drawn.cells[path], dark))  # type: ignore[misc]
        drawn.repaint(path, drawn.paint(path, WHITE))


def white_below_the_text(drawn: Drawn, rng: random.Random) -> None:
    """Every cell wiped before its text is painted, as browsers do it."""
    for path in drawn.texts:
        if path in drawn.cells:
            drawn.under += drawn.ops(lambda path=path: drawn.sheet.fill(drawn.cells[path], WHITE))  # type: ignore[misc]


def highlighted(drawn: Drawn, rng: random.Random) -> None:
    path = pick(drawn, rng)

    def draw() -> None:
        drawn.sheet.begin_alpha(1, "Multiply")
        drawn.sheet.fill(inside(drawn.cells[path]), (1, 1, 0.4))
        drawn.sheet.end()

    drawn.over += drawn.ops(draw)


def red_value(drawn: Drawn, rng: random.Random) -> None:
    path = pick(drawn, rng)
    drawn.repaint(path, drawn.paint(path, (0.85, 0.1, 0.1)))


def grey_value(drawn: Drawn, rng: random.Random) -> None:
    path = pick(drawn, rng)
    level = rng.uniform(0.4, 0.65)
    drawn.repaint(path, drawn.paint(path, (level, level, level)))


def on_a_layer_that_is_on(drawn: Drawn, rng: random.Random) -> None:
    path = pick(drawn, rng)
    begin = drawn.ops(lambda: drawn.sheet.begin_layer(True))
    drawn.repaint(path, [*begin, *drawn.paint(path), "EMC"])


def veiled(drawn: Drawn, rng: random.Random) -> None:
    """A pale, see-through picture over the whole table."""
    over = drawn.cells["head/0"]
    box = (over[0], over[1], drawn.sheet.width - 30, drawn.bottom)
    drawn.over += drawn.ops(lambda: drawn.sheet.image(box, 200, alpha=bytes([rng.randint(10, 40)] * 4)))


def whole_page_in_a_clip(drawn: Drawn, rng: random.Random) -> None:
    clip = drawn.ops(lambda: drawn.sheet.begin_clip((0, 0, drawn.sheet.width, drawn.sheet.height)))
    drawn.under[:0] = clip
    drawn.over.append("Q")


def link_and_comment(drawn: Drawn, rng: random.Random) -> None:
    box = drawn.cells[pick(drawn, rng)]
    drawn.sheet.note("Link", box, more="/Border [0 0 0]")
    drawn.sheet.note("Text", (box[0], box[1], box[0] + 18, box[1] + 18), "请核对", "1 1 0 rg 0 0 18 18 re f")


def printed_twice(drawn: Drawn, rng: random.Random) -> None:
    """A layer for searching that says again what is printed."""
    for path in list(drawn.texts):
        drawn.over += drawn.paint(path, mode=3)


KINDS: dict[str, Kind] = {
    each.__name__.replace("_", " "): each
    for each in (
        *(coloured_cell, picture_behind, grey_head, clip_around_every_cell, logo, white_on_dark_head, white_below_the_text),
        *(highlighted, red_value, grey_value, on_a_layer_that_is_on, veiled, whole_page_in_a_clip, link_and_comment, printed_twice),
    )
}
