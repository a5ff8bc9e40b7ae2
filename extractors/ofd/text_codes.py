"""Text codes of an OFD: where each of their characters stands."""

from __future__ import annotations

from dataclasses import dataclass

from extractors.errors import BrokenFileError
from extractors.messages import tell
from extractors.ofd.matrix import turn
from extractors.ofd.package import Element
from extractors.ofd.tree import children, number, to_number
from extractors.ofd.widths import usual_width
from extractors.whole_numbers import whole_number


@dataclass(frozen=True, slots=True)
class PlacedChar:
    """One character in the space of its text object, in millimetres: where it begins on its base line."""

    text: str
    x: float
    y: float


def place_characters(element: Element, size: float, stretch: float) -> list[list[PlacedChar]]:
    """The characters of a text object, those of each of its text codes apart.

    Args:
        element: the TextObject.
        size: of its font, in millimetres.
        stretch: its HScale.
    """
    placed: list[list[PlacedChar]] = []
    x = y = 0.0
    along = turn(number(element, "ReadDirection", 0.0)).point(1.0, 0.0)
    for code in children(element, "TextCode"):
        # One that says nothing begins where the one before began.
        x, y = number(code, "X", x), number(code, "Y", y)
        text = _text(code)
        across, down = deltas(code.get("DeltaX"), len(text)), deltas(code.get("DeltaY"), len(text))
        spaced = bool(across or down)
        group = []
        at = (x, y)
        for k, char in enumerate(text):
            usual = usual_width(char) * size * stretch
            step = _step(k, across, down, spaced, (along[0] * usual, along[1] * usual))
            group.append(PlacedChar(char, at[0], at[1]))
            at = (at[0] + step[0], at[1] + step[1])
        placed.append(group)
    return placed


def _text(code: Element) -> str:
    text = "".join(code.itertext())
    # Line ends are the layout of the XML, and no text code has them: each stands on one line.
    return text.strip() if "\n" in text or "\r" in text else text


def _step(k: int, across: list[float], down: list[float], spaced: bool, natural: tuple[float, float]) -> tuple[float, float]:
    """From the character number ``k`` to the next one."""
    if not spaced or k >= max(len(across), len(down)):
        return natural
    return (across[k] if k < len(across) else 0.0), (down[k] if k < len(down) else 0.0)


def deltas(text: str | None, most: int) -> list[float]:
    """A list of steps, ``g 3 2.5`` written out as three times 2.5; no more than the text has characters.

    >>> deltas("1 g 3 2.5 4", 9)
    [1.0, 2.5, 2.5, 2.5, 4.0]
    """
    parts = (text or "").replace(",", " ").split()
    found: list[float] = []
    k = 0
    while k < len(parts) and len(found) < most:
        if parts[k].lower() != "g":
            found.append(to_number(parts[k]))
            k += 1
            continue
        times = whole_number(parts[k + 1], -1) if k + 2 < len(parts) else -1
        if times < 0:
            raise BrokenFileError(*tell("ofd.steps", text=(text or "")[:60]))
        found += [to_number(parts[k + 2])] * min(times, most - len(found))
        k += 3
    return found
