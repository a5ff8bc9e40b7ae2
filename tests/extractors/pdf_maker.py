"""Small PDFs for tests, written by hand so that no library has to make them."""

from __future__ import annotations

import hashlib
import zlib
from dataclasses import dataclass, field

PAD = bytes.fromhex("28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A")
# A font table that says of every letter that it is a private character.
PRIVATE_MAP = b"""/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def /CMapType 2 def
1 begincodespacerange <00> <FF> endcodespacerange 1 beginbfrange <21> <7E> <E021> endbfrange endcmap end end"""

# A font of which the sign "!" stands for the three letters of the ligature ffi.
LIGATURE_MAP = PRIVATE_MAP.replace(b"1 beginbfrange <21> <7E> <E021> endbfrange", b"1 beginbfchar <21> <006600660069> endbfchar")

# Characters drawn with bars, in thousandths of the size: a is 三, b is 十, c is 工, d is 二. The map takes two of them for letters.
BARS = {
    "a": "100 650 800 80 re 200 350 600 80 re 50 50 900 80 re f",
    "b": "50 380 900 80 re 460 -60 80 860 re f",
    "c": "100 680 800 80 re 50 20 900 80 re 460 50 80 660 re f",
    "d": "150 580 700 80 re 50 60 900 80 re f",
}
HONEST = {"a": "三", "b": "十", "c": "工", "d": "二"}
LYING = {**HONEST, "a": "O", "b": "P"}


Box = tuple[float, float, float, float]


@dataclass
class PdfPage:
    """Points from the top left; text stands on the base line that is given."""

    width: float = 400
    height: float = 300
    rotate: int = 0
    ops: list[str] = field(default_factory=list)
    images: list[tuple[int, int, bytes]] = field(default_factory=list)
    fields: list[tuple[float, float, float, float, str]] = field(default_factory=list)

    def text(
        self, x: float, y: float, text: str, size: float = 10, mode: int = 0, up: bool = False, odd: bool = False, ligature: bool = False
    ) -> PdfPage:
        """``mode`` 3 is invisible; ``up`` runs up the page; ``odd`` uses a font whose letters mean nothing; with ``ligature`` ! is ffi."""
        latin = text.isascii()
        shown = f"({text})" if latin else f"<{text.encode('utf-16-be').hex()}>"
        font = "F3" if odd else "F4" if ligature else "F1" if latin else "F2"
        matrix = "0 1 -1 0" if up else "1 0 0 1"
        self.ops.append(f"BT {mode} Tr /{font} {size} Tf {matrix} {x} {self.height - y} Tm {shown} Tj ET")
        return self

    def bars(self, x: float, y: float, codes: str, size: float = 20, honest: bool = False) -> PdfPage:
        """Characters of ``BARS``; the map of their font lies unless it is ``honest``."""
        self.ops.append(f"BT 0 Tr /{'F6' if honest else 'F5'} {size} Tf 1 0 0 1 {x} {self.height - y} Tm ({codes}) Tj ET")
        return self

    def line(self, x0: float, y0: float, x1: float, y1: float, gray: float = 0, width: float = 0.5) -> PdfPage:
        self.ops.append(f"{gray} G {width} w {x0} {self.height - y0} m {x1} {self.height - y1} l S")
        return self

    def fill(self, x0: float, y0: float, x1: float, y1: float, gray: float = 0) -> PdfPage:
        self.ops.append(f"{gray} g {x0} {self.height - y1} {x1 - x0} {y1 - y0} re f 0 g")
        return self

    def grid(self, xs: list[float], ys: list[float], gray: float = 0) -> PdfPage:
        for y in ys:
            self.line(xs[0], y, xs[-1], y, gray)
        for x in xs:
            self.line(x, ys[0], x, ys[-1], gray)
        return self

    def field(self, x0: float, y0: float, x1: float, y1: float, text: str) -> PdfPage:
        """A form field with a value, which is no part of the page's own content."""
        self.fields.append((x0, self.height - y1, x1, self.height - y0, text))
        return self

    def image(self, pixels: bytes, columns: int, rows: int, box: Box | None = None, red: bool = False) -> PdfPage:
        """Grey (or red) pixels, stretched over the box (x0, top, x1, bottom) or the page."""
        x0, top, x1, bottom = box or (0, 0, self.width, self.height)
        self.ops.append(f"q {x1 - x0} 0 0 {bottom - top} {x0} {self.height - bottom} cm /I{len(self.images)} Do Q")
        if red:
            pixels = b"".join(bytes((255, level, level)) for level in pixels)
        self.images.append((columns, rows, pixels))
        return self


def make_pdf(pages: list[PdfPage], user_password: bytes | None = None, owner_password: bytes = b"owner") -> bytes:
    """The bytes of a PDF; with a user password (b'' for none) it is encrypted, 40-bit RC4."""
    objects: list[bytes] = [b"", b"", b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"]
    objects.append(b"<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [5 0 R] >>")
    key = _key(user_password, owner_password) if user_password is not None else b""
    registry, ordering = (_string(text, len(objects) + 1, key) for text in (b"Adobe", b"GB1"))
    objects.append(
        b"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /DW 1000 /FontDescriptor 6 0 R"
        b" /CIDSystemInfo << /Registry %s /Ordering %s /Supplement 4 >> >>" % (registry, ordering)
    )
    objects.append(
        b"<< /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /FontBBox [-25 -254 1000 880] /ItalicAngle 0"
        b" /Ascent 880 /Descent -120 /CapHeight 880 /StemV 93 >>"
    )
    objects.append(b"<< /Type /Font /Subtype /Type1 /BaseFont /Courier /Encoding /WinAnsiEncoding /ToUnicode 8 0 R >>")
    _add_stream(objects, b"<<", PRIVATE_MAP, key)
    objects.append(b"<< /Type /Font /Subtype /Type1 /BaseFont /Courier /Encoding /WinAnsiEncoding /ToUnicode 10 0 R >>")
    _add_stream(objects, b"<<", LIGATURE_MAP, key)
    for chars in (LYING, HONEST):
        _add_bars(objects, chars, key)
    kids = []
    for page in pages:
        kids.append(_add_page(objects, page, key))
    objects[0] = b"<< /Type /Catalog /Pages 2 0 R >>"
    objects[1] = b"<< /Type /Pages /Count %d /Kids [%s] >>" % (len(kids), b" ".join(b"%d 0 R" % kid for kid in kids))
    extra = b""
    if user_password is not None:
        owner, user = _owner(user_password, owner_password), _rc4(key, PAD)
        objects.append(b"<< /Filter /Standard /V 1 /R 2 /O <%s> /U <%s> /P -4 >>" % (owner.hex().encode(), user.hex().encode()))
        extra = b" /Encrypt %d 0 R /ID [<00> <00>]" % len(objects)
    return _write(objects, extra)


def _add_page(objects: list[bytes], page: PdfPage, key: bytes) -> int:
    names = []
    for k, (columns, rows, pixels) in enumerate(page.images):
        space = "DeviceGray" if len(pixels) == columns * rows else "DeviceRGB"
        head = f"<< /Type /XObject /Subtype /Image /Width {columns} /Height {rows} /ColorSpace /{space} /BitsPerComponent 8".encode()
        names.append(b"/I%d %d 0 R" % (k, _add_stream(objects, head, pixels, key)))
    widgets = [_add_field(objects, box, key) for box in page.fields]
    contents = _add_stream(objects, b"<<", "\n".join(page.ops).encode(), key)
    head = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %g %g] /Rotate %d" % (page.width, page.height, page.rotate)
    head += b" /Annots [%s]" % b" ".join(b"%d 0 R" % widget for widget in widgets) if widgets else b""
    fonts = b"<< /F1 3 0 R /F2 4 0 R /F3 7 0 R /F4 9 0 R /F5 16 0 R /F6 22 0 R >>"
    objects.append(head + b" /Contents %d 0 R /Resources << /Font %s /XObject << %s >> >> >>" % (contents, fonts, b" ".join(names)))
    return len(objects)


def _add_bars(objects: list[bytes], chars: dict[str, str], key: bytes) -> None:
    """A font of drawn characters that are as wide as they are high."""
    glyphs = [_add_stream(objects, b"<<", f"1000 0 0 -100 1000 900 d1 {drawn}".encode(), key) for drawn in BARS.values()]
    pairs = " ".join(f"<{ord(code):02X}> <{ord(char):04X}>" for code, char in chars.items())
    table = PRIVATE_MAP.replace(b"1 beginbfrange <21> <7E> <E021> endbfrange", f"{len(chars)} beginbfchar {pairs} endbfchar".encode())
    to_unicode = _add_stream(objects, b"<<", table, key)
    procs = b" ".join(b"/%s %d 0 R" % (code.encode(), number) for code, number in zip(BARS, glyphs, strict=True))
    objects.append(
        b"<< /Type /Font /Subtype /Type3 /FontBBox [0 -100 1000 900] /FontMatrix [0.001 0 0 0.001 0 0] /CharProcs << %s >>"
        b" /Encoding << /Type /Encoding /Differences [97 /a /b /c /d] >> /FirstChar 97 /LastChar 100"
        b" /Widths [1000 1000 1000 1000] /Resources << >> /ToUnicode %d 0 R >>" % (procs, to_unicode)
    )


def _add_field(objects: list[bytes], box: tuple[float, float, float, float, str], key: bytes) -> int:
    x0, y0, x1, y1, text = box
    look = b"<< /Type /XObject /Subtype /Form /BBox [0 0 %g %g] /Resources << /Font << /F1 3 0 R >> >>" % (x1 - x0, y1 - y0)
    stream = _add_stream(objects, look, f"BT /F1 10 Tf 12 8 Td ({text}) Tj ET".encode(), key)
    place = b"/Rect [%g %g %g %g] /AP << /N %d 0 R >>" % (x0, y0, x1, y1, stream)
    objects.append(b"<< /Type /Annot /Subtype /Widget /FT /Tx /T (f) /F 4 " + place + b" >>")
    return len(objects)


def _add_stream(objects: list[bytes], head: bytes, data: bytes, key: bytes) -> int:
    packed = _locked(zlib.compress(data), len(objects) + 1, key)
    objects.append(head + b" /Filter /FlateDecode /Length %d >>\nstream\n" % len(packed) + packed + b"\nendstream")
    return len(objects)


def _string(text: bytes, number: int, key: bytes) -> bytes:
    return b"<%s>" % _locked(text, number, key).hex().encode()


def _locked(data: bytes, number: int, key: bytes) -> bytes:
    """What the object of this number holds, encrypted when there is a key."""
    return _rc4(hashlib.md5(key + number.to_bytes(3, "little") + b"\0\0").digest()[:10], data) if key else data


def _write(objects: list[bytes], extra: bytes) -> bytes:
    out, offsets = bytearray(b"%PDF-1.4\n"), []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    for offset in offsets:
        out += b"%010d 00000 n \n" % offset
    out += b"trailer << /Size %d /Root 1 0 R%s >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, extra, start)
    return bytes(out)


def _owner(user: bytes, owner: bytes) -> bytes:
    return _rc4(hashlib.md5((owner + PAD)[:32]).digest()[:5], (user + PAD)[:32])


def _key(user: bytes, owner: bytes) -> bytes:
    permissions = (-4 & 0xFFFFFFFF).to_bytes(4, "little")
    return hashlib.md5((user + PAD)[:32] + _owner(user, owner) + permissions + b"\0").digest()[:5]


def _rc4(key: bytes, data: bytes) -> bytes:
    state, j = list(range(256)), 0
    for i in range(256):
        j = (j + state[i] + key[i % len(key)]) % 256
        state[i], state[j] = state[j], state[i]
    out, i, j = bytearray(), 0, 0
    for byte in data:
        i = (i + 1) % 256
        j = (j + state[i]) % 256
        state[i], state[j] = state[j], state[i]
        out.append(byte ^ state[(state[i] + state[j]) % 256])
    return bytes(out)
