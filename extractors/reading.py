"""One file -> one Document. Every page goes to the reader that its content asks for."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from contextlib import AbstractContextManager, closing
from pathlib import Path
from typing import TYPE_CHECKING

from extractors.characters import clean_page, clean_table
from extractors.errors import AccessError, BrokenFileError, PictureSizeError, ReadError, UnknownFormatError
from extractors.identify import identify
from extractors.messages import tell
from extractors.model import Document, Page, PageNote, Table
from extractors.options import ReadOptions
from extractors.page_prefetch import PageSource, pages_at_once, read_pages
from extractors.readers import reader_of
from extractors.tables.two_page_spread import stitch_sheets

if TYPE_CHECKING:
    from extractors.file_reader import Picture


def read_file(path: Path, options: ReadOptions, on_page: Callable[[int], None] | None = None) -> Document:
    """Read a PDF, picture or transcript whole; nothing is mended.

    A page that is damaged becomes a page with a note, as long as another can be read.

    Args:
        on_page: told the number of each page, from 1, when it is waited for: all before it are read, later ones may be begun.

    Raises:
        ReadError: of the kind that says what is wrong with the file.
    """
    media_type = identify(path)
    pages: list[Page] = []
    tables: list[Table] = []
    failures: list[ReadError] = []
    at_once = pages_at_once(options.threads)
    with reader_of(media_type).open(path, options) as source, closing(read_pages(source, at_once)) as read:
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
    note = PageNote("page.unread", "review", f"the page could not be read: {error.reason}")
    return Page(page_index + 1, 0.0, 0.0, "ocr", notes=[note])


def page_count(path: Path) -> int:
    """How many pages a file has; a transcript has one."""
    with open_pages(path, ReadOptions()) as source:
        return source.page_count


def read_page(path: Path, page_index: int, options: ReadOptions) -> tuple[Page, list[Table]]:
    """One page of a file, not yet stitched to its neighbours; a transcript is one page.

    Args:
        page_index: from 0.
    """
    with open_pages(path, options) as source:
        return source.open_page(page_index).read()


def page_picture(path: Path, page_index: int) -> tuple[Picture, float]:
    """BGR uint8 picture of a page, not turned upright, and its dpi (72 where nothing says so).

    Raises:
        ReadError: the file cannot be opened, or its pages are no pictures.
    """
    picture = reader_of(identify(path)).picture
    if picture is None:
        raise UnknownFormatError(*tell("reader.no-pages", name=path.name))
    return picture(path, page_index)


def assemble(path: Path, media_type: str, pages: list[Page], tables: list[Table], options: ReadOptions) -> Document:
    """Pages read one by one, in order, to the Document that ``read_file`` returns."""
    _only_characters(pages, tables)
    whole = _stitch(pages, tables) if reader_of(media_type).places else tables
    return Document(options.name or str(path), file_sha256(path), media_type, pages, whole)


def _stitch(pages: list[Page], tables: list[Table]) -> list[Table]:
    """Tables that go on over pages made whole, those of each document of the file by themselves."""
    starts = [k for k, page in enumerate(pages) if page.first_of_document and k]
    if not starts:
        return stitch_sheets(pages, tables)
    whole: list[Table] = []
    for begin, end in zip([0, *starts], [*starts, len(pages)], strict=True):
        numbers = {page.page_no for page in pages[begin:end]}
        whole += stitch_sheets(pages[begin:end], [table for table in tables if numbers.issuperset(table.pages)])
    return whole


def _only_characters(pages: list[Page], tables: list[Table]) -> None:
    for page in pages:
        clean_page(page)
    for table in tables:
        clean_table(table)


def file_sha256(path: Path) -> str:
    digest = hashlib.sha256()
    try:
        with path.open("rb") as file:
            while block := file.read(1 << 20):
                digest.update(block)
    except OSError as error:
        raise AccessError(*tell("file.unreadable", path=path, error=error.strerror)) from error
    return digest.hexdigest()


def open_pages(path: Path, options: ReadOptions) -> AbstractContextManager[PageSource]:
    """The pages of a file of any kind; closed at the end of the block."""
    return reader_of(identify(path)).open(path, options)
