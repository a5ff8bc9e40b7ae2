"""Whether a picture file has its end."""

from __future__ import annotations

import struct
from pathlib import Path

from extractors.file_head import ends_in_content, read_tail
from extractors.pictures.tiff_pieces import Piece, pieces_of

_LONG = 64 * 1024
_MOST_BOXES = 1_000


def has_end(path: Path, head: bytes) -> bool:
    """By what each format writes last; of a TIFF every directory and every strip of pixels must lie inside the file."""
    size = path.stat().st_size
    if head[:4] in (b"II*\x00", b"MM\x00*", b"II+\x00", b"MM\x00+"):
        return _tiff_is_whole(path, size)
    if head.startswith(b"\xff\xd8\xff"):
        return b"\xff\xd9" in read_tail(path)
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return b"IEND\xaeB`\x82" in read_tail(path)
    if head.startswith(b"GIF8"):
        return read_tail(path).rstrip(b"\x00").endswith(b"\x3b")
    if head.startswith(b"RIFF"):
        return size >= int.from_bytes(head[4:8], "little") + 8
    if head.startswith(b"\xff\x4f\xff\x51"):
        return b"\xff\xd9" in read_tail(path)
    if head[4:8] in (b"ftyp", b"jP  "):
        return _boxes_are_whole(path, size)
    if head.startswith(b"BM"):
        return size >= int.from_bytes(head[2:6], "little")
    return ends_in_content(path)


def _boxes_are_whole(path: Path, size: int) -> bool:
    """AVIF and JPEG 2000 are boxes in a row, each with its length; the last may say 0 and reach to the end."""
    at = 0
    with path.open("rb") as file:
        for _ in range(_MOST_BOXES):
            file.seek(at)
            start = file.read(16)
            length = int.from_bytes(start[:4], "big")
            if length == 1:
                length = int.from_bytes(start[8:16], "big")
            if length == 0 or at + length == size:
                return len(start) >= 8
            if length < 8 or at + length > size:
                return False
            at += length
    return False


def _tiff_is_whole(path: Path, size: int) -> bool:
    """Every directory, what its tags point at and every strip of pixels lies inside the file."""
    try:
        pieces = list(pieces_of(path))
    except (OSError, EOFError, ValueError, struct.error):
        return False
    if any(each.start + each.count > size for each in pieces):
        return False
    # Zeros are white in some fax codes, so a whole strip of them proves nothing but at the very end of a file.
    last = [each for each in pieces if each.pixels and each.start + each.count == size and each.count > _LONG]
    return all(_holds_anything(path, each) for each in last)


def _holds_anything(path: Path, piece: Piece) -> bool:
    with path.open("rb") as file:
        file.seek(piece.start)
        return any(block.strip(b"\x00") for block in iter(lambda: file.read(_LONG), b""))
