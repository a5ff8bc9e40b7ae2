"""Fields that show what they say themselves: a sign in a box, a fraction, a symbol, a place to click."""

from __future__ import annotations

import re

from extractors.whole_numbers import whole_number
from extractors.word_processor.symbols import EMPTY, TICKED, symbol

_WORD = re.compile(r'"([^"]*)"|(\S+)')
_OVERSTRIKE = re.compile(r"\\o\s*(?:\\a[clr]\s*)?\(([^,，()]*)[,，]([^()]*)\)", re.IGNORECASE)
_FRACTION = re.compile(r"\\f\s*\(([^,，()]*)[,，]([^()]*)\)", re.IGNORECASE)
_BOXES, _TICKS, _CROSSES, _CIRCLES = "□☐◻▢口", "√✓✔", "×✗✕xX", "○◯〇"
_RAISED = re.compile(r"\\s\s*\\(?:up|do)\s*\d*\s*\(([^()]*)\)", re.IGNORECASE)
# Fields that show nothing.
_SILENT = {"XE", "TC", "RD", "TA", "SET", "ASK", "ADVANCE", "PRIVATE", "COMMENTS", "SKIPIF", "NEXT", "NEXTIF", "DATABASE"}


def keyword(instruction: str) -> str:
    """The first word of a field's instruction, in capitals."""
    return instruction.split(None, 1)[0].upper().split("\\")[0] if instruction.strip() else ""


def shown_by(instruction: str) -> str | None:
    """What a field without a stored result shows; None where that cannot be told."""
    name = keyword(instruction)
    rest = instruction.strip()[len(name) :]
    if name == "EQ":
        return _equation(rest)
    if name == "SYMBOL":
        return _symbol(rest)
    if name in ("MACROBUTTON", "GOTOBUTTON"):
        words = rest.split(None, 1)
        return words[1].strip() if len(words) > 1 else ""
    if name == "QUOTE":
        return " ".join(first or second for first, second in _WORD.findall(rest) if not second.startswith("\\"))
    return "" if name in _SILENT or not name else None


def tick(is_ticked: bool) -> str:
    return TICKED if is_ticked else EMPTY


def _equation(text: str) -> str | None:
    """The 带圈字符 of Word, and fractions."""
    text = _RAISED.sub(r"\1", text)
    found = _OVERSTRIKE.search(text)
    if found:
        around, inside = (part.strip() for part in found.groups())
        shown = _overstruck(around, inside) or _overstruck(inside, around)
    else:
        found = _FRACTION.search(text)
        shown = f"{found[1].strip()}/{found[2].strip()}" if found else None
    if found is None or shown is None or "\\" in text.replace(found[0], ""):
        return None
    return shown


def _overstruck(around: str, inside: str) -> str | None:
    if around and around in _BOXES:
        if inside in _TICKS and inside:
            return TICKED
        if inside and inside in _CROSSES:
            return "☒"
        return EMPTY if not inside else None
    if around and around in _CIRCLES:
        number = whole_number(inside)
        if 0 < number <= 20:
            return chr(0x2460 + number - 1)
        return f"({inside})" if inside else around
    return None


def _symbol(text: str) -> str | None:
    words = [first or second for first, second in _WORD.findall(text)]
    font = next((words[index + 1] for index, word in enumerate(words[:-1]) if word.lower() == "\\f"), "")
    code = words[0] if words else ""
    try:
        place = int(code, 16 if code.lower().startswith("0x") else 10)
    except ValueError:
        return None
    return symbol(place, font) if 0 <= place < 0x110000 else None
