"""ZIP archives: names in any encoding, encrypted and damaged members each for itself."""

from __future__ import annotations

import io
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from pathlib import Path

from extractors.containers.container import Container, Guarded, Member, Opened, Readable, damaged_member
from extractors.containers.limits import check_count, check_total, too_large
from extractors.containers.member_names import decode_names, plain_name, unique_names
from extractors.errors import AccessError, BrokenFileError, EncryptedFileError, ReadError, TooLargeError, UnknownFormatError
from extractors.file_head import read_tail
from extractors.messages import tell
from extractors.zip_head import END, LOCAL, has_end, members

_SIGNATURES = (LOCAL, END, b"PK\x07\x08" + LOCAL)
_END_64 = b"PK\x06\x06"
# The list of members is held in memory: some hundreds of bytes for each of its own.
_MOST_LIST = 16 << 20
_ENCRYPTED, _UTF8 = 0x1, 0x800
_AES = 99
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA)
_UNICODE_NAME = 0x7075
# At the root of a package: an Office file, OpenDocument or EPUB, OFD, Java. Those are one document, whoever reads them.
_PACKAGES = (
    "[content_types].xml", "word/document.xml", "xl/workbook.xml", "ppt/presentation.xml", "mimetype", "ofd.xml", "meta-inf/manifest.mf",
    "meta-inf/manifest.xml", "meta-inf/container.xml",
)  # fmt: skip
_ERRORS = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, struct.error, OSError)


def _recognise(path: Path, head: bytes) -> bool:
    """A ZIP that is not the package of one document; one without its list of members is told by its beginning."""
    if not head.startswith(_SIGNATURES):
        return False
    try:
        _check_list(path)
        with zipfile.ZipFile(path) as archive:
            names = [info.filename.replace("\\", "/").lower() for info in archive.infolist()[:50_000]]
    except (*_ERRORS, TooLargeError):
        names = [name.decode("latin-1").lower() for _, name in members(head)]
    return not any(name in _PACKAGES for name in names)


class ZipArchive:
    """A ZIP archive that is open.

    Raises:
        BrokenFileError, TooLargeError: it cannot be opened, or holds more than is read.
    """

    end_trouble: ReadError | None = None

    def __init__(self, path: Path) -> None:
        _check_list(path)
        try:
            self._archive = zipfile.ZipFile(path)
        except _ERRORS as error:
            raise BrokenFileError(*tell("archive.damaged", name=path.name, error=error)) from error
        infos = [info for info in self._archive.infolist() if not info.is_dir() and not info.filename.endswith("\\")]
        check_count(len(infos))
        check_total(sum(info.file_size for info in infos), path.stat().st_size)
        self._infos = infos
        names = unique_names(map(plain_name, _names_of(infos)))
        known = set(names)
        self.members = [
            Member(name, info.file_size, at, _trouble(info))
            for at, (name, info) in enumerate(zip(names, infos, strict=True))
            if not (_is_link(info) and self._target(info) in known)
        ]

    def close(self) -> None:
        self._archive.close()

    @contextmanager
    def open(self, member: Member) -> Iterator[Readable]:
        """See ``Opened``."""
        try:
            file = self._archive.open(self._infos[member.at])
        except _ERRORS as error:
            raise damaged_member(error) from error
        with file:
            yield Guarded(file, _ERRORS)

    def _target(self, info: zipfile.ZipInfo) -> str:
        """Where a link leads, as the name of a member; what it leads to speaks for itself."""
        try:
            with self._archive.open(info) as file:
                target = file.read(1000).decode("utf-8", "replace")
        except _ERRORS:
            return ""
        return plain_name(f"{info.filename.rpartition('/')[0]}/{target}") if ".." not in target else ""


def _check_list(path: Path) -> None:
    """The list of members is looked at before it is taken into memory.

    Which of several ends the library takes is its own affair: none of them may say too much.
    """
    tail = read_tail(path)
    old = [int.from_bytes(tail[at + 12 : at + 16], "little") for at in _places(tail, END)]
    new = [int.from_bytes(tail[at + 40 : at + 48], "little") for at in _places(tail, _END_64)]
    size = max(*(each for each in old if each != 0xFFFFFFFF), *new, 0, 0)
    if size > _MOST_LIST:
        raise TooLargeError(*tell("archive.list", size=size >> 20))


def _places(data: bytes, sign: bytes) -> Iterator[int]:
    at = data.find(sign)
    while at >= 0:
        yield at
        at = data.find(sign, at + 1)


def _names_of(infos: list[zipfile.ZipInfo]) -> list[str]:
    """Names by what the archive says of them: marked as UTF-8, beside the old one, or to be told from their bytes."""
    raw = [b"" if info.flag_bits & _UTF8 else info.orig_filename.encode("cp437", "replace") for info in infos]
    return [
        info.orig_filename if info.flag_bits & _UTF8 else _unicode_name(info, old) or decoded
        for info, old, decoded in zip(infos, raw, decode_names(raw), strict=True)
    ]


def _unicode_name(info: zipfile.ZipInfo, old: bytes) -> str:
    """The name that WinRAR, 7-Zip and others keep beside one of another encoding; empty where there is none that fits it."""
    extra = io.BytesIO(info.extra)
    while len(head := extra.read(4)) == 4:
        kind, length = struct.unpack("<HH", head)
        content = extra.read(length)
        if kind == _UNICODE_NAME and len(content) > 5 and int.from_bytes(content[1:5], "little") == zlib.crc32(old):
            return content[5:].decode("utf-8", "replace")
    return ""


def _trouble(info: zipfile.ZipInfo) -> ReadError | None:
    if info.flag_bits & _ENCRYPTED or info.compress_type == _AES:
        return EncryptedFileError(*tell("archive.encrypted"))
    if _is_link(info):
        return AccessError(*tell("archive.link"))
    if info.compress_type not in _METHODS:
        return UnknownFormatError(*tell("archive.method", method=info.compress_type))
    return too_large(info.file_size)


def _is_link(info: zipfile.ZipInfo) -> bool:
    return stat.S_ISLNK(info.external_attr >> 16)


def _open(path: Path, folder: Path) -> AbstractContextManager[Opened]:
    return closing(ZipArchive(path))


ZIP = Container(kind="archive.kind-zip", recognise=_recognise, open=_open, has_end=has_end)
