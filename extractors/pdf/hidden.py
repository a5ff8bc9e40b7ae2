"""Text that the file holds and nobody sees: kept apart, with the reason."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING, Any

from extractors.geometry.page_ink import Char, CutText, PageInk
from extractors.model import BBox, HiddenReason, HiddenText
from extractors.pdf.doubts import Doubt, contrast, find_doubts
from extractors.pdf.drawn import Clip, Cover, Placed
from extractors.pdf.fields import Notes
from extractors.pdf.looking import seen_shares
from extractors.pdf.marks import Noted
from extractors.pdf.text_objects import CLIPPING, TextObject, TextStyle
from extractors.tables.textlines import chars_to_lines

if TYPE_CHECKING:
    import numpy as np

# Share of a glyph that must be seen or lie within its clip.
_SEEN, _IN_CLIP = 0.3, 0.35
# A picture over this share of the page, painted after most of the text: the text is the work of an OCR.
_FULL_PAGE = 0.75
# Levels of 255: what nobody tells from its ground, and what is as dark as a bar that blacks out.
_ALIKE, _BLACK = 10, 90


@dataclass(frozen=True, slots=True)
class Clues:
    """What is known of a file beyond one of its pages.

    ``layers`` says whether it has any, ``again`` opens the page once more, on
    its own, ``elsewhere`` gives the texts of another page, ``noted`` are the
    places of annotations that are stamps or signatures, ``notes`` all fields and
    notes of the page, ``others`` gives the glyphs as another library has them.
    """

    layers: Callable[[], bool] = lambda: False
    again: Callable[[], AbstractContextManager[Any]] | None = None
    elsewhere: Callable[[], Sequence[TextObject]] | None = None
    noted: Sequence[Noted] = ()
    notes: Notes = Notes()
    others: Callable[[], Sequence[Char]] | None = None


def to_objects(texts: Sequence[Placed], styles: Mapping[int, TextStyle], chars: Sequence[Char]) -> list[TextObject]:
    """The text objects that have glyphs, in the order of painting."""
    by_run: dict[int, list[Char]] = {}
    for char in chars:
        by_run.setdefault(char.run, []).append(char)
    styled = ((placed, styles.get(placed.address)) for placed in texts)
    return [TextObject(placed, style, by_run[style.run]) for placed, style in styled if style is not None and style.run in by_run]


def set_hidden_aside(
    ink: PageInk, chars: Sequence[Char], objects: Sequence[TextObject], covers: Sequence[Cover], clues: Clues
) -> list[Char]:
    """The glyphs that are seen. The others go to ``ink.hidden_text``; those of an OCR layer are only counted, in ``ink.hidden``."""
    reasons: dict[int, HiddenReason] = {}
    clips: dict[int, BBox] = {}
    invisible = [each for each in objects if not each.style.shown]
    for each in invisible:
        if not (each.style.mode == CLIPPING and _filled_later(each, covers)):
            reasons.update((id(char), "invisible") for char in each.chars)
    shown = [each for each in objects if id(each.chars[0]) not in reasons] if reasons else list(objects)
    scanned = _under_scan(ink, shown, covers)
    reasons.update((id(char), "covered") for each in scanned for char in each.chars)
    shown = [] if scanned else shown
    layered = clues.layers() if shown else False
    if shown:
        boxes, starts = _boxes(shown)
        reasons.update(_outside(ink, shown, boxes))
        doubts = find_doubts(shown, _around(boxes, starts), covers, layered)
        reasons.update(_judge(doubts, clues))
        clips = {id(char): each.clip.box for each in doubts if each.clip is not None for char in each.text.chars}
    if not reasons:
        return list(chars)
    kept = [char for char in chars if id(char) not in reasons]
    left_out = [char for char in chars if id(char) in reasons]
    inked = sum(not char.text.isspace() for char in left_out if reasons[id(char)] in ("invisible", "covered"))
    if scanned or inked > sum(not char.text.isspace() for char in kept):
        ink.hidden = inked
    unseen = [char for char in left_out if not _is_shown_too(char, kept)]
    ink.hidden_text = _to_hidden_text(unseen, reasons)
    ink.cut = _cut_texts([char for char in unseen if reasons[id(char)] == "clipped"], clips)
    return kept


def _filled_later(text: TextObject, covers: Sequence[Cover]) -> bool:
    """Letters that clip a picture or an area painted after them are seen as holes in the paper."""
    return any(cover.order > text.placed.order and cover.box.overlap(text.box) > 0 for cover in covers)


def _under_scan(ink: PageInk, shown: Sequence[TextObject], covers: Sequence[Cover]) -> list[TextObject]:
    """All texts under a picture that fills the page, where that is most of the text of the page."""
    sheet = BBox(0, 0, ink.width, ink.height)
    full = [c for c in covers if c.rgb is None and c.opaque and c.box.overlap(sheet) >= _FULL_PAGE * ink.width * ink.height]
    if not full:
        return []
    last = max(cover.order for cover in full)
    under = [each for each in shown if each.placed.order < last]
    return under if sum(len(each.chars) for each in under) > sum(len(each.chars) for each in shown) / 2 else []


def _boxes(texts: Sequence[TextObject]) -> tuple[np.ndarray, list[int]]:
    """The boxes of all glyphs, shape (n, 4), and at which of them each text begins."""
    import numpy as np

    starts = [0, *accumulate(len(text.chars) for text in texts)][:-1]
    return np.array([char[1:5] for text in texts for char in text.chars]), starts


def _around(boxes: np.ndarray, starts: Sequence[int]) -> np.ndarray:
    import numpy as np

    low, high = np.minimum.reduceat(boxes, starts, axis=0), np.maximum.reduceat(boxes, starts, axis=0)
    return np.concatenate([low[:, :2], high[:, 2:]], axis=1)


def _outside(ink: PageInk, shown: Sequence[TextObject], boxes: np.ndarray) -> dict[int, HiddenReason]:
    across, down = boxes[:, 0] + boxes[:, 2], boxes[:, 1] + boxes[:, 3]
    off = (across < 0) | (down < 0) | (across > 2 * ink.width) | (down > 2 * ink.height)
    if not off.any():
        return {}
    chars = [char for text in shown for char in text.chars]
    return {id(chars[k]): "outside" for k in off.nonzero()[0]}


def _judge(doubts: Sequence[Doubt], clues: Clues) -> dict[int, HiddenReason]:
    reasons: dict[int, HiddenReason] = {}
    open_doubts = []
    for doubt in doubts:
        cut = [char for char in doubt.text.chars if doubt.clip is not None and _share_in(char.bbox, doubt.clip) < _IN_CLIP]
        reasons.update((id(char), "clipped") for char in cut)
        if len(cut) < len(doubt.text.chars) and _needs_look(doubt):
            open_doubts.append(doubt)
    if open_doubts:
        shares = seen_shares(clues.again, open_doubts) if clues.again is not None else {}
        for doubt in open_doubts:
            reasons.update((key, reason) for key, reason in _verdicts(doubt, shares) if key not in reasons)
    return reasons


def _needs_look(doubt: Doubt) -> bool:
    """False where a clip that is a box was the only doubt."""
    rgb, style = doubt.text.style.rgb, doubt.text.style
    distinct = rgb is not None and doubt.ground is not None and contrast(rgb, style.alpha, doubt.ground) >= 2 * _ALIKE
    return bool(doubt.later) or doubt.layered or not distinct or (doubt.clip is not None and not doubt.clip.whole)


def _share_in(box: BBox, clip: Clip) -> float:
    across = min(box.x1, clip.box.x1) - max(box.x0, clip.box.x0)
    down = min(box.bottom, clip.box.bottom) - max(box.top, clip.box.top)
    return max(0.0, across) / max(box.width, 0.01) * max(0.0, down) / max(box.height, 0.01)


def _verdicts(doubt: Doubt, shares: Mapping[int, float | None]) -> list[tuple[int, HiddenReason]]:
    """The glyphs that are not seen, each with its reason; blanks go with the rest of their text."""
    found: list[tuple[int, HiddenReason]] = []
    inked = [char for char in doubt.text.chars if not char.text.isspace()]
    for char in inked:
        share = shares.get(id(char))
        hidden = _is_paper_coloured(doubt) if share is None else share < _SEEN
        if hidden:
            found.append((id(char), _reason(doubt, char)))
    if found and len(found) == len(inked):
        found += [(id(char), found[0][1]) for char in doubt.text.chars if char.text.isspace()]
    return found


def _is_paper_coloured(doubt: Doubt) -> bool:
    """What colours say where the font is neither in the file nor on the machine."""
    style = doubt.text.style
    return style.rgb is not None and doubt.ground is not None and contrast(style.rgb, style.alpha, doubt.ground) < _ALIKE


def _reason(doubt: Doubt, char: Char) -> HiddenReason:
    over = [cover for cover in doubt.later if cover.box.contains(*char.center)]
    if over:
        rgb = over[-1].rgb
        return "redacted" if rgb is not None and max(rgb) <= _BLACK else "covered"
    style = doubt.text.style
    if style.rgb is not None and doubt.ground is not None and contrast(style.rgb, style.alpha, doubt.ground) < 2 * _ALIKE:
        return "paper-colour"
    if doubt.layered:
        return "layer-off"
    if doubt.clip is not None:
        return "clipped"
    return "covered" if doubt.later else "paper-colour"


def _is_shown_too(char: Char, kept: Sequence[Char]) -> bool:
    """Whether the same character is seen in the same place: then nothing is hidden."""
    x, y = char.center
    reach = max(0.25 * char.size, 0.5)
    return any(other.text == char.text and abs(other.center[0] - x) <= reach and abs(other.center[1] - y) <= reach for other in kept)


def _cut_texts(chars: Sequence[Char], clips: Mapping[int, BBox]) -> list[CutText]:
    """Lines of the glyphs beyond their clips, each clip's apart: what two neighbouring cells cut off may stand on one line."""
    by_clip: dict[BBox, list[Char]] = {}
    for char in chars:
        if not char.text.isspace():
            by_clip.setdefault(clips[id(char)], []).append(char)
    return [CutText(line.bbox, clip) for clip, group in by_clip.items() for line in chars_to_lines(group)]


def _to_hidden_text(chars: Sequence[Char], reasons: Mapping[int, HiddenReason]) -> list[HiddenText]:
    """Lines of hidden glyphs, by reason, from top to bottom."""
    by_reason: dict[HiddenReason, list[Char]] = {}
    for char in chars:
        by_reason.setdefault(reasons[id(char)], []).append(char)
    found = [HiddenText(line.text, line.bbox, reason) for reason, group in by_reason.items() for line in chars_to_lines(group)]
    return sorted(found, key=lambda each: (round(each.bbox.top, 1), each.bbox.x0))
