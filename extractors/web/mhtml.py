"""Pages with their parts in one file (MHTML), as browsers and Office save them."""

from __future__ import annotations

import email
import re
from email import policy

from extractors.errors import BrokenFileError
from extractors.messages import tell
from extractors.transcripts.decode import bytes_to_text

_HEADERS = re.compile(rb"\A(?:[A-Za-z][A-Za-z0-9-]{0,60}:[^\n]*\n(?:[ \t][^\n]*\n)*){1,40}\r?\n", re.IGNORECASE)
_BOUNDARY = re.compile(rb"boundary\s*=\s*(?:\"([^\"\r\n]{1,200})\"|([^\s;\"]{1,200}))", re.IGNORECASE)
_MOST_PARTS = 2_000


def is_mhtml(head: bytes) -> bool:
    """A multipart message whose parts are those of one page, and that nobody sent to anybody."""
    found = _HEADERS.match(head.lstrip(b"\xef\xbb\xbf\r\n"))
    headers = found.group().lower() if found else b""
    if b"content-type: multipart/related" not in headers or re.search(rb"^(?:to|received|delivered-to):", headers, re.MULTILINE):
        return False
    return b"text/html" in head.lower()


def ends_with_boundary(data: bytes) -> bool:
    """Whether the mark is there that stands behind the last part; what is cut off before it cannot be told."""
    found = _BOUNDARY.search(data[: 64 * 1024])
    boundary = (found[1] or found[2]) if found else b""
    return not boundary or b"--" + boundary + b"--" in data


def html_parts(data: bytes, name: str) -> list[tuple[str, int]]:
    """Every page in the file, in order: a workbook has one for each of its sheets; how many characters of it were spoilt.

    Raises:
        BrokenFileError: there is none.
    """
    message = email.message_from_bytes(data, policy=policy.default)
    pages: list[tuple[str, int]] = []
    for count, part in enumerate(message.walk()):
        if count > _MOST_PARTS:
            break
        if part.get_content_type() == "text/html":
            content = part.get_payload(decode=True)
            if isinstance(content, bytes) and content.strip():
                pages.append(bytes_to_text(content))
    if not pages:
        raise BrokenFileError(*tell("web.no-page", name=name))
    return pages
