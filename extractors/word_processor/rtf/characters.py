"""Bytes of RTF to characters: by the font's character set, or by the code page of the file."""

from __future__ import annotations

import codecs

_CHARSETS = {
    0: "cp1252", 77: "mac_roman", 128: "cp932", 129: "cp949", 130: "johab", 134: "gb18030", 136: "cp950", 161: "cp1253", 162: "cp1254",
    163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874", 238: "cp1250", 254: "cp437", 255: "cp850",
}  # fmt: skip
SYMBOLS = 2
"""The character set of fonts that hold pictures in the place of letters."""
_TWO_BYTES = {"gb18030", "cp932", "cp949", "johab", "cp950"}


def page_codec(number: int) -> str:
    """The codec of ``\\ansicpg``: what calls itself GB2312 or GBK is read as GB18030."""
    if number in (936, 54936, 20936):
        return "gb18030"
    if number == 65001:
        return "utf-8"
    try:
        return codecs.lookup(f"cp{number}").name
    except LookupError:
        return "cp1252"


def charset_codec(charset: int | None, of_page: str) -> str:
    """The codec of a font; one that says nothing of it is in the code page of the file."""
    return _CHARSETS.get(charset, of_page) if charset is not None else of_page


def has_two_bytes(codec: str) -> bool:
    return codec in _TWO_BYTES


def is_lead(byte: int) -> bool:
    """Whether a byte of a code page of two bytes may be the first of a character."""
    return 0x81 <= byte <= 0xFE


def decode(data: bytes, codec: str, of_page: str) -> str:
    """Bytes as the font's set has them.

    Chinese programs put Chinese characters into fonts that say they are Western: where the bytes are whole characters of the
    file's own code page, they are those.
    """
    if all(byte < 0x80 for byte in data):
        return data.decode("ascii")
    if codec == "cp1252" and has_two_bytes(of_page):
        try:
            return data.decode(of_page)
        except UnicodeDecodeError:
            return data.decode(codec, "replace")
    try:
        return data.decode(codec)
    except UnicodeDecodeError:
        pass
    for other in ("utf-8", of_page):
        try:
            return data.decode(other)
        except UnicodeDecodeError:
            continue
    return data.decode(codec, "replace")
