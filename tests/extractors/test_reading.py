"""Files that are broken, locked or too large; pages that OCR must take. Real files, read the real way."""

from __future__ import annotations

import re
import struct
import zlib
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from extractors.errors import BrokenFileError, EncryptedFileError, NoTableError, PictureSizeError
from extractors.model import PageNote
from extractors.options import ReadOptions
from extractors.pdf.file import PdfFile
from extractors.pdf.rendering import page_to_picture
from extractors.pdf.text_layer import Verdict, judge_text_layer
from extractors.pictures.frames import read_frame
from extractors.reading import assemble, page_count, read_file, read_page
from tests.extractors.pdf_maker import PdfPage, make_pdf

OPTIONS = ReadOptions()


def put(tmp_path: Path, data: bytes, name: str = "form.pdf") -> Path:
    path = tmp_path / name
    path.write_bytes(data)
    return path


def table_page(text: str = "甲") -> PdfPage:
    page = PdfPage().grid([50, 150, 250], [60, 90, 120])
    return page.text(60, 80, text).text(160, 80, "乙").text(60, 110, "丙").text(160, 110, "丁")


def verdict(path: Path) -> Verdict:
    with PdfFile(path, OPTIONS) as pdf:
        raw_page = pdf._raw[0]
        ink, _ = pdf.ink(raw_page, 0)
        return judge_text_layer(ink)


def test_pages_one_by_one_are_the_document(tmp_path: Path) -> None:
    path = put(tmp_path, make_pdf([table_page(), table_page("戊")]))
    parts = [read_page(path, index, OPTIONS) for index in range(page_count(path))]
    pages, tables = [page for page, _ in parts], [table for _, found in parts for table in found]
    assert assemble(path, "application/pdf", pages, tables, OPTIONS) == read_file(path, OPTIONS)


def test_name_in_the_document(tmp_path: Path) -> None:
    document = read_file(put(tmp_path, make_pdf([table_page()])), ReadOptions(name="in/a.pdf"))
    assert document.path == "in/a.pdf"
    assert len(document.sha256) == 64


def test_page_without_table(tmp_path: Path) -> None:
    document = read_file(put(tmp_path, make_pdf([PdfPage().text(50, 50, "没有表格")])), OPTIONS)
    assert document.tables == []
    assert document.pages[0].lines[0].text == "没有表格"


def test_blank_page_is_not_sent_to_ocr(tmp_path: Path) -> None:
    document = read_file(put(tmp_path, make_pdf([PdfPage()])), OPTIONS)
    assert document.pages[0].notes == [PageNote("page.blank", "info", "the page is blank")]


def test_text_without_table(tmp_path: Path) -> None:
    with pytest.raises(NoTableError):
        read_file(put(tmp_path, "你好，这里没有表格。\n".encode(), "note.txt"), OPTIONS)


def test_transcript(tmp_path: Path) -> None:
    path = put(tmp_path, "一级指标\t二级指标\n成本指标\t经济成本指标\n".encode(), "form.pdf")
    assert read_file(path, OPTIONS).pages[0].reader == "transcript"
    assert page_count(path) == 1
    assert len(read_page(path, 0, OPTIONS)[1]) == 1


def test_user_password(tmp_path: Path) -> None:
    with pytest.raises(EncryptedFileError) as caught:
        read_file(put(tmp_path, make_pdf([table_page()], user_password=b"secret")), OPTIONS)
    assert "password" in caught.value.way_out


def test_owner_password_only_reads(tmp_path: Path) -> None:
    document = read_file(put(tmp_path, make_pdf([table_page()], user_password=b"")), OPTIONS)
    assert document.tables[0].cells[0].text == "甲"


def test_cut_pdf_gives_its_whole_pages(tmp_path: Path) -> None:
    data = make_pdf([table_page(), table_page("戊"), table_page("己")])
    # The third page is cut in its content; two are whole.
    cut = data[: data.rindex(b"stream\n", 0, data.rindex(b"endstream")) + 40]
    document = read_file(put(tmp_path, cut), OPTIONS)
    assert [cell.text for cell in document.tables[0].cells if cell.rows.start % 2 == 0] == ["甲", "乙", "戊", "乙"]
    assert len(document.pages) == 2
    assert "damaged" in document.pages[0].notes[0].message


def test_a_page_that_is_lost_does_not_lose_the_others(tmp_path: Path) -> None:
    data = make_pdf([table_page(), table_page("戊")])
    last = data.rindex(b"/Type /Page ")
    document = read_file(put(tmp_path, data[:last] + b"/Type /Gone " + data[last + 12 :]), OPTIONS)
    assert document.tables[0].cells[0].text == "甲"
    assert len(document.pages) == 2 or "could not be read" in document.pages[-1].notes[0].message


@pytest.mark.parametrize("share", [0.02, 0.2])
def test_cut_pdf_without_a_whole_page(tmp_path: Path, share: float) -> None:
    data = make_pdf([table_page()])
    with pytest.raises(BrokenFileError) as caught:
        read_file(put(tmp_path, data[: int(len(data) * share)]), OPTIONS)
    assert caught.value.way_out


def png(width: int, height: int) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")


@pytest.mark.parametrize("size", [(0, 0), (0, 10), (30_000, 30_000)])
def test_picture_sizes_before_decoding(tmp_path: Path, size: tuple[int, int]) -> None:
    with pytest.raises(PictureSizeError):
        read_file(put(tmp_path, png(*size), "scan.png"), OPTIONS)


def test_picture_without_pixels_and_cut_picture(tmp_path: Path) -> None:
    from PIL import Image

    with pytest.raises(BrokenFileError):
        read_frame(put(tmp_path, png(100, 100), "scan.png"), 0)
    path = tmp_path / "scan.jpg"
    Image.effect_noise((200, 200), 50).save(path)
    path.write_bytes(path.read_bytes()[:3000])
    with pytest.raises(BrokenFileError):
        read_frame(path, 0)


@pytest.mark.parametrize("mode", ["1", "L", "P", "RGBA", "LA", "CMYK", "I;16", "RGB"])
def test_every_kind_of_picture_becomes_bgr(tmp_path: Path, mode: str) -> None:
    from PIL import Image

    grey = Image.new("L", (40, 30), 255)
    grey.paste(0, (0, 0, 20, 30))
    if mode == "I;16":
        image = Image.fromarray(np.asarray(grey).astype(np.uint16) * 257)
    else:
        image = grey.convert("RGBA").convert(mode) if mode == "LA" else grey.convert(mode)
    path = tmp_path / "scan.tif"
    image.save(path, dpi=(300, 300))
    pixels, dpi = read_frame(path, 0)
    assert (pixels.shape, pixels.dtype, dpi) == ((30, 40, 3), np.uint8, 300.0)
    assert pixels[:, :15].max() < 40 and pixels[:, 25:].min() > 215


def test_transparent_is_white(tmp_path: Path) -> None:
    from PIL import Image

    path = tmp_path / "scan.png"
    Image.new("RGBA", (10, 10), (0, 0, 0, 0)).save(path)
    assert read_frame(path, 0)[0].min() == 255


def test_exif_turns_the_picture(tmp_path: Path) -> None:
    from PIL import Image

    image = Image.new("RGB", (40, 20), "white")
    exif = image.getexif()
    exif[0x0112] = 6
    path = tmp_path / "photo.jpg"
    image.save(path, exif=exif)
    assert read_frame(path, 0)[0].shape == (40, 20, 3)


def test_tiff_frames_one_at_a_time(tmp_path: Path) -> None:
    from PIL import Image

    frames = [Image.new("L", (30, 20), value) for value in (10, 120, 240)]
    path = tmp_path / "scan.tif"
    frames[0].save(path, save_all=True, append_images=frames[1:])
    assert page_count(path) == 3
    assert [int(read_frame(path, index)[0].mean()) for index in range(3)] == [10, 120, 240]


def test_fine_scans_are_made_coarser(tmp_path: Path) -> None:
    from PIL import Image

    path = tmp_path / "scan.png"
    Image.new("L", (1200, 600), 255).save(path, dpi=(600, 600))
    pixels, dpi = read_frame(path, 0)
    assert pixels.shape == (300, 600, 3)
    assert dpi == 300


def test_page_without_text_layer_goes_to_ocr(tmp_path: Path) -> None:
    found = verdict(put(tmp_path, make_pdf([PdfPage().image(bytes(400 * 300), 400, 300)])))
    assert found.reader == "ocr" and "no text layer" in found.notes[0].message


def test_invisible_layer_goes_to_ocr(tmp_path: Path) -> None:
    page = PdfPage().image(bytes(400 * 300), 400, 300).text(60, 80, "甲乙丙丁", mode=3)
    found = verdict(put(tmp_path, make_pdf([page])))
    assert found.reader == "ocr" and "invisible" in found.notes[0].message


def test_text_under_the_picture_goes_to_ocr(tmp_path: Path) -> None:
    page = PdfPage().text(60, 80, "甲乙丙丁").image(bytes(400 * 300), 400, 300)
    assert verdict(put(tmp_path, make_pdf([page]))).reader == "ocr"


def test_text_over_a_background_stays(tmp_path: Path) -> None:
    page = PdfPage().image(bytes([255]) * 400 * 300, 400, 300)
    for k in range(20):
        page.text(60, 20 + 12 * k, "甲乙丙丁戊己庚辛壬癸")
    found = verdict(put(tmp_path, make_pdf([page])))
    assert found.reader == "text-layer" and "pictures" in found.notes[0].message


def test_an_electronic_seal_is_no_unread_picture(tmp_path: Path) -> None:
    disc = bytes(255 if (x - 20) ** 2 + (y - 20) ** 2 > 380 else 90 for y in range(40) for x in range(40))
    page = table_page().image(disc, 40, 40, (200, 150, 300, 250), red=True)
    document = read_file(put(tmp_path, make_pdf([page])), OPTIONS)
    assert [seal.bbox.as_list() for seal in document.pages[0].seals] == [[200, 150, 300, 250]]
    assert document.pages[0].notes == []


def test_a_stamp_over_a_scan_is_not_the_form(tmp_path: Path) -> None:
    page = PdfPage().image(bytes(400 * 200), 400, 200, (0, 0, 400, 200)).text(180, 280, "- 1 -")
    found = verdict(put(tmp_path, make_pdf([page])))
    assert found.reader == "ocr" and "only 3 characters" in found.notes[0].message


def test_filled_form_fields_are_read(tmp_path: Path) -> None:
    document = read_file(put(tmp_path, make_pdf([table_page().field(62, 66, 148, 88, "12345")])), OPTIONS)
    assert document.tables[0].cells[0].text == "甲12345"


def test_drawn_page(tmp_path: Path) -> None:
    folder = tmp_path / "drawn"
    read_file(put(tmp_path, make_pdf([table_page()])), ReadOptions(draw_dir=folder, name="form.pdf"))
    assert [path.name for path in folder.iterdir()] == ["form-001.png"]


def test_garbled_layer_goes_to_ocr(tmp_path: Path) -> None:
    page = table_page().text(60, 200, "a layer of glyphs that nobody can name", odd=True)
    found = verdict(put(tmp_path, make_pdf([page])))
    assert found.reader == "ocr" and "garbled" in found.notes[0].message


def test_chinese_bytes_as_latin_letters_go_to_ocr(tmp_path: Path) -> None:
    page = PdfPage()
    for k in range(5):
        page.text(60, 60 + 20 * k, r"\317\356\304\277\303\373\263\306")
    assert verdict(put(tmp_path, make_pdf([page]))).reader == "ocr"


def test_a_cell_with_an_unknown_glyph_is_marked(tmp_path: Path) -> None:
    page = table_page().text(75, 80, "z", odd=True).text(60, 200, "这一页的其他文字都有意义所以照样读出来")
    cell = read_file(put(tmp_path, make_pdf([page])), OPTIONS).tables[0].cells[0]
    assert cell.marks == ("ink-without-text",)
    assert cell.confidence == 0.5


def test_a_few_odd_characters_are_noted(tmp_path: Path) -> None:
    page = table_page().text(60, 150, "z", odd=True).text(60, 200, "这一页的其他文字都有意义所以照样读出来")
    found = verdict(put(tmp_path, make_pdf([page])))
    assert found.reader == "text-layer"
    assert found.notes == (PageNote("text.no-meaning", "review", "1 characters of the text layer have no meaning"),)


def test_scan_is_drawn_at_its_own_resolution(tmp_path: Path) -> None:
    pixels = bytes(range(256)) * 3125
    path = put(tmp_path, make_pdf([PdfPage(width=288, height=144).image(pixels[: 1000 * 500], 1000, 500)]))
    with PdfFile(path, OPTIONS) as pdf:
        picture, dpi = page_to_picture(pdf._raw[0], "form.pdf")
    assert picture.shape == (500, 1000, 3)
    assert dpi == pytest.approx(250)


def test_a_tiff_with_a_directory_that_names_no_width_is_damaged(tmp_path: Path) -> None:
    frames = [Image.new("L", (300, 200), 255) for _ in range(2)]
    frames[0].save(tmp_path / "frames.tiff", save_all=True, append_images=frames[1:])
    data = bytearray((tmp_path / "frames.tiff").read_bytes())
    entry = struct.pack("<HH", 256, 3) if struct.pack("<HH", 256, 3) in data else struct.pack("<HH", 256, 4)
    second = data.rindex(entry)
    assert second != data.index(entry)
    data[second : second + 2] = struct.pack("<H", 60000)
    with pytest.raises(BrokenFileError, match="damaged"):
        read_file(put(tmp_path, bytes(data), "broken.tiff"), OPTIONS)


def test_what_only_the_second_library_cannot_parse_is_no_failure_at_the_end(tmp_path: Path) -> None:
    """pdfplumber looks at every page when it is closed; a dictionary of fonts with an odd number of parts stands on the second one."""
    data = make_pdf([table_page(), table_page("戊")])
    last = list(re.finditer(rb"/F1 (\d+ 0 R)", data))[-1]
    data = data[: last.start(1)] + b" " * len(last[1]) + data[last.end(1) :]
    with PdfFile(put(tmp_path, data), OPTIONS) as pdf:
        assert pdf._open_plumber(0) is not None
    assert pdf._plumber is None
