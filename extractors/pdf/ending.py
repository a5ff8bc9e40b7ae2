"""Whether a PDF has its end."""

from __future__ import annotations

import re
from pathlib import Path

from extractors.file_head import read_tail

_END = b"%%EOF"
_OBJECT = re.compile(rb"\d+ \d+ obj\b")


def has_end(path: Path, head: bytes = b"") -> bool:
    """Whether the mark of the end stands in the last 64 KB, with no object behind it.

    What mail programs and web pages put behind the end does no harm; but a file that was
    saved for the web, or saved again with changes, holds a mark in its middle, too.
    """
    before, mark, behind = read_tail(path).rpartition(_END)
    return bool(mark) and _OBJECT.search(behind) is None
