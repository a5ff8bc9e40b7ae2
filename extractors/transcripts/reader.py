"""Text that somebody's OCR produced, as a row of the table of readers."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from extractors.errors import UnknownFormatError
from extractors.file_head import ends_in_content
from extractors.file_reader import FileReader
from extractors.foreign import foreign_kind
from extractors.options import ReadOptions
from extractors.page_prefetch import OpenPage, PageSource
from extractors.transcripts.decode import bytes_to_text

TEXT = "text/plain"


def _recognise(head: bytes) -> str | None:
    # What begins as another program's file is no text, even where its bytes would pass for some.
    return TEXT if foreign_kind(head) is None and looks_like_text(head) else None


def looks_like_text(head: bytes) -> bool:
    """Whether bytes decode as UTF-8, UTF-16 or GB18030 text without control characters."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _is_clean(head[: len(head) // 2 * 2], "utf-16")
    # The head may end inside a character: three bytes less are enough to try.
    clean = any(_is_clean(head[: len(head) - cut], encoding) for encoding in ("utf-8", "gb18030") for cut in range(4))
    return clean or _is_nearly_clean(head)


def _is_nearly_clean(head: bytes) -> bool:
    """Text with a few spoilt bytes."""
    try:
        return _is_clean(bytes_to_text(head)[0].encode(), "utf-8")
    except UnknownFormatError:
        return False


def _is_clean(data: bytes, encoding: str) -> bool:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return False
    strange = sum(1 for char in text if ord(char) < 32 and char not in "\t\n\r\f\x1a")
    return strange <= len(text) * 0.001


class TranscriptFile:
    """A text file as a source of one page."""

    page_count = 1

    def __init__(self, path: Path) -> None:
        self._path = path

    def open_page(self, page_index: int) -> OpenPage:
        """See ``PageSource``; the text is read with its page."""
        from extractors.transcripts.transcript import read_transcript

        document = read_transcript(self._path)
        return OpenPage(0, lambda: (document.pages[page_index], document.tables))


@contextmanager
def _open(path: Path, options: ReadOptions) -> Iterator[PageSource]:
    yield TranscriptFile(path)


def _has_end(path: Path, head: bytes) -> bool:
    return ends_in_content(path)


TRANSCRIPT_READER = FileReader(
    media_types=(TEXT,), recognise=_recognise, open=_open, has_end=_has_end, pages=False, places=False
)
