"""What of a form is understood: its heads and labels, what they are taken for, and what nobody knows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.errors import UsageError
from pipeline.inputs.names import name_of
from pipeline.messages import say

if TYPE_CHECKING:
    from normalizers.record import TargetTable
    from normalizers.settings import CleanSettings

_OWN = "column:"
_SECOND = "@annual"
# What the reading of a form could not place or name; notes on what was found in an unusual place are none of it.
_OPEN = (
    "layout.unknown-head", "layout.unknown-label", "layout.unplaced-text", "layout.unread-line", "layout.head-twice", "layout.two-totals",
)  # fmt: skip
_LONGEST = 40


@dataclass(slots=True)
class Understanding:
    """Lines for people, and whether everything on the forms is understood."""

    lines: list[str] = field(default_factory=list)
    is_whole: bool = True


def understand(path: Path, settings: CleanSettings) -> Understanding:
    """Read a file and tell, form by form, what its words are taken for.

    Raises:
        UsageError: the file cannot be read.
    """
    from extractors.errors import ReadError
    from extractors.options import ReadOptions
    from extractors.reading import read_file
    from normalizers.clean import mend_document
    from pipeline.user_files import told_to_the_user

    try:
        document = read_file(path, ReadOptions())
    except ReadError as error:
        raise UsageError(f"{name_of(path)}: {error.reason}", error.way_out) from error
    with told_to_the_user():
        clean = mend_document(document, settings)
    found = Understanding([name_of(path)])
    for number, table in enumerate(clean.tables, 1):
        found.lines += _form(number, table)
        open_ends = _open_ends(table)
        found.lines += [f"    {line}" for line in open_ends] or [f"    {say('understood.all')}"]
        found.is_whole = found.is_whole and not open_ends
    if clean.grids:
        found.lines.append("  " + say("understood.grids", count=len(clean.grids)))
    if not clean.tables:
        found.lines.append("  " + say("understood.none"))
        found.is_whole = False
    return found


def _form(number: int, table: TargetTable) -> Iterator[str]:
    pages = "、".join(map(str, table.pages))
    title = table.text("title") or "—"
    yield "  " + say("understood.form", number=number, pages=pages, title=title, kind=table.kind, rows=len(table.rows))
    yield "    " + say("understood.heads") + "  ".join(f"{text} → {_meaning(text, name, table)}" for text, name in table.heads)
    yield "    " + say("understood.fields")
    for path, each in table.fields.items():
        if each.text:
            yield f"      {path} = {_short(each.text)}"
    for label, each in table.other_fields.items():
        yield f"      {label} = {_short(each.text)}"


def _meaning(text: str, name: str, table: TargetTable) -> str:
    if text in table.unknown_heads:
        return say("understood.unknown")
    return say("understood.own") if name.startswith(_OWN) else name.removesuffix(_SECOND)


def _open_ends(table: TargetTable) -> list[str]:
    """What nobody knows, each thing once."""
    said = dict.fromkeys((each.code, each.message) for each in table.findings if each.code in _OPEN)
    return [f"{code}: {message}" for code, message in said]


def _short(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= _LONGEST else f"{flat[:_LONGEST]}…"


def known_forms(templates_file: Path | None) -> Iterator[str]:
    """The kinds of forms with the words of their titles, and every meaning of a head with examples and where they are printed."""
    from normalizers.forms.templates import load_templates
    from normalizers.vocabulary.labels import load_labels
    from pipeline.user_files import told_to_the_user

    with told_to_the_user():
        templates, heads = load_templates(templates_file), load_labels(templates_file).grammar.heads
    for template in templates:
        yield f"{template.kind}\t{'、'.join(template.title)}"
    for head in heads:
        yield f"{head.block}\t{head.field}\t{'、'.join(head.examples)}\t{head.seen}"
