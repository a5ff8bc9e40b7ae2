"""What the first and the last bytes of a ZIP say of it, before it is opened: names of members, and whether it is whole."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from extractors.file_head import read_tail

LOCAL = b"PK\x03\x04"
"""A member begins with it."""
END = b"PK\x05\x06"
"""The end of the list of members begins with it."""


def members(head: bytes) -> Iterator[tuple[int, bytes]]:
    """Where the members in a head begin, and their names."""
    at = head.find(LOCAL)
    while at >= 0:
        yield at, member_name(head, at)
        at = head.find(LOCAL, at + 4)


def member_name(head: bytes, at: int = 0) -> bytes:
    """The name of the member that begins here."""
    return head[at + 30 : at + 30 + int.from_bytes(head[at + 26 : at + 28], "little")]


def has_end(path: Path, head: bytes) -> bool:
    """False for a ZIP that was cut: the list of its members stands at its end. What is no ZIP is the one XML that some documents are."""
    tail = read_tail(path)
    return END in tail if head.startswith(b"PK") else b">" in tail[-16:]
