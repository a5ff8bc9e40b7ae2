"""What a file is called: a key that keeps every byte of its absolute path, and text that can be printed.

Names on old disks need not be UTF-8, Chinese ones often are GB 18030. Two names of
other bytes may print alike; their keys never are. In a key a byte that is no UTF-8
stands as ``//b5``: two strokes in a row are in no path. What lies in an archive has the
key of the archive, ``//!/`` and its name there, once more for each archive in an archive;
people see ``archive.zip!/name``.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

_INSIDE = "//!/"
_SHOWN_INSIDE = "!/"
_ESCAPED = re.compile("//([0-9a-f]{2})")
# Control characters, marks that turn the line around, and what no text file may hold.
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069\ufffe\uffff\ud800-\udfff]")


def key_of(path: Path) -> str:
    """The absolute path of a file, links of its folders followed and its own kept, as text that keeps its bytes."""
    absolute = os.path.abspath(path)  # noqa: PTH100 - the last part may be a link, which stays
    folder, name = os.path.split(absolute)
    return _to_key(os.path.join(os.path.realpath(folder), name))  # noqa: PTH118


def key_in(folder: str, name: str) -> str:
    """The key of an entry of a folder whose absolute path, without links, is known."""
    return _to_key(f"{folder.rstrip(os.sep)}{os.sep}{name}")


def path_of_key(key: str) -> Path:
    """The file that a key names, byte for byte, or the archive that it lies in; the other way round of ``key_of``."""
    return Path(_ESCAPED.sub(lambda found: os.fsdecode(bytes([int(found[1], 16)])), archive_of_key(key)))


def archive_of_key(key: str) -> str:
    """The key of the file on the disk: of an archive for what lies in it."""
    return key.partition(_INSIDE)[0]


def names_in_key(key: str) -> tuple[str, ...]:
    """The names that lead from the file on the disk to what lies in it; none for the file itself."""
    return tuple(key.split(_INSIDE)[1:])


def key_inside(key: str, name: str) -> str:
    """The key of a member of an archive."""
    return f"{key}{_INSIDE}{name}"


def is_direct_member(key: str, archive: str) -> bool:
    """True for what lies in this archive itself, not in one in it."""
    return key.startswith(key_inside(archive, "")) and _INSIDE not in key[len(archive) + len(_INSIDE) :]


def is_member(key: str) -> bool:
    return _INSIDE in key


def name_inside(name: str, member: str) -> str:
    """What people see of a member of an archive."""
    return f"{name}{_SHOWN_INSIDE}{printable(member)}"


def split_name(name: str) -> tuple[str, tuple[str, ...]]:
    """A name as people see it in the archive on the disk and the names inside, if it is one of a member."""
    path, *inside = name.split(_SHOWN_INSIDE)
    return path, tuple(inside)


def shown(key: str) -> str:
    """An absolute path for people."""
    return _SHOWN_INSIDE.join((printable(str(path_of_key(key))), *map(printable, names_in_key(key))))


def shown_by_bytes(key: str) -> str:
    """An absolute path for people who must tell two apart that print alike."""
    return printable(_ESCAPED.sub(r"\\x\1", key.replace(_INSIDE, _SHOWN_INSIDE)))


def name_of(path: Path) -> str:
    """A path as it was given, as text that can be printed and stored."""
    return printable(str(path))


def printable(text: str) -> str:
    """Text that can be printed and stored: other encodings read, control characters shown as ``\\x1b``.

    >>> printable("年\\x1b[31m报\\n.pdf")
    '年\\\\x1b[31m报\\\\n.pdf'
    """
    return _UNPRINTABLE.sub(lambda found: repr(found.group())[1:-1], _decoded(_bytes_of(text)))


def _bytes_of(text: str) -> bytes:
    """Half a pair, as Windows allows in a name, is no byte of anything: it is shown."""
    try:
        return text.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        return text.encode("utf-8", "backslashreplace")


def _decoded(raw: bytes) -> str:
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return raw.decode("utf-8", "backslashreplace")


def _to_key(path: str) -> str:
    return "".join(f"//{ord(char) - 0xDC00:02x}" if "\udc80" <= char <= "\udcff" else char for char in path)
