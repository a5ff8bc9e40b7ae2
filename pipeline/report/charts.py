"""Plain charts as inline SVG: bars and stacked bars, drawn from counts, with every figure as text beside its bar."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from pipeline.telling.columns import shortened

_WIDTH, _LEFT, _ROW, _BAR = 860, 230, 24, 15
_BASE, _COLUMNS = 16, 30
_RECT = Markup('<rect x="{:.1f}" y="{}" width="{:.1f}" height="{}" fill="{}"/>')
_ROOM = _WIDTH - _LEFT - 90
# Told apart in print and by those who see no red or green: dark to light.
SHADES = ("#1f4e79", "#5b93c7", "#e0a03c", "#b5c7d8", "#7a6a9c", "#6b7785")


@dataclass(frozen=True, slots=True)
class Bar:
    """A line of a chart: its label, the sizes of its parts, and what stands at its end."""

    label: str
    parts: tuple[float, ...]
    shown: str


def bars(lines: Sequence[Bar], about: str) -> Markup:
    """Lying bars on one scale.

    Args:
        about: what the chart shows, for those who hear it read.
    """
    most = max((sum(each.parts) for each in lines), default=0) or 1
    drawn = Markup("").join(_line(_ROW * at, each, most) for at, each in enumerate(lines))
    return _svg(_ROW * len(lines) + 4, about, drawn)


def legend(names: Sequence[str]) -> Markup:
    """What each shade stands for."""
    pieces = (Markup('<span><i style="background:{}"></i>{}</span>').format(_shade(at), name) for at, name in enumerate(names))
    return Markup('<p class="legend">{}</p>').format(Markup("").join(pieces))


def scale(marks: Sequence[tuple[str, float, str]], most: float, about: str) -> Markup:
    """Rates on one line from nought to ``most``: label, rate, and the figure as it is said."""
    lines = [Bar(label, (min(rate, most),), shown) for label, rate, shown in marks]
    drawn = Markup("").join(_line(_ROW * at, each, most) for at, each in enumerate(lines))
    return _svg(_ROW * len(lines) + 4, about, drawn)


def _svg(height: int, about: str, drawn: Markup) -> Markup:
    return Markup('<svg viewBox="0 0 {} {}" width="100%" role="img" aria-label="{}">{}</svg>').format(_WIDTH, height, about, drawn)


def _line(top: int, bar: Bar, most: float) -> Markup:
    left, pieces = float(_LEFT), []
    for at, part in enumerate(bar.parts):
        width = max(1.0, _ROOM * part / most) if part > 0 else 0.0
        if width:
            pieces.append(_RECT.format(left, top + 4, width, _BAR, _shade(at)))
        left += width
    label = shortened(bar.label, _COLUMNS)
    text = Markup('<text x="{}" y="{}" text-anchor="end">{}<title>{}</title></text><text x="{:.1f}" y="{}">{}</text>')
    return text.format(_LEFT - 8, top + _BASE, label, bar.label, left + 6, top + _BASE, escape(bar.shown)) + Markup("").join(pieces)


def _shade(at: int) -> str:
    return SHADES[at % len(SHADES)]
