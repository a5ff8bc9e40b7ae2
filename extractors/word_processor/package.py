"""The parts of a document: of a ZIP package, of one XML that holds all of it (Flat OPC), or Word 2003's XML. Nothing is fetched."""

from __future__ import annotations

import base64
import binascii
import posixpath
import zipfile
import zlib
from pathlib import Path
from typing import TYPE_CHECKING

from extractors.errors import BrokenFileError, EncryptedFileError
from extractors.messages import tell
from extractors.word_processor.limits import MOST_MEMBERS, MOST_UNPACKED, MOST_XML, check_bytes, too_large
from extractors.word_processor.names import children, tag, value
from extractors.word_processor.xml import parse

if TYPE_CHECKING:
    from lxml.etree import _Element


class Package:
    """Parts by their name, each decoded when it is asked for.

    Raises:
        BrokenFileError, EncryptedFileError, TooLargeError: it cannot be opened, or holds more than is read.
    """

    def __init__(self, path: Path) -> None:
        check_bytes(path.stat().st_size)
        self._name, self._left = path.name, MOST_XML
        self._flat: dict[str, _Element | bytes] = {}
        self._zip: zipfile.ZipFile | None = None
        with path.open("rb") as file:
            packed = file.read(2) == b"PK"
        if not packed:
            self._flat = _flat_parts(self._parsed(path.read_bytes()))
            return
        try:
            self._zip = zipfile.ZipFile(path)
            members = self._zip.infolist()
        except (zipfile.BadZipFile, OSError, ValueError, EOFError, NotImplementedError) as error:
            raise BrokenFileError(*tell("word.damaged", name=path.name, error=error)) from error
        if any(member.flag_bits & 1 for member in members):
            raise EncryptedFileError(*tell("word.encrypted", name=path.name))
        if len(members) > MOST_MEMBERS or sum(member.file_size for member in members) > MOST_UNPACKED:
            raise too_large("unpacked", most=MOST_UNPACKED >> 20, parts=MOST_MEMBERS)
        self._names = {member.filename.lstrip("/").lower(): member for member in members}

    def close(self) -> None:
        if self._zip is not None:
            self._zip.close()

    def xml(self, part: str) -> _Element | None:
        """The root of a part; None where there is none."""
        held = self._flat.get(part.lower())
        if held is not None:
            return None if isinstance(held, bytes) else held
        data = self.data(part, self._left)
        if data is None:
            return None
        self._left -= len(data)
        return self._parsed(data)

    def data(self, part: str, most: int = MOST_UNPACKED) -> bytes | None:
        """The bytes of a part; None where there is none."""
        held = self._flat.get(part.lower())
        if self._zip is None:
            return held if isinstance(held, bytes) else None
        member = self._names.get(part.lower())
        if member is None:
            return None
        try:
            with self._zip.open(member) as file:
                data = file.read(most + 1)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError) as error:
            raise BrokenFileError(*tell("word.damaged", name=self._name, error=error)) from error
        if len(data) > most:
            raise too_large("unpacked", most=MOST_XML >> 20, parts=MOST_MEMBERS)
        return data

    def relations(self, part: str) -> dict[str, tuple[str, str]]:
        """Of a part, by id: the last word of the type, and the part that is meant; what lies outside the file is left out."""
        folder, name = posixpath.split(part)
        root = self.xml(posixpath.join(folder, "_rels", f"{name}.rels"))
        found = {}
        for each in children(root, "rel:Relationship") if root is not None else ():
            target = each.get("Target", "")
            if each.get("TargetMode") != "External" and each.get("Id"):
                whole = target if target.startswith("/") else posixpath.join("/", folder, target)
                found[each.get("Id", "")] = (each.get("Type", "").rpartition("/")[2], posixpath.normpath(whole).lstrip("/"))
        return found

    def main_part(self) -> str:
        """The document itself."""
        for kind, part in self.relations("").values():
            if kind == "officeDocument":
                return part
        return "word/document.xml"

    def _parsed(self, data: bytes) -> _Element:
        return parse(data, self._name)


def _flat_parts(root: _Element) -> dict[str, _Element | bytes]:
    """The parts in one XML; that of Word 2003 is a document without others."""
    if tag(root) != "pkg:package":
        return {"word/document.xml": root}
    parts: dict[str, _Element | bytes] = {}
    for part in children(root, "pkg:part"):
        name = (value(part, "pkg:name") or "").lstrip("/").lower()
        for content in part:
            if tag(content) == "pkg:xmlData" and len(content):
                parts[name] = content[0]
            elif tag(content) == "pkg:binaryData":
                try:
                    parts[name] = base64.b64decode(content.text or "")
                except (binascii.Error, ValueError):
                    parts[name] = b""
    return parts
