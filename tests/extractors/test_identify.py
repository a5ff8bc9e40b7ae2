"""Files are what their bytes say, whatever they are called."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from extractors.errors import AccessError, EmptyFileError, UnknownFormatError
from extractors.identify import identify
from tests.extractors.pdf_maker import PdfPage, make_pdf


def put(tmp_path: Path, data: bytes, name: str = "file.dat") -> Path:
    path = tmp_path / name
    path.write_bytes(data)
    return path


def zipped(name: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(name, "x")
    return buffer.getvalue()


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "TIFF", "BMP", "WEBP", "GIF"])
def test_pictures(tmp_path: Path, kind: str) -> None:
    from PIL import Image

    path = tmp_path / "form.pdf"
    Image.new("RGB", (20, 10), "white").save(path, kind)
    assert identify(path) == f"image/{kind.lower()}"


def test_pdf_under_another_name(tmp_path: Path) -> None:
    assert identify(put(tmp_path, make_pdf([PdfPage()]), "form.txt")) == "application/pdf"
    assert identify(put(tmp_path, b"\n\n" + make_pdf([PdfPage()]))) == "application/pdf"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_text_in_any_encoding(tmp_path: Path, encoding: str) -> None:
    assert identify(put(tmp_path, ("一级指标\t二级指标\n" * 3000).encode(encoding))) == "text/plain"


@pytest.mark.parametrize(
    ("inner", "words", "way_out"),
    [("a.txt", "ZIP archive", "jixiao extract"), ("ppt/presentation.xml", "PowerPoint file", "PDF")],
)
def test_office_and_archives_have_a_way_out(tmp_path: Path, inner: str, words: str, way_out: str) -> None:
    with pytest.raises(UnknownFormatError, match=words) as caught:
        identify(put(tmp_path, zipped(inner), "form.pdf"))
    assert way_out in caught.value.way_out


def test_old_office(tmp_path: Path) -> None:
    with pytest.raises(UnknownFormatError, match="old Office"):
        identify(put(tmp_path, bytes.fromhex("D0CF11E0A1B11AE1") + bytes(600)))


@pytest.mark.parametrize("data", [b"", bytes(500)])
def test_empty(tmp_path: Path, data: bytes) -> None:
    with pytest.raises(EmptyFileError):
        identify(put(tmp_path, data))


def test_noise_is_no_text(tmp_path: Path) -> None:
    with pytest.raises(UnknownFormatError):
        identify(put(tmp_path, bytes(range(256)) * 20))


def test_missing_file_and_folder(tmp_path: Path) -> None:
    for path in (tmp_path / "nothing.pdf", tmp_path):
        with pytest.raises(AccessError):
            identify(path)
