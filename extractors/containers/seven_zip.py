"""7z archives, by py7zr where it is installed. Their files lie in one stream, so all are unpacked to reach one."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from pathlib import Path
from typing import Any

from extractors.containers.container import Container, Member, Opened, Readable, make_room, no_room, write_all
from extractors.containers.limits import check_count, check_spooled, check_total, too_large
from extractors.containers.member_names import plain_name, unique_names
from extractors.errors import AccessError, BrokenFileError, EncryptedFileError, ReadError, UnknownFormatError
from extractors.file_head import ends_in_content
from extractors.messages import tell

_SIGNATURE = b"7z\xbc\xaf\x27\x1c"


class SevenZip:
    """A 7z archive that is open; its files lie in the folder by their numbers.

    Raises:
        BrokenFileError, EncryptedFileError, TooLargeError, UnknownFormatError: it cannot be opened, or holds more than is read.
        NoRoomError: the disk is full.
    """

    end_trouble: ReadError | None = None

    def __init__(self, path: Path, folder: Path) -> None:
        try:
            import py7zr
        except ModuleNotFoundError as error:
            raise UnknownFormatError(*tell("archive.needs-py7zr", name=path.name)) from error
        try:
            with py7zr.SevenZipFile(path) as archive:
                if archive.needs_password():
                    raise EncryptedFileError(*tell("archive.encrypted"))
                infos = [info for info in archive.list() if not info.is_directory]
                check_count(len(infos))
                total = sum(info.uncompressed or 0 for info in infos)
                check_total(total, path.stat().st_size)
                check_spooled(total)
                self._files = _Files(folder, total)
                fault = _extract(archive, self._files)
        except (ReadError, MemoryError):
            raise
        except Exception as error:  # py7zr raises what its codecs happen to meet
            raise _opening_error(path, error) from error
        names = unique_names(plain_name(info.filename) for info in infos)
        self._paths = [self._files.by_name.get(info.filename) for info in infos]
        self.members = [
            Member(name, info.uncompressed or 0, at, self._trouble(info, self._paths[at], fault))
            for at, (name, info) in enumerate(zip(names, infos, strict=True))
        ]

    def _trouble(self, info: Any, file: _File | None, fault: str) -> ReadError | None:
        if not info.is_file:
            return AccessError(*tell("archive.link"))
        if file is None and info.uncompressed:
            return BrokenFileError(*tell("archive.member-damaged", error=fault or "missing"))
        if file is not None and (file.count != info.uncompressed or (info.crc32 is not None and file.crc != info.crc32)):
            return BrokenFileError(*tell("archive.member-damaged", error=fault or "CRC"))
        return too_large(info.uncompressed or 0)

    def close(self) -> None:
        for file in self._files.by_name.values():
            file.close()
            file.path.unlink(missing_ok=True)

    @contextmanager
    def open(self, member: Member) -> Iterator[Readable]:
        """See ``Opened``."""
        file = self._paths[member.at]
        with (file.path if file is not None else Path("/dev/null")).open("rb") as opened:
            yield opened


def _extract(archive: Any, files: _Files) -> str:
    """Unpack all; what ended it before its end, or nothing."""
    try:
        archive.extractall(factory=files)
    except (ReadError, MemoryError):
        raise
    except Exception as error:  # a damaged file ends it; those before are whole
        return f"{type(error).__name__} {error}".strip()
    return ""


class _File:
    """One file as it is unpacked: py7zr asks for these methods."""

    def __init__(self, path: Path, files: _Files) -> None:
        self.path, self.count, self.crc = path, 0, 0
        try:
            self._files, self._file = files, path.open("wb", buffering=0)
        except OSError as error:
            raise no_room(error) from error

    def write(self, data: bytes | bytearray) -> int:
        self._files.take(len(data))
        self.count += len(data)
        self.crc = zlib.crc32(data, self.crc)
        try:
            return write_all(self._file, data)
        except OSError as error:
            raise no_room(error) from error

    def read(self, size: int | None = None) -> bytes:
        return b""

    def seek(self, offset: int, whence: int = 0) -> int:
        return 0

    def flush(self) -> None:
        self._file.flush()

    def size(self) -> int:
        return self.count

    def close(self) -> None:
        self._file.close()


class _Files:
    """Makes a file for each name, by its number; never more bytes than the archive says."""

    def __init__(self, folder: Path, total: int) -> None:
        self.by_name: dict[str, _File] = {}
        self._folder, self._left = folder, total
        make_room(folder)

    def create(self, filename: str) -> _File:
        file = _File(self._folder / f"{len(self.by_name)}", self)
        self.by_name[filename] = file
        return file

    def take(self, count: int) -> None:
        self._left -= count
        if self._left < 0:
            raise BrokenFileError(*tell("archive.member-damaged", error="size"))


def _opening_error(path: Path, error: Exception) -> ReadError:
    name = type(error).__name__
    if "Password" in name:
        return EncryptedFileError(*tell("archive.encrypted"))
    if "Unsupported" in name:
        return UnknownFormatError(*tell("archive.method", method=error))
    return BrokenFileError(*tell("archive.damaged", name=path.name, error=f"{name} {error}"))


def _recognise(path: Path, head: bytes) -> bool:
    return head.startswith(_SIGNATURE)


def _open(path: Path, folder: Path) -> AbstractContextManager[Opened]:
    return closing(SevenZip(path, folder))


def _has_end(path: Path, head: bytes) -> bool:
    """Its own head says where the list of its files ends."""
    end = 32 + int.from_bytes(head[12:20], "little") + int.from_bytes(head[20:28], "little")
    return path.stat().st_size >= end and ends_in_content(path)


SEVEN_ZIP = Container(kind="archive.kind-7z", recognise=_recognise, open=_open, has_end=_has_end)
