"""The two libraries that read the text layer see the same page."""

from __future__ import annotations

from pathlib import Path

import pytest

from extractors.geometry.page_ink import PageInk
from extractors.options import ReadOptions
from extractors.pdf.file import PdfFile
from extractors.pdf.plumber_ink import page_to_ink
from tests.extractors.pdf_maker import PdfPage, make_pdf


def both(tmp_path: Path, data: bytes) -> tuple[PageInk, PageInk]:
    import pdfplumber

    path = tmp_path / "form.pdf"
    path.write_bytes(data)
    with PdfFile(path, ReadOptions()) as pdf, pdfplumber.open(path) as plumber:
        return pdf.ink(pdf._raw[0], 0)[0], page_to_ink(plumber.pages[0])


def assert_alike(ours: PageInk, other: PageInk) -> None:
    """The same glyphs in the same places, give or take what each makes of the descent of a font."""
    first, second = (sorted((c for c in ink.chars if not c.text.isspace()), key=lambda c: (c.text, c.x0)) for ink in (ours, other))
    pairs = list(zip(first, second, strict=True))
    assert [(a.text, a.angle) for a, _ in pairs] == [(b.text, b.angle) for _, b in pairs]
    assert max(abs(a.center[k] - b.center[k]) for a, b in pairs for k in (0, 1)) < 2


def lines(ink: PageInk) -> list[tuple[str, float, float, float]]:
    return sorted((r.orientation, round(r.at), round(r.start), round(r.end)) for r in ink.rulings)


def page(rotate: int = 0) -> PdfPage:
    content = PdfPage(rotate=rotate).grid([50, 150, 250], [60, 90, 120]).fill(50, 130, 250, 160, 0.7)
    return content.text(60, 80, "项目名称").text(160, 80, "2024").text(30, 200, "指标", up=True)


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
def test_glyphs_and_lines_agree(tmp_path: Path, rotate: int) -> None:
    ours, other = both(tmp_path, make_pdf([page(rotate)]))
    assert (ours.width, ours.height) == (other.width, other.height)
    assert_alike(ours, other)
    assert lines(ours) == lines(other)
    assert [fill.bbox.as_list() for fill in ours.fills] == [fill.bbox.as_list() for fill in other.fills]


def test_cropped_pages_agree(tmp_path: Path) -> None:
    data = make_pdf([page()]).replace(b"/MediaBox [0 0 400 300]", b"/MediaBox [0 0 400 300] /CropBox [20 10 390 280]")
    ours, other = both(tmp_path, data)
    assert (ours.width, ours.height) == (370, 270) == (other.width, other.height)
    assert (ours.chars[0].text, round(ours.chars[0].x0)) == ("项", 40)
    assert_alike(ours, other)
    assert lines(ours) == lines(other)
