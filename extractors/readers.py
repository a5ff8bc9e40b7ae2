"""The table of readers: every kind of file that is read. A new format is a module with its row, and a line here."""

from __future__ import annotations

from extractors.converted.reader import CONVERTED_READER
from extractors.errors import UnknownFormatError
from extractors.file_reader import FileReader
from extractors.messages import tell
from extractors.ofd.reader import OFD_READER
from extractors.pdf.reader import PDF_READER
from extractors.pictures.reader import PICTURE_READER
from extractors.spreadsheets.reader import SPREADSHEET_READER
from extractors.transcripts.reader import TRANSCRIPT_READER
from extractors.web.reader import WEB_READER
from extractors.word_processor.reader import WORD_READER

# Asked in this order. Text comes last: many formats are text to somebody who does not know them.
READERS: tuple[FileReader, ...] = (
    PDF_READER,
    PICTURE_READER,
    OFD_READER,
    CONVERTED_READER,
    SPREADSHEET_READER,
    WORD_READER,
    WEB_READER,
    TRANSCRIPT_READER,
)


def reader_of(media_type: str) -> FileReader:
    """The reader of a media type.

    Raises:
        UnknownFormatError: no reader has it.
    """
    for reader in READERS:
        if media_type in reader.media_types:
            return reader
    raise UnknownFormatError(*tell("reader.none", media_type=media_type))


def media_type_of(head: bytes) -> str | None:
    """The media type of a file with these first 64 KB, by the first reader that knows it; None where none does."""
    return next((media_type for reader in READERS if (media_type := reader.recognise(head)) is not None), None)
