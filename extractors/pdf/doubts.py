"""Where there is any reason to ask whether a text is seen: by the order, the boxes and the colours of what a page paints."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from extractors.model import BBox
from extractors.pdf.drawn import RGB, Clip, Cover, clip_of, is_clipped
from extractors.pdf.text_objects import TextObject

if TYPE_CHECKING:
    import numpy as np

PAPER: RGB = (255, 255, 255)
# Levels of 255 between text and ground below which a look decides.
DISTINCT = 40
# The part of the line box that letters fill: what touches only the rest covers nothing. Points that a clip may be short of it.
_INNER, _CLIP_REACH = 0.2, 0.5


@dataclass(frozen=True, slots=True)
class Doubt:
    """A text that may not be seen: what is painted over it, what it stands on (None: not known), how it is clipped, on a layer or not."""

    text: TextObject
    later: tuple[Cover, ...]
    ground: RGB | None
    clip: Clip | None
    layered: bool


def find_doubts(texts: Sequence[TextObject], boxes: np.ndarray, covers: Sequence[Cover], layers: bool) -> list[Doubt]:
    """The texts that a look at the page must decide on; as a rule none.

    Args:
        texts: those that would be seen if nothing lay over them.
        boxes: around their glyphs, shape (n, 4): x0, top, x1, bottom.
        covers: in the order of painting.
        layers: whether the file has layers at all.
    """
    import pypdfium2.raw as pdfium

    around = _Surroundings(texts, boxes, covers) if covers and texts else None
    on_paper: dict[tuple[RGB | None, int], bool] = {}
    found = []
    for k, text in enumerate(texts):
        paint = (text.style.rgb, text.style.alpha)
        distinct = on_paper.get(paint)
        if distinct is None:
            distinct = on_paper[paint] = _ground(text, ())[1]
        touched = around is not None and around.any[k]
        if distinct and not touched and not layers and not text.placed.parents and not is_clipped(text.placed):
            continue
        later, earlier = around.of(k) if around is not None and touched else ((), ())
        ground, distinct = _ground(text, earlier)
        clip = clip_of(text.placed)
        cut = clip is not None and not (clip.whole and _holds(clip.box, text.box))
        layered = layers and (bool(text.placed.parents) or layer_mark(pdfium, text.placed.item) is not None)
        if later or not distinct or cut or layered:
            found.append(Doubt(text, later, ground, clip, layered))
    return found


def inner(box: BBox) -> BBox:
    """The part of a line box that the letters fill."""
    margin = _INNER * min(box.width, box.height)
    return BBox(box.x0 + margin, box.top + margin, box.x1 - margin, box.bottom - margin)


def contrast(rgb: RGB, alpha: int, ground: RGB) -> int:
    """Levels of 255 by which paint of this opacity differs from its ground, in the channel where it differs most."""
    return max(abs(a - b) for a, b in zip(rgb, ground, strict=True)) * alpha // 255


def _holds(outer: BBox, box: BBox) -> bool:
    box, reach = inner(box), _CLIP_REACH
    return (
        outer.x0 - reach <= box.x0 and box.x1 <= outer.x1 + reach and outer.top - reach <= box.top and box.bottom <= outer.bottom + reach
    )


def _ground(text: TextObject, earlier: Sequence[Cover]) -> tuple[RGB | None, bool]:
    """What the text stands on, None where a picture is part of it, and whether the text is distinct from all of it."""
    ground: RGB | None = PAPER
    others: list[RGB | None] = []
    box = inner(text.box)
    for cover in earlier:
        if cover.rgb is not None and cover.opaque and _holds(cover.box, box):
            ground, others = cover.rgb, []
        else:
            others.append(cover.rgb)
    rgb, alpha = text.style.rgb, text.style.alpha
    if rgb is None or None in others:
        return (None if None in others else ground), False
    return ground, all(contrast(rgb, alpha, each) >= DISTINCT for each in (ground, *others) if each is not None)


def layer_mark(pdfium: Any, item: Any) -> Any:
    """The mark of optional content between which the object stands; None where it stands on no layer of its own."""
    import ctypes

    buffer, size = (ctypes.c_ushort * 32)(), ctypes.c_ulong()
    for k in range(pdfium.FPDFPageObj_CountMarks(item)):
        mark = pdfium.FPDFPageObj_GetMark(item, k)
        if pdfium.FPDFPageObjMark_GetName(mark, buffer, ctypes.sizeof(buffer), size) and list(buffer[:3]) == [0x4F, 0x43, 0]:
            return mark
    return None


def inner_margins(boxes: np.ndarray) -> np.ndarray:
    """The white at each side of the letters in line boxes of shape (n, 4), as ``inner`` takes it off; shape (n,)."""
    import numpy as np

    margins: np.ndarray = _INNER * np.minimum(boxes[:, 2] - boxes[:, 0], boxes[:, 3] - boxes[:, 1])
    return margins


class _Surroundings:
    """Which covers lie over and under which texts, all at once; ``any`` tells for each text whether there is one."""

    def __init__(self, texts: Sequence[TextObject], boxes: np.ndarray, covers: Sequence[Cover]) -> None:
        import numpy as np

        self.covers = covers
        left, top, right, bottom = boxes.T
        # Only the part that the letters fill counts, as in ``inner``.
        margin = inner_margins(boxes)
        top, bottom = (top + margin)[None, :], (bottom - margin)[None, :]
        places = np.array([(cover.box.x0, cover.box.top, cover.box.x1, cover.box.bottom) for cover in covers])
        c_left, c_top, c_right, c_bottom = (each[:, None] for each in places.T)
        touching = (c_left < right[None, :]) & (c_right > left[None, :]) & (c_top < bottom) & (c_bottom > top)
        orders = np.array([text.placed.order for text in texts])
        over = np.array([cover.order for cover in covers])[:, None] > orders[None, :]
        self.later, self.earlier = np.asarray(touching & over), np.asarray(touching & ~over)
        self.any = [bool(each) for each in np.atleast_1d(np.asarray(touching).any(axis=0))]

    def of(self, k: int) -> tuple[tuple[Cover, ...], tuple[Cover, ...]]:
        """The covers over the text number ``k``, and those under it."""
        return tuple(self.covers[j] for j in self.later[:, k].nonzero()[0]), tuple(self.covers[j] for j in self.earlier[:, k].nonzero()[0])
