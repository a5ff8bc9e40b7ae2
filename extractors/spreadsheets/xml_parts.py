"""The XML of a workbook, from its ZIP or by itself, within limits."""

from __future__ import annotations

import re
import zipfile
import zlib
from pathlib import Path
from typing import TYPE_CHECKING

from extractors.errors import BrokenFileError
from extractors.messages import tell
from extractors.safe_xml import NO_XML, parse_strictly
from extractors.spreadsheets.archive import MOST_XML, check_members, check_size
from extractors.whole_numbers import whole_number

if TYPE_CHECKING:
    from lxml.etree import _Element

_CHINESE = re.compile(rb"""^(<\?xml[^>]*encoding\s*=\s*["'])(?:gb2312|gbk|gb_2312-80|x-gbk|cp936)(["'])""", re.I)


def parse(data: bytes, name: str) -> _Element:
    """The root of a part; a declared GB2312 is GB18030, of which it is a part.

    Raises:
        BrokenFileError: it is no XML, has a DTD, or is deeper than 256 levels.
    """
    try:
        root = parse_strictly(_CHINESE.sub(rb"\1GB18030\2", data))
    except NO_XML as error:
        raise BrokenFileError(*tell("workbook.damaged", name=name, error=error)) from error
    if root is None:
        raise BrokenFileError(*tell("workbook.document-type"))
    return root


def count_of(said: str | None) -> int:
    """How many: a number of at most seven digits; 0 where it is none."""
    return whole_number(said, most_digits=7)


def whole_file(path: Path) -> bytes:
    """Raises TooLargeError where it is larger than is read."""
    check_size(path, MOST_XML)
    return path.read_bytes()


def parts_of(path: Path, wanted: tuple[str, ...]) -> dict[str, bytes]:
    """The wanted members of a ZIP, as far as it has them.

    Raises:
        BrokenFileError: it cannot be read, or would take too much.
    """
    check_size(path)
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
            kept = [member for member in members if member.filename in wanted]
            check_members(path, members, kept)
            return {member.filename: archive.read(member) for member in kept}
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, OSError, RuntimeError) as error:
        raise BrokenFileError(*tell("workbook.damaged", name=path.name, error=error)) from error
