"""Signs of fonts that hold pictures in the place of letters; each way to write a tick or a box is one sign."""

from __future__ import annotations

TICKED, EMPTY = "☑", "□"
_CROSSED = "☒"

_WINGDINGS = {
    0x6C: "●", 0x6D: "○", 0x6E: "■", 0x6F: EMPTY, 0x70: EMPTY, 0x71: EMPTY, 0x72: EMPTY, 0x73: "◆", 0x74: "◆", 0x75: "◆", 0x76: "❖",
    0x77: "◆", 0x9F: "•", 0xA0: "·", 0xA1: "○", 0xA4: "◉", 0xA7: "▪", 0xA8: EMPTY, 0xAB: "★", 0xD8: "➢", 0xDF: "←", 0xE0: "→", 0xE1: "↑",
    0xE2: "↓", 0xF0: "⇨", 0xFB: "✗", 0xFC: "✓", 0xFD: _CROSSED, 0xFE: TICKED,
}  # fmt: skip
_WINGDINGS |= {0x80: "⓪", 0x8B: "⓪"}
_WINGDINGS |= {0x81 + index: chr(0x2460 + index) for index in range(10)}
_WINGDINGS |= {0x8C + index: chr(0x2776 + index) for index in range(10)}
_WINGDINGS_2 = {
    0x4F: "✗", 0x50: "✓", 0x51: _CROSSED, 0x52: TICKED, 0x53: _CROSSED, 0x54: _CROSSED, 0x55: "⊗", 0x56: "⊗", 0x97: "●", 0x98: "●",
    0xA2: "■", 0xA3: EMPTY, 0xA4: EMPTY, 0xA5: EMPTY,
}  # fmt: skip
_WINGDINGS_2 |= {0x69: "⓪"} | {0x6A + index: chr(0x2460 + index) for index in range(10)}
_WINGDINGS_2 |= {0x75 + index: chr(0x2776 + index) for index in range(10)}
_WEBDINGS = {0x61: "✓", 0x63: EMPTY, 0x67: "■", 0x6E: "●", 0x72: "✗"}
_SYMBOL = {
    **{code: chr(code) for code in range(0x20, 0x40)},
    0x40: "≅", 0x5B: "[", 0x5D: "]", 0x5F: "_", 0x7B: "{", 0x7C: "|", 0x7D: "}", 0x7E: "∼", 0x2D: "−", 0xA2: "′", 0xA3: "≤", 0xA4: "⁄",
    0xA5: "∞", 0xAC: "←", 0xAD: "↑", 0xAE: "→", 0xAF: "↓", 0xB0: "°", 0xB1: "±", 0xB2: "″", 0xB3: "≥", 0xB4: "×", 0xB7: "•", 0xB8: "÷",
    0xB9: "≠", 0xBA: "≡", 0xBB: "≈", 0xBC: "…", 0xD6: "√", 0xD7: "⋅", 0xA0: "€", 0xB5: "∝", 0xE5: "∑",
}  # fmt: skip
_SYMBOL |= dict(zip(range(0x41, 0x5B), "ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ", strict=True))
_SYMBOL |= dict(zip(range(0x61, 0x7B), "αβχδεφγηιϕκλμνοπθρστυϖωξψζ", strict=True))
_FONTS = {
    "wingdings": _WINGDINGS, "wingdings 2": _WINGDINGS_2, "webdings": _WEBDINGS, "symbol": _SYMBOL, "wingdings 3": {},
}  # fmt: skip
# Ways to write a box or a tick as a character of its own; what has no width shows nothing.
_SAME = str.maketrans({
    "☐": EMPTY, "◻": EMPTY, "🗹": TICKED, "✅": TICKED, "🗷": _CROSSED, "🗵": _CROSSED, "❑": EMPTY, "❏": EMPTY, "❐": EMPTY, "❒": EMPTY,
    "\u200b": None, "\u2060": None, "\ufeff": None,
})  # fmt: skip
# Private-use characters keep the number that they have in the font, and programs lose the name of that font on the way.
_PRIVATE = range(0xF020, 0xF100)
_WITHOUT_FONT = {0x52: TICKED, 0x54: _CROSSED, 0xA3: EMPTY}
_WITHOUT_FONT |= {code: _WINGDINGS[code] for code in (0x6F, 0x6C, 0xA8, 0xFC, 0xFD, 0xFE, 0xFB)}


def is_symbol_font(font: str) -> bool:
    return font.strip().lower() in _FONTS


def symbol(code: int, font: str) -> str | None:
    """The sign at a place of a font, the place with or without the 0xF000 of private use; None where it is not known."""
    table = _FONTS.get(font.strip().lower())
    place = code - 0xF000 if code in _PRIVATE else code
    if table is not None:
        return table.get(place)
    if code in _PRIVATE:
        return _WITHOUT_FONT.get(place)
    return chr(code) if 0x20 <= code < 0x110000 and not 0xD800 <= code < 0xE000 else None


def shown_signs(text: str, font: str = "") -> tuple[str, int]:
    """Text as its font shows it, each tick and box written in one way; how many signs nobody knows, each U+FFFD now."""
    text = text.translate(_SAME)
    in_font = is_symbol_font(font)
    if not in_font and not any(ord(char) in _PRIVATE for char in text):
        return text, 0
    unknown = 0
    parts = []
    for char in text:
        code = ord(char)
        sign = symbol(code, font) if code in _PRIVATE or (in_font and 0x20 < code < 0x100) else char
        unknown += sign is None
        parts.append("\ufffd" if sign is None else sign)
    return "".join(parts), unknown
