"""Names of members: in whatever encoding they were filed, without a way out of the container, each once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from extractors.characters import is_common_han

_MOST_OF_A_PART = 200
_MOST_PARTS = 32
_DRIVE = re.compile(r"^[A-Za-z]:")
_FROM_CHINESE = "\u0800"


def decode_names(raw: Sequence[bytes]) -> list[str]:
    """Names of one container that says no encoding: all UTF-8, or all GB 18030, as Chinese Windows writes them.

    Pairs of GB 2312 may pass for UTF-8 of two bytes (目录 for Ŀ¼), but UTF-8 of Chinese has three.
    """
    told = [each for each in raw if not each.isascii()]
    encodings = ("utf-8", "gb18030") if _are_utf8(told) else ("gb18030", "utf-8")
    return [_decoded(each, encodings) for each in raw]


def _are_utf8(names: Iterable[bytes]) -> bool:
    try:
        texts = [each.decode("utf-8") for each in names]
    except UnicodeDecodeError:
        return False
    return any(sign >= _FROM_CHINESE for text in texts for sign in text) or not _are_chinese(texts)


def _are_chinese(texts: Iterable[str]) -> bool:
    """True where these names, taken for UTF-8, have only ideographs outside ASCII when they are taken for GB 18030."""
    try:
        others = [text.encode("utf-8").decode("gb18030") for text in texts]
    except UnicodeDecodeError:
        return False
    return all(sign.isascii() or is_common_han(sign) for text in others for sign in text)


def _decoded(raw: bytes, encodings: Iterable[str]) -> str:
    for encoding in encodings:
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return raw.decode("utf-8", "backslashreplace")


def plain_name(name: str) -> str:
    """A name without drive, root and ``..``, with ``/`` between its parts, none of them long."""
    parts = _DRIVE.sub("", name.replace("\x00", "").replace("\\", "/")).split("/")
    kept = [_short(part) for part in parts if part not in ("", ".", "..")]
    return "/".join(kept[-_MOST_PARTS:]) or "unnamed"


def _short(part: str) -> str:
    """The end stays: it tells people what the file is."""
    return part if len(part) <= _MOST_OF_A_PART else f"{part[:_MOST_OF_A_PART - 20]}…{part[-19:]}"


def unique_names(names: Iterable[str]) -> list[str]:
    """Each name once: the second ``a.pdf`` is ``a (2).pdf``."""
    taken: set[str] = set()
    counts: dict[str, int] = {}
    result = []
    for name in names:
        unique, folder_end = name, name.rpartition("/")
        while unique in taken:
            counts[name] = counts.get(name, 1) + 1
            stem, dot, end = folder_end[2].rpartition(".")
            last = f"{stem} ({counts[name]}){dot}{end}" if stem else f"{folder_end[2]} ({counts[name]})"
            unique = f"{folder_end[0]}{folder_end[1]}{last}"
        taken.add(unique)
        result.append(unique)
    return result
