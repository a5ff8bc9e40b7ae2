"""Mutations of what a picture says of itself: sizes, depths, frames, lengths of pieces; sums of check are mended."""

from __future__ import annotations

import random
import re
import struct
import zlib
from collections.abc import Callable

_VALUES = (0, 1, 2, 7, 255, 256, 32767, 65535, 70_000, 2**31 - 1, 2**32 - 1)
_PNG = b"\x89PNG\r\n\x1a\n"


def field(data: bytes, chance: random.Random) -> bytes:
    """A field of the head is another number."""
    if data.startswith(_PNG):
        return _png_field(data, chance)
    if data[:4] in (b"II*\0", b"MM\0*"):
        return _tiff_field(data, chance)
    if data.startswith(b"\xff\xd8"):
        return _jpeg_field(data, chance)
    at = chance.randrange(0, min(len(data), 60))
    return data[:at] + struct.pack("<I", chance.choice(_VALUES)) + data[at + 4 :]


def _png_chunks(data: bytes) -> list[tuple[bytes, bytes]]:
    found, at = [], len(_PNG)
    while at + 8 <= len(data):
        (length,) = struct.unpack(">I", data[at : at + 4])
        found.append((data[at + 4 : at + 8], data[at + 8 : at + 8 + length]))
        at += 12 + length
    return found


def _png_field(data: bytes, chance: random.Random) -> bytes:
    """Size, depth, colour, or chunks that are lost, doubled or moved; every chunk has its sum."""
    chunks = _png_chunks(data)
    if not chunks:
        return data
    what = chance.randrange(4)
    if what < 2 and len(chunks[0][1]) == 13:
        first = bytearray(chunks[0][1])
        at = chance.choice((0, 4, 8, 9, 10, 12))
        first[at : at + (4 if at < 8 else 1)] = struct.pack(">I", chance.choice(_VALUES))[-(4 if at < 8 else 1) :]
        chunks[0] = (chunks[0][0], bytes(first[:13]))
    elif what == 2:
        chunks.insert(chance.randrange(len(chunks)), chance.choice(chunks))
    else:
        del chunks[chance.randrange(len(chunks))]
    return _PNG + b"".join(struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body)) for name, body in chunks)


def _tiff_field(data: bytes, chance: random.Random) -> bytes:
    """A tag of the first frame: its kind, type, count or value, or where the next frame is (itself, for a loop)."""
    order = "<" if data[:2] == b"II" else ">"
    (start,) = struct.unpack(order + "I", data[4:8])
    if start + 2 > len(data):
        return data
    (count,) = struct.unpack(order + "H", data[start : start + 2])
    tag = start + 2 + 12 * chance.randrange(max(count, 1))
    places = {tag: "H", tag + 2: "H", tag + 4: "I", tag + 8: "I", start + 2 + 12 * count: "I"}
    at, form = chance.choice(list(places.items()))
    value = chance.choice((*_VALUES, start)) % (1 << (16 if form == "H" else 32))
    return data[:at] + struct.pack(order + form, value) + data[at + struct.calcsize(form) :]


def _jpeg_field(data: bytes, chance: random.Random) -> bytes:
    """A segment's length, or the size, precision and sampling of the frame."""
    found = [each.start() for each in re.finditer(rb"\xff[\xc0-\xc2\xc4\xda\xdb\xdd\xe0-\xef]", data)]
    if not found:
        return data
    at = chance.choice(found) + chance.randrange(2, 16)
    return data[:at] + struct.pack(">I", chance.choice(_VALUES))[-2:] + data[at + 2 :]


MUTATIONS: tuple[Callable[[bytes, random.Random], bytes], ...] = (field,)
