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
    NoTableError,
    OcrUnavailableError,
    PageTimeoutError,
    PictureSizeError,
    ReadError,
    UnknownFormatError,
)
from pipeline.errors import BusyDatasetError, JobError, LedgerAwayError, NoSpaceError, NotWritableError, UsageError
from pipeline.user_files import UserFileError

__all__ = [
    "AccessError", "BrokenFileError", "BusyDatasetError", "EmptyFileError", "EncryptedFileError", "JobError", "LedgerAwayError",
    "NoSpaceError", "NoTableError", "NotWritableError", "OcrUnavailableError", "PageTimeoutError", "PictureSizeError", "ReadError",
    "UnknownFormatError", "UsageError", "UserFileError",
]  # fmt: skip
