"""What pages refer to by number: fonts, colour spaces, drawing parameters, pictures, composite units."""

from __future__ import annotations

from dataclasses import dataclass, field

from extractors.errors import BrokenFileError
from extractors.messages import tell
from extractors.ofd.package import Element, Package, locate
from extractors.ofd.tree import child, children, text_of
from extractors.safe_xml import local


@dataclass(frozen=True, slots=True)
class Resource:
    """One entry: its element, and the part beside which its files are found."""

    element: Element
    beside: str


@dataclass(slots=True)
class Resources:
    """All resources of a document by their kind (the name of the element) and their number; ``missing`` names parts that are not there."""

    package: Package
    entries: dict[tuple[str, str], Resource] = field(default_factory=dict)
    missing: list[str] = field(default_factory=list)

    def add(self, part: str) -> None:
        """Read a resource part; one that is not in the package is only noted."""
        found = self.package.find(part)
        if found is None:
            self.missing.append(part)
            return
        root = self.package.xml(found)
        base = (root.get("BaseLoc") or "").strip()
        beside = locate(f"{base}/part.xml", found) if base else found
        for group in children(root):
            for element in children(group):
                number = element.get("ID")
                if number is not None:
                    self.entries[local(element), number.strip()] = Resource(element, beside)

    def entry(self, kind: str, number: str | None) -> Resource | None:
        return self.entries.get((kind, number.strip())) if number else None

    def parameters(self, number: str | None) -> list[Element]:
        """The drawing parameters of this number, and those that they are made from, nearest first.

        Raises:
            BrokenFileError: they are made from themselves.
        """
        found: list[Element] = []
        seen: set[str] = set()
        while number is not None and (entry := self.entry("DrawParam", number)) is not None:
            if number.strip() in seen:
                raise BrokenFileError(*tell("ofd.own-parameters"))
            seen.add(number.strip())
            found.append(entry.element)
            number = entry.element.get("Relative")
        return found

    def media(self, number: str | None) -> str | None:
        """The part that a multimedia entry names; None where it is not in the package, which is noted."""
        entry = self.entry("MultiMedia", number)
        if entry is None or not (place := text_of(child(entry.element, "MediaFile"))):
            return None
        found = self.package.find(locate(place, entry.beside))
        if found is None:
            self.missing.append(place)
        return found
