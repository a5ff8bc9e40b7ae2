"""What a compound file of old Office programs says it holds, by its first bytes."""

from __future__ import annotations

SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENTRY = 128
_NONE = 0xFFFFFFFF


def root_streams(head: bytes) -> set[str] | None:
    """The names at the top of a compound file; None where its directory does not lie in these bytes.

    What lies deeper belongs to objects that were put into the document. The directory is taken to lie in one piece.
    """
    if not head.startswith(SIGNATURE) or len(head) < 512:
        return None
    sector = 1 << min(int.from_bytes(head[30:32], "little"), 16)
    start = (int.from_bytes(head[48:52], "little") + 1) * sector
    if head[start + 66 : start + 67] != b"\x05":
        return None
    names: set[str] = set()
    waiting, seen = [_number(head, start, 76)], set[int]()
    while waiting:
        index = waiting.pop()
        at = start + index * _ENTRY
        if index == _NONE or index in seen or at + _ENTRY > len(head):
            continue
        seen.add(index)
        length = min(int.from_bytes(head[at + 64 : at + 66], "little"), 64)
        names.add(head[at : at + max(length - 2, 0)].decode("utf-16-le", "replace"))
        waiting += [_number(head, at, 68), _number(head, at, 72)]
    return names


def _number(head: bytes, at: int, offset: int) -> int:
    return int.from_bytes(head[at + offset : at + offset + 4], "little")
