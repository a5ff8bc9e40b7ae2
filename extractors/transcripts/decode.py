"""Bytes of a text file to text: UTF-8, UTF-16 with a mark, or GB18030."""

from __future__ import annotations

import codecs

from extractors.errors import UnknownFormatError

_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


def bytes_to_text(data: bytes) -> str:
    """Decode a transcript, line ends normalised to ``\\n``.

    Raises:
        UnknownFormatError: the bytes are no text in any of the encodings.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _newlines(_strict(data, encoding))
    for encoding in ("utf-8", "gb18030"):
        try:
            return _newlines(data.decode(encoding))
        except UnicodeDecodeError:
            continue
    raise UnknownFormatError("The file is neither UTF-8 nor GB18030 text.", "Save it as UTF-8 text and run again.")


def _strict(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        reason = f"The file begins as {encoding} text but does not go on so."
        raise UnknownFormatError(reason, "Save it as UTF-8 text and run again.") from error


def _newlines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")
