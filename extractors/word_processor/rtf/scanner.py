"""RTF as tokens: groups, control words with their numbers, bytes of text, and bytes that are no text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

_WORD = re.compile(rb"\\([a-zA-Z]{1,40})(-?[0-9]{1,12})?[ ]?")
_HEX = re.compile(rb"\\'([0-9a-fA-F]{2})")
_TEXT = re.compile(rb"[^\\{}\r\n\0]+")
_MOST_DIGITS = 10

Kind = Literal["{", "}", "word", "sign", "text", "hex", "binary"]


class Token(NamedTuple):
    """``data`` is the name of a word, the sign behind a stroke, or bytes; ``number`` is that of a word, None without one."""

    kind: Kind
    data: bytes
    number: int | None = None


class Scanner:
    """The tokens of a file, in order."""

    def __init__(self, data: bytes) -> None:
        self._data, self._at = data, 0

    def __iter__(self) -> Iterator[Token]:
        data = self._data
        while self._at < len(data):
            token = self._next(data[self._at : self._at + 1])
            if token is not None:
                yield token

    def take_byte(self) -> bytes:
        """The second byte of a character whose first one stood in the text as it is; nothing where it is written in figures."""
        if _HEX.match(self._data, self._at):
            return b""
        byte = self._data[self._at : self._at + 1]
        self._at += len(byte)
        return byte

    def _next(self, first: bytes) -> Token | None:
        data, at = self._data, self._at
        if first == b"\\":
            return self._escaped()
        if first in (b"{", b"}"):
            self._at += 1
            return Token("{" if first == b"{" else "}", first)
        found = _TEXT.match(data, at)
        self._at = found.end() if found else at + 1
        return Token("text", found[0]) if found else None

    def _escaped(self) -> Token | None:
        data, at = self._data, self._at
        if found := _HEX.match(data, at):
            self._at = found.end()
            return Token("hex", bytes.fromhex(found[1].decode("ascii")))
        if found := _WORD.match(data, at):
            self._at = found.end()
            digits = found[2] or b""
            number = int(digits) if digits and len(digits) <= _MOST_DIGITS else None
            return self._binary(number or 0) if found[1] == b"bin" else Token("word", found[1], number)
        self._at = at + 2
        return Token("sign", data[at + 1 : at + 2])

    def _binary(self, count: int) -> Token:
        start = self._at
        self._at = min(start + max(count, 0), len(self._data))
        return Token("binary", self._data[start : self._at])
