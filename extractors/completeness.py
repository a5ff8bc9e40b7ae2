"""Whether a file has its end: a copy that stalls leaves the head of a file that looks like any other."""

from __future__ import annotations

import io
from pathlib import Path

_TAIL = 64 * 1024
_WORD = 4


def has_its_end(path: Path) -> bool:
    """False for a PDF or picture that is cut, or whose end is not written yet; what cannot be told counts as whole.

    Only the head and the end are read, whatever the size.
    """
    try:
        with path.open("rb") as file:
            head = file.read(16)
            size = file.seek(0, io.SEEK_END)
            if head[:4] in (b"II*\x00", b"MM\x00*"):
                return _tiff_is_whole(path, size)
            file.seek(max(0, size - _TAIL))
            return _tail_is_there(head, file.read(), size)
    except OSError:
        return True  # the reader says what is wrong


def _tail_is_there(head: bytes, tail: bytes, size: int) -> bool:
    if not head:
        return False
    if head.startswith(b"%PDF-"):
        return b"%%EOF" in tail
    if head.startswith(b"\xff\xd8\xff"):
        return b"\xff\xd9" in tail
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return b"IEND\xaeB`\x82" in tail
    if head.startswith(b"GIF8"):
        return tail.rstrip(b"\x00").endswith(b"\x3b")
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return size >= int.from_bytes(head[4:8], "little") + 8
    if head.startswith(b"BM"):
        return size >= int.from_bytes(head[2:6], "little")
    # A copy that reserves its space first ends in zeros; text does not.
    return bool(tail[-_WORD:].strip(b"\x00"))


def _tiff_is_whole(path: Path, size: int) -> bool:
    """Every directory and every strip of pixels lies inside the file."""
    from PIL import Image

    try:
        with Image.open(path) as image:
            for frame in range(getattr(image, "n_frames", 1)):
                image.seek(frame)
                tags = image.tag_v2
                offsets, counts = tags.get(273) or tags.get(324) or (), tags.get(279) or tags.get(325) or ()
                if any(offset + count > size for offset, count in zip(offsets, counts, strict=False)):
                    return False
                with path.open("rb") as file:
                    for offset, count in zip(offsets[-1:], counts[-1:], strict=False):
                        file.seek(offset)
                        # Zeros are white in some fax codes, so a whole strip of them proves nothing but at the very end of a file.
                        if offset + count == size and count > _TAIL and not file.read(count).strip(b"\x00"):
                            return False
    except Exception:  # PIL raises many kinds over a cut file
        return False
    return True
