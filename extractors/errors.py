"""What can go wrong with a file, and the way out.

Each kind has a stable ``code`` (it stands in failures.csv), a sentence that
says what happened and one that says what to do.
"""

from __future__ import annotations


class ReadError(Exception):
    """The job cannot go on with this file; the run goes on without it.

    Args:
        reason: what happened, one sentence.
        way_out: what the user can do, one sentence.
    """

    code = "read-error"

    def __init__(self, reason: str, way_out: str) -> None:
        super().__init__(reason)
        self.reason = reason
        self.way_out = way_out


class EmptyFileError(ReadError):
    code = "empty-file"


class UnknownFormatError(ReadError):
    """Neither PDF, picture nor text that could hold a table."""

    code = "unknown-format"


class BrokenFileError(ReadError):
    """The format is known, the content cannot be opened (cut in half, damaged)."""

    code = "broken-file"


class EncryptedFileError(ReadError):
    code = "encrypted"


class PictureSizeError(ReadError):
    """A picture without pixels, or with more than memory allows."""

    code = "picture-size"


class TooLargeError(ReadError):
    """More cells, columns or characters than a form has, or than can be held."""

    code = "too-large"


class NoTableError(ReadError):
    """Text that holds no table."""

    code = "no-table"


class NoFormError(NoTableError):
    """Text that holds neither a table nor the words of one: nothing of a form is lost when it is passed over."""

    code = "no-form"


class AccessError(ReadError):
    """The file or folder may not be read."""

    code = "access"


class NoRoomError(ReadError):
    """What must be unpacked to be read finds no place on the disk."""

    code = "no-space"


class OcrUnavailableError(ReadError):
    """The OCR engine or its model cannot be loaded."""

    code = "ocr-unavailable"


class PageTimeoutError(ReadError):
    code = "page-timeout"
