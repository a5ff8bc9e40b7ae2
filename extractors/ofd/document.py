"""What an OFD is made of: its bodies, their pages, templates, resources, annotations, signatures and attachments."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from extractors.errors import BrokenFileError
from extractors.messages import tell
from extractors.model import BBox
from extractors.ofd.package import Element, Package, locate
from extractors.ofd.resources import Resources
from extractors.ofd.tree import below, box_of, child, children, is_true, text_of
from extractors.safe_xml import local

_ENTRY = "OFD.xml"
# Where no area is given anywhere: A4, in millimetres.
_A4 = BBox(0.0, 0.0, 210.0, 297.0)

Order = Literal["Background", "Body", "Foreground"]
_ORDERS: dict[str, Order] = {"background": "Background", "foreground": "Foreground"}


@dataclass(frozen=True, slots=True)
class Stamp:
    """Where the picture of an electronic seal lies on a page, in millimetres, and the parts that may hold that picture."""

    page_id: str
    box: BBox
    clip: BBox | None
    pictures: tuple[str, ...]


@dataclass(slots=True)
class Body:
    """One document of the package. ``part`` is its root part; templates are parts by number, annotations parts by page."""

    package: Package
    part: str
    resources: Resources
    area: BBox | None = None
    templates: dict[str, tuple[str, Order]] = field(default_factory=dict)
    annotations: dict[str, str] = field(default_factory=dict)
    stamps: list[Stamp] = field(default_factory=list)
    signatures: int = 0
    attachments: list[str] = field(default_factory=list)

    def locate(self, place: str, beside: str) -> str:
        """The part that ``place`` names: beside another one, or, as some programs write it, from the document's folder or the root."""
        candidates = (locate(place, beside), locate(place, self.part), locate(place, ""))
        return next((found for name in candidates if (found := self.package.find(name)) is not None), candidates[0])

    def xml(self, part: str) -> Element | None:
        """The root of a part; None where it is not in the package, which is noted."""
        if self.package.find(part) is None:
            self.resources.missing.append(part)
            return None
        return self.package.xml(part)


@dataclass(frozen=True, slots=True)
class PagePlan:
    """One page that is to be read: the body that it belongs to, its number there, and its part."""

    body: Body
    page_id: str
    part: str


def page_plans(package: Package) -> list[PagePlan]:
    """The pages of all bodies of a package, in order.

    Raises:
        BrokenFileError: a part without which there are no pages is not there or damaged.
    """
    root = package.xml(_ENTRY)
    if local(root) != "OFD":
        raise BrokenFileError(*tell("ofd.no-entry", name=package.name, part=_ENTRY))
    plans: list[PagePlan] = []
    for entry in children(root, "DocBody"):
        place = _root_of(package, entry)
        if place:
            plans += _plans(_open_body(package, locate(place, _ENTRY), entry))
    if not plans:
        raise BrokenFileError(*tell("ofd.no-pages", name=package.name))
    return plans


def _root_of(package: Package, entry: Element) -> str:
    """The root part of a body: of its current version where it has versions."""
    current = next((each for each in children(child(entry, "Versions"), "Version") if is_true(each.get("Current"), False)), None)
    if current is not None and (part := package.find(locate(current.get("BaseLoc") or "", _ENTRY))) is not None:
        place = text_of(child(package.xml(part), "DocRoot"))
        if place:
            return "/" + locate(place, part)
    return text_of(child(entry, "DocRoot"))


def _open_body(package: Package, part: str, entry: Element) -> tuple[Body, Element]:
    root = package.xml(part)
    body = Body(package, package.find(part) or part, Resources(package))
    common = child(root, "CommonData")
    body.area = area_of(child(common, "PageArea"))
    for each in children(common, "PublicRes", "DocumentRes"):
        body.resources.add(body.locate(text_of(each), body.part))
    for each in children(common, "TemplatePage"):
        place = each.get("BaseLoc") or ""
        body.templates[(each.get("ID") or "").strip()] = body.locate(place, body.part), order_of(each.get("ZOrder"), "Background")
    if place := text_of(child(root, "Annotations")):
        body.annotations = dict(_annotations(body, body.locate(place, body.part)))
    if place := text_of(child(root, "Attachments")):
        body.attachments = _attachments(body, body.locate(place, body.part))
    if place := text_of(child(entry, "Signatures")):
        _read_signatures(body, body.locate(place, _ENTRY))
    return body, root


def _plans(opened: tuple[Body, Element]) -> Iterator[PagePlan]:
    body, root = opened
    for each in children(child(root, "Pages"), "Page"):
        yield PagePlan(body, (each.get("ID") or "").strip(), body.locate(each.get("BaseLoc") or "", body.part))


def area_of(area: Element | None) -> BBox | None:
    """The physical box of a page area, in millimetres; None where there is none."""
    place = text_of(child(area, "PhysicalBox"))
    return box_of(place) if place else None


def page_area(plan: PagePlan, page: Element) -> BBox:
    """The paper of a page: as it says itself, else as its document says."""
    box = area_of(child(page, "Area")) or plan.body.area or _A4
    if min(box.width, box.height) < 1.0:
        raise BrokenFileError(*tell("ofd.no-area", name=plan.body.package.name))
    return box


def order_of(text: str | None, default: Order) -> Order:
    return _ORDERS.get((text or "").strip().lower(), "Body") if text else default


def _annotations(body: Body, part: str) -> Iterator[tuple[str, str]]:
    for each in children(body.xml(part), "Page"):
        place = text_of(child(each, "FileLoc"))
        if place:
            yield (each.get("PageID") or "").strip(), body.locate(place, part)


def _attachments(body: Body, part: str) -> list[str]:
    return [each.get("Name") or text_of(child(each, "FileLoc")) for each in children(body.xml(part), "Attachment")]


def _read_signatures(body: Body, part: str) -> None:
    """Note how many signatures there are, and where their pictures lie."""
    for each in children(body.xml(part), "Signature"):
        body.signatures += 1
        place = body.locate(each.get("BaseLoc") or "", part)
        root = body.xml(place)
        if root is None:
            continue
        info = child(root, "SignedInfo")
        holders = (text_of(below(info, "Seal", "BaseLoc")), text_of(child(root, "SignedValue")))
        pictures = tuple(body.locate(holder, place) for holder in holders if holder)
        for stamp in children(info, "StampAnnot"):
            clip = stamp.get("Clip")
            body.stamps.append(
                Stamp((stamp.get("PageRef") or "").strip(), box_of(stamp.get("Boundary") or ""), box_of(clip) if clip else None, pictures)
            )
