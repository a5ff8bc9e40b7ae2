"""Maps of fonts that give one character for two glyphs: of two figures or Chinese characters that look different, one may be told wrongly.

Widths betray nothing where all are equal; but where 5 is told as 6, and the
file has a 6 as well, two codes of the font lead to it. Such maps may be right,
too (variants of a glyph), so the picture of the words is asked.
"""

from __future__ import annotations

import mmap
import re
import zlib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from difflib import SequenceMatcher
from pathlib import Path

from extractors.geometry.page_ink import Char, is_cjk
from extractors.model import BBox
from extractors.pdf.maps.lying import box_of_word, word_around
from extractors.pdf.maps.shapes import FIGURES, SIGNS

Look = Callable[[Sequence[BBox]], list[str]]

_STREAM = re.compile(rb"stream\r?\n")
_PART = re.compile(rb"BEGIN(BFCHAR|BFRANGE)(.*?)ENDBF", re.DOTALL)
_PAIR = re.compile(rb"<\s*([0-9A-Fa-f]+)\s*>\s*<\s*([0-9A-Fa-f]+)\s*>")
_RANGE = re.compile(rb"<\s*([0-9A-Fa-f]+)\s*>\s*<\s*([0-9A-Fa-f]+)\s*>\s*(?:<\s*([0-9A-Fa-f]+)\s*>|\[([^\]]*)\])")
_HEX = re.compile(rb"<\s*([0-9A-Fa-f]+)\s*>")
# Bytes that tell a map from other streams; the longest map that is looked at (a longer one is that of a whole font, with all
# its variants); and the widest range: a wider one maps codes to themselves.
_HEAD, _LONGEST, _WIDEST = 400, 1 << 15, 2000
# Digits of one character in a map.
_ONE = 4
# Places that are looked at, and at how many of them the same other Chinese character must be shown; fewer where the page has
# no more of them. A figure is hardly ever misread in clear print, and one that is wrong is worse than a page read by OCR.
_PLACES, _AGREEING = 120, 2


def twofold_characters(path: Path) -> frozenset[str]:
    """Figures and Chinese characters to which some font of a PDF maps two codes; costs a search through the bytes of the file."""
    if path.stat().st_size == 0:
        return frozenset()
    found: set[bytes] = set()
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        for each in _maps(data):
            values = list(_codes(each).values())
            if len(set(values)) < len(values):
                found.update(value for value, count in Counter(values).items() if count > 1)
    return frozenset(filter(_tells, (chr(int(each, 16)) for each in found if len(each) <= _ONE)))


def _tells(text: str) -> bool:
    return len(text) == 1 and (text in FIGURES or text in SIGNS or (is_cjk(text) and text.isalpha()))


def _maps(data: mmap.mmap) -> Iterator[bytes]:
    for found in _STREAM.finditer(data):
        start = found.end()
        if b"begincmap" in _unpacked(data[start : start + _HEAD], _HEAD):
            found_map = _unpacked(data[start : start + _LONGEST], _LONGEST)
            if len(found_map) < _LONGEST:
                yield found_map


def _unpacked(packed: bytes, most: int) -> bytes:
    try:
        return zlib.decompressobj().decompress(packed, most)
    except zlib.error:
        return packed.partition(b"endstream")[0]


def _codes(found: bytes) -> dict[bytes, bytes]:
    """Code of a glyph -> its text, both in hexadecimal digits, of a map as the file has it."""
    codes: dict[bytes, bytes] = {}
    for kind, body in _PART.findall(found.upper()):
        if kind == b"BFCHAR":
            codes.update(_PAIR.findall(body))
            continue
        for first, last, text, texts in _RANGE.findall(body):
            a, b, width = int(first, 16), int(last, 16), len(first)
            if texts:
                codes.update((b"%0*X" % (width, a + k), each) for k, each in enumerate(_HEX.findall(texts)))
            elif b - a <= _WIDEST:
                value = int(text, 16)
                codes.update((b"%0*X" % (width, a + k), b"%0*X" % (len(text), value + k)) for k in range(b - a + 1))
    return codes


def told_otherwise(chars: Sequence[Char], doubted: frozenset[str], look: Look, look_at_signs: Look | None = None) -> tuple[str, str] | None:
    """A word as the text layer has it and as the page shows it, where a doubted character is shown as another one.

    A Chinese character may be misread; a wrong map shows the same other one again, but where the page has it once.

    Args:
        chars: of the page, in the order of writing.
        doubted: characters that may be told wrongly.
        look: boxes in points -> the text that a picture of each shows.
        look_at_signs: the same for boxes of one sign of comparison each.
    """
    places = _spread([k for k, char in enumerate(chars) if char.text in doubted])
    if not places:
        return None
    words = [word_around(chars, k) for k in places]
    parted: dict[tuple[str, str], dict[int, tuple[str, str]]] = {}
    texts = ["".join(chars[j].text for j in word) for word in words]
    boxes = [box_of_word(chars, word) for word in words]
    seen = _look_at(boxes, [look_at_signs if look_at_signs and told in SIGNS else look for told in texts])
    for word, told, shown in zip(words, texts, seen, strict=True):
        if len(told) == len(word):
            for at, pair in _exchanged(told, "".join(shown.split()), doubted):
                parted.setdefault(pair, {})[word[at]] = (told, shown)
    count = Counter(chars[k].text for k in places)
    for (a, _), found in parted.items():
        if len(found) >= (1 if a in FIGURES else min(_AGREEING, count[a])):
            return next(iter(found.values()))
    return None


def _look_at(boxes: Sequence[BBox], looks: Sequence[Look]) -> list[str]:
    """What the picture shows in each box, by the look that is meant for it."""
    found = [""] * len(boxes)
    for look in dict.fromkeys(looks):
        mine = [k for k, each in enumerate(looks) if each == look]
        for k, shown in zip(mine, look([boxes[k] for k in mine]), strict=True):
            found[k] = shown
    return found


def _spread(places: list[int]) -> list[int]:
    """Not more than are looked at, from all over the page."""
    if len(places) <= _PLACES:
        return places
    return [places[k * len(places) // _PLACES] for k in range(_PLACES)]


def _exchanged(told: str, shown: str, doubted: frozenset[str]) -> Iterator[tuple[int, tuple[str, str]]]:
    """Where a doubted character stands, and the pair of it and what is shown in its place, which is one of its kind."""
    for at, a, b in _side_by_side(told, shown):
        if a != b and a in doubted and _tells(b) and _kind(a) == _kind(b):
            yield at, (a, b)


def _kind(text: str) -> int:
    """Figures, signs of comparison, Chinese."""
    return 0 if text in FIGURES else 1 if text in SIGNS else 2


def _side_by_side(told: str, shown: str) -> Iterator[tuple[int, str, str]]:
    """Characters of two texts that stand for each other, each with its place in the first."""
    if len(told) == len(shown):
        yield from zip(range(len(told)), told, shown, strict=True)
        return
    for _, a0, a1, b0, b1 in SequenceMatcher(None, told, shown, autojunk=False).get_opcodes():
        if a1 - a0 == b1 - b0:
            yield from zip(range(a0, a1), told[a0:a1], shown[b0:b1], strict=True)
