"""TAR archives. Their heads are looked through first: the library ends at a damaged one without a word."""

from __future__ import annotations

import tarfile
from collections.abc import Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from pathlib import Path

from extractors.containers.container import Container, Guarded, Member, Opened, Readable, damaged_member
from extractors.containers.limits import MOST_MEMBERS, check_count, check_total, too_large
from extractors.containers.member_names import decode_names, plain_name, unique_names
from extractors.errors import AccessError, BrokenFileError, EmptyFileError, ReadError, TooLargeError
from extractors.file_head import read_tail
from extractors.messages import tell

_BLOCK = 512
# Names and times of one member; the library takes them into memory.
_MOST_EXTRA = 1 << 20
_EXTRA = (b"x", b"g", b"L", b"K", b"X")
_ERRORS = (tarfile.TarError, EOFError, ValueError, OSError)


def is_tar(head: bytes) -> bool:
    """By the checksum of the first head, which old ones have, too."""
    try:
        return bool(tarfile.TarInfo.frombuf(head[:_BLOCK], "utf-8", "surrogateescape").name)
    except (tarfile.HeaderError, ValueError):
        return False


class TarArchive:
    """A TAR archive that is open.

    Args:
        packed: how many bytes it had before it was unpacked to this file.
        name: what messages call it.

    Raises:
        BrokenFileError, TooLargeError: it cannot be opened, or holds more than is read.
    """

    def __init__(self, path: Path, packed: int, name: str) -> None:
        self.end_trouble = _look_through(path, name)
        try:
            self._tar = tarfile.open(path, "r:", encoding="utf-8", errors="surrogateescape")  # noqa: SIM115
        except _ERRORS as error:
            raise BrokenFileError(*tell("archive.damaged", name=name, error=error)) from error
        infos = [info for info in _members(self._tar) if not info.isdir()]
        check_count(len(infos))
        check_total(sum(info.size for info in infos if info.isreg()), packed)
        names = unique_names(map(plain_name, decode_names([info.name.encode("utf-8", "surrogateescape") for info in infos])))
        known, size = set(names), path.stat().st_size
        self._infos = infos
        self.members = [
            Member(name, info.size, at, _trouble(info, size))
            for at, (name, info) in enumerate(zip(names, infos, strict=True))
            if not (_is_link(info) and _target(info) in known)
        ]

    def close(self) -> None:
        self._tar.close()

    @contextmanager
    def open(self, member: Member) -> Iterator[Readable]:
        """See ``Opened``."""
        try:
            file = self._tar.extractfile(self._infos[member.at])
        except _ERRORS as error:
            raise damaged_member(error) from error
        assert file is not None  # only links and the like have none
        with file:
            yield Guarded(file, _ERRORS)


def _members(tar: tarfile.TarFile) -> Iterator[tarfile.TarInfo]:
    """As far as they can be read; what ends them was seen before."""
    try:
        while (info := tar.next()) is not None:
            yield info
    except _ERRORS:
        return


def _look_through(path: Path, name: str) -> ReadError | None:
    """What is wrong with the heads behind the first; None where they lead to the end.

    Raises:
        TooLargeError: more heads, or larger ones, than are taken into memory.
    """
    at, count, size = 0, 0, path.stat().st_size
    with path.open("rb") as file:
        while True:
            file.seek(at)
            block = file.read(_BLOCK)
            try:
                info = tarfile.TarInfo.frombuf(block, "utf-8", "surrogateescape")
            except tarfile.HeaderError as error:
                whole = len(block) == _BLOCK and not block.strip(b"\0")
                return None if whole and at else BrokenFileError(*tell("archive.cut", name=name, error=error))
            count += 1
            if count > 3 * MOST_MEMBERS or (info.type in _EXTRA and info.size > _MOST_EXTRA):
                raise TooLargeError(*tell("archive.members", most=MOST_MEMBERS))
            if info.isreg() or info.type not in tarfile.SUPPORTED_TYPES or info.type in _EXTRA:
                at += -(-info.size // _BLOCK) * _BLOCK
            at += _BLOCK
            if at > size:
                return BrokenFileError(*tell("archive.cut", name=name, error="end of file"))


def _trouble(info: tarfile.TarInfo, size: int) -> ReadError | None:
    if _is_link(info):
        return AccessError(*tell("archive.link"))
    if not info.isreg():
        return AccessError(*tell("archive.no-file"))
    if not info.issparse() and info.offset_data + info.size > size:
        return BrokenFileError(*tell("archive.member-damaged", error="end of file"))
    return too_large(info.size)


def _is_link(info: tarfile.TarInfo) -> bool:
    return info.issym() or info.islnk()


def _target(info: tarfile.TarInfo) -> str:
    """Where a link leads, as the name of a member; what it leads to speaks for itself."""
    if ".." in info.linkname:
        return ""
    return plain_name(info.linkname if info.islnk() else f"{info.name.rpartition('/')[0]}/{info.linkname}")


def _recognise(path: Path, head: bytes) -> bool:
    return is_tar(head)


def _open(path: Path, folder: Path) -> AbstractContextManager[Opened]:
    size = path.stat().st_size
    if not size:
        raise EmptyFileError(*tell("archive.empty", name=path.name))
    return closing(TarArchive(path, size, path.name))


def _has_end(path: Path, head: bytes) -> bool:
    """Two blocks of zeros, which other files that are still being copied may end with, too."""
    return not read_tail(path)[-2 * _BLOCK :].strip(b"\0")


TAR = Container(kind="archive.kind-tar", recognise=_recognise, open=_open, has_end=_has_end)
