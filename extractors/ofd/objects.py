"""Text, path, picture and composite objects of an OFD, each onto a page of a PDF."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace

from extractors.errors import BrokenFileError, PictureSizeError, TooLargeError
from extractors.geometry.page_ink import ASCENT, DESCENT
from extractors.messages import tell
from extractors.model import BBox
from extractors.ofd.images import to_pixels
from extractors.ofd.matrix import Matrix, shift, to_matrix, turn
from extractors.ofd.package import Element
from extractors.ofd.paints import BLACK, Painter
from extractors.ofd.paths import Step, to_steps
from extractors.ofd.pdf_page import PdfPage, Pixels
from extractors.ofd.resources import Resources
from extractors.ofd.text_codes import PlacedChar, place_characters
from extractors.ofd.tree import box_of, child, children, is_true, number, text_of
from extractors.ofd.widths import Glyph, TextRun, usual_width
from extractors.safe_xml import local

_DEEPEST = 48
_MOST_OBJECTS, _MOST_CHARS = 300_000, 1_000_000
# Millimetres by which a boundary may be short of what it bounds, as programs round, and the share of a character's size.
_REACH, _CHAR_REACH = 0.3, 0.1
# Millimetres off the base line within which characters stand on it.
_LEVEL = 0.01


@dataclass(frozen=True, slots=True)
class Scene:
    """Where objects stand: their space on the page, what speaks of their paint beside themselves, whether they are shown, how deep."""

    matrix: Matrix
    chain: tuple[Element, ...] = ()
    shown: bool = True
    depth: int = 0
    units: tuple[str, ...] = ()


class ObjectPainter:
    """Paints objects in their order and counts them."""

    def __init__(self, pdf: PdfPage, resources: Resources) -> None:
        self._pdf, self._resources = pdf, resources
        self._paints = Painter(resources)
        self._objects = self._chars = 0
        self._pixels: dict[tuple[str, str], Pixels | None] = {}

    def block(self, block: Element, scene: Scene) -> None:
        """All objects of a layer, a block or an appearance."""
        if scene.depth > _DEEPEST:
            raise BrokenFileError(*tell("ofd.deep", most=_DEEPEST))
        for each in children(block):
            self._objects += 1
            if self._objects > _MOST_OBJECTS:
                raise TooLargeError(*tell("ofd.objects", most=_MOST_OBJECTS))
            kind = local(each)
            if kind == "PageBlock":
                self.block(each, replace(scene, depth=scene.depth + 1))
            elif kind in ("TextObject", "PathObject", "ImageObject", "CompositeObject"):
                self._object(kind, each, scene)

    def stamp(self, data: bytes, square: Matrix, window: BBox | None, base: Matrix) -> None:
        """The picture of a seal on a unit square, cut to a window in millimetres."""
        try:
            pixels = to_pixels(data, "of the seal")
        except (BrokenFileError, PictureSizeError):
            return
        with self._within(window, base):
            self._pdf.picture(pixels, _UPRIGHT.then(square), 1.0)

    @contextmanager
    def _within(self, window: BBox | None, matrix: Matrix) -> Iterator[None]:
        """What is painted meanwhile is cut to a window; None cuts nothing."""
        if window is None:
            yield
            return
        self._pdf.begin_clip(_corners(window), matrix)
        yield
        self._pdf.end_clip()

    def _object(self, kind: str, element: Element, scene: Scene) -> None:
        bounds = element.get("Boundary")
        boundary = box_of(bounds) if bounds else None
        place = shift(boundary.x0, boundary.top) if boundary is not None else Matrix()
        inner = replace(
            scene,
            matrix=place.then(scene.matrix),
            chain=(element, *self._resources.parameters(element.get("DrawParam")), *scene.chain),
            shown=scene.shown and is_true(element.get("Visible"), True),
        )
        window = BBox(0.0, 0.0, boundary.width, boundary.height) if boundary is not None else None
        group = child(element, "Clips")
        clips = list(children(group, "Clip"))
        if group is not None and clips:
            self._pdf.ops.append("q")
            for each in clips:
                self._clip(each, is_true(group.get("TransFlag"), True), to_matrix(element.get("CTM")), inner)
        paint = {"TextObject": self._text, "PathObject": self._path, "ImageObject": self._image, "CompositeObject": self._composite}[kind]
        paint(element, inner, window)
        if clips:
            self._pdf.end_clip()

    def _clip(self, clip: Element, transformed: bool, ctm: Matrix, scene: Scene) -> None:
        """All areas of one clip together are where may be painted."""
        steps: list[Step] = []
        even_odd = False
        for area in children(clip, "Area"):
            path = child(area, "Path")
            if path is None:
                continue
            bounds = path.get("Boundary")
            own = shift(*_corner(box_of(bounds))) if bounds else Matrix()
            matrix = to_matrix(path.get("CTM")).then(own).then(to_matrix(area.get("CTM"))).then(ctm if transformed else Matrix())
            steps += _transformed(to_steps(_data(path)), matrix)
            even_odd = even_odd or (path.get("Rule") or "").lower() == "even-odd"
        if steps:
            self._pdf.clip(steps, scene.matrix, even_odd)

    def _path(self, element: Element, scene: Scene, window: BBox | None) -> None:
        steps = to_steps(_data(element))
        if not steps or not scene.shown:
            return
        look = self._paints.look(scene.chain, is_true(element.get("Fill"), False), is_true(element.get("Stroke"), True), None, BLACK)
        ctm = to_matrix(element.get("CTM"))
        reach = (look.line_width * ctm.scale if look.stroke is not None else 0.0) + _REACH
        cut = _overrun(window, (ctm.point(*p) for _, points in steps for p in points), reach)
        # Half of a line lies beyond the boundary of its path as a rule.
        with self._within(cut.grown(reach) if cut is not None else None, scene.matrix):
            self._pdf.path(steps, ctm.then(scene.matrix), look, (element.get("Rule") or "").lower() == "even-odd")

    def _image(self, element: Element, scene: Scene, window: BBox | None) -> None:
        if not scene.shown:
            return
        pixels = self._load(element.get("ResourceID"), element.get("ImageMask"))
        if pixels is None:
            return
        ctm = to_matrix(element.get("CTM"))
        if not element.get("CTM") and window is not None:
            ctm = Matrix(window.width, 0, 0, window.height, 0, 0)
        with self._within(_overrun(window, (ctm.point(x, y) for x in (0, 1) for y in (0, 1)), 2 * _REACH), scene.matrix):
            self._pdf.picture(pixels, _UPRIGHT.then(ctm).then(scene.matrix), min(max(number(element, "Alpha", 255) / 255, 0.0), 1.0))

    def _load(self, picture: str | None, mask: str | None) -> Pixels | None:
        key = (picture or "", mask or "")
        if key not in self._pixels:
            part, veil = self._resources.media(picture), self._resources.media(mask)
            if part is None and self._resources.entry("MultiMedia", picture) is None:
                self._resources.missing.append(f"picture {picture}")
            self._pixels[key] = self._decoded(part, veil) if part else None
        return self._pixels[key]

    def _decoded(self, part: str, veil: str | None) -> Pixels | None:
        package = self._resources.package
        try:
            return to_pixels(package.read(part), part, package.read(veil) if veil else None)
        except (BrokenFileError, PictureSizeError):
            self._resources.missing.append(part)
            return None

    def _composite(self, element: Element, scene: Scene, window: BBox | None) -> None:
        key = (element.get("ResourceID") or "").strip()
        entry = self._resources.entry("CompositeGraphicUnit", key)
        if entry is None:
            self._resources.missing.append(f"composite unit {key}")
            return
        if key in scene.units:
            raise BrokenFileError(*tell("ofd.own-unit"))
        matrix = to_matrix(element.get("CTM")).then(scene.matrix)
        inner = replace(scene, matrix=matrix, depth=scene.depth + 1, units=(*scene.units, key))
        with self._within(window.grown(_REACH) if window is not None else None, scene.matrix):
            for content in children(entry.element, "Content"):
                self.block(content, inner)

    def _text(self, element: Element, scene: Scene, window: BBox | None) -> None:
        size = number(element, "Size", 0.0)
        if size <= 0:
            raise BrokenFileError(*tell("ofd.no-size"))
        stretch = abs(number(element, "HScale", 1.0)) or 1.0
        look = self._paints.look(scene.chain, is_true(element.get("Fill"), True), is_true(element.get("Stroke"), False), BLACK, None)
        ctm, degrees = to_matrix(element.get("CTM")), number(element, "CharDirection", 0.0)
        groups = place_characters(element, size, stretch)
        self._chars += sum(map(len, groups))
        if self._chars > _MOST_CHARS:
            raise TooLargeError(*tell("ofd.characters", most=_MOST_CHARS))
        boxes = (_char_box(char, size, stretch, degrees) for group in groups for char in group if not char.text.isspace())
        cut = _overrun(window, (point for box in boxes for point in _points(ctm.box(box))), _CHAR_REACH * size * ctm.scale + _REACH)
        along, back = turn(degrees), turn(-degrees)
        with self._within(cut, scene.matrix):
            for group in groups:
                for run in _runs(group, degrees):
                    first = run[0]
                    glyphs = tuple(Glyph(char.text, back.point(char.x - first.x, char.y - first.y)[0] / stretch) for char in run)
                    place = Matrix(stretch, 0, 0, -1, 0, 0).then(along).then(shift(first.x, first.y)).then(ctm).then(scene.matrix)
                    self._pdf.text(TextRun(glyphs, size, place, look, scene.shown, element.get("Font") or ""))


# The unit square of a picture: PDF's y points up, OFD's down.
_UPRIGHT = Matrix(1, 0, 0, -1, 0, 1)


def _runs(chars: Sequence[PlacedChar], degrees: float) -> Iterator[list[PlacedChar]]:
    """Characters of one base line that go on in the direction in which they stand."""
    back = turn(-degrees)
    run: list[PlacedChar] = []
    for char in chars:
        if run:
            ahead, aside = back.point(char.x - run[-1].x, char.y - run[-1].y)
            if ahead < 0 or abs(aside) > _LEVEL:
                yield run
                run = []
        run.append(char)
    if run:
        yield run


def _char_box(char: PlacedChar, size: float, stretch: float, degrees: float) -> BBox:
    """The line box of a character in the space of its text object."""
    box = BBox(0.0, -ASCENT * size, usual_width(char.text) * size * stretch, DESCENT * size)
    return turn(degrees).then(shift(char.x, char.y)).box(box)


def _data(path: Element) -> str:
    return text_of(child(path, "AbbreviatedData"))


def _transformed(steps: Sequence[Step], matrix: Matrix) -> list[Step]:
    return [(op, tuple(matrix.point(*point) for point in points)) for op, points in steps]


def _corner(box: BBox) -> tuple[float, float]:
    return box.x0, box.top


def _points(box: BBox) -> list[tuple[float, float]]:
    return [(box.x0, box.top), (box.x1, box.bottom)]


def _corners(box: BBox) -> list[Step]:
    corners = ((box.x0, box.top), (box.x1, box.top), (box.x1, box.bottom), (box.x0, box.bottom))
    return [("m", corners[:1]), *(("l", (corner,)) for corner in corners[1:]), ("h", ())]


def _overrun(window: BBox | None, points: Iterable[tuple[float, float]], reach: float) -> BBox | None:
    """The window, where one of the points lies farther beyond it than this; else None."""
    if window is None:
        return None
    grown = window.grown(reach)
    return None if all(grown.contains(x, y) for x, y in points) else window
