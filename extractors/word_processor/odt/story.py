"""An ODF text as one story: header, body, notes, footer, and what a person should know of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from extractors.errors import BrokenFileError, EncryptedFileError
from extractors.messages import tell
from extractors.word_processor.blocks import Blocks
from extractors.word_processor.fields import tick
from extractors.word_processor.limits import check_nested
from extractors.word_processor.names import child, children, tag, value
from extractors.word_processor.notes import add_notes
from extractors.word_processor.odt.context import Context
from extractors.word_processor.odt.inline import paragraph_of
from extractors.word_processor.odt.lists import Counter, Lists
from extractors.word_processor.odt.styles import Styles
from extractors.word_processor.odt.tables import table_of
from extractors.word_processor.package import Package
from extractors.word_processor.tree import Block, Paragraph, Run, Story

if TYPE_CHECKING:
    from lxml.etree import _Element

_SKIPPED = {
    "text:tracked-changes", "office:forms", "text:sequence-decls", "text:variable-decls", "text:user-field-decls", "office:annotation",
}  # fmt: skip


def read_odt(package: Package, name: str) -> Story:
    """All that an ODF text shows.

    Raises:
        BrokenFileError, EncryptedFileError, TooLargeError: it cannot be read, or holds too much.
    """
    manifest = package.xml("META-INF/manifest.xml")
    if manifest is not None and any(tag(each) == "manifest:encryption-data" for each in manifest.iter()):
        raise EncryptedFileError(*tell("word.encrypted", name=name))
    root = package.xml("content.xml")
    flat = root if root is not None else package.xml("word/document.xml")
    body = child(flat, "office:body", "office:text")
    if flat is None or body is None:
        raise BrokenFileError(*tell("word.no-document", name=name))
    common = package.xml("styles.xml") if root is not None else None
    styles = Styles(common, flat)
    context = Context(package=package, styles=styles, lists=Lists(styles))
    context.controls = _controls(body)
    reader = _Blocks(context)
    head, foot = _margins(common if common is not None else flat, context, reader)
    blocks = reader.blocks(body)
    context.story.blocks = [*head, *blocks, *context.note_blocks, *foot]
    deleted, inserted = _changes(body)
    context.seen["numbering"] = len(context.lists.unknown)
    add_notes(context.story, context.seen, deleted, inserted, context.floating)
    return context.story


class _Blocks(Blocks[Context]):
    """Blocks of the parts of one document."""

    def _inside(self, element: _Element) -> list[Block]:
        out: list[Block] = []
        for each in element:
            self._block(each, out)
        return out

    def _block(self, each: _Element, out: list[Block]) -> None:
        name = tag(each)
        if name in ("text:p", "text:h"):
            out += self._paragraph(each)
        elif name == "table:table":
            table = table_of(each, self._context, self.cell)
            out += [table] if table.rows else []
        elif name == "text:list":
            style = value(each, "text:style-name") or ""
            self._list(each, style, 1, self._context.lists.begin(each, style), out)
        elif name == "text:section" and value(each, "text:display") == "none":
            self._context.story.hide(" ".join(" ".join(each.itertext()).split()))
        elif name.startswith("draw:"):
            self._floating(each)
            out += self._context.boxes
            self._context.boxes = []
        elif name and name not in _SKIPPED:
            for inner in each:
                self._block(inner, out)

    def _list(self, element: _Element, style: str, level: int, counter: Counter, out: list[Block]) -> None:
        check_nested(level)
        for item in children(element, "text:list-item", "text:list-header"):
            first = tag(item) == "text:list-item"
            for each in item:
                if tag(each) == "text:list":
                    self._list(each, value(each, "text:style-name") or style, level + 1, counter, out)
                    continue
                before = len(out)
                self._block(each, out)
                if first and len(out) > before and isinstance(out[-1], Paragraph) and tag(each) in ("text:p", "text:h"):
                    lead = self._context.lists.next(counter, style, level, value(item, "text:start-value"))
                    out[-1].runs[:0] = [Run(lead)] if lead else []
                    first = False

    def _paragraph(self, element: _Element) -> list[Block]:
        return self._behind_boxes(lambda: paragraph_of(element, self._context, self._floating, self._note))

    def _note(self, body: _Element) -> None:
        self._context.note_blocks += self._apart(body)


def _margins(root: _Element, context: Context, reader: _Blocks) -> tuple[list[Block], list[Block]]:
    """Headers and footers of the first kind of page and of those that a paragraph asks for."""
    masters = child(root, "office:master-styles")
    pages = list(children(masters, "style:master-page")) if masters is not None else []
    asked = {value(each, "style:master-page-name") for each in context.styles.all("paragraph")}
    head: list[Block] = []
    foot: list[Block] = []
    for index, page in enumerate(pages):
        if index and value(page, "style:name") not in asked:
            continue
        for each in page:
            if value(each, "style:display") == "false":
                continue
            if tag(each).startswith("style:header"):
                head += reader.blocks(each)
            elif tag(each).startswith("style:footer"):
                foot += reader.blocks(each)
    return head, foot


def _changes(body: _Element) -> tuple[list[str], list[str]]:
    """What tracked changes took out and put in."""
    deleted: list[str] = []
    inserted: list[str] = []
    for region in (each for each in body.iter() if tag(each) == "text:changed-region"):
        for each in region:
            if tag(each) == "text:deletion":
                deleted.append(" ".join(text for part in children(each, "text:p", "text:h", "table:table") for text in part.itertext()))
            elif tag(each) == "text:insertion":
                inserted.append("…")
    return deleted, inserted


def _controls(body: _Element) -> dict[str, str]:
    """What the fields of a form show, by their ids."""
    shown: dict[str, str] = {}
    for each in body.iter():
        name = tag(each)
        if not name.startswith("form:"):
            continue
        key = value(each, "xml:id") or value(each, "form:id") or ""
        if name in ("form:checkbox", "form:radio"):
            state = value(each, "form:current-state") or value(each, "form:current-selected") or ""
            label = value(each, "form:label") or ""
            shown[key] = tick(state in ("checked", "true")) + label
        elif name in ("form:text", "form:textarea", "form:formatted-text", "form:combobox", "form:number", "form:date"):
            shown[key] = value(each, "form:current-value") or value(each, "form:value") or ""
    return shown
