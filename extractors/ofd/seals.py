"""The picture inside an electronic seal (GB/T 38540, GM/T 0031): looked for in its DER, nothing else of it is believed."""

from __future__ import annotations

from collections.abc import Iterator

_OCTETS, _TEXT, _NUMBER = 0x04, 0x16, 0x02
_DEEPEST, _MOST = 24, 20_000


def seal_picture(data: bytes) -> tuple[str, bytes] | None:
    """The kind (png, jpg, ofd …) and the bytes of the picture: the first sequence of a word, octets and two numbers."""
    budget = [_MOST]
    return _search(data, 0, budget)


def _search(data: bytes, depth: int, budget: list[int]) -> tuple[str, bytes] | None:
    members = list(_members(data, budget))
    if [tag for tag, _ in members[:4]] == [_TEXT, _OCTETS, _NUMBER, _NUMBER]:
        return members[0][1].decode("ascii", "replace").lower(), members[1][1]
    if depth >= _DEEPEST:
        return None
    for tag, content in members:
        # What is constructed holds more of it; a bit string or octets may, too, and most do not.
        if tag & 0x20 and (found := _search(content, depth + 1, budget)) is not None:
            return found
    return None


def _members(data: bytes, budget: list[int]) -> Iterator[tuple[int, bytes]]:
    """Tag and content of each value in a row; ends where it is no DER."""
    at = 0
    while at + 2 <= len(data) and budget[0] > 0:
        budget[0] -= 1
        tag, size, begin = data[at], data[at + 1], at + 2
        if size & 0x80:
            count = size & 0x7F
            if not 1 <= count <= 4 or begin + count > len(data):
                return
            size, begin = int.from_bytes(data[begin : begin + count], "big"), begin + count
        if begin + size > len(data):
            return
        yield tag, data[begin : begin + size]
        at = begin + size
