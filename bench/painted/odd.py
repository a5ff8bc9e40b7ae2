"""Forms that are painted in ways that few programs use and the format allows: what they show is what counts."""

from __future__ import annotations

import random
import re

from bench.painted.drawing import Drawn, inside
from bench.painted.hiding import WHITE, Kind, blank_remark
from bench.painted_pdf import Box

# The bars of figures as on a pocket calculator, in thousandths of the size: top, upper left and right, middle, lower left and right, bottom.
_BARS = (
    *("60 640 440 60", "60 350 60 350", "440 350 60 350", "60 330 440 60", "60 0 60 350", "440 0 60 350", "60 0 440 60"),
)
_LIT = {"0": "1110111", "1": "0010010", "2": "1011101", "3": "1011011", "4": "0111010", "5": "1101011", "6": "1101111", "7": "1010010"} | {
    "8": "1111111",
    "9": "1111011",
}


def a_value(drawn: Drawn, rng: random.Random) -> tuple[str, float, float, str]:
    """The path of a value, where its text begins, and the text; it is taken off the page."""
    path = f"indicators/{rng.randrange(len(drawn.form.rows))}/value"
    (line,) = drawn.texts.pop(path)
    return path, line.x, drawn.sheet.height - line.y, line.text


def _small_pages(drawn: Drawn, names: str, told: bool) -> str:
    """A font of figures drawn as bars (Type 3)."""
    sheet, first = drawn.sheet, len(drawn.sheet.parts)
    for char in "0123456789":
        bars = " ".join(f"{bar} re f" for bar, lit in zip(_BARS, _LIT[char], strict=True) if lit == "1")
        sheet.part("Glyph", "<< >>", f"560 0 0 0 560 700 d1 {bars}")
    sheet.part("Glyph", "<< >>", "280 0 0 0 560 700 d1 100 0 80 80 re f")
    codes = " ".join(f"<{ord(char):02x}> <{ord(char):04x}>" for char in "0123456789.")
    cmap = f"begincmap 1 begincodespacerange <00> <FF> endcodespacerange 11 beginbfchar {codes} endbfchar endcmap"
    sheet.part("Map", "<< >>", cmap)
    procs = " ".join(f"/{names}{k} {{{first + k}}}" for k in range(11))
    shown = " ".join(f"/{names}{k}" for k in range(10))
    return sheet.part(
        "Font",
        "<< /Type /Font /Subtype /Type3 /FontBBox [0 0 560 700] /FontMatrix [0.001 0 0 0.001 0 0] /FirstChar 46 /LastChar 57"
        f" /Widths [280 0 {'560 ' * 10}] /CharProcs << {procs} >> /Encoding << /Differences [46 /{names}10 48 {shown}] >>"
        f" /Resources << >> {f'/ToUnicode {{{first + 11}}}' if told else ''} >>",
    )


def in_a_font_of_small_pages(drawn: Drawn, rng: random.Random) -> None:
    _, x, y, text = a_value(drawn, rng)
    drawn.over.append(f"BT /{_small_pages(drawn, 'a', True)} {drawn.size:g} Tf {x:g} {y:g} Td ({text}) Tj ET")


def in_a_font_that_tells_nothing(drawn: Drawn, rng: random.Random) -> None:
    """Glyphs with names of their own and no map: what is read otherwise than seen must be marked."""
    _, x, y, text = a_value(drawn, rng)
    drawn.over.append(f"BT /{_small_pages(drawn, 'g', False)} {drawn.size:g} Tf {x:g} {y:g} Td ({text}) Tj ET")


def in_a_pattern(drawn: Drawn, rng: random.Random) -> None:
    head = "<< /Type /Pattern /PatternType 1 /PaintType 1 /TilingType 1 /BBox [0 0 2 2] /XStep 2 /YStep 2 /Resources << >> >>"
    name = drawn.sheet.part("Pattern", head, "0 0 0.4 rg 0 0 2 2 re f")
    _, x, y, text = a_value(drawn, rng)
    drawn.over.append(f"q /Pattern cs /{name} scn BT /F1 {drawn.size:g} Tf {x:g} {y:g} Td ({text}) Tj ET Q")


def upside_down_twice(drawn: Drawn, rng: random.Random) -> None:
    """Type of negative size under a matrix that turns it back."""
    _, x, y, text = a_value(drawn, rng)
    drawn.over.append(f"BT /F1 -{drawn.size:g} Tf -1 0 0 -1 {x:g} {y:g} Tm ({text}) Tj ET")


def squeezed(drawn: Drawn, rng: random.Random) -> None:
    _, x, y, text = a_value(drawn, rng)
    drawn.over.append(f"BT {rng.choice((60, 85, 118))} Tz /F1 {drawn.size:g} Tf {x:g} {y:g} Td ({text}) Tj 100 Tz ET")


def in_pieces(drawn: Drawn, rng: random.Random) -> None:
    """Figure by figure, the last one first."""
    _, x, y, text = a_value(drawn, rng)
    places = [x + sum(0.278 if each == "." else 0.556 for each in text[:k]) * drawn.size for k in range(len(text))]
    ops = [f"BT /F1 {drawn.size:g} Tf {at:g} {y:g} Td ({char}) Tj ET" for at, char in zip(places, text, strict=True)]
    drawn.over += ops[::-1]


def kerned(drawn: Drawn, rng: random.Random) -> None:
    _, x, y, text = a_value(drawn, rng)
    shown = "".join(f"({char}) {rng.choice((-40, 30, -90))} " for char in text)
    drawn.over.append(f"BT /F1 {drawn.size:g} Tf {x:g} {y:g} Td [{shown}] TJ ET")


def spaced_out(drawn: Drawn, rng: random.Random) -> None:
    _, x, y, text = a_value(drawn, rng)
    drawn.over.append(f"BT {0.12 * drawn.size:g} Tc /F1 {drawn.size:g} Tf {x:g} {y:g} Td ({text}) Tj 0 Tc ET")


def raised_and_lowered(drawn: Drawn, rng: random.Random) -> None:
    """A base line that is moved, and moved back by the rise of the text."""
    _, x, y, text = a_value(drawn, rng)
    drawn.over.append(f"BT 5 Ts /F1 {drawn.size:g} Tf {x:g} {y - 5:g} Td ({text}) Tj 0 Ts ET")


def outlined(drawn: Drawn, rng: random.Random) -> None:
    _, x, y, text = a_value(drawn, rng)
    drawn.over.append(f"q 0.2 w BT {rng.choice((1, 2))} Tr /F1 {drawn.size:g} Tf {x:g} {y:g} Td ({text}) Tj ET Q")


def white_on_a_black_cell(drawn: Drawn, rng: random.Random) -> None:
    path, x, y, text = a_value(drawn, rng)
    drawn.under += drawn.ops(lambda: drawn.sheet.fill(drawn.cells[path]))
    drawn.over.append(f"BT 1 g /F1 {drawn.size:g} Tf {x:g} {y:g} Td ({text}) Tj 0 g ET")


def told_otherwise(drawn: Drawn, rng: random.Random) -> None:
    """A text that says to programs that it is another one (ActualText)."""
    _, x, y, text = a_value(drawn, rng)
    other = "".join("9" if char in "12345" else char for char in text) or "9"
    other = other if other != text else "1" + text
    drawn.over.append(f"/Span << /ActualText ({other}) >> BDC BT /F1 {drawn.size:g} Tf {x:g} {y:g} Td ({text}) Tj ET EMC")


def _named_glyphs(drawn: Drawn, rng: random.Random) -> None:
    """A font whose codes are moved, which its names tell: 1 is shown by the code of 0."""
    names = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
    moved = " ".join(f"/{names[(k + 1) % 10]}" for k in range(10))
    font = f"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding << /Type /Encoding /Differences [48 {moved}] >> >>"
    name = drawn.sheet.part("Font", font)
    _, x, y, text = a_value(drawn, rng)
    codes = "".join(str((int(char) - 1) % 10) if char.isdigit() else char for char in text)
    drawn.over.append(f"BT /{name} {drawn.size:g} Tf {x:g} {y:g} Td ({codes}) Tj ET")


def moved_codes(drawn: Drawn, rng: random.Random) -> None:
    _named_glyphs(drawn, rng)


def exchanged_map(drawn: Drawn, rng: random.Random) -> None:
    """A font whose map exchanges two figures; all values of the page are in it."""
    values = [path for path in drawn.texts if path.endswith("/value")]
    used = sorted({char for path in values for char in drawn.texts[path][0].text if char.isdigit()})
    a, b = rng.sample(used, 2) if len(used) > 1 else (used[0], "7" if used[0] != "7" else "3")
    told = {"0": "0"} | {char: {a: b, b: a}.get(char, char) for char in "0123456789."}
    codes = " ".join(f"<{ord(char):02x}> <{ord(text):04x}>" for char, text in told.items())
    cmap = f"begincmap 1 begincodespacerange <00> <FF> endcodespacerange {len(told)} beginbfchar {codes} endbfchar endcmap"
    number = len(drawn.sheet.parts)
    drawn.sheet.part("Map", "<< >>", cmap)
    head = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding /ToUnicode"
    name = drawn.sheet.part("Font", f"{head} {{{number}}} >>")
    for path in values:
        (line,) = drawn.texts.pop(path)
        drawn.over.append(f"BT /{name} {drawn.size:g} Tf {line.x:g} {drawn.sheet.height - line.y:g} Td ({line.text}) Tj ET")


def _over_a_value(drawn: Drawn, rng: random.Random, state: str, rgb: str) -> tuple[str, str]:
    """Something painted over a value under a graphics state; its path and text."""
    path = f"indicators/{rng.randrange(len(drawn.form.rows))}/value"
    name = drawn.sheet.part("ExtGState", state)
    x0, top, x1, bottom = inside(drawn.cells[path])
    drawn.over.append(f"q /{name} gs {rgb} rg {x0:g} {drawn.sheet.height - bottom:g} {x1 - x0:g} {bottom - top:g} re f Q")
    return path, "".join(line.text for line in drawn.texts[path])


def beneath_a_veil(drawn: Drawn, rng: random.Random) -> None:
    _over_a_value(drawn, rng, f"<< /ca {rng.choice((0.2, 0.4))} >>", "0.9 0.9 0.3")


def beneath_a_blend_that_shows_it(drawn: Drawn, rng: random.Random) -> None:
    _over_a_value(drawn, rng, f"<< /BM /{rng.choice(('Multiply', 'Darken'))} >>", "1 1 1")


def beneath_a_blend_that_wipes_it(drawn: Drawn, rng: random.Random) -> None:
    path, drawn.hidden = _over_a_value(drawn, rng, f"<< /BM /{rng.choice(('Screen', 'Lighten', 'Normal'))} >>", "1 1 1")
    drawn.truth[path] = None


def beneath_thick_mist(drawn: Drawn, rng: random.Random) -> None:
    path, drawn.hidden = _over_a_value(drawn, rng, "<< /ca 0.985 >>", "1 1 1")
    drawn.truth[path] = None


def _masked(drawn: Drawn, level: str) -> str:
    """A state under which only what the mask lets through is painted: 0 nothing, 1 all."""
    number, sheet = len(drawn.sheet.parts), drawn.sheet
    head = f"<< /Type /XObject /Subtype /Form /BBox [0 0 {sheet.width:g} {sheet.height:g}] /Group << /S /Transparency /CS /DeviceGray >> >>"
    sheet.part("Mask", head, f"{level} g 0 0 {sheet.width:g} {sheet.height:g} re f")
    return sheet.part("ExtGState", f"<< /SMask << /Type /Mask /S /Luminosity /G {{{number}}} >> >>")


def masked_away(drawn: Drawn, rng: random.Random) -> None:
    _, x, y, text = blank_remark(drawn, rng)
    ops = drawn.ops(lambda: drawn.sheet.text(x, y, text, drawn.size))
    drawn.over += [f"q /{_masked(drawn, '0')} gs", *ops, "Q"]


def masked_and_shown(drawn: Drawn, rng: random.Random) -> None:
    _, x, y, text = a_value(drawn, rng)
    drawn.over.append(f"q /{_masked(drawn, '1')} gs BT /F1 {drawn.size:g} Tf {x:g} {y:g} Td ({text}) Tj ET Q")


def a_cover_that_is_masked_away(drawn: Drawn, rng: random.Random) -> None:
    path = f"indicators/{rng.randrange(len(drawn.form.rows))}/value"
    cover = drawn.ops(lambda: drawn.sheet.fill(inside(drawn.cells[path]), WHITE))
    drawn.over += [f"q /{_masked(drawn, '0')} gs", *cover, "Q"]


def a_cover_that_is_clipped_away(drawn: Drawn, rng: random.Random) -> None:
    path = f"indicators/{rng.randrange(len(drawn.form.rows))}/value"
    x0, top, x1, bottom = drawn.cells[path]
    clip: Box = rng.choice(((x0, top - 200, x1, top - 150), (x0 - 60, top, x0 - 20, bottom)))

    def draw() -> None:
        drawn.sheet.begin_clip(clip)
        drawn.sheet.fill((x0 - 20, top - 150, x1, bottom), WHITE)
        drawn.sheet.end()

    drawn.over += drawn.ops(draw)


def a_cover_on_a_layer_that_is_off(drawn: Drawn, rng: random.Random) -> None:
    path = f"indicators/{rng.randrange(len(drawn.form.rows))}/value"
    x0, top, x1, bottom = inside(drawn.cells[path])
    fill = f"1 g {x0:g} {drawn.sheet.height - bottom:g} {x1 - x0:g} {bottom - top:g} re f 0 g"
    drawn.over += drawn.ops(lambda: drawn.sheet.form(fill, "off"))


def in_clips_within_clips(drawn: Drawn, rng: random.Random) -> None:
    path, x, y, text = a_value(drawn, rng)
    x0, top, x1, bottom = drawn.cells[path]
    boxes = ((0, 0, drawn.sheet.width, drawn.sheet.height), (x0 - 30, top - 20, x1 + 10, bottom + 20), (x0, top, x1, bottom))
    clips = [drawn.ops(lambda box=box: drawn.sheet.begin_clip(box)) for box in boxes]  # type: ignore[misc]
    drawn.over += [*(op for clip in clips for op in clip), f"BT /F1 {drawn.size:g} Tf {x:g} {y:g} Td ({text}) Tj ET", *("Q" for _ in boxes)]


def in_clips_that_do_not_meet(drawn: Drawn, rng: random.Random) -> None:
    path, x, y, text = blank_remark(drawn, rng)
    x0, top, x1, bottom = drawn.cells[path]
    middle = (x0 + x1) / 2
    clips = [drawn.ops(lambda box=box: drawn.sheet.begin_clip(box)) for box in ((x0, top, middle, bottom), (middle, top, x1, bottom))]  # type: ignore[misc]
    ops = drawn.ops(lambda: drawn.sheet.text(x, y, text, drawn.size))
    drawn.over += [*clips[0], *clips[1], *ops, "Q", "Q"]


def members_of_layers(drawn: Drawn, rng: random.Random) -> None:
    """What is shown where all of some layers are off, and what is shown where any of them is on."""
    shown = drawn.sheet.part("Properties", "<< /Type /OCMD /OCGs [8 0 R] /P /AllOff >>")
    unseen = drawn.sheet.part("Properties", "<< /Type /OCMD /OCGs [8 0 R] /P /AnyOn >>")
    drawn.sheet.layered = True
    _, x, y, text = a_value(drawn, rng)
    drawn.over.append(f"/OC /{shown} BDC BT /F1 {drawn.size:g} Tf {x:g} {y:g} Td ({text}) Tj ET EMC")
    _, x, y, text = blank_remark(drawn, rng)
    drawn.over += [f"/OC /{unseen} BDC", *drawn.ops(lambda: drawn.sheet.text(x, y, text, drawn.size)), "EMC"]


def larger_units(drawn: Drawn, rng: random.Random) -> None:
    drawn.sheet.unit = rng.choice((0.5, 2, 10))


def turned_with_a_crop(drawn: Drawn, rng: random.Random) -> None:
    """A page that is stored on its side or its head, and cropped."""
    sheet = drawn.sheet
    sheet.rotate = rng.choice((90, 180, 270))
    sheet.crop = (10, 12, sheet.width - 6, sheet.height - 8)


def far_from_the_origin(drawn: Drawn, rng: random.Random) -> None:
    """A page whose corner is somewhere else, or one cut from an enormous sheet."""
    sheet = drawn.sheet
    sheet.crop = (0, 0, sheet.width, sheet.height)
    sheet.box = rng.choice(((-3000, -2000, 11000, 12000), (-50, -60, sheet.width + 70, sheet.height + 80)))


def very_small(drawn: Drawn, rng: random.Random) -> None:
    """All of it at a tenth of the size, as some programs write it that count in centimetres."""
    drawn.under[:0] = ["0.1 0 0 0.1 0 0 cm"]
    drawn.sheet.box = (0, 0, drawn.sheet.width / 10, drawn.sheet.height / 10)
    drawn.sheet.unit = 10


def changed_later(drawn: Drawn, rng: random.Random) -> None:
    """A figure that was changed by an addition to the end of the file."""
    path, x, y, text = a_value(drawn, rng)
    old = "".join("8" if char != "8" else "3" for char in text)
    size = drawn.size
    drawn.sheet.forms.append((f"BT /F1 {size:g} Tf {x:g} {y:g} Td ({old}) Tj ET", ""))
    drawn.over.append(f"q /X{len(drawn.sheet.forms) - 1} Do Q")
    head = f"<< /Type /XObject /Subtype /Form /BBox [0 0 {drawn.sheet.width:g} {drawn.sheet.height:g}] /Resources << /Font << /F1 3 0 R >> >>"
    new = f"BT /F1 {size:g} Tf {x:g} {y:g} Td ({text}) Tj ET"

    def add(data: bytes) -> bytes:
        (number,) = re.findall(rb"/X0 (\d+) 0 R", data)
        before = int(data.rsplit(b"startxref\n", 1)[1].split()[0])
        size = int(re.findall(rb"/Size (\d+)", data)[-1])
        body = b"%s 0 obj\n%s /Length %d >>\nstream\n%s\nendstream\nendobj\n" % (number, head.encode(), len(new), new.encode())
        start = len(data) + len(body)
        table = b"xref\n%s 1\n%010d 00000 n \n" % (number, len(data))
        return data + body + table + b"trailer << /Size %d /Root 1 0 R /Prev %d >>\nstartxref\n%d\n%%%%EOF\n" % (size, before, start)

    drawn.after = add


def as_a_picture(drawn: Drawn, rng: random.Random) -> None:
    """A value that is no text but bars: it must be marked, where it is not read."""
    _, x, y, text = a_value(drawn, rng)
    for k, char in enumerate(text):
        at = x + 0.6 * k * drawn.size
        bars = [bar for bar, lit in zip(_BARS, _LIT.get(char, "0000001"), strict=True) if lit == "1"]
        moved = " ".join(f"{bar} re f" for bar in bars)
        drawn.over.append(f"q {drawn.size / 1000:g} 0 0 {drawn.size / 1000:g} {at:g} {y:g} cm {moved} Q")


KINDS: dict[str, Kind] = {
    each.__name__.replace("_", " "): each
    for each in (
        *(in_a_font_of_small_pages, in_a_font_that_tells_nothing, in_a_pattern, upside_down_twice, squeezed, in_pieces, kerned, spaced_out),
        *(raised_and_lowered, outlined, white_on_a_black_cell, told_otherwise, moved_codes, exchanged_map, beneath_a_veil),
        *(beneath_a_blend_that_shows_it, beneath_a_blend_that_wipes_it, beneath_thick_mist, masked_away, masked_and_shown),
        *(a_cover_that_is_masked_away, a_cover_that_is_clipped_away, a_cover_on_a_layer_that_is_off, in_clips_within_clips),
        *(in_clips_that_do_not_meet, members_of_layers, larger_units, turned_with_a_crop, far_from_the_origin, very_small),
        *(changed_later, as_a_picture),
    )
}
