"""Web pages (HTML under any name, MHTML) as a row of the table of readers."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from extractors.errors import NoFormError, NoTableError, UnknownFormatError
from extractors.file_head import ends_in_content
from extractors.file_reader import FileReader
from extractors.messages import tell
from extractors.options import ReadOptions
from extractors.page_prefetch import OpenPage, PageSource
from extractors.transcripts.decode import bytes_to_text
from extractors.web.evidence import is_from_excel, is_web_page
from extractors.web.mhtml import ends_with_boundary, html_parts, is_mhtml

if TYPE_CHECKING:
    from extractors.word_processor.tree import Note

HTML, MHTML = "text/html", "multipart/related"


def _recognise(head: bytes) -> str | None:
    if is_mhtml(head):
        return MHTML
    if b"<" not in head[:4096]:
        return None
    try:
        text, _ = bytes_to_text(head)
    except UnknownFormatError:
        return None
    return HTML if is_web_page(text) else None


class WebPage:
    """A page as a source of one page.

    Raises:
        NoTableError: no table is on it.
    """

    page_count = 1

    def __init__(self, path: Path) -> None:
        from extractors.transcripts.limits import check_bytes
        from extractors.transcripts.transcript import without_table
        from extractors.web.builder import has_table, page_to_story
        from extractors.word_processor.layout import Layout
        from extractors.word_processor.tree import Story

        check_bytes(path.stat().st_size)
        data = path.read_bytes()
        pages = html_parts(data, path.name) if is_mhtml(data[: 64 * 1024]) else [bytes_to_text(data)]
        story, spoilt = Story(), 0
        if is_mhtml(data[: 64 * 1024]) and not ends_with_boundary(data):
            story.notes.append(("web.cut-short", "review", "the file seems to be cut off: the mark at the end of its parts is missing"))
        for text, lost in pages:
            spoilt += lost
            found = page_to_story(text, is_from_excel(text))
            story.blocks += found.blocks
            story.hidden += found.hidden
            story.notes += [*found.notes, *_end_notes(text)]
        if not has_table(story.blocks):
            error = without_table("".join(text for text, _ in pages))
            raise error if isinstance(error, NoFormError) else NoTableError(*tell("web.no-table", name=path.name))
        if spoilt:
            story.notes.append(("web.undecodable", "review", f"characters of the page that cannot be decoded came as \ufffd: {spoilt}"))
        layout = Layout(story, "web")
        self._read = layout.page, layout.tables

    def open_page(self, page_index: int) -> OpenPage:
        """See ``PageSource``."""
        return OpenPage(0, lambda: self._read)


def _end_notes(text: str) -> list[Note]:
    from extractors.transcripts.page_ending import has_no_end, page_ends_short

    if short := page_ends_short(text):
        return [("web.cut-short", "review", f"the page seems to be cut off, and what followed is missing: {short}")]
    missing = "the page has no end tag; what stood behind it, if anything did, is missing"
    return [("web.no-end", "info", missing)] if has_no_end(text) else []


@contextmanager
def _open(path: Path, options: ReadOptions) -> Iterator[PageSource]:
    yield WebPage(path)


def _has_end(path: Path, head: bytes) -> bool:
    return ends_in_content(path)


WEB_READER = FileReader(
    media_types=(HTML, MHTML), recognise=_recognise, open=_open, has_end=_has_end, pages=False, places=False
)
