"""Workbooks (XLSX, XLSM) as a row of the table of readers."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from extractors.file_head import read_head, read_tail
from extractors.file_reader import FileReader
from extractors.messages import tell
from extractors.options import ReadOptions
from extractors.page_prefetch import PageSource

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_LOCAL, _END = b"PK\x03\x04", b"PK\x05\x06"
_OLE, _ENCRYPTED = b"\xd0\xcf\x11\xe0", "EncryptedPackage".encode("utf-16-le")
# What such a package may begin with; a ZIP of workbooks begins with the name of one of them.
_FIRST = (b"[Content_Types].xml", b"_rels/", b"docProps/", b"customXml/", b"xl/")


def _recognise(head: bytes) -> str | None:
    if is_encrypted(head):
        return XLSX
    names = [_name(head, at) for at in _places(head)] if head.startswith(_LOCAL) else []
    known = bool(names) and names[0].startswith(_FIRST) and any(name.startswith(b"xl/") for name in names)
    return XLSX if known else None


def is_encrypted(head: bytes) -> bool:
    """An Office file with a password is a compound file around the encrypted package."""
    return head.startswith(_OLE) and _ENCRYPTED in head


def _places(head: bytes) -> Iterator[int]:
    at = head.find(_LOCAL)
    while at >= 0:
        yield at
        at = head.find(_LOCAL, at + 4)


def _name(head: bytes, at: int) -> bytes:
    return head[at + 30 : at + 30 + int.from_bytes(head[at + 26 : at + 28], "little")]


@contextmanager
def _open(path: Path, options: ReadOptions) -> Iterator[PageSource]:
    from extractors.errors import EncryptedFileError
    from extractors.spreadsheets.workbook import WorkbookFile

    if is_encrypted(read_head(path)):
        raise EncryptedFileError(*tell("workbook.password", name=path.name))
    yield WorkbookFile(path)


def _has_end(path: Path, head: bytes) -> bool:
    return head.startswith(_OLE) or _END in read_tail(path)


SPREADSHEET_READER = FileReader(
    media_types=(XLSX,), recognise=_recognise, open=_open, has_end=_has_end, pages=False, places=False
)
