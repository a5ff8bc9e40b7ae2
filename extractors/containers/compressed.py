"""Files that were compressed as a whole: a TAR archive, or one file by itself."""

from __future__ import annotations

import bz2
import gzip
import lzma
import zlib
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from extractors.containers.container import Container, Member, Opened, Readable, make_room, no_room, write_all
from extractors.containers.limits import check_spooled, check_total
from extractors.containers.member_names import decode_names, plain_name
from extractors.containers.tar_file import TarArchive, is_tar
from extractors.errors import BrokenFileError, ReadError
from extractors.file_head import ends_in_content, read_head, read_tail
from extractors.messages import tell

_GZIP, _BZIP2, _XZ = b"\x1f\x8b\x08", b"BZh", b"\xfd7zXZ\0"
_BZIP2_BLOCK = b"1AY&SY"
_ENDINGS = (".gz", ".bz2", ".xz", ".tgz", ".tbz2", ".txz")
_ERRORS = (EOFError, zlib.error, lzma.LZMAError, ValueError, OSError)
_BLOCK = 1 << 16


def _recognise(path: Path, head: bytes) -> bool:
    return head.startswith((_GZIP, _XZ)) or (head.startswith(_BZIP2) and head[4:10] == _BZIP2_BLOCK)


def _opened(path: Path) -> gzip.GzipFile | lzma.LZMAFile | bz2.BZ2File:
    head = read_head(path)
    if head.startswith(_GZIP):
        return gzip.open(path)
    return lzma.open(path) if head.startswith(_XZ) else bz2.open(path)


@contextmanager
def _open(path: Path, folder: Path) -> Iterator[Opened]:
    """What was compressed lies in the folder as long as it is open."""
    packed, target = path.stat().st_size, folder / "unpacked"
    try:
        make_room(folder)
        trouble = _unpack(path, target, packed)
        if is_tar(read_head(target)):
            with closing(TarArchive(target, packed, path.name)) as archive:
                archive.end_trouble = trouble or archive.end_trouble
                yield archive
        else:
            yield _OneFile(target, _name_of(path), trouble)
    finally:
        target.unlink(missing_ok=True)


def _unpack(path: Path, target: Path, packed: int) -> ReadError | None:
    """What ends it before its end; what came before that is in the target.

    Raises:
        TooLargeError: it would take more than it may.
        NoRoomError: the disk is full.
    """
    size = 0
    try:
        file = target.open("wb", buffering=0)
    except OSError as error:
        raise no_room(error) from error
    with file, _opened(path) as source:
        while True:
            try:
                block = source.read1(_BLOCK)  # what a cut file has before its end, too
            except _ERRORS as error:
                return BrokenFileError(*tell("archive.cut", name=path.name, error=error))
            if not block:
                return None
            size += len(block)
            check_spooled(size)
            check_total(size, packed)
            try:
                write_all(file, block)
            except OSError as error:
                raise no_room(error) from error


def _name_of(path: Path) -> str:
    """The name that gzip keeps, else that of the file without its ending."""
    head = read_head(path)
    if head.startswith(_GZIP) and head[3] & 0x08 and not head[3] & 0x04:
        return plain_name(decode_names([head[10:].partition(b"\0")[0]])[0])
    return path.stem if path.suffix.lower() in _ENDINGS else path.name


class _OneFile:
    """One file as the only member."""

    end_trouble: ReadError | None = None

    def __init__(self, path: Path, name: str, trouble: ReadError | None) -> None:
        self._path = path
        self.members = [Member(name, path.stat().st_size, 0, trouble)]

    @contextmanager
    def open(self, member: Member) -> Iterator[Readable]:
        """See ``Opened``."""
        with self._path.open("rb") as file:
            yield file


def _has_end(path: Path, head: bytes) -> bool:
    return read_tail(path).endswith(b"YZ") if head.startswith(_XZ) else ends_in_content(path)


COMPRESSED = Container(kind="archive.kind-compressed", recognise=_recognise, open=_open, has_end=_has_end)
