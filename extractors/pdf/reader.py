"""PDF as a row of the table of readers."""

from __future__ import annotations

from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING

from extractors.file_reader import FileReader
from extractors.options import ReadOptions
from extractors.page_prefetch import PageSource
from extractors.pdf.ending import has_end

if TYPE_CHECKING:
    from extractors.file_reader import Picture

PDF = "application/pdf"
# A PDF may have up to 1 KB of other bytes in front of its header.
_IN_FRONT = 1024


def _recognise(head: bytes) -> str | None:
    return PDF if b"%PDF-" in head[:_IN_FRONT] else None


def _open(path: Path, options: ReadOptions) -> AbstractContextManager[PageSource]:
    from extractors.pdf.file import PdfFile

    return PdfFile(path, options)


def _picture(path: Path, page_index: int) -> tuple[Picture, float]:
    from extractors.pdf.opening import open_raw
    from extractors.pdf.rendering import page_to_picture

    document, _ = open_raw(path)
    try:
        return page_to_picture(document[page_index], str(path))
    finally:
        document.close()


PDF_READER = FileReader(
    media_types=(PDF,), recognise=_recognise, open=_open, has_end=has_end, pages=True, places=True, picture=_picture,
    needs=("extractors.reading", "extractors.pdf.file", "numpy", "pypdfium2"),
)
