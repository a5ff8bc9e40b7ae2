"""A page as a PDF in memory: what an OFD paints, so that one reader judges both formats by what is seen."""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from extractors.errors import TooLargeError
from extractors.messages import tell
from extractors.ofd.box_font import box_font, frame_of
from extractors.ofd.matrix import Matrix, shift
from extractors.ofd.paints import Look, Paint
from extractors.ofd.paths import Step
from extractors.ofd.widths import TextRun, settle_widths

_INVISIBLE = 3
# Codes of two bytes.
_MOST_CODES = 65_000


@dataclass(frozen=True, slots=True)
class Pixels:
    """A picture as PDF holds it: the entries of its dictionary, its bytes, and the same of its mask."""

    entries: str
    data: bytes
    mask: Pixels | None = None


@dataclass(slots=True)
class PdfPage:
    """One page that is being painted; all places are in its own points, from the bottom left.

    ``legible`` writes with a font of the machine, for people to look at; else each character is a frame.
    """

    width: float
    height: float
    legible: bool = False
    ops: list[str | TextRun] = field(default_factory=list)
    _codes: dict[tuple[str, int], int] = field(default_factory=dict)
    _states: dict[str, str] = field(default_factory=dict)
    _pictures: list[Pixels] = field(default_factory=list)
    _forms: list[list[str | TextRun]] = field(default_factory=list)
    _outer: list[list[str | TextRun]] = field(default_factory=list)

    def begin_group(self) -> None:
        """What follows stands together, as an annotation does, until ``end_group``."""
        self._outer.append(self.ops)
        self.ops = []

    def end_group(self) -> None:
        self._forms.append(self.ops)
        self.ops = self._outer.pop()
        self.ops.append(f"/M{len(self._forms) - 1} Do")

    def begin_clip(self, steps: Sequence[Step], matrix: Matrix) -> None:
        self.ops.append("q")
        self.clip(steps, matrix)

    def clip(self, steps: Sequence[Step], matrix: Matrix, even_odd: bool = False) -> None:
        """Nothing is painted outside of this path up to ``end_clip``; an empty path leaves nothing."""
        self.ops.append(f"{_path(steps, matrix) or '0 0 m'} {'W*' if even_odd else 'W'} n")

    def end_clip(self) -> None:
        self.ops.append("Q")

    def path(self, steps: Sequence[Step], matrix: Matrix, look: Look, even_odd: bool) -> None:
        if not steps or (look.fill is None and look.stroke is None):
            return
        paint = {(True, False): "f", (True, True): "B", (False, True): "S"}[look.fill is not None, look.stroke is not None]
        star = "*" if even_odd and look.fill is not None else ""
        parts = ["q", self._paint(look)]
        if look.stroke is not None:
            dashes = " ".join(_n(v * matrix.scale) for v in look.dashes)
            parts.append(f"{_n(look.line_width * matrix.scale)} w {look.cap} J [{dashes}] 0 d")
        self.ops.append(" ".join((*parts, _path(steps, matrix), paint + star, "Q")))

    def text(self, run: TextRun) -> None:
        """Characters of one base line."""
        if run.glyphs:
            self.ops.append(run)

    def _written(self, run: TextRun, widths: Sequence[float]) -> str:
        look = run.look
        mode = {(True, False): 0, (False, True): 1, (True, True): 2}.get((look.fill is not None, look.stroke is not None), _INVISIBLE)
        mode = mode if run.shown else _INVISIBLE
        font = f"/{'S' if self.legible else 'F'} {_n(run.size)} Tf"
        place = " ".join(map(_n, shift(run.glyphs[0].x, 0.0).then(run.matrix)))
        return f"q {self._paint(look)} BT {font} {mode} Tr {place} Tm [{self._array(run, widths)}] TJ ET Q"

    def _array(self, run: TextRun, widths: Sequence[float]) -> str:
        parts, at = [], run.glyphs[0].x
        for glyph, share in zip(run.glyphs, widths, strict=True):
            gap = round((at - glyph.x) / run.size * 1000)
            width = round(share * 1000)
            parts += [f"{gap} " if gap else "", f"<{self._code(glyph.text, width)}>"]
            # pdfium counts in whole thousandths, so errors must not add up.
            at += (-gap + (width if not self.legible else _machine_width(glyph.text))) / 1000 * run.size
        return "".join(parts)

    def _content(self, ops: Sequence[str | TextRun], widths: Iterator[Sequence[float]]) -> bytes:
        return "\n".join(op if isinstance(op, str) else self._written(op, next(widths)) for op in ops).encode("ascii")

    def _code(self, text: str, width: int) -> str:
        if self.legible:
            return text.encode("utf-16-be", "surrogatepass").hex()
        code = self._codes.setdefault((text, width), len(self._codes) + 1)
        if code > _MOST_CODES:
            raise TooLargeError(*tell("ofd.different-characters", most=_MOST_CODES))
        return f"{code:04x}"

    def picture(self, pixels: Pixels, matrix: Matrix, alpha: float) -> None:
        """A picture on the unit square of its space, where y points up."""
        self._pictures.append(pixels)
        self.ops.append(f"q {self._alpha(alpha, alpha)} {' '.join(map(_n, matrix))} cm /I{len(self._pictures) - 1} Do Q")

    def _paint(self, look: Look) -> str:
        fill, stroke = look.fill, look.stroke
        parts = [_color(fill, "rg"), _color(stroke, "RG")]
        parts.append(self._alpha(fill.alpha if fill else 1.0, stroke.alpha if stroke else 1.0))
        return " ".join(part for part in parts if part)

    def _alpha(self, fill: float, stroke: float) -> str:
        if fill >= 1.0 and stroke >= 1.0:
            return ""
        entry = f"<< /ca {fill:.4f} /CA {stroke:.4f} >>"
        return f"/{self._states.setdefault(entry, f'G{len(self._states)}')} gs"

    def to_bytes(self) -> bytes:
        """The file, of one page."""
        objects = _Objects()
        catalog, pages, page = objects.reserve(), objects.reserve(), objects.reserve()
        resources = objects.reserve()
        runs = [op for ops in (*self._forms, self.ops) for op in ops if isinstance(op, TextRun)]
        widths = iter(settle_widths(runs))
        forms = " ".join(
            f"/M{k} {objects.stream(self._form(resources), self._content(ops, widths))} 0 R" for k, ops in enumerate(self._forms)
        )
        text = self._content(self.ops, widths)
        pictures = " ".join(f"/I{k} {_picture(objects, pixels)} 0 R" for k, pixels in enumerate(self._pictures))
        states = " ".join(f"/{name} {entry}" for entry, name in self._states.items())
        fonts = f"/S {_machine_font(objects)} 0 R" if self.legible else f"/F {self._frames(objects)} 0 R"
        objects.set(resources, f"<< /Font << {fonts} >> /XObject << {forms} {pictures} >> /ExtGState << {states} >> >>")
        content = objects.stream("", text)
        objects.set(catalog, f"<< /Type /Catalog /Pages {pages} 0 R >>")
        objects.set(pages, f"<< /Type /Pages /Kids [{page} 0 R] /Count 1 >>")
        box = f"[0 0 {_n(self.width)} {_n(self.height)}]"
        objects.set(page, f"<< /Type /Page /Parent {pages} 0 R /MediaBox {box} /Contents {content} 0 R /Resources {resources} 0 R >>")
        return objects.to_bytes(catalog)

    def _form(self, resources: int) -> str:
        return f"/Type /XObject /Subtype /Form /BBox [-30000 -30000 30000 30000] /Resources {resources} 0 R"

    def _frames(self, objects: _Objects) -> int:
        """The font of frames with a code for each character and width of the page."""
        glyphs = bytearray(2 * (len(self._codes) + 1))
        widths, maps = [], []
        for (text, width), code in self._codes.items():
            glyphs[2 * code : 2 * code + 2] = (0 if text.isspace() else frame_of(width / 1000)).to_bytes(2, "big")
            widths.append(f"{code} [{width}]")
            maps.append(f"<{code:04x}> <{text.encode('utf-16-be', 'surrogatepass').hex()}>")
        font = objects.stream("", box_font())
        metrics = "/Flags 4 /FontBBox [0 -200 1200 900] /ItalicAngle 0 /Ascent 850 /Descent -150 /CapHeight 780 /StemV 80"
        descriptor = objects.add(f"<< /Type /FontDescriptor /FontName /Frames {metrics} /FontFile2 {font} 0 R >>")
        inner = objects.add(
            f"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Frames /FontDescriptor {descriptor} 0 R /DW 1000 /W [{' '.join(widths)}]"
            f" /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >>"
            f" /CIDToGIDMap {objects.stream('', bytes(glyphs))} 0 R >>"
        )
        unicode = objects.stream("", _to_unicode(maps).encode("ascii"))
        names = "/Type /Font /Subtype /Type0 /BaseFont /Frames /Encoding /Identity-H"
        return objects.add(f"<< {names} /DescendantFonts [{inner} 0 R] /ToUnicode {unicode} 0 R >>")


def _machine_width(text: str) -> int:
    """The advance in ``_machine_font``, in thousandths."""
    return 500 if len(text) == 1 and " " <= text <= "~" else 1000


def _machine_font(objects: _Objects) -> int:
    """A Chinese font that is named only, for the machine to find one."""
    metrics = "/Flags 6 /FontBBox [-25 -254 1000 880] /ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 880 /StemV 93"
    descriptor = objects.add(f"<< /Type /FontDescriptor /FontName /STSong-Light {metrics} >>")
    inner = objects.add(
        f"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /FontDescriptor {descriptor} 0 R /DW 1000 /W [1 95 500 814 939 500]"
        " /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 4 >> >>"
    )
    return objects.add(f"<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UTF16-H /DescendantFonts [{inner} 0 R] >>")


def _to_unicode(maps: Sequence[str]) -> str:
    blocks = [maps[k : k + 100] for k in range(0, len(maps), 100)]
    chars = "\n".join(f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar" for block in blocks)
    return (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n/CMapName /Frames def /CMapType 2 def\n"
        f"1 begincodespacerange <0000> <ffff> endcodespacerange\n{chars}\nendcmap end end"
    )


def _picture(objects: _Objects, pixels: Pixels) -> int:
    mask = f"/SMask {_picture(objects, pixels.mask)} 0 R" if pixels.mask is not None else ""
    return objects.stream(f"/Type /XObject /Subtype /Image {pixels.entries} {mask}", pixels.data, packed="/Filter" in pixels.entries)


def _path(steps: Sequence[Step], matrix: Matrix) -> str:
    return " ".join(f"{' '.join(f'{_n(x)} {_n(y)}' for x, y in (matrix.point(*p) for p in points))} {op}".strip() for op, points in steps)


def _color(paint: Paint | None, operator: str) -> str:
    return f"{' '.join(f'{v:.4f}' for v in paint.rgb)} {operator}" if paint is not None else ""


def _n(value: float) -> str:
    return f"{value:.4f}".rstrip("0").rstrip(".")


class _Objects:
    """The objects of a PDF, numbered from 1."""

    def __init__(self) -> None:
        self._bodies: list[bytes] = []

    def reserve(self) -> int:
        self._bodies.append(b"null")
        return len(self._bodies)

    def set(self, number: int, body: str) -> None:
        self._bodies[number - 1] = body.encode("ascii")

    def add(self, body: str) -> int:
        self._bodies.append(body.encode("ascii"))
        return len(self._bodies)

    def stream(self, entries: str, data: bytes, packed: bool = False) -> int:
        if not packed:
            data, entries = zlib.compress(data, 1), f"{entries} /Filter /FlateDecode"
        self._bodies.append(f"<< {entries} /Length {len(data)} >>\nstream\n".encode("ascii") + data + b"\nendstream")
        return len(self._bodies)

    def to_bytes(self, catalog: int) -> bytes:
        parts, places, at = [b"%PDF-1.7\n"], [], 9
        for number, body in enumerate(self._bodies, 1):
            places.append(at)
            parts.append(f"{number} 0 obj\n".encode("ascii") + body + b"\nendobj\n")
            at += len(parts[-1])
        table = "".join(f"{place:010d} 00000 n \n" for place in places)
        count = len(places) + 1
        parts.append(f"xref\n0 {count}\n0000000000 65535 f \n{table}trailer << /Size {count} /Root {catalog} 0 R >>\n".encode("ascii"))
        parts.append(f"startxref\n{at}\n%%EOF\n".encode("ascii"))
        return b"".join(parts)
