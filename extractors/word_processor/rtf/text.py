"""Bytes and numbers of characters of RTF to text; a character may be cut over several tokens."""

from __future__ import annotations

from collections.abc import Iterator

from extractors.characters import REPLACED
from extractors.word_processor.rtf.characters import decode, has_two_bytes, is_lead
from extractors.word_processor.rtf.scanner import Scanner
from extractors.word_processor.rtf.state import Head, State


class TextBytes:
    """Collects bytes of one look until ``flush``."""

    def __init__(self, scanner: Scanner, head: Head) -> None:
        self._scanner, self._head = scanner, head
        self._bytes = bytearray()
        self._state = State()
        self._skip = 0
        self._high = ""
        self._lead = False

    def take(self, data: bytes, state: State, in_figures: bool = False) -> None:
        """Bytes of text, without those that stand for a character which was given by its number."""
        if state.target in ("picture", "skipped"):
            return
        passed = min(self._skip, len(data))
        self._skip -= passed
        data = data[passed:]
        if not data:
            return
        self._state = state
        self._bytes += data
        self._follow(data, state)
        if self._lead and not in_figures:
            # The second byte as it stands may look like a stroke or a brace.
            self._bytes += self._scanner.take_byte()
            self._lead = False

    def _follow(self, data: bytes, state: State) -> None:
        """Keep whether the last byte is the first one of a character of two."""
        if data.isascii() or not (has_two_bytes(self._head.codec(state.font)) or has_two_bytes(self._head.page)):
            self._lead = False
            return
        for byte in data:
            self._lead = not self._lead and is_lead(byte)

    def unicode(self, number: int, state: State) -> str:
        """A character by its number; nothing for the first half of a pair, which comes with the second."""
        self._skip = state.skip
        code = number + 0x10000 if number < 0 else number
        high, self._high = self._high, ""
        if 0xD800 <= code < 0xDC00:
            self._high = chr(code)
            return REPLACED if high else ""
        if 0xDC00 <= code < 0xE000:
            return (high + chr(code)).encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        return (REPLACED if high else "") + (chr(code) if 0 <= code < 0x110000 else REPLACED)

    def passes_over(self) -> bool:
        """Whether the next sign stands for a character that was given by its number."""
        passes = self._skip > 0
        self._skip -= passes
        return passes

    def end_skip(self) -> None:
        """What stands for a character ends with its group."""
        self._skip = 0

    def flush(self) -> Iterator[tuple[str, State]]:
        """Texts with the state of each."""
        data, self._bytes, self._lead = bytes(self._bytes), bytearray(), False
        if data:
            yield decode(data, self._head.codec(self._state.font), self._head.page), self._state
