"""Word processors' files as a row of the table of readers."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from extractors.compound_head import SIGNATURE, is_document, is_whole
from extractors.file_head import read_head, read_tail
from extractors.file_reader import FileReader
from extractors.options import ReadOptions
from extractors.page_prefetch import PageSource
from extractors.zip_head import LOCAL, has_end, member_name, members

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
RTF = "application/rtf"
DOC = "application/msword"
ODT = "application/vnd.oasis.opendocument.text"
_TYPES = b"[Content_Types].xml"
_WORD_TYPES = (b"wordprocessingml.document.main", b"wordprocessingml.template.main", b"ms-word.document", b"ms-word.template")
# What such a package may begin with; a ZIP of documents begins with the name of one of them.
_FIRST = (_TYPES, b"_rels/", b"docProps/", b"customXml/", b"word/")
_RTF_START = b"{\\rtf"
_FLAT_ODT = b"urn:oasis:names:tc:opendocument:xmlns:office:1.0"
_FLAT = (b"http://schemas.microsoft.com/office/2006/xmlPackage", b"http://schemas.microsoft.com/office/word/2003/wordml")


def _recognise(head: bytes) -> str | None:
    if head.startswith(_RTF_START):
        return RTF
    if head.startswith(SIGNATURE):
        return DOC if is_document(head) else None
    if head.startswith(LOCAL):
        if member_name(head) == b"mimetype":
            return ODT if head[38:].startswith(ODT.encode()) else None
        return DOCX if _is_word_package(head) else None
    start = head[:2048].lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith((b"<?xml", b"<pkg:package", b"<w:wordDocument")) and any(mark in head for mark in _FLAT):
        return DOCX if b"wordDocument" in head or b"wordprocessingml" in head else None
    return ODT if start.startswith(b"<?xml") and _FLAT_ODT in head[:4096] and ODT.encode() in head[:16384] else None


def _is_word_package(head: bytes) -> bool:
    """A ZIP that says in its first part that it holds a document of Word, or has the parts of one."""
    held = list(members(head))
    if not held or not held[0][1].startswith(_FIRST):
        return False
    types = next((_unpacked(head, at) for at, name in held if name == _TYPES), b"")
    return any(mark in types for mark in _WORD_TYPES) or (not types and any(name.startswith(b"word/") for _, name in held))


def _unpacked(head: bytes, at: int) -> bytes:
    """The first 256 KB of a member, as far as it lies in the head."""
    start = at + 30 + int.from_bytes(head[at + 26 : at + 28], "little") + int.from_bytes(head[at + 28 : at + 30], "little")
    if head[at + 8 : at + 10] != b"\x08\x00":
        return head[start : start + (1 << 18)]
    try:
        return zlib.decompressobj(-15).decompress(head[start:], 1 << 18)
    except zlib.error:
        return b""


@contextmanager
def _open(path: Path, options: ReadOptions) -> Iterator[PageSource]:
    from extractors.word_processor.docx.story import read_story
    from extractors.word_processor.odt.story import read_odt
    from extractors.word_processor.package import Package
    from extractors.word_processor.source import StorySource

    media_type = _recognise(read_head(path))
    if media_type in (RTF, DOC):
        from extractors.word_processor.doc.story import read_doc
        from extractors.word_processor.rtf.story import read_rtf

        yield StorySource(read_rtf(path) if media_type == RTF else read_doc(path), path, options)
        return
    package = Package(path)
    try:
        read = read_odt if media_type == ODT else read_story
        yield StorySource(read(package, path.name), path, options)
    finally:
        package.close()


def _has_end(path: Path, head: bytes) -> bool:
    if head.startswith(SIGNATURE):
        return is_whole(path, head)
    return b"}" in read_tail(path)[-64:] if head.startswith(_RTF_START) else has_end(path, head)


WORD_READER = FileReader(
    media_types=(DOCX, ODT, RTF, DOC),
    recognise=_recognise,
    open=_open,
    has_end=_has_end,
    pages=False,
    places=False,
)
