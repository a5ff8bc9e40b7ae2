"""Kinds of files that are known and not read."""

from __future__ import annotations

from extractors.file_head import brands_of
from extractors.messages import say

_ZIP_KINDS = ((b"word/", "word"), (b"xl/", "excel"), (b"ppt/", "powerpoint"))
_OTHERS = (
    (b"Rar!", "rar"),
    (b"7z\xbc\xaf", "7z"),
    (b"\x1f\x8b", "gzip"),
    (b"\xd0\xcf\x11\xe0", "old-office"),
    (b"AT&TFORM", "djvu"),
    (b"\x97JB2\r\n\x1a\n", "jbig2"),
    (b"\x7fELF", "program"),
    (b"MZ", "program"),
)
_HEIC = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"}


def foreign_kind(head: bytes) -> str | None:
    """What other programs' file begins so, in the words of the reader's language; None where that cannot be told."""
    kind = _kind_of(head)
    return None if kind is None else say(f"foreign.{kind}")


def _kind_of(head: bytes) -> str | None:
    if head[:4] in (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08"):
        return next((kind for mark, kind in _ZIP_KINDS if mark in head), "zip")
    if brands_of(head) & _HEIC:
        return "heic"
    return next((kind for signature, kind in _OTHERS if head.startswith(signature)), None)
