"""Whether a picture file has its end."""

from __future__ import annotations

from pathlib import Path

from extractors.file_head import ends_in_content, read_tail

_LONG = 64 * 1024
_MOST_BOXES = 1_000


def has_end(path: Path, head: bytes) -> bool:
    """By what each format writes last; of a TIFF every directory and every strip of pixels must lie inside the file."""
    size = path.stat().st_size
    if head[:4] in (b"II*\x00", b"MM\x00*"):
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
                        if offset + count == size and count > _LONG and not file.read(count).strip(b"\x00"):
                            return False
    except Exception:  # PIL raises many kinds over a cut file
        return False
    return True
