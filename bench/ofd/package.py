"""Packs an OFD: pages, templates, fonts, pictures, annotations, seals, attachments."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

NAMESPACE = "http://www.ofdspec.org/2016"
_XML = '<?xml version="1.0" encoding="UTF-8"?>\n'


def mm(value: float) -> str:
    """Millimetres with as many digits as programs write."""
    return f"{value:.3f}".rstrip("0").rstrip(".") if abs(value) >= 0.0005 else "0"


@dataclass
class OfdPage:
    """One page or template: its size in millimetres, its layers (kind, objects as XML), the templates that it uses."""

    width: float = 210.0
    height: float = 297.0
    layers: list[tuple[str, list[str]]] = field(default_factory=lambda: [("Body", [])])
    templates: list[tuple[int, str]] = field(default_factory=list)
    annotations: list[str] = field(default_factory=list)

    def add(self, *objects: str) -> None:
        self.layers[-1][1].extend(objects)

    def to_xml(self) -> str:
        uses = "".join(f'<ofd:Template TemplateID="{number}" ZOrder="{order}"/>' for number, order in self.templates)
        layers = "".join(
            f'<ofd:Layer ID="{900 + k}" Type="{kind}">{"".join(objects)}</ofd:Layer>' for k, (kind, objects) in enumerate(self.layers)
        )
        area = f"<ofd:Area><ofd:PhysicalBox>0 0 {mm(self.width)} {mm(self.height)}</ofd:PhysicalBox></ofd:Area>"
        return f"{uses}{area}<ofd:Content>{layers}</ofd:Content>"


@dataclass
class Ofd:
    """A document with what its pages refer to; ``bodies`` are further documents of the package."""

    pages: list[OfdPage] = field(default_factory=list)
    templates: list[tuple[int, OfdPage]] = field(default_factory=list)
    resources: list[str] = field(default_factory=list)
    pictures: list[tuple[int, str, bytes]] = field(default_factory=list)
    seals: list[tuple[int, str, bytes]] = field(default_factory=list)
    attachments: list[tuple[str, bytes]] = field(default_factory=list)
    bodies: list[Ofd] = field(default_factory=list)

    def to_parts(self) -> dict[str, bytes]:
        """All parts of the package by name; the entry first."""
        documents = [self, *self.bodies]
        bodies = ""
        parts: dict[str, bytes] = {"OFD.xml": b""}
        for k, document in enumerate(documents):
            signatures = f"<ofd:Signatures>/Doc_{k}/Signs/Signatures.xml</ofd:Signatures>" if document.seals else ""
            info = f"<ofd:DocInfo><ofd:DocID>{k:032d}</ofd:DocID></ofd:DocInfo>"
            bodies += f"<ofd:DocBody>{info}<ofd:DocRoot>Doc_{k}/Document.xml</ofd:DocRoot>{signatures}</ofd:DocBody>"
            parts.update(document._document(f"Doc_{k}"))
        parts["OFD.xml"] = f'{_XML}<ofd:OFD xmlns:ofd="{NAMESPACE}" Version="1.1" DocType="OFD">{bodies}</ofd:OFD>'.encode()
        return parts

    def save(self, path: Path) -> Path:
        path.write_bytes(pack(self.to_parts()))
        return path

    def _document(self, folder: str) -> dict[str, bytes]:
        parts: dict[str, bytes] = {}

        def put(name: str, root: str, content: str, attributes: str = "") -> None:
            xml = f'{_XML}<ofd:{root} xmlns:ofd="{NAMESPACE}"{attributes}>{content}</ofd:{root}>'
            parts[f"{folder}/{name}"] = xml.encode()

        templates = "".join(f'<ofd:TemplatePage ID="{number}" BaseLoc="Tpls/Tpl_{number}/Content.xml"/>' for number, _ in self.templates)
        pages = "".join(f'<ofd:Page ID="{100 + k}" BaseLoc="Pages/Page_{k}/Content.xml"/>' for k in range(len(self.pages)))
        common = (
            "<ofd:CommonData><ofd:MaxUnitID>99999</ofd:MaxUnitID>"
            "<ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea>"
            f"<ofd:PublicRes>PublicRes.xml</ofd:PublicRes><ofd:DocumentRes>DocumentRes.xml</ofd:DocumentRes>{templates}</ofd:CommonData>"
        )
        noted = [k for k, page in enumerate(self.pages) if page.annotations]
        rest = "<ofd:Annotations>Annots/Annotations.xml</ofd:Annotations>" if noted else ""
        rest += "<ofd:Attachments>Attachs/Attachments.xml</ofd:Attachments>" if self.attachments else ""
        put("Document.xml", "Document", f"{common}<ofd:Pages>{pages}</ofd:Pages>{rest}")
        fonts = '<ofd:Font ID="1" FontName="宋体" FamilyName="宋体"/><ofd:Font ID="2" FontName="SimHei"/>'
        put("PublicRes.xml", "Res", f"<ofd:Fonts>{fonts}</ofd:Fonts>{''.join(self.resources)}", ' BaseLoc="Res"')
        media = "".join(
            f'<ofd:MultiMedia ID="{number}" Type="Image"><ofd:MediaFile>{name}</ofd:MediaFile></ofd:MultiMedia>'
            for number, name, _ in self.pictures
        )
        put("DocumentRes.xml", "Res", f"<ofd:MultiMedias>{media}</ofd:MultiMedias>", ' BaseLoc="Res"')
        for _, name, data in self.pictures:
            parts[f"{folder}/Res/{name}"] = data
        for number, page in self.templates:
            put(f"Tpls/Tpl_{number}/Content.xml", "Page", page.to_xml())
        for k, page in enumerate(self.pages):
            put(f"Pages/Page_{k}/Content.xml", "Page", page.to_xml())
        if noted:
            places = "".join(f'<ofd:Page PageID="{100 + k}"><ofd:FileLoc>Page_{k}/Annotation.xml</ofd:FileLoc></ofd:Page>' for k in noted)
            put("Annots/Annotations.xml", "Annotations", places)
        for k in noted:
            put(f"Annots/Page_{k}/Annotation.xml", "PageAnnot", "".join(self.pages[k].annotations))
        if self.attachments:
            entries = "".join(
                f'<ofd:Attachment ID="{k}" Name={quoteattr(name)}><ofd:FileLoc>{escape(name)}</ofd:FileLoc></ofd:Attachment>'
                for k, (name, _) in enumerate(self.attachments)
            )
            put("Attachs/Attachments.xml", "Attachments", entries)
            parts.update({f"{folder}/Attachs/{name}": data for name, data in self.attachments})
        if self.seals:
            self._put_seals(folder, parts, put)
        return parts

    def _put_seals(self, folder: str, parts: dict[str, bytes], put: object) -> None:
        assert callable(put)
        entries = "".join(
            f'<ofd:Signature ID="{k}" Type="Seal" BaseLoc="/{folder}/Signs/Sign_{k}/Signature.xml"/>' for k in range(len(self.seals))
        )
        put("Signs/Signatures.xml", "Signatures", f"<ofd:MaxSignId>9</ofd:MaxSignId>{entries}")
        for k, (page, boundary, data) in enumerate(self.seals):
            stamp = f'<ofd:StampAnnot ID="s{k}" PageRef="{100 + page}" Boundary="{boundary}"/>'
            seal = f"<ofd:Seal><ofd:BaseLoc>/{folder}/Signs/Sign_{k}/Seal.esl</ofd:BaseLoc></ofd:Seal>"
            put(f"Signs/Sign_{k}/Signature.xml", "Signature", f"<ofd:SignedInfo>{seal}{stamp}</ofd:SignedInfo>")
            parts[f"{folder}/Signs/Sign_{k}/Seal.esl"] = seal_file(data)


def pack(parts: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def seal_file(picture: bytes, kind: str = "png") -> bytes:
    """A seal with its picture as GB/T 38540 lays it out, without any signature."""
    header = _der(0x30, _der(0x16, b"ES"), _der(0x02, b"\x04"), _der(0x16, b"maker"))
    look = _der(0x30, _der(0x16, kind.encode()), _der(0x04, picture), _der(0x02, b"\x2a"), _der(0x02, b"\x2a"))
    return _der(0x30, _der(0x30, header, _der(0x16, b"4300000001"), _der(0x30, _der(0x02, b"\x01"), _der(0x0C, "公章".encode())), look))


def _der(tag: int, *contents: bytes) -> bytes:
    data = b"".join(contents)
    size = len(data)
    if size < 128:
        return bytes((tag, size)) + data
    length = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes((tag, 0x80 | len(length))) + length + data


def text_object(
    x: float, y: float, text: str, size: float, steps: Sequence[float] = (), *, short: bool = True, attributes: str = "", inner: str = ""
) -> str:
    """A text that begins at ``x`` on the base line ``y``, with the steps from each character to the next, all in millimetres."""
    width = sum(steps) + size * 1.2 if steps else size * (len(text) + 0.5)
    delta = f' DeltaX="{to_deltas(steps, short)}"' if steps else ""
    box = f"{mm(x)} {mm(y - size)} {mm(width)} {mm(size * 1.3)}"
    code = f'<ofd:TextCode X="0" Y="{mm(size)}"{delta}>{escape(text)}</ofd:TextCode>'
    return f'<ofd:TextObject ID="7" Boundary="{box}" Font="1" Size="{mm(size)}" {attributes}>{inner}{code}</ofd:TextObject>'


def to_deltas(steps: Sequence[float], short: bool) -> str:
    """The list of steps; ``short`` writes three or more equal ones as ``g count step``."""
    words = [mm(step) for step in steps]
    if not short:
        return " ".join(words)
    parts: list[str] = []
    k = 0
    while k < len(words):
        run = k
        while run < len(words) and words[run] == words[k]:
            run += 1
        parts += [f"g {run - k} {words[k]}"] if run - k >= 3 else words[k:run]
        k = run
    return " ".join(parts)


def line_object(x0: float, y0: float, x1: float, y1: float, width: float = 0.2, attributes: str = "") -> str:
    left, top = min(x0, x1), min(y0, y1)
    box = f"{mm(left)} {mm(top)} {mm(abs(x1 - x0))} {mm(abs(y1 - y0))}"
    data = f"M {mm(x0 - left)} {mm(y0 - top)} L {mm(x1 - left)} {mm(y1 - top)}"
    return _path_object(box, data, f'LineWidth="{mm(width)}" {attributes}')


def area_object(x0: float, y0: float, x1: float, y1: float, rgb: str, attributes: str = "") -> str:
    width, height = x1 - x0, y1 - y0
    data = f"M 0 0 L {mm(width)} 0 L {mm(width)} {mm(height)} L 0 {mm(height)} C"
    color = f'<ofd:FillColor Value="{rgb}"/>'
    return _path_object(f"{mm(x0)} {mm(y0)} {mm(width)} {mm(height)}", data, f'Stroke="false" Fill="true" {attributes}', color)


def _path_object(box: str, data: str, attributes: str, inner: str = "") -> str:
    return f'<ofd:PathObject ID="8" Boundary="{box}" {attributes}>{inner}<ofd:AbbreviatedData>{data}</ofd:AbbreviatedData></ofd:PathObject>'


def image_object(x: float, y: float, width: float, height: float, number: int) -> str:
    box = f"{mm(x)} {mm(y)} {mm(width)} {mm(height)}"
    return f'<ofd:ImageObject ID="9" Boundary="{box}" ResourceID="{number}" CTM="{mm(width)} 0 0 {mm(height)} 0 0"/>'
