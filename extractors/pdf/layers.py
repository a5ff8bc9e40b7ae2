"""Whether a PDF has layers (optional content) that may be switched off, or soft masks that may let nothing through."""

from __future__ import annotations

import mmap
import re
import zlib
from dataclasses import dataclass
from pathlib import Path

_LAYERS = b"OCProperties"
# The two kinds of soft masks (the entry /S of a mask).
_MASKS = (b"/Luminosity", b"/Alpha")
_PACKED = re.compile(rb"/ObjStm\b.{0,400}?stream\r?\n", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Unseen:
    """What a file has that may keep text from being seen: layers, and soft masks of what is painted (those of pictures are none)."""

    layers: bool
    masks: bool


def what_may_hide(path: Path) -> Unseen:
    """True for what the file names, or where it cannot be looked at; costs a search through its bytes."""
    if path.stat().st_size == 0:
        return Unseen(False, False)
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        if data.find(b"/Encrypt") >= 0:
            return Unseen(True, True)
        packed = [_unpacked(data, found.end()) for found in _PACKED.finditer(data)]
        named = [name for name in (_LAYERS, *_MASKS) if data.find(name) >= 0 or any(name in each for each in packed)]
    return Unseen(_LAYERS in named, any(mask in named for mask in _MASKS))


def _unpacked(data: mmap.mmap, start: int) -> bytes:
    end = data.find(b"endstream", start)
    packed = data[start : end if end >= 0 else None]
    try:
        return zlib.decompressobj().decompress(packed)
    except zlib.error:
        return packed
