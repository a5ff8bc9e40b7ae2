"""What a container holds, each member with the digest of its content; nothing is left unpacked."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from extractors.containers.container import Container, Member, Opened, blocks_of
from extractors.containers.limits import MOST_DEPTH
from extractors.errors import EmptyFileError, ReadError, TooLargeError
from extractors.messages import tell
from extractors.passed_over import is_hidden, is_temporary

# Stands in the place of members that nothing is known of.
REST = "…"
Trouble = tuple[str, str, str]
"""Code, reason and way out of a ``ReadError``."""


@dataclass(frozen=True, slots=True)
class Listed:
    """One member: the sha256 of its content, or why it cannot be had."""

    name: str
    size: int
    sha256: str = ""
    trouble: Trouble | None = None


@dataclass(frozen=True, slots=True)
class Listing:
    """All members that count, the last of them ``REST`` where there may be more; hidden and temporary ones are passed over."""

    members: tuple[Listed, ...]
    hidden: int = 0
    temporary: int = 0


def list_members(path: Path, container: Container, depth: int, folder: Path, on_member: Callable[[int], None]) -> Listing:
    """What the container holds.

    Args:
        depth: how many containers it lies in.
        folder: for what must be unpacked meanwhile; removed afterwards.
        on_member: told the number of each, from 1, before it is unpacked.

    Raises:
        ReadError: the container cannot be opened, holds nothing, or lies too deep.
    """
    if depth >= MOST_DEPTH:
        raise TooLargeError(*tell("archive.deep", name=path.name, depth=depth))
    try:
        with container.open(path, folder) as opened:
            return _listing(path, opened, on_member)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _listing(path: Path, opened: Opened, on_member: Callable[[int], None]) -> Listing:
    if not opened.members and opened.end_trouble is None:
        raise EmptyFileError(*tell("archive.empty", name=path.name))
    found: list[Listed] = []
    hidden = temporary = 0
    for number, member in enumerate(opened.members, 1):
        parts = member.name.split("/")
        if any(map(is_hidden, parts)):
            hidden += 1
        elif is_temporary(parts[-1]):
            temporary += 1
        else:
            on_member(number)
            found.append(_listed(opened, member))
    if opened.end_trouble is not None:
        found.append(Listed(REST, 0, trouble=_told(opened.end_trouble)))
    return Listing(tuple(found), hidden, temporary)


def _listed(opened: Opened, member: Member) -> Listed:
    digest, size = hashlib.sha256(), 0
    try:
        for block in blocks_of(opened, member):
            size += len(block)
            digest.update(block)
    except ReadError as error:
        return Listed(member.name, member.size, trouble=_told(error))
    return Listed(member.name, size, digest.hexdigest())


def _told(error: ReadError) -> Trouble:
    return error.code, error.reason, error.way_out
