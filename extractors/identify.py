"""What a file is, by its first bytes; names and endings are not believed."""

from __future__ import annotations

from pathlib import Path

from extractors.errors import AccessError, EmptyFileError, UnknownFormatError

PDF = "application/pdf"
TEXT = "text/plain"
PICTURES = ("image/jpeg", "image/png", "image/tiff", "image/bmp", "image/webp", "image/gif")

_SIGNATURES = (
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"II+\x00", "image/tiff"),
    (b"MM\x00+", "image/tiff"),
    (b"BM", "image/bmp"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
)
_HEAD = 64 * 1024
_ZIP_KINDS = ((b"word/", "a Word document"), (b"xl/", "an Excel workbook"), (b"ppt/", "a PowerPoint file"), (b"Pages/", "an OFD document"))
_OTHERS = (
    (b"Rar!", "a RAR archive"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"{\\rtf", "an RTF document"),
    (b"\xd0\xcf\x11\xe0", "an old Office document"),
    (b"\x7fELF", "a program"),
    (b"MZ", "a program"),
)


def identify(path: Path) -> str:
    """The media type of a file, by content.

    Raises:
        AccessError: the file may not be read or is not there.
        EmptyFileError: it has no bytes.
        UnknownFormatError: neither PDF, picture nor text.
    """
    head = read_head(path)
    if not head.strip(b"\x00"):
        raise EmptyFileError(f"{path.name} is empty: {path.stat().st_size} bytes, none of them content.", "Copy or scan the file again.")
    # A PDF may have up to 1 KB of other bytes in front of its header.
    if b"%PDF-" in head[:1024]:
        return PDF
    for signature, media_type in _SIGNATURES:
        if head.startswith(signature):
            return media_type
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "image/webp"
    foreign = _foreign_kind(head)
    if foreign is not None:
        raise UnknownFormatError(f"{path.name} is {foreign}, which is not read.", "Print or export it to PDF and read that.")
    if looks_like_text(head):
        return TEXT
    raise UnknownFormatError(
        f"{path.name} is neither PDF, picture nor text.", "Check that the file is whole; export it to PDF and read that."
    )


def read_head(path: Path) -> bytes:
    """The first 64 KB."""
    try:
        with path.open("rb") as file:
            return file.read(_HEAD)
    except FileNotFoundError:
        raise AccessError(f"{path} is not there.", "Check the name; the file may have been moved while the run was on.") from None
    except OSError as error:
        raise AccessError(f"{path} cannot be read: {error.strerror}.", "Give this user the right to read it.") from error


def looks_like_text(head: bytes) -> bool:
    """Whether bytes decode as UTF-8, UTF-16 or GB18030 text without control characters."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _is_clean(head[: len(head) // 2 * 2], "utf-16")
    # The head may end inside a character: three bytes less are enough to try.
    return any(_is_clean(head[: len(head) - cut], encoding) for encoding in ("utf-8", "gb18030") for cut in range(4))


def _is_clean(data: bytes, encoding: str) -> bool:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return False
    strange = sum(1 for char in text if ord(char) < 32 and char not in "\t\n\r\f\x1a")
    return strange <= len(text) * 0.001


def _foreign_kind(head: bytes) -> str | None:
    if head[:4] in (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08"):
        return next((kind for mark, kind in _ZIP_KINDS if mark in head), "a ZIP archive")
    return next((kind for signature, kind in _OTHERS if head.startswith(signature)), None)
