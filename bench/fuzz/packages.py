"""Mutations of packages, files that are a ZIP of parts (workbooks and the like): of a part, of which parts there are, of their names."""

from __future__ import annotations

import io
import random
import re
import zipfile
from collections.abc import Callable

Parts = list[tuple[str, bytes]]
_TEXTS = (b"0", b"-1", b"1048577", b"99999999999", b"1e308", b"A1:XFD1048576", b"", b"&#0;", b"rId9", b"true")


def _unpacked(data: bytes) -> Parts:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            return [(name, package.read(name)) for name in package.namelist()]
    except Exception:  # a package that an earlier mutation broke has no parts
        return []


def _packed(parts: Parts) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts:
            info = zipfile.ZipInfo(name)
            info.compress_type = zipfile.ZIP_DEFLATED
            package.writestr(info, data)
    return out.getvalue()


def part(data: bytes, chance: random.Random) -> bytes:
    """A part is changed: a value of an attribute, a text, a tag, or some of its bytes."""
    parts = _unpacked(data)
    if not parts:
        return data
    index = chance.randrange(len(parts))
    name, content = parts[index]
    pattern = chance.choice((rb'"[^"<>]*"', rb">[^<>]+<", rb"<[^<>]*>", rb"\d+"))
    found = list(re.finditer(pattern, content))
    if not found:
        return data
    place = chance.choice(found)
    edge = 0 if place[0][:1].isdigit() else 1
    if pattern.startswith(rb"<"):
        written = chance.choice((b"", place[0] * 2, place[0] * 300, chance.choice(found)[0]))
        content = content[: place.start()] + written + content[place.end() :]
    else:
        content = content[: place.start() + edge] + chance.choice(_TEXTS) + content[place.end() - edge :]
    parts[index] = (name, content)
    return _packed(parts)


def set_of_parts(data: bytes, chance: random.Random) -> bytes:
    """A part is lost, there twice, under another's name, or a name leads out of the package."""
    parts = _unpacked(data)
    if not parts:
        return data
    index, other = chance.randrange(len(parts)), chance.randrange(len(parts))
    what = chance.randrange(4)
    if what == 0:
        del parts[index]
    elif what == 1:
        parts.append((f"{parts[index][0]}.bak", parts[index][1]))
    elif what == 2:
        parts[index] = (parts[index][0], parts[other][1])
    else:
        parts.append((chance.choice(("../../out.xml", "/etc/out", "C:\\out", "a" * 300, "x/\x01.xml")), parts[other][1]))
    return _packed(parts)


def swell(data: bytes, chance: random.Random) -> bytes:
    """A part unpacks to far more than it is packed."""
    parts = _unpacked(data)
    if not parts:
        return data
    index = chance.randrange(len(parts))
    name, content = parts[index]
    at, times = chance.randrange(len(content) + 1), chance.choice((1000, 300_000, 5_000_000))
    parts[index] = (name, content[:at] + chance.choice((b" ", b"<a>", b"A", b"\0")) * times + content[at:])
    return _packed(parts)


MUTATIONS: tuple[Callable[[bytes, random.Random], bytes], ...] = (part, part, part, set_of_parts, swell)
