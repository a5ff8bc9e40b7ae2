"""Watermarks and stamps: text that lies over or under the content of a page and is no part of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from extractors.geometry.page_ink import Char, PageInk
from extractors.model import BBox, MarkKind, PageMark, union_of
from extractors.pdf.doubts import PAPER, contrast, inner, inner_margins
from extractors.pdf.drawn import RGB, Cover
from extractors.pdf.text_objects import TextObject

if TYPE_CHECKING:
    import numpy as np

# Degrees off the four directions from which text is turned on purpose.
_TURNED = 2.0
# Points, and times the usual size of the page, from which type is oversized.
_BIG, _BIGGER = 20.0, 2.2
# Levels of 255: pale, and so pale that hardly anybody prints content with it; and its share of the strongest type of the page.
_PALE, _VERY_PALE, _WEAKER = 130, 100, 0.6
# Share of the texts of one look, and of their glyphs, that lie over something else.
_TEXTS_OVER, _GLYPHS_OVER = 0.3, 0.5
# A mark says few things, and the same in many places.
_FEW_SAYINGS, _OFTEN = 3, 3
# Points by which a mark may move from page to page.
_SAME_PLACE = 2.0


@dataclass(frozen=True, slots=True)
class Noted:
    """The place of an annotation whose text is a mark."""

    box: BBox
    kind: MarkKind


@dataclass(slots=True)
class _Look:
    """All texts of one page that look alike: one colour, one size, turned or not."""

    texts: list[TextObject]
    chars: list[Char]
    levels: int
    turned: bool
    big: bool

    @property
    def rgb(self) -> RGB:
        return self.texts[0].style.rgb or (0, 0, 0)

    @property
    def is_coloured(self) -> bool:
        return max(self.rgb) - min(self.rgb) > 60

    @property
    def sayings(self) -> Counter[str]:
        return Counter("".join(text.text.split()) for text in self.texts)


Elsewhere = Callable[[], Sequence[TextObject]]


def set_marks_aside(
    ink: PageInk, objects: Sequence[TextObject], covers: Sequence[Cover], noted: Sequence[Noted], elsewhere: Elsewhere | None
) -> list[TextObject]:
    """The texts that are content; the others go to ``ink.marks``.

    Args:
        objects: the texts that are seen.
        covers: what is painted in areas, in the order of painting.
        noted: places of stamps and signatures that are annotations.
        elsewhere: gives the texts of another page of the file; asked only where something pale may be repeated there.
    """
    by_note = {id(text): note for text in objects if text.placed.parents for note in noted if note.box.contains(*text.box.center)}
    for note in noted:
        ink.marks += _to_marks([text for text in objects if by_note.get(id(text)) is note], note.kind)
    rest = [text for text in objects if id(text) not in by_note] if by_note else list(objects)
    looks = _looks(rest, covers)
    marked: list[_Look] = []
    for is_mark in (_is_turned, _is_big_and_light, _is_pale_over, _is_coloured_over, _is_big_over):
        for look in looks:
            if look not in marked and _may_be(look) and is_mark(look, _Others(ink, looks, marked, look)):
                marked.append(look)
    if elsewhere is not None and (left := [look for look in looks if look not in marked and _may_be_repeated(look)]):
        there = elsewhere()
        marked += [look for look in left if _is_repeated(look, there)]
    for look in marked:
        ink.marks += _to_marks(look.texts, "stamp" if look.is_coloured and _is_red(look.rgb) else "watermark")
    gone = {id(text) for look in marked for text in look.texts}
    return [text for text in rest if id(text) not in gone] if gone else rest


def _looks(objects: Sequence[TextObject], covers: Sequence[Cover]) -> list[_Look]:
    """The looks of a page that could be marks come with their glyphs; the usual ones are there for the others to lie over."""
    groups: dict[tuple[RGB | None, int, float, float], list[TextObject]] = {}
    for text in objects:
        style = text.style
        groups.setdefault((style.rgb, style.alpha, style.size, style.slope), []).append(text)
    counts = {key: sum(len(text.chars) for text in texts) for key, texts in groups.items()}
    sizes: Counter[float] = Counter()
    for (_, _, size, _), count in counts.items():
        sizes[size] += count
    usual, total = _middle(sizes), sizes.total()
    # Where most of the page is turned, it lay askew.
    turned = sum(count for (_, _, _, slope), count in counts.items() if slope > _TURNED)
    least = _TURNED if turned <= total / 2 else 180.0
    alike: dict[tuple[RGB | None, int, int, bool], list[TextObject]] = {}
    for (rgb, alpha, size, slope), texts in groups.items():
        alike.setdefault((rgb, alpha, round(size), slope > least), []).extend(texts)
    looks = []
    for (rgb, alpha, points, askew), texts in alike.items():
        texts.sort(key=lambda text: text.placed.order)
        levels = contrast(rgb, alpha, PAPER) if rgb is not None else 255
        if levels <= _PALE:
            levels = max(levels, *(_levels(text, covers) for text in texts[:8]))
        chars = [char for text in texts for char in text.chars if not char.text.isspace()]
        if chars:
            looks.append(_Look(texts, chars, levels, askew, points >= _BIG and points >= _BIGGER * usual))
    strongest = max((look.levels for look in looks if len(look.chars) >= 0.1 * total), default=255)
    return [look if look.levels <= _WEAKER * strongest else replace(look, levels=255) for look in looks]


def _middle(sizes: Counter[float]) -> float:
    left = sizes.total() / 2
    for size, count in sorted(sizes.items()):
        left -= count
        if left <= 0:
            return size
    return 0.0


def _levels(text: TextObject, covers: Sequence[Cover]) -> int:
    """How far a text stands out from the area that it lies on."""
    ground: RGB | None = PAPER
    x, y = text.box.center
    for cover in covers:
        if cover.order < text.placed.order and cover.opaque and cover.box.contains(x, y):
            ground = cover.rgb
    rgb = text.style.rgb
    return 255 if rgb is None or ground is None else contrast(rgb, text.style.alpha, ground)


def _may_be(look: _Look) -> bool:
    return look.turned or look.big or look.levels <= _PALE or look.is_coloured


class _Others:
    """What a look may lie over: the rulings, and all text that is neither of this look nor a mark itself."""

    def __init__(self, ink: PageInk, looks: Sequence[_Look], marked: Sequence[_Look], look: _Look) -> None:
        self.ink, self.look = ink, look
        self.chars = [char for other in looks if other is not look and other not in marked for char in other.chars]
        self._on_text: np.ndarray | None = None
        self._on_lines: np.ndarray | None = None

    def on_text(self) -> np.ndarray:
        """For each glyph of the look, whether it touches another glyph; bool, shape (n,)."""
        if self._on_text is None:
            self._on_text = _touch(_boxes(self.look.chars), _boxes(self.chars))
        return self._on_text

    def on_anything(self) -> np.ndarray:
        """The same for glyphs and rulings."""
        if self._on_lines is None:
            self._on_lines = self.on_text() | _touch(_boxes(self.look.chars), self._lines())
        return self._on_lines

    def crosses_lines(self) -> bool:
        """Whether a ruling runs through one of the texts, be it between two of its glyphs."""
        boxes = [inner(text.box) for text in self.look.texts]
        return bool(_touch(_array([(box.x0, box.top, box.x1, box.bottom) for box in boxes]), self._lines()).any())

    def _lines(self) -> np.ndarray:
        return _array(
            [
                (r.start, r.at - 0.1, r.end, r.at + 0.1) if r.orientation == "h" else (r.at - 0.1, r.start, r.at + 0.1, r.end)
                for r in self.ink.rulings
            ]
        )

    def texts_over(self) -> float:
        """Share of the texts of the look of which any glyph lies over something."""
        over = self.on_anything()
        k = count = 0
        for text in self.look.texts:
            n = sum(not char.text.isspace() for char in text.chars)
            count += bool(over[k : k + n].any())
            k += n
        return count / len(self.look.texts)


def _boxes(chars: Sequence[Char]) -> np.ndarray:
    """As ``inner`` has it, shape (n, 4)."""
    boxes = _array([char[1:5] for char in chars])
    margin = inner_margins(boxes)
    boxes[:, :2] += margin[:, None]
    boxes[:, 2:] -= margin[:, None]
    return boxes


def _array(boxes: Sequence[tuple[float, float, float, float]]) -> np.ndarray:
    import numpy as np

    return np.array(boxes, float).reshape(-1, 4)


def _touch(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """For each box of ``a``, whether it has an area in common with one of ``b``; shapes (n, 4) and (m, 4)."""
    import numpy as np

    found = np.zeros(len(a), np.bool_)
    for start in range(0, len(a), 256):
        part = a[start : start + 256, None, :]
        level = (part[..., 0] < b[None, :, 2]) & (part[..., 2] > b[None, :, 0])
        upright = (part[..., 1] < b[None, :, 3]) & (part[..., 3] > b[None, :, 1])
        found[start : start + 256] = (level & upright).any(axis=1)
    return found


def _is_turned(look: _Look, others: _Others) -> bool:
    return look.turned


def _is_big_and_light(look: _Look, others: _Others) -> bool:
    return look.big and (look.levels <= _PALE or look.is_coloured) and (bool(others.on_anything().any()) or others.crosses_lines())


def _is_pale_over(look: _Look, others: _Others) -> bool:
    if look.levels > _PALE:
        return False
    often = max(look.sayings.values()) >= _OFTEN or any(text.placed.parents for text in look.texts)
    return others.texts_over() >= _TEXTS_OVER or (often and bool(others.on_anything().any()))


def _is_coloured_over(look: _Look, others: _Others) -> bool:
    return look.is_coloured and float(others.on_text().mean()) >= _GLYPHS_OVER


def _is_big_over(look: _Look, others: _Others) -> bool:
    return look.big and float(others.on_anything().mean()) >= _TEXTS_OVER


def _may_be_repeated(look: _Look) -> bool:
    return look.levels <= _VERY_PALE and len(look.sayings) <= _FEW_SAYINGS


def _is_repeated(look: _Look, elsewhere: Sequence[TextObject]) -> bool:
    """Whether every text of the look stands in the same place of another page, in the same paint."""
    return all(
        any(
            other.style.rgb == text.style.rgb
            and other.text == text.text
            and abs(other.box.x0 - text.box.x0) <= _SAME_PLACE
            and abs(other.box.top - text.box.top) <= _SAME_PLACE
            for other in elsewhere
        )
        for text in look.texts
    )


def _is_red(rgb: RGB) -> bool:
    return rgb[0] >= rgb[1] + 60 and rgb[0] >= rgb[2] + 60


def _to_marks(texts: Sequence[TextObject], kind: MarkKind) -> list[PageMark]:
    """One mark for each thing that is said; single letters make one together."""
    if not texts:
        return []
    if all(len(text.text.strip()) <= 1 for text in texts):
        said = {"".join(text.text.strip() for text in texts): list(texts)}
    else:
        said = {}
        for text in texts:
            said.setdefault(text.text.strip(), []).append(text)
    marks = []
    for words, places in said.items():
        box = union_of(text.box for text in places)
        if words and box is not None:
            marks.append(PageMark(words, box, kind))
    return marks
