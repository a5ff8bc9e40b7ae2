"""One file -> one Document. Every page goes to the reader that its content asks for."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from extractors.errors import AccessError, BrokenFileError, PictureSizeError, ReadError
from extractors.identify import PDF, TEXT, identify
from extractors.model import Document, Page, Table
from extractors.options import ReadOptions
from extractors.page_prefetch import PageSource, pages_at_once, read_pages
from extractors.tables.two_page_spread import stitch_sheets


def read_file(path: Path, options: ReadOptions, on_page: Callable[[int], None] | None = None) -> Document:
    """Read a PDF, picture or transcript whole; nothing is mended.

    A page that is damaged becomes a page with a note, as long as another can be read.

    Args:
        on_page: told the number of each page, from 1, when it is waited for: all before it are read, later ones may be begun.

    Raises:
        ReadError: of the kind that says what is wrong with the file.
    """
    media_type = identify(path)
    if media_type == TEXT:
        return _read_text(path, options)
    pages: list[Page] = []
    tables: list[Table] = []
    failures: list[ReadError] = []
    at_once = pages_at_once(options.threads)
    with open_pages(path, options, media_type) as source, closing(read_pages(source, at_once)) as read:
        for page_index, result in enumerate(read):
            if on_page is not None:
                on_page(page_index + 1)
            try:
                page, found = result()
            except (BrokenFileError, PictureSizeError) as error:
                failures.append(error)
                page, found = unread_page(page_index, error), []
            pages.append(page)
            tables.extend(found)
    if len(failures) == len(pages):
        raise failures[0]
    return assemble(path, media_type, pages, tables, options)


def unread_page(page_index: int, error: ReadError) -> Page:
    """What stands for a page that cannot be read in a document that otherwise can: a page with a note."""
    return Page(page_index + 1, 0.0, 0.0, "ocr", notes=[f"the page could not be read: {error.reason}"])


def page_count(path: Path) -> int:
    """How many pages a file has; a transcript has one."""
    media_type = identify(path)
    if media_type == TEXT:
        return 1
    with open_pages(path, ReadOptions(), media_type) as source:
        return source.page_count


def read_page(path: Path, page_index: int, options: ReadOptions) -> tuple[Page, list[Table]]:
    """One page of a file, not yet stitched to its neighbours; a transcript is one page.

    Args:
        page_index: from 0.
    """
    media_type = identify(path)
    if media_type == TEXT:
        document = _read_text(path, options)
        return document.pages[0], document.tables
    with open_pages(path, options, media_type) as source:
        return source.open_page(page_index).read()


def assemble(path: Path, media_type: str, pages: list[Page], tables: list[Table], options: ReadOptions) -> Document:
    """Pages read one by one, in order, to the Document that ``read_file`` returns."""
    return Document(options.name or str(path), file_sha256(path), media_type, pages, stitch_sheets(pages, tables))


def file_sha256(path: Path) -> str:
    digest = hashlib.sha256()
    try:
        with path.open("rb") as file:
            while block := file.read(1 << 20):
                digest.update(block)
    except OSError as error:
        raise AccessError(f"{path} cannot be read: {error.strerror}.", "Give this user the right to read it.") from error
    return digest.hexdigest()


@contextmanager
def open_pages(path: Path, options: ReadOptions, media_type: str) -> Iterator[PageSource]:
    """An open PDF or picture file; closed at the end of the block."""
    if media_type == PDF:
        from extractors.pdf.file import PdfFile

        with PdfFile(path, options) as pdf:
            yield pdf
    else:
        from extractors.pictures.file import PictureFile

        yield PictureFile(path, options)


def _read_text(path: Path, options: ReadOptions) -> Document:
    from dataclasses import replace

    from extractors.transcripts.transcript import read_transcript

    document = read_transcript(path)
    return replace(document, path=options.name) if options.name else document
