"""Every damage by name: to the sheet, in the machine, in how the page lies, by which seal."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from bench.forms import glass, paper
from bench.forms.degrade import Wear
from bench.forms.mishaps import MISHAPS, Step


@dataclass(frozen=True)
class Damage:
    """What one mishap does, each part where the page is when it happens.

    Attributes:
        paper: to the sheet.
        sheets: to the sheets of a file, side by side.
        wear: how the page lies and is taken.
        glass: to the picture as it leaves the machine.
        seal: which seal is stamped over amounts and names: round, chop, oval.
        pixels: dpi across and down that the file states, where they differ.
    """

    paper: Step | None = None
    sheets: Callable[[list[np.ndarray]], list[np.ndarray]] | None = None
    wear: Callable[[Wear, random.Random], Wear] | None = None
    glass: Step | None = None
    seal: str = ""
    pixels: tuple[int, int] | None = None


def _steep(wear: Wear, picker: random.Random) -> Wear:
    return replace(wear, skew=picker.choice((-5.0, 5.0)))


def _coarse(wear: Wear, picker: random.Random) -> Wear:
    return replace(wear, dpi=picker.choice((100, 120, 150)), blur=0.3)


def _jpeg_30(wear: Wear, picker: random.Random) -> Wear:
    return replace(wear, quality=30)


def _photo(wear: Wear, picker: random.Random) -> Wear:
    return replace(wear, dpi=210, photo=True, rotation=picker.choice((0, 0, 1, 2, 3)))


def _turned(*quarters: int) -> Callable[[Wear, random.Random], Wear]:
    return lambda wear, picker: replace(wear, rotation=picker.choice(quarters))


def _black_white(wear: Wear, picker: random.Random) -> Wear:
    return replace(wear, dpi=picker.choice((200, 300)), black_white=True, noise=12, blur=picker.uniform(0.6, 1.0), speckles=30, fade=0.0)


def _as_fax(wear: Wear, picker: random.Random) -> Wear:
    return replace(wear, dpi=200, black_white=True)


_GLASS = (glass.feeder_streak, glass.cross_streak, glass.book_shadow, glass.uneven_light, glass.moire, glass.black_frame)
_PAPER = (paper.pale, paper.show_through, paper.staples, paper.handwriting, paper.broken_rulings, paper.half_page)
DAMAGES: dict[str, Damage] = {
    **{name: Damage(paper=step) for name, step in MISHAPS.items()},
    **{step.__name__.replace("_", "-"): Damage(paper=step) for step in _PAPER},
    **{step.__name__.replace("_", "-"): Damage(glass=step) for step in _GLASS},
    "feeder-streak-bw": Damage(wear=_black_white, glass=glass.feeder_streak),
    "fax": Damage(wear=_as_fax, glass=glass.fax, pixels=(204, 196)),
    "fax-coarse": Damage(wear=_as_fax, glass=glass.fax_coarse, pixels=(204, 98)),
    "jpeg-30": Damage(wear=_jpeg_30),
    "coarse": Damage(wear=_coarse),
    "steep": Damage(wear=_steep),
    "sideways": Damage(wear=_turned(1, 3)),
    "upside-down": Damage(wear=_turned(2)),
    "spread": Damage(sheets=paper.spread),
    "fingers": Damage(wear=_photo, glass=glass.fingers),
    "curved-photo": Damage(paper=paper.curved, wear=_photo),
    "seal": Damage(seal="round"),
    "seal-bw": Damage(wear=_black_white, seal="round"),
    "chop": Damage(seal="chop"),
    "chop-bw": Damage(wear=_black_white, seal="chop"),
    "oval": Damage(seal="oval"),
    "oval-bw": Damage(wear=_black_white, seal="oval"),
}


def damages_to_wear(names: Sequence[str], wear: Wear, picker: random.Random) -> Wear:
    for name in names:
        change = DAMAGES[name].wear
        wear = change(wear, picker) if change else wear
    return wear
