"""Picture files as a row of the table of readers."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from extractors.file_head import brands_of
from extractors.file_reader import FileReader
from extractors.options import ReadOptions
from extractors.page_prefetch import PageSource
from extractors.pictures.ending import has_end

if TYPE_CHECKING:
    from extractors.file_reader import Picture

PICTURES = ("image/jpeg", "image/png", "image/tiff", "image/bmp", "image/webp", "image/gif", "image/jp2", "image/avif")
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
    (b"\x00\x00\x00\x0cjP  \r\n\x87\n", "image/jp2"),
    (b"\xff\x4f\xff\x51", "image/jp2"),
)


def _recognise(head: bytes) -> str | None:
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "image/webp"
    if brands_of(head) & {b"avif", b"avis"}:
        return "image/avif"
    return next((media_type for signature, media_type in _SIGNATURES if head.startswith(signature)), None)


@contextmanager
def _open(path: Path, options: ReadOptions) -> Iterator[PageSource]:
    from extractors.pictures.file import PictureFile

    yield PictureFile(path, options)


def _picture(path: Path, page_index: int) -> tuple[Picture, float]:
    from extractors.pictures.frames import read_frame

    image, dpi = read_frame(path, page_index)
    return image, dpi or 72.0


PICTURE_READER = FileReader(
    media_types=PICTURES, recognise=_recognise, open=_open, has_end=has_end, pages=True, places=True, picture=_picture
)
