"""What people decided about values, applied as corrections with a rule of their own.

A decision is bound to the content of a document, the field, its place on the
page and the raw reading, never to a row number: it survives a new rulebook, a
new file name and rows that move. Where what it rests on has changed, it is not
applied and comes back as a finding.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from extractors.model import BBox
from normalizers.assemble import TablePlaces
from normalizers.cleaned import CleanDocument
from normalizers.decision import ACTIONS, Decision
from normalizers.finding_details import field_of
from normalizers.record import Field, Finding

RULES = {action: f"decision.{action}" for action in ACTIONS}
CHANGED, UNPLACED = "decision.reading-changed", "decision.unplaced"
# Another resolution moves the edges of a cell a little; the next cell begins where it ends.
_SAME_PLACE = 0.5


def apply_decisions(clean: CleanDocument, decisions: Sequence[Decision]) -> None:
    """Change the decided fields of a document; what cannot be applied becomes a finding of it.

    Args:
        decisions: those in force, of this document and those for the same reading anywhere.
    """
    fields = list(_fields(clean))
    here = [
        (each, [(pointer, field) for pointer, field in fields if name_of(pointer) == each.field and _same_place(each, pointer, field)])
        for each in decisions
        if each.scope == "here" and each.field is not None
    ]
    for each, there in here:
        for _, field in there:
            if field.raw == each.raw:
                _decide(clean, each, field)
    for each in decisions:
        if each.scope == "raw":
            for pointer, field in fields:
                if name_of(pointer) == each.field and field.raw == each.raw and not _is_decided(clean, field):
                    _decide(clean, each, field)
    for each, there in here:
        _ask_again(clean, each, there)


def uphold(clean: CleanDocument) -> None:
    """Consensus and table rules do not overrule a person."""
    for field, decision in clean.decided:
        if field.text != decision.text:
            field.change(RULES[decision.action], decision.text)
        field.confidence = 1.0


def settle_findings(value: dict[str, Any], clean: CleanDocument, decisions: Iterable[Decision]) -> None:
    """Questions that a person has answered are questions no more: they stay as notes that say who answered.

    Args:
        value: the assembled document, with the details of its findings.
    """
    decided = {id(field): decision for field, decision in clean.decided}
    answered = {pointer: decided[id(field)] for pointer, field in _fields(clean) if id(field) in decided}
    by_id = {each.finding_id: each for each in decisions if each.field is None}
    for finding in value["findings"]:
        decision = answered.get(finding["path"]) or by_id.get(finding["finding_id"])
        if decision is not None and finding["severity"] == "review" and finding["code"] not in (CHANGED, UNPLACED):
            finding["severity"], finding["priority"] = "info", 3
            finding["message"] += f" Settled by {decision.who}, {decision.when[:10]}: {decision.action}."
    if value["status"] == "partial" and all(each["severity"] != "review" for each in value["findings"]):
        value["status"] = "success"


def name_of(pointer: str) -> str:
    """The name of a field inside its row or table: ``/tables/0/indicators/3/value`` is ``value``."""
    return field_of(pointer) or ""


def _ask_again(clean: CleanDocument, decision: Decision, there: list[tuple[str, Field]]) -> None:
    """A decision that no longer fits is a question, unless somebody has decided anew."""
    if not there:
        clean.findings.append(Finding("/document", UNPLACED, "review", _words(decision) + " Nothing is read at that place any more."))
    elif not any(_is_decided(clean, field) for _, field in there):
        pointer, field = there[0]
        clean.findings.append(Finding(pointer, CHANGED, "review", _words(decision) + f" Now {field.raw!r} is read there."))


def _words(decision: Decision) -> str:
    said = f"{decision.who} decided on {decision.when[:10]} about {decision.field} on page {decision.page_no or '-'}"
    return f"{said}, read as {decision.raw!r}: {decision.action}" + (f" {decision.after!r}." if decision.after else ".")


def _same_place(decision: Decision, pointer: str, field: Field) -> bool:
    source = field.source
    if decision.bbox is None or source is None or source.bbox is None:
        return decision.path == pointer
    return source.page_no == decision.page_no and _share(BBox(*decision.bbox), source.bbox) > _SAME_PLACE


def _share(one: BBox, other: BBox) -> float:
    """Of the smaller box, how much both cover; 0 to 1."""
    smaller = min(one.width * one.height, other.width * other.height)
    return one.overlap(other) / smaller if smaller > 0 else float(one == other)


def _decide(clean: CleanDocument, decision: Decision, field: Field) -> None:
    field.change(RULES[decision.action], decision.text)
    clean.decided.append((field, decision))


def _is_decided(clean: CleanDocument, field: Field) -> bool:
    return any(each is field for each, _ in clean.decided)


def _fields(clean: CleanDocument) -> Iterator[tuple[str, Field]]:
    """Every field under the path that it is delivered at."""
    for index, table in enumerate(clean.tables):
        places = TablePlaces(table)
        for path, field in table.all_fields():
            yield f"/tables/{index}/{places.of(path)}", field
