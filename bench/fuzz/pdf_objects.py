"""Mutations of the objects of a PDF: they are written as text, and what reads PDFs mends a wrong table of objects."""

from __future__ import annotations

import random
import re
import zlib
from collections.abc import Callable

_OBJECT = re.compile(rb"\d+ \d+ obj.*?endobj", re.DOTALL)
_STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)
_DRAWING = (
    b" q " * 300, b" Q Q ", b" 1e9 0 0 1e9 0 0 cm ", b" 0 0 0 0 0 0 cm ", b" 0 Tf ", b" BT ", b" /None 12 Tf ", b" 1e-9 w ", b" (x) Tj ",
    b" -1 -1 99999 99999 re f ", b" W n ", b" 3 Tr ", b" [9 9] 0 d ", b" /F1 Do ", b" 0 0 m 1e30 1e30 l S ", b" BI ID x EI ", b" NaN ",
)  # fmt: skip
_SIZE = (b"0", b"-5", b"1e9", b"99999999999", b"0.0001", b"null", b"[]", b"<<>>", b"true", b"()")


def refer(data: bytes, chance: random.Random) -> bytes:
    """An object refers to another than it should, itself included: loops, pages that are fonts, nothing at all."""
    found = list(re.finditer(rb"(\d+) 0 R", data))
    if not found:
        return data
    place = chance.choice(found)
    return data[: place.start()] + b"%d 0 R" % chance.choice((1, 2, 3, 4, 5, 99999, int(chance.choice(found)[1]))) + data[place.end() :]


def exchange(data: bytes, chance: random.Random) -> bytes:
    """What stood in one object stands in another, or an object is gone or there twice."""
    found = list(_OBJECT.finditer(data))
    if not found:
        return data
    one, other = chance.choice(found), chance.choice(found)
    body = other[0].split(b"obj", 1)[-1]
    written = chance.choice((b"", one[0] + b"\n" + one[0], one[0].split(b"obj", 1)[0] + b"obj" + body))
    return data[: one.start()] + written + data[one.end() :]


def entry(data: bytes, chance: random.Random) -> bytes:
    """An entry of a dictionary has another value: sizes of pages and pictures, filters, counts, widths."""
    found = list(re.finditer(rb"/[A-Za-z0-9]+ ?(\[[^\[\]]*\]|[-0-9.]+(?! \d+ R)|/[A-Za-z0-9]+)", data))
    if not found:
        return data
    place = chance.choice(found)
    written = chance.choice(_SIZE) if chance.random() < 0.7 else chance.choice(found)[1]
    return data[: place.start(1)] + written + data[place.end(1) :]


def draw(data: bytes, chance: random.Random) -> bytes:
    """Steps of drawing are added to a page, or some of its own change places; a packed stream is packed again."""
    found = [each for each in _STREAM.finditer(data) if len(each[1]) < 1 << 20]
    if not found:
        return data
    place = chance.choice(found)
    try:
        steps, packed = zlib.decompress(place[1]), True
    except zlib.error:
        steps, packed = place[1], False
    lines = steps.split(b"\n")
    at = chance.randrange(len(lines))
    if chance.random() < 0.5:
        lines[at:at] = [chance.choice(_DRAWING)] * chance.choice((1, 1, 20))
    else:
        other = chance.randrange(len(lines))
        lines[at], lines[other] = lines[other], lines[at]
    steps = b"\n".join(lines)
    return data[: place.start(1)] + (zlib.compress(steps) if packed else steps) + data[place.end(1) :]


MUTATIONS: tuple[Callable[[bytes, random.Random], bytes], ...] = (refer, exchange, entry, draw)
