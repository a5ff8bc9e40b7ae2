"""A document as a source of pages: its text is one, and each scan that was put into it another."""

from __future__ import annotations

import tempfile
from pathlib import Path

from extractors.errors import EmptyFileError
from extractors.messages import tell
from extractors.model import Page
from extractors.options import ReadOptions
from extractors.page_limits import check_pages
from extractors.page_prefetch import OpenPage, Read
from extractors.word_processor.layout import Layout
from extractors.word_processor.tree import Story


class StorySource:
    """The pages of one story.

    Raises:
        EmptyFileError: it shows nothing.
        TooLargeError: a table of it is larger than what is read.
    """

    def __init__(self, story: Story, path: Path, options: ReadOptions) -> None:
        layout = Layout(story)
        self._page, self._tables, self._options = layout.page, layout.tables, options
        self._pictures = story.pictures
        shows_text = bool(layout.tables or layout.page.lines)
        if not shows_text and not self._pictures:
            raise EmptyFileError(*tell("word.empty", name=path.name))
        # What was noted of a text without a word goes to the first picture.
        self._first = 1 if shows_text else 0
        self.page_count = self._first + len(self._pictures)
        check_pages(self.page_count, path.name)

    def open_page(self, page_index: int) -> OpenPage:
        """See ``PageSource``."""
        if page_index < self._first:
            return OpenPage(0, lambda: (self._page, self._tables))
        return OpenPage(0, lambda: self._scan(page_index))

    def _scan(self, page_index: int) -> Read:
        from extractors.pictures.file import read_image
        from extractors.pictures.frames import read_frame

        with tempfile.TemporaryDirectory(prefix="jixiao-") as folder:
            file = Path(folder) / "picture"
            file.write_bytes(self._pictures[page_index - self._first])
            image, dpi = read_frame(file, 0)
        page, tables = read_image(image, page_index + 1, dpi, self._options)
        self._tell(page, page_index)
        return page, tables

    def _tell(self, page: Page, page_index: int) -> None:
        if page_index == 0:
            page.notes += self._page.notes
            page.hidden_text += self._page.hidden_text
            page.marks += self._page.marks
