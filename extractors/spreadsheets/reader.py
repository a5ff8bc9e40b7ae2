"""Workbooks (XLSX, XLSM, XLS, ET, ODS, SpreadsheetML 2003) as a row of the table of readers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from extractors.compound_head import is_document, is_whole, root_streams
from extractors.file_head import read_head
from extractors.file_reader import FileReader
from extractors.messages import tell
from extractors.options import ReadOptions
from extractors.page_prefetch import PageSource
from extractors.zip_head import LOCAL, has_end, member_name, members

if TYPE_CHECKING:
    from extractors.spreadsheets.held import HeldSheet

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
XLS = "application/vnd.ms-excel"
ODS = "application/vnd.oasis.opendocument.spreadsheet"
SHEET_XML = "application/vnd.ms-excel.xml"
_OLE, _ENCRYPTED = b"\xd0\xcf\x11\xe0", "EncryptedPackage".encode("utf-16-le")
# Streams of a compound file by the names in its directory.
_BOOKS = tuple(f"{name}\0".encode("utf-16-le") for name in ("Workbook", "Book"))
# The record that a workbook of Excel 97 and later begins with; streams begin at multiples of 512.
_BIFF = re.compile(rb"\x09\x08\x10\x00\x00\x06\x05\x00")
_SHEET_XML = b"urn:schemas-microsoft-com:office:spreadsheet"
_FLAT_ODS = re.compile(rb"office:mimetype\s*=\s*[\"']" + re.escape(ODS.encode()))
# What such a package may begin with; a ZIP of workbooks begins with the name of one of them.
_FIRST = (b"[Content_Types].xml", b"_rels/", b"docProps/", b"customXml/", b"xl/")


def _recognise(head: bytes) -> str | None:
    if is_encrypted(head):
        return XLSX
    if head.startswith(_OLE):
        return XLS if _is_book(head) else None
    if not head.startswith(LOCAL):
        return _xml_kind(head)
    if member_name(head) == b"mimetype":
        return ODS if head[38:].startswith(ODS.encode()) else None
    names = [name for _, name in members(head)]
    known = bool(names) and names[0].startswith(_FIRST) and any(name.startswith(b"xl/") for name in names)
    return XLSX if known else None


def _is_book(head: bytes) -> bool:
    """A compound file with a workbook that is no part of a Word document."""
    names = root_streams(head)
    if names is not None:
        return bool(names & {"workbook", "book"})
    if is_document(head):
        return False
    return any(name in head for name in _BOOKS) or any(found.start() % 512 == 0 for found in _BIFF.finditer(head))


def _xml_kind(head: bytes) -> str | None:
    start = head[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        head = start = head[: 1 << 14].decode("utf-16", "replace").encode().lstrip(b"\xef\xbb\xbf \t\r\n")
    if not start.startswith((b"<?xml", b"<Workbook", b"<ss:Workbook", b"<office:document")):
        return None
    if _FLAT_ODS.search(head[:16384]):
        return ODS
    return SHEET_XML if _SHEET_XML in head[:8192] and b"Workbook" in head[:8192] else None


def is_encrypted(head: bytes) -> bool:
    """An Office file with a password is a compound file around the encrypted package."""
    return head.startswith(_OLE) and _ENCRYPTED in head


@contextmanager
def _open(path: Path, options: ReadOptions) -> Iterator[PageSource]:
    from extractors.errors import EncryptedFileError
    from extractors.spreadsheets.held_file import HeldFile
    from extractors.spreadsheets.workbook import WorkbookFile

    head = read_head(path)
    if is_encrypted(head):
        raise EncryptedFileError(*tell("workbook.password", name=path.name))
    media_type = _recognise(head)
    yield WorkbookFile(path) if media_type == XLSX else HeldFile(_sheets(path, media_type), path.name)


def _sheets(path: Path, media_type: str | None) -> list[HeldSheet]:
    from extractors.spreadsheets.ods import read_ods
    from extractors.spreadsheets.sheet_xml import read_sheet_xml
    from extractors.spreadsheets.xls import read_xls

    reads = {ODS: read_ods, SHEET_XML: read_sheet_xml}
    return reads.get(media_type or "", read_xls)(path)


def _has_end(path: Path, head: bytes) -> bool:
    return is_whole(path, head) if head.startswith(_OLE) else has_end(path, head)


SPREADSHEET_READER = FileReader(
    media_types=(XLSX, XLS, ODS, SHEET_XML), recognise=_recognise, open=_open, has_end=_has_end, pages=False, places=False
)
