"""What can go wrong: every error says what happened (``reason``) and what to do (``way_out``).

``ReadError`` and its kinds: this file cannot be read. ``JobError`` and its kinds: the run
cannot go on; what was delivered before stays whole. ``UserFileError``, one of these: your
own taxonomy or template file cannot be used.
"""

from __future__ import annotations

from extractors.errors import (
    AccessError,
    BrokenFileError,
    EmptyFileError,
    EncryptedFileError,
    NoFormError,
    NoRoomError,
    NoTableError,
    OcrUnavailableError,
    PageTimeoutError,
    PictureSizeError,
    ReadError,
    TooLargeError,
    UnknownFormatError,
)
from pipeline.errors import BusyDatasetError, DamagedReadsError, JobError, LedgerAwayError, NoSpaceError, NotWritableError, UsageError
from pipeline.user_files import UserFileError

__all__ = [
    "AccessError", "BrokenFileError", "BusyDatasetError", "DamagedReadsError", "EmptyFileError", "EncryptedFileError", "JobError",
    "LedgerAwayError", "NoFormError", "NoRoomError", "NoSpaceError", "NoTableError", "NotWritableError", "OcrUnavailableError",
    "PageTimeoutError", "PictureSizeError", "ReadError", "TooLargeError", "UnknownFormatError", "UsageError", "UserFileError",
]  # fmt: skip
