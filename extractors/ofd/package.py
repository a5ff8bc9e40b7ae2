"""The ZIP that an OFD is: its parts by name, within limits, and their XML, with nothing in it fetched or replaced."""

from __future__ import annotations

import posixpath
import zipfile
import zlib
from pathlib import Path
from typing import Any

from extractors.errors import BrokenFileError, EncryptedFileError, TooLargeError
from extractors.messages import tell
from extractors.safe_xml import NO_XML, parse_strictly

MOST_BYTES = 512 << 20
MOST_MEMBERS = 60_000
MOST_UNPACKED = 1 << 30
MOST_XML = 32 << 20
# A part above this size that packs better than this holds next to nothing, many times.
_SMALL, _MOST_RATIO = 8 << 20, 200

Element = Any
"""An ``lxml.etree._Element``."""


class Package:
    """An open OFD package. Names of parts are as in the ZIP, without a slash in front.

    Raises:
        BrokenFileError, EncryptedFileError, TooLargeError: it cannot be read, or would take too much.
    """

    def __init__(self, path: Path) -> None:
        self.name = path.name
        if path.stat().st_size > MOST_BYTES:
            raise TooLargeError(*tell("ofd.bytes", name=path.name, most=MOST_BYTES >> 20))
        try:
            self._archive = zipfile.ZipFile(path)
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
            raise BrokenFileError(*tell("ofd.damaged", name=path.name, error=error)) from error
        members = [member for member in self._archive.infolist() if not member.is_dir()]
        try:
            self._check(members)
        except (EncryptedFileError, TooLargeError):
            self.close()
            raise
        self._members = {_plain(member.filename): member for member in members}
        self._folded = {name.casefold(): name for name in self._members}

    def close(self) -> None:
        self._archive.close()

    def _check(self, members: list[zipfile.ZipInfo]) -> None:
        if any(member.flag_bits & 1 for member in members) or any(_plain(member.filename) == "Encryptions.xml" for member in members):
            raise EncryptedFileError(*tell("ofd.encrypted", name=self.name))
        if len(members) > MOST_MEMBERS or sum(member.file_size for member in members) > MOST_UNPACKED:
            raise TooLargeError(*tell("ofd.unpacked", name=self.name, most=MOST_UNPACKED >> 20, members=MOST_MEMBERS))
        for member in members:
            if member.file_size > _SMALL and member.file_size > _MOST_RATIO * max(member.compress_size, 1):
                raise TooLargeError(*tell("ofd.ratio", part=member.filename, name=self.name, most=_MOST_RATIO))

    def find(self, name: str) -> str | None:
        """The part of this name, in whatever case; None where there is none."""
        name = _plain(name)
        return name if name in self._members else self._folded.get(name.casefold())

    def read(self, name: str) -> bytes:
        """The bytes of a part.

        Raises:
            BrokenFileError: it is not there or damaged.
        """
        found = self.find(name)
        if found is None:
            raise BrokenFileError(*tell("ofd.no-part", name=self.name, part=name[:200]))
        try:
            return self._archive.read(self._members[found])
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError) as error:
            raise BrokenFileError(*tell("ofd.part-damaged", part=found, name=self.name, error=error)) from error

    def xml(self, name: str) -> Element:
        """The root of a part that is XML.

        Raises:
            BrokenFileError: it is not there, damaged, or declares a document type.
            TooLargeError: it is more than a form holds.
        """
        found = self.find(name)
        if found is not None and self._members[found].file_size > MOST_XML:
            raise TooLargeError(*tell("ofd.part-bytes", part=found, name=self.name, most=MOST_XML >> 20))
        data = self.read(name)
        try:
            root = parse_strictly(data)
        except NO_XML as error:
            raise BrokenFileError(*tell("ofd.part-damaged", part=found, name=self.name, error=error)) from error
        if root is None:
            raise BrokenFileError(*tell("ofd.doctype", part=found, name=self.name))
        return root


def locate(place: str, beside: str) -> str:
    """The part that ``place`` names in the part ``beside``: from the root with a slash in front, else from the folder of that part."""
    place = place.strip().replace("\\", "/")
    return _plain(place if place.startswith("/") else posixpath.join(posixpath.dirname(beside), place))


def _plain(name: str) -> str:
    return posixpath.normpath("/" + name.replace("\\", "/")).lstrip("/")
