"""Whether a PDF has layers (optional content) that may be switched off."""

from __future__ import annotations

import mmap
import re
import zlib
from pathlib import Path

_NAME = b"OCProperties"
_PACKED = re.compile(rb"/ObjStm\b.{0,400}?stream\r?\n", re.DOTALL)


def has_layers(path: Path) -> bool:
    """True where the catalogue names layers, or where it cannot be looked at; costs a search through the bytes of the file."""
    if path.stat().st_size == 0:
        return False
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        if data.find(_NAME) >= 0 or data.find(b"/Encrypt") >= 0:
            return True
        return any(_NAME in _unpacked(data, found.end()) for found in _PACKED.finditer(data))


def _unpacked(data: mmap.mmap, start: int) -> bytes:
    end = data.find(b"endstream", start)
    packed = data[start : end if end >= 0 else None]
    try:
        return zlib.decompressobj().decompress(packed)
    except zlib.error:
        return packed
