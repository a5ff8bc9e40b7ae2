"""A page of an OFD, object by object, onto a page of a PDF: templates, layers, blocks, annotations, seals, in the order of painting."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from extractors.model import BBox, MarkKind
from extractors.ofd.document import PagePlan, order_of, page_area
from extractors.ofd.matrix import Matrix, shift
from extractors.ofd.objects import ObjectPainter, Scene
from extractors.ofd.package import Element
from extractors.ofd.pdf_page import PdfPage
from extractors.ofd.resources import Resources
from extractors.ofd.seals import seal_picture
from extractors.ofd.tree import box_of, child, children, is_true, text_of

POINTS = 72 / 25.4
# What the standard calls annotations whose text is no content of the form.
_KINDS: dict[str, MarkKind] = {"watermark": "watermark", "stamp": "stamp"}
_DRAWN_BEFORE = {"Background": 0, "Body": 1, "Foreground": 2}


@dataclass(slots=True)
class DrawnPage:
    """A page as a PDF, and what is known of it beyond: annotations that are marks, seals (boxes in points), what was not there."""

    pdf: PdfPage
    noted: list[tuple[BBox, MarkKind]] = field(default_factory=list)
    seals: list[BBox] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)


def draw_page(plan: PagePlan, legible: bool = False) -> DrawnPage:
    """Draw one page.

    Args:
        legible: for people, with a font of the machine; else with frames, which lie the same everywhere.

    Raises:
        BrokenFileError: it cannot be followed.
        TooLargeError: it holds more than any form.
    """
    page = plan.body.package.xml(plan.part)
    area = page_area(plan, page)
    drawn = DrawnPage(PdfPage(area.width * POINTS, area.height * POINTS, legible))
    # From millimetres from the top left to points from the bottom left.
    base = shift(-area.x0, -area.top).then(Matrix(POINTS, 0, 0, -POINTS, 0, area.height * POINTS))
    _Drawing(plan, drawn, base, area).draw(page)
    drawn.missing = list(dict.fromkeys(plan.body.resources.missing + drawn.missing))
    return drawn


class _Drawing:
    """The drawing of one page, with its own resources beside those of the document."""

    def __init__(self, plan: PagePlan, drawn: DrawnPage, base: Matrix, area: BBox) -> None:
        self._plan, self._body, self._drawn, self._base, self._area = plan, plan.body, drawn, base, area
        resources = Resources(plan.body.package, dict(plan.body.resources.entries), drawn.missing)
        self._resources = resources
        self._painter = ObjectPainter(drawn.pdf, resources)

    def draw(self, page: Element) -> None:
        layers: list[tuple[tuple[int, int], Element]] = []
        for each in children(page, "Template"):
            layers += self._template(each)
        layers += [((_DRAWN_BEFORE[order_of(layer.get("Type"), "Body")], 1), layer) for layer in self._layers(page, self._plan.part)]
        for _, layer in sorted(layers, key=lambda each: each[0]):
            scene = Scene(self._base, tuple(self._resources.parameters(layer.get("DrawParam"))))
            self._painter.block(layer, scene)
        self._annotations()
        for stamp in self._body.stamps:
            if stamp.page_id == self._plan.page_id:
                self._stamp(stamp.box, stamp.clip, stamp.pictures)

    def _template(self, use: Element) -> list[tuple[tuple[int, int], Element]]:
        """The layers of a template, each with its place in the order: behind the page's own of the same kind, or in front."""
        number = (use.get("TemplateID") or "").strip()
        part, order = self._body.templates.get(number, ("", "Background"))
        if self._body.package.find(part) is None or not part:
            self._drawn.missing.append(part or f"template {number}")
            return []
        order = order_of(use.get("ZOrder"), order)
        outer = {"Background": -1, "Body": 1, "Foreground": 3}[order]
        page = self._body.package.xml(part)
        found = list(enumerate(self._layers(page, part)))
        found.sort(key=lambda each: _DRAWN_BEFORE[order_of(each[1].get("Type"), "Body")])
        return [((outer, 0), layer) for _, layer in found]

    def _layers(self, page: Element, part: str) -> list[Element]:
        for each in children(page, "PageRes"):
            self._resources.add(self._body.locate(text_of(each), part))
        return list(children(child(page, "Content"), "Layer"))

    def _annotations(self) -> None:
        part = self._body.annotations.get(self._plan.page_id)
        if part is None:
            return
        if self._body.package.find(part) is None:
            self._drawn.missing.append(part)
            return
        for each in children(self._body.package.xml(part), "Annot"):
            look = child(each, "Appearance")
            if look is None or not is_true(each.get("Visible"), True):
                continue
            box = box_of(look.get("Boundary") or "")
            self._drawn.pdf.begin_group()
            self._painter.block(look, Scene(shift(box.x0, box.top).then(self._base)))
            self._drawn.pdf.end_group()
            kind = _KINDS.get((each.get("Type") or "").strip().lower())
            if kind is not None:
                self._drawn.noted.append((self._on_page(box), kind))

    def _stamp(self, box: BBox, clip: BBox | None, holders: Sequence[str]) -> None:
        """Draw the picture of an electronic seal; one that cannot be found is a seal all the same."""
        placed = self._on_page(box)
        self._drawn.seals.append(placed)
        found = self._seal_picture(holders)
        if found is None or found[0] == "ofd":
            return
        square = Matrix(box.width, 0, 0, box.height, box.x0, box.top).then(self._base)
        window = BBox(box.x0 + clip.x0, box.top + clip.top, box.x0 + clip.x1, box.top + clip.bottom) if clip is not None else None
        self._painter.stamp(found[1], square, window, self._base)

    def _seal_picture(self, holders: Sequence[str]) -> tuple[str, bytes] | None:
        for part in holders:
            if self._body.package.find(part) is None:
                self._drawn.missing.append(part)
            elif (found := seal_picture(self._body.package.read(part))) is not None:
                return found
        return None

    def _on_page(self, box: BBox) -> BBox:
        """A box of the page in points from its top left."""
        left, top = self._area.x0, self._area.top
        x0, y0, x1, y1 = ((v - shifted) * POINTS for v, shifted in ((box.x0, left), (box.top, top), (box.x1, left), (box.bottom, top)))
        return BBox(x0, y0, x1, y1)
