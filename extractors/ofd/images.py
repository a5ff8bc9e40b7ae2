"""Pictures of an OFD as the pixels that a PDF holds."""

from __future__ import annotations

import io
import zlib
from typing import Any

from extractors.errors import BrokenFileError
from extractors.messages import tell
from extractors.ofd.pdf_page import Pixels
from extractors.pictures.frames import check_size

# Modes of Pillow that JPEG and PDF both have, and how PDF calls their colours.
_SPACES = {"L": "/DeviceGray", "RGB": "/DeviceRGB"}
_JBIG2 = b"\x97JB2\r\n\x1a\n"


def to_pixels(data: bytes, name: str, mask: bytes | None = None) -> Pixels:
    """A picture file as pixels.

    Args:
        mask: another picture file, white where the first one is seen.

    Raises:
        BrokenFileError: it cannot be decoded.
        PictureSizeError: it has no pixels or more than can be held.
    """
    if data.startswith(_JBIG2):
        return _jbig2(data, name)
    from PIL import Image, UnidentifiedImageError

    try:
        with Image.open(io.BytesIO(data)) as image:
            check_size(image.width, image.height, name)
            veil = _veil(image, mask, name)
            if image.format == "JPEG" and image.mode in _SPACES:
                return Pixels(_entries(image, _SPACES[image.mode], 8) + " /Filter /DCTDecode", data, veil)
            return _plain(image, veil)
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError, Image.DecompressionBombError) as error:
        raise BrokenFileError(*tell("picture.damaged", name=name, error=error)) from error


def _veil(image: Any, mask: bytes | None, name: str) -> Pixels | None:
    """What of the picture is seen, where it is not all of it."""
    from PIL import Image

    if mask is not None:
        with Image.open(io.BytesIO(mask)) as other:
            check_size(other.width, other.height, name)
            return _plain(other.convert("L"), None)
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        return _plain(image.convert("RGBA").getchannel("A"), None)
    return None


def _plain(image: Any, veil: Pixels | None) -> Pixels:
    if image.mode == "1":
        return Pixels(_entries(image, "/DeviceGray", 1) + " /Filter /FlateDecode", zlib.compress(image.tobytes(), 1), veil)
    if image.mode.startswith("I;16") or image.mode in ("I", "F"):
        image = image.point(lambda v: v / 256).convert("L") if image.mode != "F" else image.convert("L")
    image = image if image.mode in _SPACES else image.convert("L" if image.mode in ("LA",) else "RGB")
    return Pixels(_entries(image, _SPACES[image.mode], 8) + " /Filter /FlateDecode", zlib.compress(image.tobytes(), 1), veil)


def _entries(image: Any, space: str, bits: int) -> str:
    return f"/Width {image.width} /Height {image.height} /ColorSpace {space} /BitsPerComponent {bits}"


def _jbig2(data: bytes, name: str) -> Pixels:
    """JBIG2 goes into a PDF without the header of its file; its size stands in the first segment, which describes the page."""
    start = 9 if data[8:9] and data[8] & 2 else 13
    segment = data[start:]
    # Number, kind, what it refers to (nothing), the page, the length, then width and height.
    if len(segment) < 19 or segment[4] & 0x3F != 48 or not data[8] & 1:
        raise BrokenFileError(*tell("ofd.jbig2", name=name))
    width, height = int.from_bytes(segment[11:15], "big"), int.from_bytes(segment[15:19], "big")
    check_size(width, height, name)
    return Pixels(f"/Width {width} /Height {height} /ColorSpace /DeviceGray /BitsPerComponent 1 /Filter /JBIG2Decode", segment)
