"""What stands in a paragraph: runs, and what programs put around them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from extractors.word_processor.context import Look
from extractors.word_processor.docx.context import Context, OpenField
from extractors.word_processor.docx.drawings import drawing_runs, picture_runs
from extractors.word_processor.docx.mathematics import math_runs
from extractors.word_processor.docx.styles import is_shaded
from extractors.word_processor.fields import keyword, shown_by, tick
from extractors.word_processor.names import child, children, is_on, number, tag, value
from extractors.word_processor.symbols import shown_signs, symbol
from extractors.word_processor.tree import Paragraph, Run

if TYPE_CHECKING:
    from lxml.etree import _Element

# Not content: properties, marks of ranges, and what only says where changes, comments or bookmarks are.
_SKIPPED = {
    "w:pPr", "w:rPr", "w:sdtPr", "w:sdtEndPr", "w:smartTagPr", "w:customXmlPr", "w:bookmarkStart", "w:bookmarkEnd", "w:proofErr",
    "w:commentRangeStart", "w:commentRangeEnd", "w:permStart", "w:permEnd", "w:sectPr", "w:tblPr", "w:trPr", "w:tcPr", "w:fldData",
    "w:moveFromRangeStart", "w:moveFromRangeEnd", "w:moveToRangeStart", "w:moveToRangeEnd",
}  # fmt: skip
_DELETED = ("w:del", "w:moveFrom")
_INSERTED = ("w:ins", "w:moveTo")
_PLAIN = {
    "w:tab": "\t", "w:ptab": "\t", "w:br": "\n", "w:cr": "\n", "w:noBreakHyphen": "-", "w:softHyphen": "",
}  # fmt: skip
_CELL_DRAWINGS = ("w:drawing", "w:pict", "w:object")


def paragraph_of(element: _Element, context: Context, read_boxes: Callable[[_Element], None]) -> Paragraph:
    """A ``w:p``.

    Args:
        read_boxes: takes a ``w:txbxContent`` that floats.
    """
    context.count_paragraph()
    ppr = child(element, "w:pPr")
    paragraph = Paragraph()
    lead = context.numbering.run(ppr)
    if lead is not None:
        paragraph.runs.append(lead)
    listed = value(child(ppr, "w:listPr", "wx:t"), "wx:val")
    if listed:
        paragraph.runs.append(Run(f"{shown_signs(listed)[0]} "))
    reader = _Reader(context, value(child(ppr, "w:pStyle")), context.painted or is_shaded(child(ppr, "w:shd")), read_boxes)
    reader.walk(element)
    paragraph.runs += reader.runs
    end = child(ppr, "w:rPr")
    hidden_end = context.styles.look(end, reader.style, context.table_style).hidden
    paragraph.joins_next = hidden_end or any(child(end, name) is not None for name in _DELETED)
    return paragraph


class _Reader:
    """Runs of one paragraph; ``deleted`` counts the deletions around what is read now."""

    def __init__(self, context: Context, style: str | None, painted: bool, read_boxes: Callable[[_Element], None]) -> None:
        self.runs: list[Run] = []
        self.style = style
        self._context, self._painted, self._read_boxes = context, painted, read_boxes
        self._deleted = self._inserted = 0

    def walk(self, element: _Element) -> None:
        """Everything in an element, in its order; what is not known is looked into."""
        for each in element:
            name = tag(each)
            if name in _SKIPPED or not name:
                continue
            if name == "w:r":
                self._run(each)
            elif name in _DELETED:
                self._deleted += 1
                self.walk(each)
                self._deleted -= 1
            elif name in _INSERTED:
                self._inserted += 1
                self.walk(each)
                self._inserted -= 1
            elif name == "w:sdt":
                self._content_control(each)
            elif name == "w:fldSimple":
                self._simple_field(each)
            elif name == "mc:AlternateContent":
                self.walk(_alternative(each))
            elif name in ("m:oMath", "m:oMathPara"):
                self._mathematics(each)
            else:
                self.walk(each)

    def _content_control(self, element: _Element) -> None:
        box = child(element, "w:sdtPr", "w14:checkbox")
        if box is None:
            self.walk(element)
            return
        checked = child(box, "w14:checked")
        self._add(Run(tick(value(checked, "w14:val") in ("1", "true", "on"))), self._look(_first_rpr(element)))

    def _simple_field(self, element: _Element) -> None:
        before = len(self.runs)
        self.walk(element)
        if len(self.runs) == before:
            self._show_field(OpenField([value(element, "w:instr") or ""]))

    def _mathematics(self, element: _Element) -> None:
        runs, doubtful = math_runs(element)
        for run in runs:
            self._add(run, None)
        if doubtful:
            self._context.count("formula")

    def _look(self, rpr: _Element | None) -> Look:
        return self._context.styles.look(rpr, self.style, self._context.table_style)

    def _run(self, element: _Element) -> None:
        look = self._look(child(element, "w:rPr"))
        for each in element:
            name = tag(each)
            if name in ("w:t", "w:delText"):
                self._add(Run(_text(each)), look)
            elif name in _PLAIN:
                self._add(Run(_PLAIN[name]), look)
            elif name == "w:sym":
                self._symbol(each, look)
            elif name == "w:fldChar":
                self._field_mark(each, look)
            elif name == "w:instrText":
                self._instruction(each)
            elif name in ("w:footnoteReference", "w:endnoteReference"):
                self._note(each, name, look)
            elif name in _CELL_DRAWINGS:
                self._drawing(each, look)
            elif name == "mc:AlternateContent":
                for inner in _alternative(each):
                    if tag(inner) in _CELL_DRAWINGS:
                        self._drawing(inner, look)
            elif name == "w:ruby":
                for inner in children(each, "w:rubyBase"):
                    self.walk(inner)
            elif name == "w:commentReference":
                self._context.count("comment")

    def _add(self, run: Run, look: Look | None) -> None:
        context = self._context
        if not run.text:
            return
        if self._deleted:
            context.changes.deleted.append(run.text)
            return
        asked = next((each for each in reversed(context.fields) if not each.in_result), None)
        if asked is not None:
            # Nothing of a field's instruction is shown; it may be made of other fields' results.
            asked.instruction.append(run.text)
            return
        if self._inserted:
            context.changes.inserted.append(run.text)
        for each in context.fields:
            each.held = True
        if look is not None:
            run = context.as_seen(run, look, self._painted)
        self.runs.append(run)

    def _symbol(self, element: _Element, look: Look) -> None:
        code = (value(element, "w:char") or "").strip()
        try:
            sign = symbol(int(code, 16), value(element, "w:font") or "")
        except ValueError:
            sign = None
        if sign is None:
            self._context.count("symbol")
        self._add(Run(sign or "\ufffd"), look)

    def _field_mark(self, element: _Element, look: Look) -> None:
        kind, fields = value(element, "w:fldCharType"), self._context.fields
        if self._deleted:
            return
        if kind == "begin":
            fields.append(OpenField(form=_form_field(child(element, "w:ffData"))))
            if len(fields) > 50:
                fields.clear()
        elif kind == "separate" and fields:
            fields[-1].in_result = True
        elif kind == "end" and fields:
            self._show_field(fields.pop(), look)

    def _show_field(self, ended: OpenField, look: Look | None = None) -> None:
        """What a field shows that has no result in the file."""
        instruction = "".join(ended.instruction).strip()
        if ended.form is not None and keyword(instruction) in ("FORMCHECKBOX", "FORMDROPDOWN"):
            if not ended.held:
                self._add(ended.form, look)
            return
        if ended.held:
            return
        shown = shown_by(instruction)
        if shown is None and keyword(instruction) in ("EQ", "SYMBOL"):
            self._context.count("formula")
        self._add(Run(shown or ""), look)

    def _instruction(self, element: _Element) -> None:
        if self._context.fields and not self._deleted:
            self._context.fields[-1].instruction.append(element.text or "")

    def _note(self, element: _Element, name: str, look: Look) -> None:
        number_of = value(element, "w:id") or ""
        if not self._deleted:
            self._context.note_ids.append(("w:footnote" if name == "w:footnoteReference" else "w:endnote", number_of))
            self.runs.append(Run("*", "note", "not-shown" if look.hidden else None))

    def _drawing(self, element: _Element, look: Look) -> None:
        if self._deleted or look.hidden:
            return
        for run in drawing_runs(element, self._context, self._read_boxes, self._inner):
            self._add(run, None)
        self.runs += picture_runs(element, self._context)

    def _inner(self, paragraph: _Element) -> list[Run]:
        """The runs of a paragraph in a text box that stands in the line."""
        inner = _Reader(self._context, value(child(paragraph, "w:pPr", "w:pStyle")), True, self._read_boxes)
        inner.walk(paragraph)
        return inner.runs


def _text(element: _Element) -> str:
    text = (element.text or "").replace("\r\n", " ").replace("\n", " ").replace("\r", " ").replace("\t", " ")
    return text if element.get("{http://www.w3.org/XML/1998/namespace}space") == "preserve" else text.strip(" ")


def _alternative(element: _Element) -> _Element:
    """The one of several ways to write a thing that a program of today shows."""
    chosen = next((each for each in children(element, "mc:Choice") if len(each)), None)
    return chosen if chosen is not None else next(children(element, "mc:Fallback"), element)


def _first_rpr(element: _Element) -> _Element | None:
    return next((each for each in element.iter() if tag(each) == "w:rPr"), None)


def _form_field(data: _Element | None) -> Run | None:
    box = child(data, "w:checkBox")
    if box is not None:
        checked = is_on(child(box, "w:checked"))
        default = is_on(child(box, "w:default"))
        return Run(tick(bool(checked if checked is not None else default)))
    entries = child(data, "w:ddList")
    if entries is None:
        return None
    texts = [value(each) or "" for each in children(entries, "w:listEntry")]
    chosen = number(child(entries, "w:result"), default=number(child(entries, "w:default")))
    return Run(texts[chosen] if 0 <= chosen < len(texts) else "")
