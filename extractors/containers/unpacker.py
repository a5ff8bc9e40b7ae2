"""A member of a container, or of a container in it, as a file of its own in a private folder."""

from __future__ import annotations

import re
import shutil
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from extractors.containers.container import Opened, blocks_of, make_room, no_room, write_all
from extractors.containers.kinds import container_of
from extractors.errors import AccessError
from extractors.messages import tell

_ODD = re.compile(r"[^\w.()（）\-]+")


@dataclass(slots=True)
class _Level:
    """A container that is open, and what it is called by those who ask: its path and the names that lead to it."""

    key: tuple[str, ...]
    opened: Opened
    stack: ExitStack


@dataclass(slots=True)
class Unpacker:
    """Unpacks members one at a time; the containers of the last one stay open for the next, the last one itself does not.

    Args:
        folder: made when it is needed; all in it is ours.
    """

    folder: Path
    _levels: list[_Level] = field(default_factory=list)
    _last: Path | None = None
    _count: int = 0

    def file(self, archive: Path, inside: tuple[str, ...]) -> Path:
        """The unpacked file of a member, there until the next is asked for.

        Args:
            archive: the file that lies on the disk.
            inside: names of members: of a container in the archive, of one in that, and so on; the last is the file.

        Raises:
            ReadError: it is not there, or cannot be unpacked.
            ValueError: no member is named; the archive itself is never given out, for what was given out is removed.
        """
        if not inside:
            raise ValueError("no member")
        if self._last is not None:
            self._last.unlink(missing_ok=True)
            self._last = None
        key: tuple[str, ...] = (str(archive),)
        self._keep(tuple(key + inside[:depth] for depth in range(len(inside))))
        file = archive
        for depth, name in enumerate(inside):
            level = self._level(depth, key, file)
            key = (*key, name)
            if depth + 1 < len(inside) and len(self._levels) > depth + 1:
                continue  # the container in it is open already
            file = self._unpacked(level.opened, name)
        self._last = file
        return file

    def close(self) -> None:
        """Close what is open and remove the folder."""
        self._keep(())
        self._last = None
        shutil.rmtree(self.folder, ignore_errors=True)

    def _keep(self, keys: tuple[tuple[str, ...], ...]) -> None:
        """Close all containers but those on the way to the next member."""
        while self._levels and (len(self._levels) > len(keys) or self._levels[-1].key != keys[len(self._levels) - 1]):
            self._levels.pop().stack.close()

    def _level(self, depth: int, key: tuple[str, ...], file: Path) -> _Level:
        if depth < len(self._levels):
            return self._levels[depth]
        container = container_of(file)
        if container is None:
            raise AccessError(*tell("archive.changed", name=file.name))
        stack = ExitStack()
        if depth:
            stack.callback(file.unlink, missing_ok=True)
        try:
            level = _Level(key, stack.enter_context(container.open(file, self._room())), stack)
        except BaseException:
            stack.close()
            raise
        self._levels.append(level)
        return level

    def _unpacked(self, opened: Opened, name: str) -> Path:
        member = next((each for each in opened.members if each.name == name), None)
        if member is None:
            raise AccessError(*tell("archive.changed", name=name))
        target = self._room() / _file_name(name)
        try:
            with target.open("xb", buffering=0) as file:
                for block in blocks_of(opened, member):
                    write_all(file, block)
        except BaseException as error:
            target.unlink(missing_ok=True)
            if isinstance(error, OSError):
                raise no_room(error) from error
            raise
        return target

    def _room(self) -> Path:
        """A new folder for one thing, so that it can be called by its own name."""
        self._count += 1
        room = self.folder / f"{self._count}"
        make_room(self.folder)
        try:
            room.mkdir(mode=0o700)
        except OSError as error:
            raise no_room(error) from error
        return room


def _file_name(name: str) -> str:
    """What messages call it; the bytes decide what it is."""
    last = _ODD.sub("_", name.rpartition("/")[2])
    return last[-60:].lstrip(".") or "unnamed"
