"""Text that the file holds and nobody sees: in a blank cell, or below the value that counts."""

from __future__ import annotations

import random
from collections.abc import Callable

from bench.painted.drawing import Drawn, inside
from bench.painted_pdf import RGB, show_text

WHITE: RGB = (1.0, 1.0, 1.0)
Kind = Callable[[Drawn, random.Random], None]


def pick(drawn: Drawn, rng: random.Random) -> str:
    """The path of a text of a row: half of the time a value."""
    names = [path for path in drawn.texts if path.startswith("indicators/")]
    values = [path for path in names if path.endswith("/value")]
    return rng.choice(values if rng.random() < 0.5 else names)


def blank_remark(drawn: Drawn, rng: random.Random) -> tuple[str, float, float, str]:
    """A remark that is left blank, where its text would begin, and a text that fits into it."""
    k = rng.randrange(len(drawn.form.rows))
    path = f"indicators/{k}/remark"
    x0, top, _, bottom = drawn.cells[path]
    drawn.hidden = rng.choice(("1350", "待定", "27.5"))
    return path, x0 + 3, (top + bottom) / 2 + 3, drawn.hidden


def _covered_by(drawn: Drawn, rng: random.Random, cover: Callable[[str], object]) -> None:
    """An old value, something over it, and the value that counts."""
    path = f"indicators/{rng.randrange(len(drawn.form.rows))}/value"
    (line,) = drawn.texts[path]
    # No figure of the old value stands in the place of the same one of the new.
    old = "".join(rng.choice([digit for digit in "23456789" if digit != char]) for char in f"{line.text:4s}")
    drawn.hidden = old
    drawn.lines += drawn.ops(lambda: drawn.sheet.text(line.x, line.y, old, drawn.size))
    drawn.lines += drawn.ops(lambda: cover(path))


def under_white(drawn: Drawn, rng: random.Random) -> None:
    _covered_by(drawn, rng, lambda path: drawn.sheet.fill(inside(drawn.cells[path]), WHITE))


def under_tint(drawn: Drawn, rng: random.Random) -> None:
    _covered_by(drawn, rng, lambda path: drawn.sheet.fill(inside(drawn.cells[path]), (0.9, 0.94, 0.98)))


def under_picture(drawn: Drawn, rng: random.Random) -> None:
    _covered_by(drawn, rng, lambda path: drawn.sheet.image(inside(drawn.cells[path]), 255))


def redacted(drawn: Drawn, rng: random.Random) -> None:
    path = pick(drawn, rng)
    drawn.hidden = "".join(line.text for line in drawn.texts[path])
    drawn.over += drawn.ops(lambda: drawn.sheet.fill(inside(drawn.cells[path])))
    # The first level follows from the second, whether it can be read or not.
    drawn.truth[path] = [None, drawn.truth[path]] if path.endswith("/level1") else None


def outside_its_clip(drawn: Drawn, rng: random.Random) -> None:
    path, x, y, text = blank_remark(drawn, rng)
    x0, top, _, bottom = drawn.cells[path]

    def draw() -> None:
        drawn.sheet.begin_clip((x0 - 90, top, x0 - 60, bottom))
        drawn.sheet.text(x, y, text, drawn.size)
        drawn.sheet.end()

    drawn.over += drawn.ops(draw)


def outside_the_page(drawn: Drawn, rng: random.Random) -> None:
    drawn.hidden = "另附说明1350万元"
    sheet = drawn.sheet
    x, y = rng.choice(((-200.0, 200.0), (100.0, sheet.height + 30), (sheet.width + 20, 150.0)))
    drawn.over += drawn.ops(lambda: sheet.text(x, y, drawn.hidden, drawn.size))


def outside_the_crop(drawn: Drawn, rng: random.Random) -> None:
    drawn.hidden = "另附说明1350万元"
    sheet = drawn.sheet
    sheet.crop = (0, 14, sheet.width, sheet.height)
    drawn.over += drawn.ops(lambda: sheet.text(100, 10, drawn.hidden, drawn.size))


def on_a_layer_that_is_off(drawn: Drawn, rng: random.Random) -> None:
    _, x, y, text = blank_remark(drawn, rng)

    def draw() -> None:
        drawn.sheet.begin_layer(False)
        drawn.sheet.text(x, y, text, drawn.size)
        drawn.sheet.end_layer()

    drawn.over += drawn.ops(draw)


def in_a_form_that_is_off(drawn: Drawn, rng: random.Random) -> None:
    _, x, y, text = blank_remark(drawn, rng)
    drawn.over += drawn.ops(lambda: drawn.sheet.form(show_text(x, drawn.sheet.height - y, text, drawn.size), "off"))


def in_white(drawn: Drawn, rng: random.Random) -> None:
    _, x, y, text = blank_remark(drawn, rng)
    level = rng.choice((1.0, 0.99))
    drawn.over += drawn.ops(lambda: drawn.sheet.text(x, y, text, drawn.size, (level, level, level)))


def in_the_colour_of_its_cell(drawn: Drawn, rng: random.Random) -> None:
    path, x, y, text = blank_remark(drawn, rng)
    tint = rng.choice(((0.2, 0.3, 0.5), (0.85, 0.9, 1.0), (0.7, 0.7, 0.7)))
    drawn.under += drawn.ops(lambda: drawn.sheet.fill(drawn.cells[path], tint))
    drawn.over += drawn.ops(lambda: drawn.sheet.text(x, y, text, drawn.size, tint))


def clear(drawn: Drawn, rng: random.Random) -> None:
    _, x, y, text = blank_remark(drawn, rng)

    def draw() -> None:
        drawn.sheet.begin_alpha(0)
        drawn.sheet.text(x, y, text, drawn.size)
        drawn.sheet.end()

    drawn.over += drawn.ops(draw)


def not_rendered(drawn: Drawn, rng: random.Random) -> None:
    _, x, y, text = blank_remark(drawn, rng)
    mode = rng.choice((3, 7))
    drawn.over += ["q", *drawn.ops(lambda: drawn.sheet.text(x, y, text, drawn.size, mode=mode)), "Q"]


def half_covered(drawn: Drawn, rng: random.Random) -> None:
    """The end of an explanation is wiped out."""
    path = f"indicators/{rng.randrange(len(drawn.form.rows))}/explanation"
    line = drawn.texts[path][-1]
    k = len(line.text) // 2
    x0, top, x1, bottom = drawn.cells[path]
    drawn.hidden = line.text[k:]
    start = line.x + k * drawn.size
    drawn.over += drawn.ops(lambda: drawn.sheet.fill((start, line.y - drawn.size, x1 - 1, line.y + 2.5), WHITE))
    drawn.truth[path] = str(drawn.truth[path])[: -len(drawn.hidden)]


KINDS: dict[str, Kind] = {
    each.__name__.replace("_", " "): each
    for each in (
        *(under_white, under_tint, under_picture, redacted, outside_its_clip, outside_the_page, outside_the_crop),
        *(on_a_layer_that_is_off, in_a_form_that_is_off, in_white, in_the_colour_of_its_cell, clear, not_rendered, half_covered),
    )
}
