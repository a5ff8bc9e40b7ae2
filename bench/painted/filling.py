"""Values that are filled into form fields, in every way in which programs write them."""

from __future__ import annotations

import random
from collections.abc import Iterator

from bench.painted.drawing import Drawn, entry, inside
from bench.painted.hiding import Kind, pick
from bench.painted_pdf import show_text, text_string


def _row_texts(drawn: Drawn, rng: random.Random) -> Iterator[tuple[str, str]]:
    """The texts of one row, taken off the page: (path, text)."""
    k = rng.randrange(len(drawn.form.rows))
    for name in ("value", "unit", "explanation", "scoring_standard"):
        path = f"indicators/{k}/{name}"
        text = "".join(line.text for line in drawn.texts.pop(path))
        yield path, text


def _look(drawn: Drawn, path: str, text: str, frame: bool = False) -> str:
    x0, top, x1, bottom = inside(drawn.cells[path])
    border = f"0.9 0.95 1 rg 0 0 {x1 - x0} {bottom - top} re f 0 G 0.5 w 0.5 0.5 {x1 - x0 - 1} {bottom - top - 1} re S " if frame else ""
    size = min(drawn.size, (x1 - x0 - 4) / max(1.0, sum(0.556 if char.isascii() else 1.0 for char in text)))
    return f"/Tx BMC {border}{show_text(2, (bottom - top) / 2 - 3, text, size)} EMC" if text else "q Q"


def drawn_fields(drawn: Drawn, rng: random.Random) -> None:
    frame = rng.random() < 0.5
    for path, text in _row_texts(drawn, rng):
        drawn.sheet.field(inside(drawn.cells[path]), entry(text, path), _look(drawn, path, text, frame))


def fields_without_a_look(drawn: Drawn, rng: random.Random) -> None:
    for path, text in _row_texts(drawn, rng):
        lines = "/Ff 4096 " if path.endswith(("explanation", "standard")) else ""
        drawn.sheet.field(inside(drawn.cells[path]), lines + entry(text, path))


def compartments(drawn: Drawn, rng: random.Random) -> None:
    text = drawn.form.foot["phone"]
    (line,) = drawn.texts.pop("signoff/phone")
    box = (line.x, line.y - 10, line.x + 121, line.y + 4)
    looks = " ".join(show_text(3 + 11 * k, 4, digit, 8) for k, digit in enumerate(text))
    drawn.sheet.field(box, f"/Ff {1 << 24} /MaxLen 11 {entry(text, 'phone')}", looks if rng.random() < 0.5 else None)


def tabbed(drawn: Drawn, rng: random.Random) -> None:
    """A field that holds nothing but tabs."""
    k = rng.randrange(len(drawn.form.rows))
    path = f"indicators/{k}/remark"
    drawn.sheet.field(inside(drawn.cells[path]), entry("\t\t", path), _look(drawn, path, "\t\t"))
    drawn_fields(drawn, rng)


def chosen(drawn: Drawn, rng: random.Random) -> None:
    path = f"indicators/{rng.randrange(len(drawn.form.rows))}/unit"
    text = "".join(line.text for line in drawn.texts.pop(path))
    options = [text, "公里", "亩"]
    rng.shuffle(options)
    told = " ".join(f"[({k}) {text_string(option)}]" for k, option in enumerate(options))
    entries = f"/FT /Ch /Ff {1 << 17} /T (choice) /Opt [{told}] /V ({options.index(text)})"
    drawn.sheet.field(inside(drawn.cells[path]), entries, _look(drawn, path, text) if rng.random() < 0.5 else None)


def listed(drawn: Drawn, rng: random.Random) -> None:
    path = f"indicators/{rng.randrange(len(drawn.form.rows))}/explanation"
    del drawn.texts[path]
    options = ["东片区台站", "西片区台站", "南片区台站"]
    told = " ".join(text_string(option) for option in options)
    drawn.sheet.field(inside(drawn.cells[path]), f"/FT /Ch /T (list) /Opt [{told}] /V {text_string(options[1])} /I [1]")
    drawn.truth[path] = options[1]


def ticked(drawn: Drawn, rng: random.Random) -> None:
    k, choice, radio = rng.randrange(len(drawn.form.rows)), rng.randrange(2), rng.choice((0, 1 << 15))
    path = f"indicators/{k}/remark"
    x0, top, _, bottom = drawn.cells[path]
    y = (top + bottom) / 2
    for j, word in enumerate(("是", "否")):
        x, state = x0 + 2 + 15 * j, "Yes" if j == choice else "Off"
        look = "0 0 5 5 re S " + ("0 0 m 5 5 l S" if j == choice else "")
        drawn.sheet.field((x, y - 3, x + 5, y + 2), f"/FT /Btn /Ff {radio} /T (b{j}) /V /{state}", look, state)
        drawn.over += drawn.ops(lambda x=x, word=word: drawn.sheet.text(x + 6, y + 2, word, 6))  # type: ignore[misc]
    drawn.truth[path] = "☑是□否" if choice == 0 else "□是☑否"


def typed_on(drawn: Drawn, rng: random.Random) -> None:
    """Values that somebody typed onto the page as notes."""
    for path, text in _row_texts(drawn, rng):
        look = _look(drawn, path, text) if rng.random() < 0.5 else None
        drawn.sheet.note("FreeText", inside(drawn.cells[path]), text, look, "/DA (/F2 8 Tf 0 g)")


def shown_otherwise(drawn: Drawn, rng: random.Random) -> None:
    """A field that shows another figure than it holds: what is seen counts, and a person is told."""
    path = f"indicators/{rng.randrange(len(drawn.form.rows))}/value"
    text = "".join(line.text for line in drawn.texts.pop(path))
    drawn.sheet.field(inside(drawn.cells[path]), entry(str(rng.randint(1000, 9999)), path), _look(drawn, path, text))


def formatted(drawn: Drawn, rng: random.Random) -> None:
    path = f"indicators/{rng.randrange(len(drawn.form.rows))}/value"
    del drawn.texts[path]
    value = rng.randint(1000, 99999)
    drawn.truth[path] = [str(value), f"{value:,}", f"{value:,}.0"]
    drawn.sheet.field(inside(drawn.cells[path]), entry(f"{value}.0", path), _look(drawn, path, f"{value:,}"))


def hidden_field(drawn: Drawn, rng: random.Random) -> None:
    path = pick(drawn, rng).rpartition("/")[0] + "/remark"
    drawn.hidden = "1350"
    drawn.sheet.field(inside(drawn.cells[path]), entry("1350", path), _look(drawn, path, "1350"))
    drawn.sheet.notes[-1] = drawn.sheet.notes[-1].replace("/F 4", "/F 2")


KINDS: dict[str, Kind] = {
    each.__name__.replace("_", " "): each
    for each in (
        *(drawn_fields, fields_without_a_look, compartments, tabbed, chosen, listed, ticked, typed_on, shown_otherwise, formatted),
        *(hidden_field,),
    )
}
