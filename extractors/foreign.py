"""Kinds of files that are known and not read."""

from __future__ import annotations

from extractors.file_head import brands_of

_ZIP_KINDS = ((b"word/", "a Word document"), (b"xl/", "an Excel workbook"), (b"ppt/", "a PowerPoint file"))
_OTHERS = (
    (b"Rar!", "a RAR archive"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"{\\rtf", "an RTF document"),
    (b"\xd0\xcf\x11\xe0", "an old Office document"),
    (b"AT&TFORM", "a DjVu document"),
    (b"\x97JB2\r\n\x1a\n", "a JBIG2 picture"),
    (b"\x7fELF", "a program"),
    (b"MZ", "a program"),
)
_HEIC = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"}


def foreign_kind(head: bytes) -> str | None:
    """What other programs' file begins so, in words; None where that cannot be told."""
    if head[:4] in (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08"):
        return next((kind for mark, kind in _ZIP_KINDS if mark in head), "a ZIP archive")
    if brands_of(head) & _HEIC:
        return "a HEIC picture of a phone"
    return next((kind for signature, kind in _OTHERS if head.startswith(signature)), None)
