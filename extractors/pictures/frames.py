"""Picture files -> upright BGR arrays, one frame at a time."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

from extractors.errors import BrokenFileError, PictureSizeError
from extractors.file_head import read_head
from extractors.messages import tell
from extractors.page_limits import MOST_PAGES, check_pages

if TYPE_CHECKING:
    import numpy as np

# A3 at 600 dpi has 70 million pixels; three times that still fits in memory.
MAX_PIXELS = 220_000_000
# Finer than this says nothing more about text and costs memory: it is halved first.
MAX_DPI = 420.0
# No character can be told in fewer pixels.
FEWEST_PIXELS = 8
# Over white paper a picture with nothing darker than this shows nothing.
_PALE = 225
_LIMIT = Lock()


def check_size(width: int, height: int, name: str) -> None:
    """Refuse a picture before a pixel of it is decoded.

    Raises:
        PictureSizeError: no pixels, or more than ``MAX_PIXELS``.
    """
    if width < 1 or height < 1:
        raise PictureSizeError(*tell("picture.empty", name=name, width=width, height=height))
    if width * height > MAX_PIXELS:
        raise PictureSizeError(
            *tell("picture.too-many-pixels", name=name, width=width, height=height, most=MAX_PIXELS // 1000000),
        )


def check_holds_a_line(width: int, height: int) -> None:
    """Refuse a strip that is too thin for any line of text.

    Raises:
        PictureSizeError: fewer than ``FEWEST_PIXELS`` across or down.
    """
    if min(width, height) < FEWEST_PIXELS:
        raise PictureSizeError(*tell("picture.no-line", width=width, height=height))


def frame_count(path: Path) -> int:
    """How many pages a picture file holds (TIFF: its directories).

    Raises:
        BrokenFileError: a directory cannot be read.
        TooLargeError: more than ``MOST_PAGES``.
    """
    with _open_frame(path, 0) as image:
        count = _directories(image) if image.format == "TIFF" else int(getattr(image, "n_frames", 1))
    check_pages(count, path.name)
    return count


def _directories(image: Any) -> int:
    """Pages of a TIFF, one more than may be at most: to count all takes the square of their number."""
    for count in range(1, MOST_PAGES + 1):
        try:
            image.seek(count)  # not farther at once: the library would take that for the number of pages
        except EOFError:
            return count
    return MOST_PAGES + 1


def frame_pixels(path: Path, index: int) -> int:
    """How many pixels a frame has, without decoding one.

    Raises:
        BrokenFileError, PictureSizeError: as ``read_frame``.
    """
    with _open_frame(path, index) as image:
        return int(image.width * image.height)


def read_frame(path: Path, index: int) -> tuple[np.ndarray, float | None]:
    """One frame as BGR uint8 of shape (height, width, 3), upright by its EXIF, and its dpi where it says so.

    Raises:
        BrokenFileError: the pixels cannot be decoded.
        PictureSizeError: see ``check_size``.
    """
    from PIL import ImageOps

    with _open_frame(path, index) as image:
        check_size(image.width, image.height, path.name)
        dpi = _dpi(image)
        size = image.size
        ImageOps.exif_transpose(image, in_place=True)  # otherwise every picture is copied, and few are turned
        turned = image.size != size and image.size == size[::-1]
        return shrink_to_dpi(*with_square_pixels(image_to_bgr(image), dpi[::-1] if dpi and turned else dpi))


@contextmanager
def _open_frame(path: Path, index: int) -> Iterator[Any]:
    """The open picture at one of its frames; what is wrong with it is a BrokenFileError, also while the block decodes it."""
    with _open(path) as image:
        try:
            image.seek(index)
            yield image
        except (OSError, ValueError, TypeError, SyntaxError, EOFError, IndexError) as error:
            raise BrokenFileError(*tell("picture.damaged", name=path.name, error=error)) from error


def image_to_bgr(image: Any) -> np.ndarray:
    """Any mode of a PIL image as BGR uint8: 1-bit, grey, 16-bit, palette, alpha over white, CMYK."""
    import cv2
    import numpy as np

    if image.mode in ("I;16", "I;16B", "I;16L", "I;16N", "I", "F"):
        return _grey_to_bgr(_deep_to_grey(np.asarray(image)))
    if image.mode in ("RGBA", "LA", "PA", "RGBa", "La") or "transparency" in image.info:
        return _over_white(image)
    if image.mode in ("1", "L"):
        return _grey_to_bgr(np.asarray(image if image.mode == "L" else image.convert("L")))
    return cv2.cvtColor(np.asarray(image if image.mode == "RGB" else image.convert("RGB")), cv2.COLOR_RGB2BGR)


def shrink_to_dpi(image: np.ndarray, dpi: float | None) -> tuple[np.ndarray, float | None]:
    """Halve a picture that is finer than text needs; returns it with its new dpi."""
    if dpi is None or dpi <= MAX_DPI:
        return image, dpi
    import cv2

    factor = 300.0 / dpi
    size = (max(1, round(image.shape[1] * factor)), max(1, round(image.shape[0] * factor)))
    return cv2.resize(image, size, interpolation=cv2.INTER_AREA), 300.0


def with_square_pixels(image: np.ndarray, dpi: tuple[float, float] | None) -> tuple[np.ndarray, float | None]:
    """A fax has 204 x 98 or 204 x 196 dpi: drawn out to the finer of the two, with that dpi.

    Args:
        dpi: across and down; None when unknown.
    """
    if dpi is None or abs(dpi[0] - dpi[1]) < 0.02 * dpi[0]:
        return image, dpi[0] if dpi else None
    import cv2

    finer = max(dpi)
    size = (round(image.shape[1] * finer / dpi[0]), round(image.shape[0] * finer / dpi[1]))
    check_size(*size, "The picture")
    return cv2.resize(image, size, interpolation=cv2.INTER_CUBIC), finer


def _grey_to_bgr(grey: np.ndarray) -> np.ndarray:
    import cv2

    return cv2.cvtColor(grey, cv2.COLOR_GRAY2BGR)


def _deep_to_grey(deep: np.ndarray) -> np.ndarray:
    import numpy as np

    top = float(deep.max()) if deep.size else 0.0
    # 12-bit scanners write into 16-bit files: the brightest pixel tells the range.
    full = next((v for v in (1.0, 255.0, 4095.0, 65535.0) if top <= v), top)
    return (deep.astype(np.float32) * (255.0 / full)).clip(0, 255).astype(np.uint8)


def _over_white(image: Any) -> np.ndarray:
    """A transparent picture over white; over black where all that is in it is white."""
    rgba = image.convert("RGBA")
    shown = _over(rgba, 255)
    if shown.min(initial=255) >= _PALE:
        on_black = _over(rgba, 0)
        return on_black if on_black.size and on_black.min() < on_black.max() else shown
    return shown


def _over(rgba: Any, level: int) -> np.ndarray:
    import numpy as np
    from PIL import Image

    paper = Image.new("RGBA", rgba.size, (level, level, level, 255))
    paper.alpha_composite(rgba)
    return np.ascontiguousarray(np.asarray(paper.convert("RGB"))[:, :, ::-1])


def _dpi(image: Any) -> tuple[float, float] | None:
    """Dots per inch across and down, where the file says so plausibly."""
    value = image.info.get("dpi")
    try:
        across, down = float(value[0]), float(value[1])
    except (TypeError, ValueError, IndexError, ZeroDivisionError):
        return None
    # 72 and 96 are what programs write when they do not know; a fax has down to 98 dpi one way.
    return (across, down) if max(across, down) > 100 and 0.4 <= across / max(down, 1.0) <= 2.5 else None


def _open(path: Path) -> Any:
    from PIL import Image, UnidentifiedImageError

    try:
        with _without_limit():
            image = Image.open(path)
    except (UnidentifiedImageError, OSError, ValueError, TypeError, SyntaxError) as error:
        size = declared_size(read_head(path))
        if size is not None and 0 in size:
            check_size(*size, path.name)
        raise BrokenFileError(*tell("picture.no-picture", name=path.name, error=error)) from error
    check_size(image.width, image.height, path.name)
    return image


@contextmanager
def _without_limit() -> Iterator[None]:
    """Pillow's own limit put aside: ours knows how much one page may take. One thread at a time, or it would not come back."""
    from PIL import Image

    with _LIMIT:
        limit, Image.MAX_IMAGE_PIXELS = Image.MAX_IMAGE_PIXELS, None
        try:
            yield
        finally:
            Image.MAX_IMAGE_PIXELS = limit


def declared_size(head: bytes) -> tuple[int, int] | None:
    """Width and height that a PNG, GIF or BMP header gives; None for other kinds."""
    if head.startswith(b"\x89PNG") and len(head) >= 24:
        return int.from_bytes(head[16:20], "big"), int.from_bytes(head[20:24], "big")
    if head.startswith(b"GIF8") and len(head) >= 10:
        return int.from_bytes(head[6:8], "little"), int.from_bytes(head[8:10], "little")
    if head.startswith(b"BM") and len(head) >= 26:
        return int.from_bytes(head[18:22], "little"), abs(int.from_bytes(head[22:26], "little", signed=True))
    return None
