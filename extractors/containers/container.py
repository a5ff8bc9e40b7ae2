"""What a container is to the rest of the program: a file of files, each of which is an input of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from io import FileIO
from pathlib import Path
from typing import Protocol

from extractors.containers.limits import too_large
from extractors.errors import BrokenFileError, NoRoomError, ReadError
from extractors.messages import tell


class Readable(Protocol):
    """What can be read from the front."""

    def read(self, size: int = ..., /) -> bytes: ...


_BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class Member:
    """One file of a container.

    Attributes:
        name: its path inside, with ``/`` between the parts, none of which leads out; no other member has it.
        size: how many bytes it says that it has.
        at: where the container finds it.
        trouble: why it cannot be had, if that is known before it is opened.
    """

    name: str
    size: int
    at: int
    trouble: ReadError | None = None


class Opened(Protocol):
    """A container that is open.

    ``members`` are in the order of the container; ``end_trouble`` is why there may be more of them than these.
    """

    members: list[Member]
    end_trouble: ReadError | None

    def open(self, member: Member) -> AbstractContextManager[Readable]:
        """The bytes of a member; what is wrong with them is a ``ReadError``, raised at once or by reading."""
        ...


def blocks_of(opened: Opened, member: Member) -> Iterator[bytes]:
    """The content of a member, piece by piece.

    Raises:
        ReadError: it cannot be had, or is larger than is read, whatever it said of its size.
    """
    if member.trouble is not None:
        raise member.trouble
    size = 0
    with opened.open(member) as file:
        while block := file.read(_BLOCK):
            size += len(block)
            if (trouble := too_large(size)) is not None:
                raise trouble
            yield block


class Guarded:
    """A member whose faults, of whatever library, are a ``BrokenFileError``; those of whoever reads it are not touched."""

    def __init__(self, file: Readable, faults: tuple[type[BaseException], ...]) -> None:
        self._file, self._faults = file, faults

    def read(self, size: int = -1, /) -> bytes:
        try:
            return self._file.read(size)
        except self._faults as error:
            raise damaged_member(error) from error


def damaged_member(error: BaseException) -> BrokenFileError:
    """What a fault of a library over a member means."""
    return BrokenFileError(*tell("archive.member-damaged", error=error))


def no_room(error: OSError) -> NoRoomError:
    """What it means that something cannot be written where it is unpacked."""
    return NoRoomError(*tell("archive.no-room", error=error.strerror))


def make_room(folder: Path) -> None:
    """A folder of ours for what is unpacked.

    Raises:
        NoRoomError: it cannot be made.
    """
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise no_room(error) from error


def write_all(file: FileIO, data: bytes | bytearray) -> int:
    """Write to a file without a buffer, so that no fault of the disk waits until it is closed."""
    done = 0
    while done < len(data):
        done += file.write(memoryview(data)[done:])
    return done


@dataclass(frozen=True, slots=True, kw_only=True)
class Container:
    """One row of the table of containers.

    Attributes:
        kind: its name in the catalogue of messages.
        recognise: whether a file is one; asked with its path and its first 64 KB. The bytes decide, never the name.
        open: the container, closed at the end of the block, given a folder of its own for what must be unpacked to be read;
            raises a ``ReadError`` where it cannot be opened.
        has_end: False for a file that is cut or still being copied; asked as ``recognise`` is.
    """

    kind: str
    recognise: Callable[[Path, bytes], bool]
    open: Callable[[Path, Path], AbstractContextManager[Opened]]
    has_end: Callable[[Path, bytes], bool]
