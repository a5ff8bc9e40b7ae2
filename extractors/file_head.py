"""The first and the last bytes of a file, by which it is known and seen to be whole."""

from __future__ import annotations

import io
from pathlib import Path

from extractors.errors import AccessError
from extractors.messages import tell

_HEAD = _TAIL = 64 * 1024
# Files of streams tell by their directory what they are, which may lie anywhere.
_STREAMS, _COMPOUND = 16 << 20, b"\xd0\xcf\x11\xe0"


def read_head(path: Path) -> bytes:
    """The first 64 KB; of a file of streams, as old Office programs write them, the first 16 MB.

    Raises:
        AccessError: the file may not be read or is not there.
    """
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD)
            return head + file.read(_STREAMS - _HEAD) if head.startswith(_COMPOUND) else head
    except FileNotFoundError:
        raise AccessError(*tell("file.not-there", path=path)) from None
    except OSError as error:
        raise AccessError(*tell("file.unreadable", path=path, error=error.strerror)) from error


def read_tail(path: Path) -> bytes:
    """The last 64 KB; what keeps them from being read is an OSError."""
    with path.open("rb") as file:
        size = file.seek(0, io.SEEK_END)
        file.seek(max(0, size - _TAIL))
        return file.read()


def ends_in_content(path: Path) -> bool:
    """False where the last bytes are zeros, as in a copy that reserved its space first."""
    return bool(read_tail(path)[-4:].strip(b"\x00"))


def brands_of(head: bytes) -> set[bytes]:
    """The brands that a file of boxes (AVIF, HEIC, films) names at its beginning; none where it is no such file."""
    if head[4:8] != b"ftyp":
        return set()
    end = min(int.from_bytes(head[:4], "big"), 1024)
    return {head[8:12]} | {head[at : at + 4] for at in range(16, end - 3, 4)}
