"""A font of empty frames: it says where a character is painted, the same on every machine, whatever fonts there are."""

from __future__ import annotations

import struct
from functools import cache

UNITS = 1000
# Frames are as wide as so many tenths of a square; number 0 is the blank.
WIDEST = 12
_LEFT, _LOW, _HIGH, _STROKE = 0.08, -60, 780, 110


@cache
def box_font() -> bytes:
    """A TrueType font; glyph ``k`` is a frame ``k`` tenths of the size wide, glyph 0 is empty."""
    outlines = [b"", *(_frame(k * UNITS // 10) for k in range(1, WIDEST + 1))]
    places, at = [], 0
    for outline in outlines:
        places.append(at)
        at += len(outline)
    places.append(at)
    count = len(outlines)
    widths = b"".join(struct.pack(">Hh", k * UNITS // 10, 0) for k in range(count))
    return _sfnt(
        {
            b"cmap": struct.pack(">HHHHI", 0, 1, 3, 1, 12) + struct.pack(">12H", 4, 24, 0, 2, 2, 0, 0, 0xFFFF, 0, 0xFFFF, 1, 0),
            b"glyf": b"".join(outlines),
            b"head": struct.pack(">IIIIHHqqhhhhHHhhh", 0x10000, 0x10000, 0, 0x5F0F3CF5, 0, UNITS, 0, 0, 0, -200, 1200, 900, 0, 8, 2, 1, 0),
            b"hhea": struct.pack(">IhhhHhhhhhhhhhhhH", 0x10000, 850, -150, 0, 1200, 0, 0, 1200, 1, 0, 0, 0, 0, 0, 0, 0, count),
            b"hmtx": widths,
            b"loca": struct.pack(f">{count + 1}I", *places),
            b"maxp": struct.pack(">IHHHHHHHHHHHHHH", 0x10000, count, 8, 2, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0),
            b"post": struct.pack(">IIhhIIIII", 0x30000, 0, -100, 50, 0, 0, 0, 0, 0),
        }
    )


def frame_of(width: float) -> int:
    """The glyph for a character of this width, in shares of the size."""
    return min(max(round(width * 10), 1), WIDEST)


def _frame(width: int) -> bytes:
    """Two boxes, one in the other, drawn in opposite directions."""
    left, right = round(width * _LEFT), round(width * (1 - _LEFT))
    stroke = min(_STROKE, (right - left) // 3)
    outer = [(left, _LOW), (left, _HIGH), (right, _HIGH), (right, _LOW)]
    near, far, low, high = left + stroke, right - stroke, _LOW + stroke, _HIGH - stroke
    inner = [(near, low), (far, low), (far, high), (near, high)]
    points = outer + inner
    steps = [(x - px, y - py) for (x, y), (px, py) in zip(points, [(0, 0), *points], strict=False)]
    data = struct.pack(">hhhhh", 2, left, _LOW, right, _HIGH) + struct.pack(">HHH", 3, 7, 0) + b"\x01" * 8
    data += b"".join(struct.pack(">h", dx) for dx, _ in steps) + b"".join(struct.pack(">h", dy) for _, dy in steps)
    return data + b"\x00" * (-len(data) % 4)


def _sfnt(tables: dict[bytes, bytes]) -> bytes:
    count = len(tables)
    power = count.bit_length() - 1
    head = struct.pack(">IHHHH", 0x10000, count, 16 << power, power, (count << 4) - (16 << power))
    at = 12 + 16 * count
    entries, body = b"", b""
    for tag, data in sorted(tables.items()):
        entries += tag + struct.pack(">III", 0, at + len(body), len(data))
        body += data + b"\x00" * (-len(data) % 4)
    return head + entries + body
