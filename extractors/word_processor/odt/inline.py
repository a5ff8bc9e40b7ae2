"""What stands in an ODF paragraph."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from extractors.whole_numbers import whole_number
from extractors.word_processor.fields import tick
from extractors.word_processor.names import child, children, number, tag, value
from extractors.word_processor.odt.context import Context, length
from extractors.word_processor.tree import Paragraph, Run, RunKind

if TYPE_CHECKING:
    from lxml.etree import _Element

_BLANKS = re.compile(r"[ \t\r\n]+")
_SKIPPED = {
    "office:annotation", "office:annotation-end", "text:tracked-changes", "text:ruby-text", "text:soft-page-break", "text:bookmark",
    "text:bookmark-start", "text:bookmark-end", "text:reference-mark", "office:forms", "svg:title", "svg:desc", "draw:glue-point",
    "text:toc-mark", "text:alphabetical-index-mark", "text:user-index-mark", "table:table",
}  # fmt: skip
_MOST_SPACES = 1_000

Take = Callable[["_Element"], None]


def paragraph_of(element: _Element, context: Context, read_box: Take, read_note: Take) -> Paragraph:
    """A ``text:p`` or ``text:h``; ``read_box`` takes a frame that floats, ``read_note`` the body of a note."""
    context.count_paragraph()
    reader = _Reader(context, value(element, "text:style-name"), read_box, read_note)
    reader.walk(element, ())
    return Paragraph(reader.runs)


class _Reader:
    """Runs of one paragraph; what stands between the marks of a field may be shown by the field itself."""

    def __init__(self, context: Context, style: str | None, read_box: Take, read_note: Take) -> None:
        self.runs: list[Run] = []
        self._context, self._style, self._read_box, self._read_note = context, style, read_box, read_note

    def walk(self, element: _Element, spans: tuple[str, ...]) -> None:
        self._add(_BLANKS.sub(" ", element.text or ""), spans, trims=True)
        for each in element:
            self._element(each, tag(each), spans)
            self._add(_BLANKS.sub(" ", each.tail or ""), spans, trims=True)

    def _element(self, each: _Element, name: str, spans: tuple[str, ...]) -> None:
        if name == "text:span":
            self.walk(each, (*spans, value(each, "text:style-name") or ""))
        elif name == "text:s":
            self._add(" " * min(max(number(each, "text:c", 1), 1), _MOST_SPACES), spans)
        elif name == "text:tab":
            self._add("\t", spans)
        elif name == "text:line-break":
            self._add("\n", spans)
        elif name == "text:note":
            self._note(each, spans)
        elif name in ("text:hidden-text", "text:hidden-paragraph", "text:conditional-text"):
            self._conditional(each, spans)
        elif name == "office:annotation":
            self._context.count("comment")
        elif name == "loext:content-control" and value(each, "loext:checkbox") == "true":
            self._add(tick(value(each, "loext:checked") == "true"), spans)
        elif name in ("field:fieldmark", "field:fieldmark-start"):
            self._field_mark(each, spans)
        elif name == "draw:control":
            self._add(self._context.controls.get(value(each, "draw:control") or "", ""), spans)
        elif name.startswith("draw:"):
            self._drawing(each, name, spans)
        elif name and name not in _SKIPPED:
            self.walk(each, spans)

    def _add(self, text: str, spans: tuple[str, ...], trims: bool = False, kind: RunKind = "text") -> None:
        if trims and text.startswith(" ") and (not self.runs or self.runs[-1].text.endswith((" ", "\n"))):
            text = text[1:]
        if not text:
            return
        look = self._context.styles.look(self._style, spans)
        self.runs.append(self._context.as_seen(Run(text, kind), look, self._context.painted))

    def _note(self, element: _Element, spans: tuple[str, ...]) -> None:
        self._add("*", spans, kind="note")
        body = child(element, "text:note-body")
        if body is not None:
            self._read_note(body)

    def _conditional(self, element: _Element, spans: tuple[str, ...]) -> None:
        if tag(element) == "text:conditional-text" or value(element, "text:is-hidden") != "true":
            self.walk(element, spans)
        else:
            self._context.story.hide("".join(element.itertext()).strip())

    def _field_mark(self, element: _Element, spans: tuple[str, ...]) -> None:
        """Fields of Word's old forms as LibreOffice keeps them."""
        kind = (value(element, "field:type") or "").rpartition(".")[2]
        given = list(children(element, "field:param"))
        params = {value(each, "field:name"): value(each, "field:value") or "" for each in given}
        if kind == "FORMCHECKBOX":
            self._add(tick(params.get("Checkbox_Checked", "").lower() in ("true", "1")), spans)
        elif kind == "FORMDROPDOWN":
            entries = [value(each, "field:value") or "" for each in given if value(each, "field:name") == "Dropdown_ListEntry"]
            chosen = whole_number(params.get("Dropdown_Selected"), -1)
            if 0 <= chosen < len(entries):
                self._add(entries[chosen], spans)

    def _drawing(self, element: _Element, name: str, spans: tuple[str, ...]) -> None:
        if name == "draw:a":
            self.walk(element, spans)
            return
        inline = value(element, "text:anchor-type") == "as-char"
        for box in element.iter():
            if tag(box) == "draw:image":
                self._picture(element, box)
        shown_by = child(element, "draw:text-box") if name == "draw:frame" else element
        if shown_by is None:
            return
        names = (value(element, "draw:name") or "").lower()
        if "watermark" in names or "水印" in names:
            text = " ".join(" ".join(shown_by.itertext()).split())
            self._context.story.marks += [text] if text else []
        elif inline and not any(tag(each) == "table:table" for each in shown_by.iter()):
            for index, each in enumerate(children(shown_by, "text:p", "text:h")):
                self._add("\n" if index else "", spans)
                self.walk(each, (*spans, value(each, "text:style-name") or ""))
        elif any(text.strip() for text in shown_by.itertext()):
            self._read_box(shown_by)

    def _picture(self, frame: _Element, image: _Element) -> None:
        part = (value(image, "xlink:href") or "").removeprefix("./")
        if part and part not in self._context.pictures and ":" not in part:
            self.runs += self._context.picture(part, length(value(frame, "svg:width")), length(value(frame, "svg:height")))
