"""Files that end where they should, and files that do not yet."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from extractors.completeness import has_its_end
from extractors.pdf.ending import has_end
from tests.extractors.pdf_maker import PdfPage, make_pdf

SAMPLES = Path(__file__).parents[2] / "samples"
FILES = [path for path in sorted(SAMPLES.glob("*/input.*")) if path.suffix != ".txt"]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.parent.name)
def test_a_sample_is_whole_and_its_beginning_is_not(path: Path, tmp_path: Path) -> None:
    assert has_its_end(path)
    content = path.read_bytes()
    for share in (0.3, 0.9, 0.99):
        upto = int(len(content) * share)
        cut, reserved = tmp_path / "cut", tmp_path / "reserved"
        cut.write_bytes(content[:upto])
        assert not has_its_end(cut)
        # Some tools reserve all the space before they copy.
        reserved.write_bytes(content[:upto].ljust(len(content) + 70_000, b"\0"))
        assert path.suffix == ".tiff" or not has_its_end(reserved)


@pytest.mark.parametrize("kind", ["png", "gif", "webp", "bmp", "tiff"])
def test_other_pictures(kind: str, tmp_path: Path) -> None:
    from PIL import Image

    path = tmp_path / f"picture.{kind}"
    Image.effect_noise((120, 90), 60).save(path)
    assert has_its_end(path)
    path.write_bytes(path.read_bytes()[:-200])
    assert not has_its_end(path)


@pytest.mark.parametrize("options", [{"compression": "jpeg"}, {"compression": "group4"}, {"compression": "tiff_lzw"}, {"big_tiff": True}])
@pytest.mark.parametrize("frames", [1, 2])
def test_a_tiff_whose_directory_or_tables_are_cut_is_not_whole(options: dict[str, Any], frames: int, tmp_path: Path) -> None:
    """Directories, and the tables of JPEG in them, stand behind the pixels; only what fills up a block may be lacking."""
    from PIL import Image

    path = tmp_path / "picture.tiff"
    noise = Image.effect_noise((400, 300), 60)
    picture = noise.convert("1") if options.get("compression") == "group4" else noise.convert("RGB")
    picture.save(path, save_all=frames > 1, append_images=[picture] * (frames - 1), **options)
    whole = path.read_bytes()
    assert has_its_end(path)
    for lost in (17, 50, 100, 150, 200, 400, len(whole) // 2):
        path.write_bytes(whole[:-lost])
        assert not has_its_end(path), lost


def test_a_tiff_whose_directories_go_round_ends(tmp_path: Path) -> None:
    path = tmp_path / "loop.tiff"
    path.write_bytes(b"II*\0\x08\0\0\0" + b"\0\0" + b"\x08\0\0\0")
    assert not has_its_end(path)


def test_text_is_whole_and_nothing_is_not(tmp_path: Path) -> None:
    assert has_its_end(SAMPLES / "transcript" / "input.txt")
    (tmp_path / "empty").touch()
    assert not has_its_end(tmp_path / "empty")
    assert has_its_end(tmp_path / "gone")


@pytest.mark.parametrize("behind", [b"", b"\n", b"x" * 10_000, b"<html>mail</html>" * 3000])
def test_a_pdf_with_something_behind_its_end_is_whole(behind: bytes, tmp_path: Path) -> None:
    path = tmp_path / "form.pdf"
    path.write_bytes(make_pdf([PdfPage()]) + behind)
    assert has_end(path) and has_its_end(path)


def test_a_mark_of_the_end_in_the_middle_is_none(tmp_path: Path) -> None:
    """A file that was saved for the web has one behind its first page, one with changes behind what stood before."""
    whole = make_pdf([PdfPage()])
    path = tmp_path / "form.pdf"
    for cut in (b"\n9 0 obj\n<< /Type /Page", b"\n9 0 obj\n<< /Length 900 >>\nstream\n" + bytes(range(256)) * 3):
        path.write_bytes(whole + cut)
        assert not has_end(path) and not has_its_end(path)
    path.write_bytes(whole + b"\n9 0 obj\n<< >>\nendobj\n%%EOF\n")
    assert has_end(path)
