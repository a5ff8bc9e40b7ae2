"""What a compound file of old Office programs says it holds, by its first bytes."""

from __future__ import annotations

import re
from pathlib import Path

SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENTRY = 128
# The heads of a document and of a workbook of Excel 97, each with the counts that it always has.
_FIB = re.compile(rb"[\xec\xdc]\xa5.{30}\x0e\x00.{28}\x16\x00", re.DOTALL)
_BIFF = re.compile(rb"\x09\x08\x10\x00\x00\x06\x05\x00")
# Numbers of sectors from this on mean something else; the head has places for so many tables of sectors.
_FREE, _TABLES, _MOST_SECTORS = 0xFFFFFFFA, 109, 10_000


def root_streams(head: bytes) -> set[str] | None:
    """The names at the top of a compound file, in small letters; None where its directory does not lie in these bytes.

    What lies deeper belongs to objects that were put into the document.
    """
    directory = _directory(head)
    if directory is None or directory[66:67] != b"\x05":
        return None
    names: set[str] = set()
    waiting, seen = [_number(directory, 76)], set[int]()
    while waiting:
        index = waiting.pop()
        at = index * _ENTRY
        if index in seen or at + _ENTRY > len(directory):
            continue
        seen.add(index)
        length = min(int.from_bytes(directory[at + 64 : at + 66], "little"), 64)
        names.add(directory[at : at + max(length - 2, 0)].decode("utf-16-le", "replace").lower())
        waiting += [_number(directory, at + 68), _number(directory, at + 72)]
    return names


def _directory(head: bytes) -> bytes | None:
    """The sectors of the directory, one after the other as the table of sectors has them."""
    if not head.startswith(SIGNATURE) or len(head) < 512:
        return None
    sector = _sector(head)
    each, seen, parts = _number(head, 48), set[int](), list[bytes]()
    while each < _FREE and each not in seen and len(seen) < _MOST_SECTORS:
        seen.add(each)
        part = head[(each + 1) * sector : (each + 2) * sector]
        table, place = divmod(each, sector // 4)
        at = (_number(head, 76 + 4 * table) + 1) * sector + 4 * place if table < _TABLES else len(head)
        if len(part) < sector or at + 4 > len(head):
            return None
        parts.append(part)
        each = _number(head, at)
    return b"".join(parts)


def is_document(head: bytes) -> bool:
    """Whether it is a document of Word 97 and later or of WPS, and not something else with such a document inside."""
    names = root_streams(head)
    if names is not None:
        return "worddocument" in names
    found = _first(_FIB, head)
    book = _first(_BIFF, head)
    return found is not None and (book is None or found < book)


def _first(pattern: re.Pattern[bytes], head: bytes) -> int | None:
    """Where a stream begins so; all begin at multiples of 512."""
    return next((found.start() for found in pattern.finditer(head) if found.start() % 512 == 0), None)


def is_whole(path: Path, head: bytes) -> bool:
    """Whether the last sector is there that the tables of sectors say is used; what is shorter was cut."""
    sector = _sector(head)
    last = max((_last_used(head, table, sector) for table in range(_TABLES)), default=0)
    # The last sector of some files is not full.
    return path.stat().st_size > (last + 1) * sector


def _last_used(head: bytes, table: int, sector: int) -> int:
    """The last sector that one of the tables says is used, or that it lies in itself."""
    place = _number(head, 76 + 4 * table)
    if place >= _FREE:
        return 0
    entries = head[(place + 1) * sector : (place + 2) * sector].rstrip(b"\xff\x00")
    used = table * (sector // 4) + (len(entries) + 3) // 4 - 1
    return max(place, used)


def _sector(head: bytes) -> int:
    """The size of a sector: 4096 where the head says so, and 512 in all others."""
    return 4096 if head[30:32] == b"\x0c\x00" else 512


def _number(data: bytes, at: int) -> int:
    return int.from_bytes(data[at : at + 4], "little")
