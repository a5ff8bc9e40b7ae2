"""JPEG 2000 and AVIF are read, upright; HEIC, DjVu and JBIG2 are named for what they are."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw

from extractors.completeness import has_its_end
from extractors.errors import UnknownFormatError
from extractors.identify import identify
from extractors.pictures.frames import read_frame


@pytest.fixture
def picture() -> Image.Image:
    image = Image.new("RGB", (300, 200), "white")
    ImageDraw.Draw(image).rectangle((10, 10, 150, 50), fill="black")
    return image


@pytest.mark.parametrize(("suffix", "media_type"), [("jp2", "image/jp2"), ("j2k", "image/jp2"), ("avif", "image/avif")])
def test_a_picture_is_read_by_its_content_and_known_when_cut(tmp_path: Path, picture: Image.Image, suffix: str, media_type: str) -> None:
    path = tmp_path / f"a.{suffix}"
    picture.save(path)
    path = path.rename(tmp_path / "a.pdf")
    pixels, _ = read_frame(path, 0)
    assert identify(path) == media_type and has_its_end(path)
    assert np.abs(pixels.astype(int) - np.asarray(picture)).mean() < 1
    path.write_bytes(path.read_bytes()[:-20])
    assert not has_its_end(path)


def test_avif_is_turned_as_the_file_says(tmp_path: Path, picture: Image.Image) -> None:
    exif = Image.Exif()
    exif[0x112] = 6
    picture.save(tmp_path / "a.avif", exif=exif)
    pixels, _ = read_frame(tmp_path / "a.avif", 0)
    assert pixels.shape == (300, 200, 3) and pixels[20, 170].max() < 30 and pixels[20, 20].min() > 220


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic", "HEIC"),
        (b"AT&TFORM\x00\x00\x01\x00DJVUINFO", "DjVu"),
        (b"\x97JB2\r\n\x1a\n\x01\x00\x00\x00\x01", "JBIG2"),
    ],
)
def test_what_is_not_read_is_named(tmp_path: Path, head: bytes, kind: str) -> None:
    (tmp_path / "a.jpg").write_bytes(head + bytes(range(256)) * 8)
    with pytest.raises(UnknownFormatError, match=kind):
        identify(tmp_path / "a.jpg")
