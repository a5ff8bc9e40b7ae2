"""Mutations by the kind of a file: of its bytes, and of what its format is made of, so that they get past the door."""

from __future__ import annotations

import random
import re
from collections.abc import Callable

from bench.fuzz import packages, pdf_objects, picture_heads

Mutation = Callable[[bytes, random.Random], bytes]
_SIGNS = (
    "<", ">", "</td>", "</table>", "<table>", "<td rowspan=9999>", "<td colspan='-1'>", "<tr>", "<!--", "<script>", "<td><table><tr><td>",
    "\t", "\n", "|", "|---|", "\r", "\x00", "\x1b[2J", "\ufffe", "\ud7ff", "\u202e", "\U0010ffff", "=1+1", "@SUM(A1)", "&#0;", "&#x110000;",
    "&amp;", '"', "'", " " * 5000, "9" * 3000, "（" * 999, "≥" * 50, "１２３．４５", "-0", "1e999", "％",
)  # fmt: skip
_SIZES = (b"0", b"1", b"-1", b"65536", b"2147483648", b"1000000000000", b"0.00001", b"NaN")


def flip(data: bytes, chance: random.Random) -> bytes:
    """Some bytes are others."""
    out = bytearray(data)
    for _ in range(chance.randint(1, 20)):
        out[chance.randrange(len(out))] = chance.randrange(256)
    return bytes(out)


def cut(data: bytes, chance: random.Random) -> bytes:
    """The rest never arrived."""
    return data[: chance.randrange(len(data) + 1)]


def lose(data: bytes, chance: random.Random) -> bytes:
    """A piece in the midst is gone."""
    at = chance.randrange(len(data))
    return data[:at] + data[at + chance.randint(1, 2000) :]


def repeat(data: bytes, chance: random.Random) -> bytes:
    """A piece stands many times."""
    at = chance.randrange(len(data))
    return data[:at] + data[at : at + chance.randint(1, 200)] * chance.randint(2, 200) + data[at:]


def number(data: bytes, chance: random.Random) -> bytes:
    """A figure in the file is another: lengths, offsets, sizes, references, spans, figures of a text."""
    found = list(re.finditer(rb"\d+", data))
    if not found:
        return flip(data, chance)
    place = chance.choice(found)
    return data[: place.start()] + chance.choice(_SIZES) + data[place.end() :]


def head(data: bytes, chance: random.Random) -> bytes:
    """Sizes and kinds stand at the beginning."""
    out = bytearray(data)
    for _ in range(chance.randint(1, 6)):
        out[chance.randrange(min(len(out), 64))] = chance.choice((0, 1, 127, 128, 255))
    return bytes(out)


def insert(data: bytes, chance: random.Random) -> bytes:
    """A sign of some format, or one that is none, in the midst."""
    at = chance.randrange(len(data) + 1)
    return data[:at] + (chance.choice(_SIGNS) * chance.choice((1, 1, 1, 50))).encode("utf-8") + data[at:]


def cells(data: bytes, chance: random.Random) -> bytes:
    """Cells of a table in text change places, are lost or come twice."""
    parts = re.split(rb"([\t|,]|</t[dr]>)", data)
    one, other = chance.randrange(len(parts)), chance.randrange(len(parts))
    what = chance.randrange(3)
    if what == 0:
        parts[one], parts[other] = parts[other], parts[one]
    elif what == 1:
        del parts[one : one + chance.randint(1, 9)]
    else:
        parts[one:one] = parts[other : other + chance.randint(1, 40)] * chance.choice((1, 1, 30))
    return b"".join(parts)


def tags(data: bytes, chance: random.Random) -> bytes:
    """A tag is lost, doubled, closed twice or moved."""
    found = list(re.finditer(rb"<[^<>]*>", data))
    if not found:
        return cells(data, chance)
    tag, place = chance.choice(found), chance.choice(found)
    written = chance.choice((b"", tag[0] * 2, tag[0] * 400, place[0], tag[0].replace(b">", b" rowspan='3000' colspan=\"40\">")))
    return data[: tag.start()] + written + data[tag.end() :]


def lines(data: bytes, chance: random.Random) -> bytes:
    """Lines of a mail change places, are lost or come twice: heads, boundaries, pieces of what is attached."""
    parts = data.split(b"\n")
    one, other = chance.randrange(len(parts)), chance.randrange(len(parts))
    what = chance.randrange(3)
    if what == 0:
        parts[one], parts[other] = parts[other], parts[one]
    elif what == 1:
        del parts[one]
    else:
        parts[one:one] = [parts[other]] * chance.choice((1, 1, 500))
    return b"\n".join(parts)


_BYTES: tuple[Mutation, ...] = (flip, cut, lose, repeat, number, head, insert)
BY_KIND: dict[str, tuple[Mutation, ...]] = {
    "table": (*_BYTES, cells, cells, cells, insert),
    "html": (*_BYTES, tags, tags, tags, cells, number),
    "pdf": (*_BYTES, *pdf_objects.MUTATIONS, *pdf_objects.MUTATIONS),
    "picture": (flip, cut, lose, repeat, head, *picture_heads.MUTATIONS, *picture_heads.MUTATIONS),
    "xml": (*_BYTES, tags, tags, tags, number, number),
    "mail": (*_BYTES, lines, lines, lines),
    "bytes": _BYTES,
    "package": (flip, cut, lose, repeat, *packages.MUTATIONS, *packages.MUTATIONS),
}


def mutated(kind: str, data: bytes, chance: random.Random) -> bytes:
    """One to three mutations of a file of this kind; what they empty stays empty."""
    for _ in range(chance.randint(1, 3)):
        if data:
            data = chance.choice(BY_KIND[kind])(data, chance)
    return data
