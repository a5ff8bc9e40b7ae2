"""How an object is painted: its own word, that of its drawing parameters, and that of what it stands in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from extractors.errors import BrokenFileError
from extractors.messages import tell
from extractors.ofd.package import Element
from extractors.ofd.resources import Resources
from extractors.ofd.tree import child, children, numbers, to_number
from extractors.safe_xml import local
from extractors.whole_numbers import whole_number

RGB = tuple[float, float, float]
BLACK: RGB = (0.0, 0.0, 0.0)
# What a pattern or a mesh of colours looks like from afar; what lies under a pattern is seen through it.
_TINT, _THROUGH = (0.8, 0.8, 0.8), 0.5
_LINE_WIDTH = 0.353


@dataclass(frozen=True, slots=True)
class Paint:
    """A colour, each channel from 0 to 1, and how opaque it is, 0 to 1."""

    rgb: RGB
    alpha: float = 1.0


@dataclass(frozen=True, slots=True)
class Look:
    """How one object is painted; None where nothing is. The width of lines is in its own space."""

    fill: Paint | None
    stroke: Paint | None
    line_width: float
    dashes: tuple[float, ...] = ()
    cap: int = 0


class Painter:
    """Looks for one object after another; ``chain`` is what speaks of it, nearest first."""

    def __init__(self, resources: Resources) -> None:
        self._resources = resources

    def look(self, chain: Sequence[Element], fills: bool, strokes: bool, default_fill: RGB | None, default_stroke: RGB | None) -> Look:
        """The look of the first of ``chain``, whose alpha counts for all of its paint.

        Args:
            fills, strokes: whether it is painted so at all.
            default_fill, default_stroke: the colour where nobody says one; None paints nothing.
        """
        alpha = _share(chain[0].get("Alpha"))
        fill = self._paint(chain, "FillColor", default_fill, alpha) if fills else None
        stroke = self._paint(chain, "StrokeColor", default_stroke, alpha) if strokes else None
        width = _first(chain, "LineWidth")
        dashes = tuple(abs(v) for v in numbers(_first(chain, "DashPattern") or ""))
        cap = {"round": 1, "square": 2}.get((_first(chain, "Cap") or "").lower(), 0)
        return Look(fill, stroke, abs(to_number(width)) if width else _LINE_WIDTH, dashes if sum(dashes) > 0 else (), cap)

    def _paint(self, chain: Sequence[Element], name: str, default: RGB | None, alpha: float) -> Paint | None:
        color = next((found for each in chain if (found := child(each, name)) is not None), None)
        if color is None:
            return Paint(default, alpha) if default is not None else None
        paint = self._color(color)
        return Paint(paint.rgb, paint.alpha * alpha * _share(color.get("Alpha")))

    def _color(self, color: Element) -> Paint:
        shades = next((each for each in children(color) if local(each).endswith(("Shd", "Pattern"))), None)
        if shades is not None:
            inner = [self._color(each) for each in shades.iter() if isinstance(each.tag, str) and local(each) == "Color"]
            if local(shades) == "Pattern" or not inner:
                return Paint(_TINT, _THROUGH)
            count = len(inner)
            return Paint((sum(p.rgb[0] for p in inner) / count, sum(p.rgb[1] for p in inner) / count, sum(p.rgb[2] for p in inner) / count))
        return Paint(self._value(color))

    def _value(self, color: Element) -> RGB:
        space = self._resources.entry("ColorSpace", color.get("ColorSpace"))
        text = color.get("Value")
        if not text:
            text = self._of_palette(color, space.element if space is not None else None)
        bits = to_number(space.element.get("BitsPerComponent") or "8") if space is not None else 8.0
        values = [min(max(_channel(each) / (2 ** min(max(bits, 1.0), 16.0) - 1), 0.0), 1.0) for each in text.replace(",", " ").split()]
        if len(values) == 1:
            return (values[0],) * 3
        if len(values) == 4:
            cyan, magenta, yellow, black = values
            return (1 - cyan) * (1 - black), (1 - magenta) * (1 - black), (1 - yellow) * (1 - black)
        if len(values) != 3:
            raise BrokenFileError(*tell("ofd.colour", text=text[:40]))
        return values[0], values[1], values[2]

    def _of_palette(self, color: Element, space: Element | None) -> str:
        index = whole_number(color.get("Index"), -1)
        entries = [each.text or "" for each in children(child(space, "Palette"), "CV")]
        return entries[index] if 0 <= index < len(entries) else "0 0 0"


def _channel(text: str) -> float:
    if text.startswith("#"):
        try:
            return float(int(text[1:], 16))
        except (ValueError, OverflowError):
            raise BrokenFileError(*tell("ofd.colour", text=text[:40])) from None
    return to_number(text)


def _first(chain: Sequence[Element], name: str) -> str | None:
    return next((value.strip() for each in chain if (value := each.get(name)) is not None and value.strip()), None)


def _share(text: str | None) -> float:
    """An alpha, 0 to 255, as a share; 1.0 where none is given."""
    return min(max(to_number(text.strip()) / 255, 0.0), 1.0) if text and text.strip() else 1.0
