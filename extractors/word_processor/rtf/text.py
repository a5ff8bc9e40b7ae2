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
        if not in_figures and self._ends_in_lead(state):
            self._bytes += self._scanner.take_byte()

    def _ends_in_lead(self, state: State) -> bool:
        """Whether the last byte as it stands is the first one of a character of two; its second one may look like a stroke or a brace."""
        if self._bytes[-1] < 0x80 or not (has_two_bytes(self._head.codec(state.font)) or has_two_bytes(self._head.page)):
            return False
        at, lead = 0, False
        while at < len(self._bytes):
            lead = is_lead(self._bytes[at]) and at + 1 == len(self._bytes)
            at += 2 if is_lead(self._bytes[at]) else 1
        return lead

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
        data, self._bytes = bytes(self._bytes), bytearray()
        if data:
            yield decode(data, self._head.codec(self._state.font), self._head.page), self._state
