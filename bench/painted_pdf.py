"""PDF pages drawn by hand, with all that a program can do to text: colours, order, clips, layers, forms, fields and notes.

The fonts are named and not in the file (STSong-Light, Helvetica), as Chinese offices often leave them.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass, field

RGB = tuple[float, float, float]
BLACK: RGB = (0, 0, 0)
Box = tuple[float, float, float, float]
Turn = tuple[float, float]
Size = tuple[int, int]

_FONTS = (
    "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    "<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [5 0 R] >>",
    "<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /DW 1000 /W [1 [500] 814 939 500] /FontDescriptor 6 0 R"
    " /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 4 >> >>",
    "<< /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /FontBBox [-25 -254 1000 880] /ItalicAngle 0"
    " /Ascent 880 /Descent -120 /CapHeight 880 /StemV 93 >>",
    "<< /Type /OCG /Name (Shown) >>",
    "<< /Type /OCG /Name (Off) >>",
)
# Object numbers of what every file holds.
HELVETICA, SONG, LAYER_ON, LAYER_OFF = 3, 4, 7, 8


@dataclass
class Sheet:
    """One page. Lengths in points from the top left; text stands on the base line that is given."""

    width: float = 595
    height: float = 842
    rotate: int = 0
    crop: Box | None = None
    ops: list[str] = field(default_factory=list)
    states: dict[str, str] = field(default_factory=dict)
    images: list[tuple[int, int, bytes, bytes | None]] = field(default_factory=list)
    forms: list[tuple[str, str]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    looks: list[tuple[float, float, str]] = field(default_factory=list)
    fields: list[int] = field(default_factory=list)
    layered: bool = False
    maps: list[dict[int, str]] = field(default_factory=list)

    def text(self, x: float, y: float, text: str, size: float = 9, rgb: RGB = BLACK, turn: Turn = (1, 0), mode: int = 0) -> None:
        """``turn`` is the direction of the line on the page: (1, 0) to the right, (0, 1) up the page."""
        self.ops.append(show_text(x, self.height - y, text, size, rgb, turn, mode))

    def mapped_text(self, x: float, y: float, text: str, to_unicode: dict[int, str], size: float = 9) -> None:
        """A text in a font of its own, whose map says something else of some characters, by their codes."""
        name = f"M{len(self.maps)}"
        self.maps.append(to_unicode)
        self.ops.append(f"BT 0 g /{name} {size:g} Tf {x:g} {self.height - y:g} Td <{text.encode('utf-16-be').hex()}> Tj ET")

    def line(self, x0: float, y0: float, x1: float, y1: float, rgb: RGB = BLACK, width: float = 0.5) -> None:
        self.ops.append(f"{_paint(rgb, 'RG')} {width} w {x0:g} {self.height - y0:g} m {x1:g} {self.height - y1:g} l S")

    def fill(self, box: Box, rgb: RGB = BLACK) -> None:
        x0, top, x1, bottom = box
        self.ops.append(f"{_paint(rgb, 'rg')} {x0:g} {self.height - bottom:g} {x1 - x0:g} {bottom - top:g} re f 0 g")

    def begin_clip(self, box: Box) -> None:
        x0, top, x1, bottom = box
        self.ops.append(f"q {x0:g} {self.height - bottom:g} {x1 - x0:g} {bottom - top:g} re W n")

    def begin_alpha(self, alpha: float, blend: str = "Normal") -> None:
        name = f"G{len(self.states)}"
        self.states[name] = f"<< /ca {alpha} /CA {alpha} /BM /{blend} >>"
        self.ops.append(f"q /{name} gs")

    def end(self) -> None:
        self.ops.append("Q")

    def begin_layer(self, on: bool) -> None:
        self.layered = True
        self.ops.append(f"/OC /{'LayerOn' if on else 'LayerOff'} BDC")

    def end_layer(self) -> None:
        self.ops.append("EMC")

    def image(self, box: Box, grey: int = 255, alpha: bytes | None = None, pixels: bytes | None = None, size: Size = (2, 2)) -> None:
        """A picture of one grey, or of ``pixels``, stretched over the box; ``alpha`` of the same size lets the page show through."""
        x0, top, x1, bottom = box
        across, down = size
        self.ops.append(f"q {x1 - x0:g} 0 0 {bottom - top:g} {x0:g} {self.height - bottom:g} cm /I{len(self.images)} Do Q")
        self.images.append((across, down, pixels or bytes([grey]) * (across * down), alpha))

    def form(self, ops: str, layer: str = "") -> None:
        """What ``ops`` draws, as a form of its own; ``layer`` is "on", "off" or nothing."""
        self.layered = self.layered or bool(layer)
        self.ops.append(f"q /X{len(self.forms)} Do Q")
        self.forms.append((ops, layer))

    def note(self, kind: str, box: Box, text: str = "", look: str | None = None, more: str = "") -> None:
        """An annotation; ``look`` draws it, from the lower left of its box. The text is its contents."""
        x0, top, x1, bottom = box
        rect = f"/Rect [{x0:g} {self.height - bottom:g} {x1:g} {self.height - top:g}]"
        self.notes.append(f"/Subtype /{kind} {rect} /F 4{f' /Contents {text_string(text)}' if text else ''} {more}")
        self.looks.append((x1 - x0, bottom - top, look if look is not None else ""))

    def field(self, box: Box, entries: str, look: str | None = None, state: str = "") -> None:
        """A form field with its widget in one; ``state`` names the look of a box that is ticked or not."""
        self.fields.append(len(self.notes))
        self.note("Widget", box, look=look, more=f"{entries}{f' /AS /{state}' if state else ''} /DA (/F2 9 Tf 0 g)")


def show_text(x: float, y: float, text: str, size: float = 9, rgb: RGB = BLACK, turn: Turn = (1, 0), mode: int = 0) -> str:
    """Operators that show a text; y points up."""
    latin = text.isascii()
    plain = text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
    shown = f"({plain})" if latin else f"<{text.encode('utf-16-be').hex()}>"
    a, b = turn
    matrix = f"{a:g} {b:g} {-b:g} {a:g} {x:g} {y:g} Tm"
    return f"BT {mode} Tr {_paint(rgb, 'rg')} /{'F1' if latin else 'F2'} {size:g} Tf {matrix} {shown} Tj 0 Tr ET 0 g"


def text_string(text: str) -> str:
    """A text as PDF keeps it in dictionaries."""
    return f"<feff{text.encode('utf-16-be').hex()}>"


def write_pdf(sheets: list[Sheet], need_looks: bool = False) -> bytes:
    """The bytes of a PDF; ``need_looks`` says that viewers must draw the fields by their values (NeedAppearances)."""
    objects: list[bytes] = [b"", b"", *(each.encode() for each in _FONTS)]
    kids, fields = [], []
    for sheet in sheets:
        page, widgets = _add_sheet(objects, sheet)
        kids.append(page)
        fields += widgets
    catalog = "<< /Type /Catalog /Pages 2 0 R"
    if any(sheet.layered for sheet in sheets):
        groups = f"[{LAYER_ON} 0 R {LAYER_OFF} 0 R]"
        catalog += f" /OCProperties << /OCGs {groups} /D << /ON [{LAYER_ON} 0 R] /OFF [{LAYER_OFF} 0 R] >> >>"
    if fields:
        names = " ".join(f"{each} 0 R" for each in fields)
        catalog += f" /AcroForm << /Fields [{names}] /NeedAppearances {'true' if need_looks else 'false'} /DA (/F2 9 Tf 0 g)"
        catalog += f" /DR << /Font << /F1 {HELVETICA} 0 R /F2 {SONG} 0 R >> >> >>"
    objects[0] = (catalog + " >>").encode()
    objects[1] = f"<< /Type /Pages /Count {len(kids)} /Kids [{' '.join(f'{kid} 0 R' for kid in kids)}] >>".encode()
    return _file(objects)


def _paint(rgb: RGB, operator: str) -> str:
    return f"{rgb[0]:g} {rgb[1]:g} {rgb[2]:g} {operator}"


def _stream(objects: list[bytes], head: str, data: bytes) -> int:
    packed = zlib.compress(data)
    objects.append(f"{head} /Filter /FlateDecode /Length {len(packed)} >>\nstream\n".encode() + packed + b"\nendstream")
    return len(objects)


def _add_sheet(objects: list[bytes], sheet: Sheet) -> tuple[int, list[int]]:
    mapped = " ".join(f"/M{k} {_add_mapped_font(objects, each)} 0 R" for k, each in enumerate(sheet.maps))
    fonts = f"/Font << /F1 {HELVETICA} 0 R /F2 {SONG} 0 R {mapped} >>"
    things = [f"/I{k} {_add_image(objects, *image)} 0 R" for k, image in enumerate(sheet.images)]
    inner = f"/Resources << {fonts} >>"
    for k, (ops, layer) in enumerate(sheet.forms):
        group = f" /OC {LAYER_ON if layer == 'on' else LAYER_OFF} 0 R" if layer else ""
        head = f"<< /Type /XObject /Subtype /Form /BBox [0 0 {sheet.width:g} {sheet.height:g}]{group} {inner}"
        things.append(f"/X{k} {_stream(objects, head, ops.encode())} 0 R")
    notes = [_add_note(objects, note, look, inner) for note, look in zip(sheet.notes, sheet.looks, strict=True)]
    contents = _stream(objects, "<<", "\n".join(sheet.ops).encode())
    states = " ".join(f"/{name} {state}" for name, state in sheet.states.items())
    layers = f"/Properties << /LayerOn {LAYER_ON} 0 R /LayerOff {LAYER_OFF} 0 R >>"
    resources = f"<< {fonts} /XObject << {' '.join(things)} >> /ExtGState << {states} >> {layers} >>"
    crop = sheet.crop
    cut = f" /CropBox [{crop[0]:g} {sheet.height - crop[3]:g} {crop[2]:g} {sheet.height - crop[1]:g}]" if crop else ""
    head = f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {sheet.width:g} {sheet.height:g}]{cut} /Rotate {sheet.rotate}"
    annots = f" /Annots [{' '.join(f'{note} 0 R' for note in notes)}]" if notes else ""
    objects.append(f"{head}{annots} /Contents {contents} 0 R /Resources {resources} >>".encode())
    return len(objects), [notes[k] for k in sheet.fields]


def _add_mapped_font(objects: list[bytes], to_unicode: dict[int, str]) -> int:
    lines = "\n".join(f"<{code:04x}> <{text.encode('utf-16-be').hex()}>" for code, text in to_unicode.items())
    told = f"""/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def /CMapType 2 def
1 begincodespacerange <0000> <FFFF> endcodespacerange {len(to_unicode)} beginbfchar
{lines}
endbfchar endcmap end end"""
    number = _stream(objects, "<<", told.encode())
    objects.append(_FONTS[1].replace("/DescendantFonts", f"/ToUnicode {number} 0 R /DescendantFonts").encode())
    return len(objects)


def _add_image(objects: list[bytes], across: int, down: int, pixels: bytes, alpha: bytes | None) -> int:
    head = f"<< /Type /XObject /Subtype /Image /Width {across} /Height {down} /ColorSpace /Device%s /BitsPerComponent 8"
    mask = f" /SMask {_stream(objects, head % 'Gray', alpha)} 0 R" if alpha is not None else ""
    return _stream(objects, head % ("Gray" if len(pixels) == across * down else "RGB") + mask, pixels)


def _add_note(objects: list[bytes], note: str, look: tuple[float, float, str], inner: str) -> int:
    across, down, ops = look
    drawn = ""
    if ops:
        head = f"<< /Type /XObject /Subtype /Form /BBox [0 0 {across:g} {down:g}] {inner}"
        number = _stream(objects, head, ops.encode())
        state = note.partition("/AS /")[2].split()
        drawn = f" /AP << /N << /{state[0]} {number} 0 R >> >>" if state else f" /AP << /N {number} 0 R >>"
    objects.append(f"<< /Type /Annot {note}{drawn} >>".encode())
    return len(objects)


def _file(objects: list[bytes]) -> bytes:
    out, offsets = bytearray(b"%PDF-1.7\n"), []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    for offset in offsets:
        out += b"%010d 00000 n \n" % offset
    out += b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
    return bytes(out)
