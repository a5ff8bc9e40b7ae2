"""Fonts whose map from glyphs to characters lies: suspected by what the text layer says, proved by what the page shows.

A program that writes a PDF again may lose or spoil the map of some glyphs; the
page looks the same, and 三 is the letter O in the text. Such a letter is as wide
as a Chinese character, or one that stands in no Chinese text. Only where there
are any, a few words are looked at as a picture.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Callable, Sequence
from difflib import SequenceMatcher
from functools import cache

from extractors.geometry.page_ink import Char, is_cjk
from extractors.model import BBox, union_of

# In shares of the size: a letter as wide as this is a Chinese character, but for those that are as wide themselves.
_WIDE = 0.95
# A page without any Chinese character has so many of them where all of its Chinese text is spoilt.
_WIDE_SHARE = 0.3
_WIDE_LETTERS = frozenset("WMmw@%&—…")
# Signs of Latin-1 that Chinese text has.
_USUAL = frozenset("°±×÷·§¥£©®²³¹µ\xa0\xad¼½¾")
# So many Chinese characters tell how usual those of a page are; this share of rare ones no text reaches.
_FEW, _RARE_SHARE = 20, 0.3
# How many words are looked at, and of how many characters on each side of the suspected one.
_WORDS, _AROUND = 8, 5
# What a picture may take for each other without any map being wrong.
_ALIKE = str.maketrans("lI|oO×＊﹡—－–", "11100x**---")
# Frames, boxes to tick and bullets, as they are read; their fonts have no characters for them.
_SIGNS = frozenset("口日回囗田曰〇□凶目■▪▫●○◦•∙·►▶◆◇★☆√✓☑")


def suspects(chars: Sequence[Char]) -> list[int]:
    """Indexes of glyphs that may not be what the map of their font says."""
    counts = Counter([char.text for char in chars])
    inked = {text: count for text, count in counts.items() if not text.isspace()}
    odd = {text for text in inked if not (text.isascii() and text.isprintable()) and not is_cjk(text)}
    found = [k for k, char in enumerate(chars) if char.text in odd and _is_odd(chars, k)] if odd else []
    wide = [k for k, char in enumerate(chars) if char.x1 - char.x0 >= _WIDE * char.size and char.text in inked and _is_wide(char)]
    if wide and (len(wide) > _WIDE_SHARE * sum(inked.values()) or any(map(is_cjk, inked))):
        found += wide
    chinese = [text for text in inked if is_cjk(text) and text.isalpha()]
    rare = {text for text in chinese if not _is_usual(text)}
    if (total := sum(inked[text] for text in chinese)) >= _FEW and sum(inked[text] for text in rare) > _RARE_SHARE * total:
        found += [k for k, char in enumerate(chars) if char.text in rare]
    return found


def _is_wide(char: Char) -> bool:
    if not char.text.isascii() or char.text in _WIDE_LETTERS or len(char.text) > 1 or char.angle:
        return False
    return char.x1 - char.x0 >= _WIDE * char.size > 0


def _is_odd(chars: Sequence[Char], k: int) -> bool:
    """A control, a character of no meaning, or an accented letter that stands in no word of Latin letters."""
    text = chars[k].text
    if text.isascii():
        return not text.isprintable()
    if "\x80" <= text < "\xa0" or text == "\ufffd":
        return True
    if not "\xa1" <= text < "\u0250" or text in _USUAL:
        return False
    beside = [chars[j].text for j in (k - 1, k + 1) if 0 <= j < len(chars)]
    return not any(each.isalpha() and not is_cjk(each) for each in beside)


@cache
def _usual_characters() -> frozenset[str]:
    """The 3,755 characters of the first level of GB 2312, which make up nearly all of any Chinese text."""
    rows = (bytes((row, cell)) for row in range(0xB0, 0xD8) for cell in range(0xA1, 0xFF))
    return frozenset(code.decode("gb2312", errors="ignore") for code in rows)


def _is_usual(text: str) -> bool:
    return unicodedata.normalize("NFKC", text) in _usual_characters()


def lying(chars: Sequence[Char], found: Sequence[int], look: Callable[[Sequence[BBox]], list[str]]) -> tuple[str, str] | None:
    """A word as the text layer has it and as the page shows it, where a map lies; None where both agree.

    Args:
        chars: of the page, in the order of writing.
        found: what ``suspects`` says of them.
        look: boxes in points -> the text that a picture of each shows.
    """
    one_of_each = list({chars[k].text: k for k in reversed(found)}.values())[:_WORDS]
    words = [word_around(chars, k) for k in one_of_each]
    boxes = [box_of_word(chars, word) for word in words]
    parted = []
    for k, word, shown in zip(one_of_each, words, look(boxes), strict=True):
        told = "".join(chars[j].text for j in word)
        if _parts(chars[k].text, sum(len(chars[j].text) for j in word if j < k), told, shown):
            parted.append((told, shown))
    return parted[0] if parted and 2 * len(parted) >= len(words) else None


def word_around(chars: Sequence[Char], k: int) -> list[int]:
    """Indexes of the glyphs beside one on its line, itself among them, in the order of writing."""
    first = last = k
    while first > 0 and k - first < _AROUND and _abut(chars[first - 1], chars[first]):
        first -= 1
    while last + 1 < len(chars) and last - k < _AROUND and _abut(chars[last], chars[last + 1]):
        last += 1
    return [j for j in range(first, last + 1) if not chars[j].text.isspace() or chars[j].x1 > chars[j].x0]


def _abut(left: Char, right: Char) -> bool:
    level = abs(left.bottom - right.bottom) <= 0.2 * left.size
    return left.angle == right.angle == 0 and level and -0.5 * left.size <= right.x0 - left.x1 <= 0.5 * left.size


def box_of_word(chars: Sequence[Char], word: Sequence[int]) -> BBox:
    """The box around the glyphs of these indexes (at least one), with a little white about it."""
    box = union_of(chars[j].bbox for j in word)
    assert box is not None
    return box.grown(0.15 * chars[word[0]].size)


def _parts(suspect: str, at: int, told: str, shown: str) -> bool:
    """Whether the picture shows something of another kind where the suspected character stands at ``at`` in the text."""
    a, b = _folded(told), _folded(shown)
    if not b:
        return False
    start = len(_folded(told[:at]))
    stop = start + max(len(_folded(suspect)), 1)
    for tag, a0, a1, b0, b1 in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        if a0 < stop and start < max(a1, a0 + 1) and tag != "equal":
            return _is_of_another_kind(suspect, b[b0:b1], any(is_cjk(char) for char in a))
    return False


def _is_of_another_kind(suspect: str, shown: str, chinese: bool) -> bool:
    """A Chinese character for a letter, or in Chinese text a sign for it."""
    if is_cjk(suspect):
        return any(is_cjk(char) and _is_usual(char) for char in shown)
    return any(char not in _SIGNS and (is_cjk(char) or (chinese and not char.isalnum() and char not in suspect)) for char in shown)


def _folded(text: str) -> str:
    """Text without blanks, width and look-alikes; characters without meaning stay, each as one."""
    kept = (char if unicodedata.category(char) in ("Cc", "Co", "Cn") else unicodedata.normalize("NFKC", char) for char in text)
    return "".join("".join(kept).split()).translate(_ALIKE)
