"""Bytes of a text file to text: UTF-8, UTF-16 with a mark, or GB18030; a few bytes that are none of it do not refuse the rest."""

from __future__ import annotations

import codecs

from extractors.characters import REPLACED, only_characters
from extractors.errors import UnknownFormatError
from extractors.messages import tell

_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
# More spoilt characters than one in so many that are not ASCII, or in so many of all: it is another encoding, or no text.
_NOT_ASCII, _ALL = 50, 1000


def bytes_to_text(data: bytes) -> tuple[str, int]:
    """Decode a transcript, line ends normalised to ``\\n``; how many characters were spoilt, each ``\\ufffd`` now.

    Raises:
        UnknownFormatError: the bytes are no text in any of the encodings.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _finished(data.decode(encoding, "replace"))
    for encoding in ("utf-8", "gb18030"):
        # UTF-8 with a spoilt byte may pass for GB18030, as other words: which of them it is the rest tells.
        text = data.decode(encoding, "replace")
        if spoilt_share_is_small(text) if encoding == "utf-8" else REPLACED not in text:
            return _finished(text)
    return _finished(min((data.decode(each, "replace") for each in ("utf-8", "gb18030")), key=lambda text: text.count(REPLACED)))


def spoilt_share_is_small(text: str) -> bool:
    """True when few of the characters beyond ASCII are spoilt: the encoding is right, and some bytes are not."""
    return text.count(REPLACED) * _NOT_ASCII <= sum(1 for char in text if char > "\x7f")


def _finished(text: str) -> tuple[str, int]:
    text = only_characters(text)
    if not spoilt_share_is_small(text) and text.count(REPLACED) * _ALL > len(text):
        raise UnknownFormatError(*tell("text.encoding"))
    return _newlines(text), text.count(REPLACED)


def _newlines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")
