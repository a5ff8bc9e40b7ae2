"""Form fields and notes of a page: what each of them holds, before they become part of the page."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from extractors.geometry.placement import page_placement
from extractors.model import BBox

FieldKind = Literal["text", "box", "list", "button", "signature", "note", "stamp"]

# Flags of annotations and of fields, as the format numbers them.
_UNSEEN, _PRINTED = 2 | 32, 4
_MANY_LINES, _SECRET, _COMB = 1 << 12, 1 << 13, 1 << 24
TICKED, EMPTY = "☑", "□"


@dataclass(frozen=True, slots=True)
class FormField:
    """One field or note.

    Attributes:
        box: on the page as a viewer shows it.
        value: what the file says that it holds; a box that is ticked or not is ``TICKED`` or ``EMPTY``,
            a stamp has one only where viewers must draw it by its name.
        lines: whether its text may take more than one line.
        spread: whether its characters stand apart, one in each compartment.
        seen: False where it is hidden.
        certain: False where the file contradicts itself in what the field holds.
    """

    kind: FieldKind
    box: BBox
    value: str
    lines: bool = False
    spread: bool = False
    seen: bool = True
    certain: bool = True


@dataclass(frozen=True, slots=True)
class Notes:
    """What was taken from a page when it was opened first: its fields and notes, and whether anything of them was drawn onto the page."""

    fields: Sequence[FormField] = ()
    drawn: bool = False


def take_fields(page: Any, form: Any) -> list[FormField]:
    """The fields and notes of a page. Those that viewers do not print as text leave it: boxes to tick, lists, what is hidden.

    Args:
        page: a ``pypdfium2.PdfPage``.
        form: the form environment of its document.
    """
    import pypdfium2.raw as pdfium

    place = page_placement(page)
    found: list[FormField] = []
    for k in reversed(range(pdfium.FPDFPage_GetAnnotCount(page.raw))):
        note = pdfium.FPDFPage_GetAnnot(page.raw, k)
        try:
            rect = pdfium.FS_RECTF()
            pdfium.FPDFAnnot_GetRect(note, rect)
            low, high = sorted((rect.bottom, rect.top))
            left, right = sorted((rect.left, rect.right))
            asked = _Note(pdfium, form, note)
            field = asked.to_field(BBox(*place.box(left, low, right, high)))
            leaves = asked.is_no_ink or (field is not None and (field.kind in ("box", "list") or not field.seen))
        finally:
            pdfium.FPDFPage_CloseAnnot(note)
        if leaves:
            pdfium.FPDFPage_RemoveAnnot(page.raw, k)
        found += [field] if field is not None else []
    return found[::-1]


class _Note:
    """Asks pdfium about one annotation."""

    def __init__(self, pdfium: Any, form: Any, note: Any) -> None:
        self.pdfium, self.form, self.note = pdfium, form, note
        self.subtype: int = pdfium.FPDFAnnot_GetSubtype(note)
        self.flags: int = pdfium.FPDFAnnot_GetFlags(note)

    @property
    def is_no_ink(self) -> bool:
        """Icons and windows of a viewer, and buttons that are never printed."""
        p = self.pdfium
        if self.subtype in (p.FPDF_ANNOT_LINK, p.FPDF_ANNOT_POPUP, p.FPDF_ANNOT_TEXT, p.FPDF_ANNOT_FILEATTACHMENT):
            return True
        return self.subtype == p.FPDF_ANNOT_WIDGET and self._type() == p.FPDF_FORMFIELD_PUSHBUTTON and not self.flags & _PRINTED

    def to_field(self, box: BBox) -> FormField | None:
        p = self.pdfium
        seen = not self.flags & _UNSEEN
        if self.subtype == p.FPDF_ANNOT_STAMP:
            drawn = bool(p.FPDFAnnot_HasKey(self.note, b"AP"))
            return FormField("stamp", box, "" if drawn else self._entry(b"Contents") or self._entry(b"Name"), seen=seen)
        if self.subtype == p.FPDF_ANNOT_FREETEXT:
            return FormField("note", box, self._entry(b"Contents"), True, seen=seen)
        if self.subtype != p.FPDF_ANNOT_WIDGET:
            return None
        kind = self._type()
        if kind in (p.FPDF_FORMFIELD_CHECKBOX, p.FPDF_FORMFIELD_RADIOBUTTON):
            return self._to_box(box, seen)
        if kind == p.FPDF_FORMFIELD_SIGNATURE:
            return FormField("signature", box, "", seen=seen)
        if kind in (p.FPDF_FORMFIELD_TEXTFIELD, p.FPDF_FORMFIELD_COMBOBOX, p.FPDF_FORMFIELD_LISTBOX):
            return self._to_text(box, kind, seen)
        return None

    def _to_box(self, box: BBox, seen: bool) -> FormField:
        p = self.pdfium
        ticked = bool(p.FPDFAnnot_IsChecked(self.form, self.note))
        value = self._string(lambda *room: p.FPDFAnnot_GetFormFieldValue(self.form, self.note, *room))
        name = self._string(lambda *room: p.FPDFAnnot_GetFormFieldExportValue(self.form, self.note, *room))
        certain = not (ticked and value == "Off") and not (not ticked and value and value == name)
        return FormField("box", box, TICKED if ticked else EMPTY, seen=seen, certain=certain)

    def _to_text(self, box: BBox, kind: int, seen: bool) -> FormField:
        p = self.pdfium
        flags = p.FPDFAnnot_GetFormFieldFlags(self.form, self.note)
        value = self._string(lambda *room: p.FPDFAnnot_GetFormFieldValue(self.form, self.note, *room))
        if kind == p.FPDF_FORMFIELD_TEXTFIELD:
            lines, spread = bool(flags & _MANY_LINES), bool(flags & _COMB)
            value = "" if flags & _SECRET else value
            return FormField("text", box, value, lines, spread, seen)
        chosen = list(self._chosen())
        if kind == p.FPDF_FORMFIELD_LISTBOX:
            return FormField("list", box, "、".join(chosen) or value, True, seen=seen)
        return FormField("text", box, chosen[0] if len(chosen) == 1 else value, seen=seen)

    def _chosen(self) -> Iterator[str]:
        """Labels of the options that are chosen."""
        p = self.pdfium
        for k in range(max(0, p.FPDFAnnot_GetOptionCount(self.form, self.note))):
            if p.FPDFAnnot_IsOptionSelected(self.form, self.note, k):
                yield self._string(lambda *room, k=k: p.FPDFAnnot_GetOptionLabel(self.form, self.note, k, *room))

    def _type(self) -> int:
        return int(self.pdfium.FPDFAnnot_GetFormFieldType(self.form, self.note))

    def _entry(self, key: bytes) -> str:
        return self._string(lambda *room: self.pdfium.FPDFAnnot_GetStringValue(self.note, key, *room))

    def _string(self, ask: Callable[..., int]) -> str:
        """What one of pdfium's questions for text answers; it says itself how much room that takes."""
        size = ask(None, 0)
        if size <= 2:
            return ""
        room = (ctypes.c_ushort * (size // 2 + 1))()
        ask(room, size)
        return bytes(room)[: size - 2].decode("utf-16-le", "replace")
