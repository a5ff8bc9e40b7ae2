"""Runs of text that leave their cell, and characters that stand oddly: raised, doubled, full width, mapped to look-alikes."""

from __future__ import annotations

import random

from bench.painted.drawing import Drawn, Line
from bench.painted.hiding import Kind, pick

_RADICALS = dict(zip("目人工生用立文面方力比", "⽬⼈⼯⽣⽤⽴⽂⾯⽅⼒⽐", strict=True))


def over_its_cell(drawn: Drawn, rng: random.Random) -> None:
    """A long remark that runs on over the edge of the table."""
    path = f"indicators/{rng.randrange(len(drawn.form.rows))}/remark"
    x0, top, _, bottom = drawn.cells[path]
    text = "以决算数为准并另附说明"
    drawn.texts[path] = [Line(x0 + 3, (top + bottom) / 2 + 3, text)]
    drawn.truth[path] = text
    drawn.sheet.width += 60


def into_a_blank_cell(drawn: Drawn, rng: random.Random) -> None:
    """A scoring standard in one line, over the blank remark."""
    path = f"indicators/{rng.randrange(len(drawn.form.rows))}/scoring_standard"
    x0, top, _, bottom = drawn.cells[path]
    text = "完成值大于等于目标值得满分"
    drawn.texts[path] = [Line(x0 + 3, (top + bottom) / 2 + 3, text)]
    drawn.truth[path] = text


def number_over_a_ruling(drawn: Drawn, rng: random.Random) -> None:
    """A long number that begins in the cell of the values and reaches into that of the units, which is blank."""
    k = rng.randrange(len(drawn.form.rows))
    path, unit = f"indicators/{k}/value", f"indicators/{k}/unit"
    text = f"{rng.randint(10**8, 10**9)}.{rng.randint(10, 99)}"
    drawn.texts[path] = [Line(drawn.cells[path][0] + 3, drawn.texts[path][0].y, text)]
    drawn.truth[path] = text
    del drawn.texts[unit]
    drawn.truth[unit] = None


def note_mark(drawn: Drawn, rng: random.Random) -> None:
    path = f"indicators/{rng.randrange(len(drawn.form.rows))}/value"
    (line,) = drawn.texts[path]
    x = line.x + 0.556 * drawn.size * len(line.text) + 0.3
    mark = rng.choice("123")
    drawn.over += drawn.ops(lambda: drawn.sheet.text(x, line.y - 0.4 * drawn.size, mark, 0.58 * drawn.size))


def square_metres(drawn: Drawn, rng: random.Random) -> None:
    path = f"indicators/{rng.randrange(len(drawn.form.rows))}/unit"
    line = drawn.texts[path][0]
    drawn.truth[path] = ["m2", "m²", "平方米"]
    drawn.repaint(path, drawn.ops(lambda: drawn.sheet.text(line.x, line.y, "m", drawn.size)))
    x = line.x + 0.84 * drawn.size
    drawn.over += drawn.ops(lambda: drawn.sheet.text(x, line.y - 0.4 * drawn.size, "2", 0.58 * drawn.size))


def full_width(drawn: Drawn, rng: random.Random) -> None:
    path = f"indicators/{rng.randrange(len(drawn.form.rows))}/value"
    (line,) = drawn.texts[path]
    text = "".join(chr(ord(char) + 0xFEE0) for char in line.text)
    drawn.texts[path] = [Line(drawn.cells[path][0] + 1, line.y, text)]


def doubled(drawn: Drawn, rng: random.Random) -> None:
    """Bold that is imitated: every text of a row once more, a hair to the right."""
    k = rng.randrange(len(drawn.form.rows))
    for path in [path for path in drawn.texts if path.startswith(f"indicators/{k}/")]:
        for line in drawn.texts[path]:
            drawn.over += drawn.ops(lambda line=line: drawn.sheet.text(line.x + 0.3, line.y, line.text, drawn.size))  # type: ignore[misc]


def brackets(drawn: Drawn, rng: random.Random) -> None:
    path = f"indicators/{rng.randrange(len(drawn.form.rows))}/explanation"
    x0, top, _, bottom = drawn.cells[path]
    middle = (top + bottom) / 2 + 3
    text = rng.choice(("容量50l（升）", "附件1（一）", "每期3t（吨）"))
    drawn.truth[path] = text
    cut = text.index("（")
    first, second = text[:cut], text[cut:]
    k = next(k for k, char in enumerate(first) if char.isascii())
    wide, narrow = first[:k], first[k:]

    def draw() -> None:
        x = x0 + 3
        for part, step in ((wide, 1.0), (narrow, 0.556 if narrow.isdigit() else 0.45), (second, 1.0)):
            drawn.sheet.text(x, middle, part, drawn.size)
            x += len(part) * step * drawn.size

    drawn.repaint(path, drawn.ops(draw))


def clipped_to_its_cell(drawn: Drawn, rng: random.Random) -> None:
    """Each text of a row in a clip of its cell, as spreadsheets write it."""
    k = rng.randrange(len(drawn.form.rows))
    for path in [path for path in drawn.texts if path.startswith(f"indicators/{k}/")]:
        ops = drawn.paint(path)
        clip = drawn.ops(lambda path=path: drawn.sheet.begin_clip(drawn.cells[path]))  # type: ignore[misc]
        drawn.repaint(path, [*clip, *ops, "Q"])


def apart_from_digits(drawn: Drawn, rng: random.Random) -> None:
    """White between Chinese and digits, as Writer, Typst and XeLaTeX set it."""
    path = f"indicators/{rng.randrange(len(drawn.form.rows))}/explanation"
    x0, top, _, bottom = drawn.cells[path]
    parts = ("完成", "35", "项并", "验收")
    drawn.truth[path] = "".join(parts)

    def draw() -> None:
        x = x0 + 3
        for part in parts:
            drawn.sheet.text(x, (top + bottom) / 2 + 3, part, drawn.size)
            x += len(part) * drawn.size * (0.556 if part.isascii() else 1.0) + (0.0 if part == "项并" else 0.25 * drawn.size)

    drawn.repaint(path, drawn.ops(draw))


def radicals(drawn: Drawn, rng: random.Random) -> None:
    """A font whose map says radical where the character is meant."""
    _mapped(drawn, pick_words(drawn, rng), {ord(a): b for a, b in _RADICALS.items()})


def soft_marks(drawn: Drawn, rng: random.Random) -> None:
    """A font whose map adds signs of no width."""
    path = pick_words(drawn, rng)
    char = drawn.texts[path][0].text[0]
    _mapped(drawn, path, {ord(char): char + "\u200b"})


def pick_words(drawn: Drawn, rng: random.Random) -> str:
    for _ in range(50):
        path = pick(drawn, rng)
        if path.endswith(("/level3", "/explanation", "/unit")) and not drawn.texts[path][0].text.isascii():
            return path
    return "indicators/0/level3"


def _mapped(drawn: Drawn, path: str, to_unicode: dict[int, str]) -> None:
    lines = drawn.texts[path]
    told = {ord(char): char for line in lines for char in line.text} | {
        code: text for code, text in to_unicode.items() if any(chr(code) in line.text for line in lines)
    }
    drawn.repaint(path, drawn.ops(lambda: [drawn.sheet.mapped_text(line.x, line.y, line.text, told, drawn.size) for line in lines]))


KINDS: dict[str, Kind] = {
    each.__name__.replace("_", " "): each
    for each in (
        *(over_its_cell, into_a_blank_cell, number_over_a_ruling, note_mark, square_metres, full_width, doubled, brackets),
        *(clipped_to_its_cell, apart_from_digits, radicals, soft_marks),
    )
}
