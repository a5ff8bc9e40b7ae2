"""What a run of Word 97 looks like by its styles and its own properties, as far as it changes what is read."""

from __future__ import annotations

from dataclasses import dataclass, replace

from extractors.word_processor.context import Look
from extractors.word_processor.doc.sprms import Properties, properties
from extractors.word_processor.doc.streams import FONTS, STYLES, Streams, number

_DELETED, _INSERTED, _HIDDEN, _STRUCK, _STRUCK_TWICE, _CAPS = 0x0800, 0x0801, 0x083C, 0x0837, 0x2A53, 0x083B
_RAISED, _POSITION, _STYLE, _FONT, _SYMBOL, _SPECIAL, _PICTURE, _FIELD_DATA = (
    0x2A48, 0x4845, 0x4A30, 0x4A4F, 0x6A09, 0x0855, 0x6A03, 0x0806,
)  # fmt: skip
_INDEX_COLOUR, _COLOUR, _HIGHLIGHT, _SHADE, _OLD_SHADE = 0x2A42, 0x6870, 0x2A0C, 0xCA71, 0x4866
_WHITE = 8
# A toggle that is as the style says, or the other way round.
_AS_STYLE, _NOT_AS_STYLE = 0x80, 0x81
_TOGGLES = {_HIDDEN: "hidden", _STRUCK: "struck", _CAPS: "upper"}
_DEEPEST = 30
_OF_PARAGRAPHS, _OF_RUNS = 1, 2


@dataclass(frozen=True, slots=True)
class RunLook:
    """``symbol`` is a character in a font of its own, ``picture`` a place among the data where a picture or a field's settings are."""

    hidden: bool = False
    struck: bool = False
    upper: bool = False
    deleted: bool = False
    inserted: bool = False
    raised: bool = False
    white: bool = False
    painted: bool = False
    special: bool = False
    field_data: bool = False
    font: int = -1
    picture: int = -1
    symbol: tuple[int, int] | None = None


class Looks:
    """The styles and fonts of one document."""

    def __init__(self, streams: Streams) -> None:
        self._styles = _styles(streams.part(STYLES))
        self._of_paragraphs: dict[int, Properties] = {}
        self.fonts = _fonts(streams.part(FONTS))
        self._of_style: dict[int, RunLook] = {}

    def font(self, index: int) -> str:
        return self.fonts[index] if 0 <= index < len(self.fonts) else ""

    def of_paragraphs(self, style: int) -> Properties:
        """What a style says of its paragraphs, with those that it is based on."""
        if style not in self._of_paragraphs:
            line = [self._styles[each].of_paragraphs for each in self._line(style)]
            self._of_paragraphs[style] = [each for held in reversed(line) for each in properties(held)]
        return self._of_paragraphs[style]

    def _line(self, style: int) -> list[int]:
        """A style and those that it is based on, each once."""
        line: list[int] = []
        while style in self._styles and style not in line and len(line) < _DEEPEST:
            line.append(style)
            style = self._styles[style].base
        return line

    def look(self, own: bytes, style: int) -> RunLook:
        """The look of a run with these own properties in a paragraph of a style."""
        base = self.of_style(style)
        own_style = next((number(operand, 0) for code, operand in properties(own) if code == _STYLE), None)
        if own_style is not None:
            base = _applied(base, self._styles[own_style].of_runs if own_style in self._styles else b"", base)
        return _applied(base, own, base)

    def of_style(self, style: int) -> RunLook:
        if style not in self._of_style:
            look = RunLook()
            for each in reversed(self._line(style)):
                look = _applied(look, self._styles[each].of_runs, look)
            self._of_style[style] = look
        return self._of_style[style]

    def as_look(self, run: RunLook, font: str = "") -> Look:
        return Look(run.hidden, run.upper, run.struck, run.raised, run.white and not run.painted, font or self.font(run.font))


def _applied(look: RunLook, data: bytes, style: RunLook) -> RunLook:
    """A look with the properties of ``data`` on it; ``style`` is that which toggles go by."""
    for code, operand in properties(data):
        value = number(operand, 0)
        if code in _TOGGLES:
            name = _TOGGLES[code]
            of_style = bool(getattr(style, name))
            on = of_style if value == _AS_STYLE else not of_style if value == _NOT_AS_STYLE else bool(value)
            look = _toggled(look, name, on)
        else:
            look = _set(look, code, value, operand)
    return look


def _toggled(look: RunLook, name: str, on: bool) -> RunLook:
    if name == "hidden":
        return replace(look, hidden=on)
    return replace(look, struck=on) if name == "struck" else replace(look, upper=on)


def _set(look: RunLook, code: int, value: int, operand: bytes) -> RunLook:
    if code == _DELETED:
        return replace(look, deleted=bool(value))
    if code == _INSERTED:
        return replace(look, inserted=bool(value))
    if code == _STRUCK_TWICE:
        return replace(look, struck=bool(value))
    if code == _RAISED:
        return replace(look, raised=value == 1)
    if code == _POSITION:
        return replace(look, raised=0 < value < 0x8000)
    if code == _SPECIAL:
        return replace(look, special=bool(value))
    if code == _FONT:
        return replace(look, font=value)
    if code == _PICTURE:
        return replace(look, picture=number(operand, 0, 4))
    if code == _FIELD_DATA:
        return replace(look, field_data=bool(value))
    if code == _SYMBOL:
        return replace(look, symbol=(value, number(operand, 2)))
    return _painted(look, code, value, operand)


def _painted(look: RunLook, code: int, value: int, operand: bytes) -> RunLook:
    if code == _INDEX_COLOUR:
        return replace(look, white=value == _WHITE)
    if code == _COLOUR:
        return replace(look, white=operand[:4] == b"\xff\xff\xff\x00")
    if code == _HIGHLIGHT:
        return replace(look, painted=value not in (0, _WHITE))
    if code == _OLD_SHADE:
        return replace(look, painted=is_shaded_80(value))
    if code == _SHADE:
        return replace(look, painted=is_shaded(operand))
    return look


def is_shaded(operand: bytes) -> bool:
    """Whether a colour behind text is another one than white or none: front, back, pattern."""
    back, pattern = operand[4:8], number(operand, 8)
    return (back[3:4] == b"\x00" and back[:3] != b"\xff\xff\xff") or pattern not in (0, 0xFFFF)


def is_shaded_80(value: int) -> bool:
    """The same in the old way: five bits each for front and back, and the pattern."""
    return (value >> 5) & 31 not in (0, _WHITE) or value >> 10 not in (0, 63)


@dataclass(frozen=True, slots=True)
class _Style:
    base: int
    of_runs: bytes = b""
    of_paragraphs: bytes = b""


def _styles(sheet: bytes) -> dict[int, _Style]:
    head = number(sheet, 0)
    base_size = number(sheet, 4)
    at, found = 2 + head, {}
    for index in range(number(sheet, 2)):
        size = number(sheet, at)
        style = sheet[at + 2 : at + 2 + size]
        if size:
            found[index] = _style(style, base_size)
        at += 2 + size
    return found


def _style(style: bytes, base_size: int) -> _Style:
    kind, base = number(style, 2) & 15, number(style, 2) >> 4
    at = base_size + 2 + 2 * number(style, base_size) + 2
    parts: list[bytes] = []
    for _ in range(number(style, 4) & 15):
        at += at % 2
        size = number(style, at)
        parts.append(style[at + 2 : at + 2 + size])
        at += 2 + size
    if kind == _OF_PARAGRAPHS and len(parts) > 1:
        return _Style(base, parts[1], parts[0][2:])
    return _Style(base, parts[0] if kind == _OF_RUNS and parts else b"")


def _fonts(table: bytes) -> list[str]:
    """Names of fonts, in order."""
    names, at = [], 4
    for _ in range(number(table, 0)):
        size = table[at] if at < len(table) else 0
        held = table[at + 1 + 39 : at + 1 + size]
        names.append(held.decode("utf-16-le", "replace").split("\0")[0])
        at += 1 + size
    return names
