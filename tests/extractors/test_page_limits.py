"""Files with more pages than anybody scans: refused before a page is read."""

from __future__ import annotations

import struct
import time
from pathlib import Path

import pypdfium2
import pytest

from extractors.errors import TooLargeError
from extractors.page_limits import MOST_PAGES
from extractors.reading import page_count


def tiff(path: Path, frames: int) -> None:
    """A picture of eight pixels, and so many directories that say that it is theirs."""
    entries = ((256, 8), (257, 8), (258, 1), (259, 1), (262, 0), (273, 8), (278, 8), (279, 8))
    size = 2 + 12 * len(entries) + 4
    data = bytearray(b"II*\0" + struct.pack("<I", 16) + b"\xaa" * 8)
    for number in range(frames):
        following = 16 + size * (number + 1) if number + 1 < frames else 0
        data += struct.pack("<H", len(entries)) + b"".join(struct.pack("<HHII", tag, 4, 1, value) for tag, value in entries)
        data += struct.pack("<I", following)
    path.write_bytes(data)


def pdf(path: Path, pages: int) -> None:
    document = pypdfium2.PdfDocument.new()
    for _ in range(pages):
        document.new_page(100, 100).close()
    document.save(path)


@pytest.mark.parametrize("make", [tiff, pdf])
def test_more_pages_than_anybody_scans_are_refused(make: object, tmp_path: Path) -> None:
    path = tmp_path / "a"
    assert callable(make)
    make(path, MOST_PAGES)
    assert page_count(path) == MOST_PAGES
    make(path, MOST_PAGES + 1)
    with pytest.raises(TooLargeError):
        page_count(path)


def test_many_more_take_no_more_time(tmp_path: Path) -> None:
    tiff(tmp_path / "a.tif", 100_000)
    started = time.process_time()
    with pytest.raises(TooLargeError):
        page_count(tmp_path / "a.tif")
    assert time.process_time() - started < 20
