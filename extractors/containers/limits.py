"""How much a container may hold. What is beyond is a line in failures.csv, and the rest is read."""

from __future__ import annotations

from extractors.errors import TooLargeError
from extractors.messages import tell

MOST_MEMBERS = 20_000
# One member, and all that a container holds where it is this many times its own size.
MOST_OF_ONE = 2 << 30
MOST_TIMES = 250
# Beneath this any share is taken: a page of white packs a thousandfold.
FREE = 512 << 20
# What has to lie unpacked on the disk to be read: a TAR that was compressed, a 7z.
MOST_SPOOLED = 8 << 30
# Containers in containers: a.zip!/b.zip!/c.zip!/form.pdf is the last that is read.
MOST_DEPTH = 3


def check_count(count: int) -> None:
    """Raises TooLargeError for more members than are read."""
    if count > MOST_MEMBERS:
        raise TooLargeError(*tell("archive.members", most=MOST_MEMBERS))


def check_total(unpacked: int, packed: int) -> None:
    """Raises TooLargeError for more bytes than anybody packs into so few.

    Args:
        unpacked: bytes of all members.
        packed: bytes of the container.
    """
    if unpacked > max(FREE, MOST_TIMES * packed):
        raise TooLargeError(*tell("archive.times", size=unpacked >> 20, times=unpacked // max(packed, 1)))


def too_large(size: int) -> TooLargeError | None:
    """What is wrong with a member that is larger than is read."""
    return TooLargeError(*tell("archive.member-size", most=MOST_OF_ONE >> 20)) if size > MOST_OF_ONE else None


def check_spooled(size: int) -> None:
    """Raises TooLargeError for more than may lie unpacked on the disk."""
    if size > MOST_SPOOLED:
        raise TooLargeError(*tell("archive.spooled", most=MOST_SPOOLED >> 30))
