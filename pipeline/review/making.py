"""From a finding and what a person says about it to a decision, or to the reason why it is none."""

from __future__ import annotations

import re
from typing import Any, cast

from normalizers.decision import ACTIONS, Action, Decision
from normalizers.finding_details import field_of
from pipeline.decisions import new_id, now
from pipeline.messages import say
from pipeline.pointers import pointed
from pipeline.report.sample import CODE

_OPERATORS = ("≥", "≤", "=", ">", "<", "定性")
_AMOUNT = re.compile(r"-?\d+(\.\d+)?")
_YEAR = re.compile(r"(19|20)\d\d")
_DATE = re.compile(r"(19|20)\d\d-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])")
_AMOUNT_BLOCKS = ("funds/", "mid_term_funds/", "funds_execution/")


class UnfitDecisionError(ValueError):
    """What was said cannot be applied; the message says why, for whoever said it."""


def make_decision(
    document: dict[str, Any],
    finding: dict[str, Any],
    action: str,
    who: str,
    after: str | None = None,
    everywhere: bool = False,
    reason: str | None = None,
) -> Decision:
    """The decision of a person on one finding of a delivered document.

    Args:
        after: the right text, for ``correct``.
        everywhere: the same for this field wherever the same was read.

    Raises:
        UnfitDecisionError: the action, the text or the finding does not allow it.
    """
    name = finding["field"]
    if action not in ACTIONS:
        raise UnfitDecisionError(say("decide.no-action", action=action, names=say("comma").join(ACTIONS)))
    if not who.strip():
        raise UnfitDecisionError(say("decide.nobody"))
    if name is None and action != "accept":
        raise UnfitDecisionError(say("decide.only-accept"))
    if everywhere and not finding["raw"]:
        raise UnfitDecisionError(say("decide.nothing-read"))
    text = None
    if action == "correct":
        text = (after or "").strip()
        check_text(name, text)
    source = document["provenance"].get(finding["path"], {})
    return Decision(
        decision_id=new_id(),
        when=now(),
        who=who.strip(),
        action=cast(Action, action),
        document=document["document"]["sha256"],
        path=finding["path"],
        field=name,
        raw=source.get("raw"),
        before=finding["value"],
        after=text,
        page_no=source.get("page_no"),
        bbox=tuple(source["bbox"]) if source.get("bbox") else None,
        scope="raw" if everywhere else "here",
        reason=reason or None,
        finding_id=finding["finding_id"],
    )


def check_text(name: str, text: str) -> None:
    """What a person typed must fit the field.

    Args:
        name: the field as a finding names it, ``value`` or ``funds/total``.

    Raises:
        UnfitDecisionError: it does not.
    """
    if not text:
        raise UnfitDecisionError(say("decide.no-value"))
    if name == "operator" and text not in _OPERATORS:
        raise UnfitDecisionError(say("decide.no-operator", text=text, names=" ".join(_OPERATORS)))
    if name.startswith(_AMOUNT_BLOCKS) and not name.endswith(("/label", "/line")) and not _AMOUNT.fullmatch(text.rstrip("%")):
        raise UnfitDecisionError(say("decide.no-amount", text=text))
    if name == "fiscal_year" and not _YEAR.fullmatch(text):
        raise UnfitDecisionError(say("decide.no-year", text=text))
    if name == "signoff/filled_on" and not _DATE.fullmatch(text):
        raise UnfitDecisionError(say("decide.no-date", text=text))


def find_finding(document: dict[str, Any], finding_id: str) -> dict[str, Any] | None:
    """The first finding of this cause."""
    return next((each for each in document["findings"] if each["finding_id"] == finding_id), None)


def sampled_finding(document: dict[str, Any], path: str, number: str) -> dict[str, Any]:
    """A value of the sample in the shape of a finding: nothing is said against it."""
    source = document["provenance"].get(path, {})
    value = pointed(document, path)
    return {
        "path": path, "code": CODE, "severity": "review", "message": "", "finding_id": number, "also": [],
        "priority": 1, "page_no": source.get("page_no"), "bbox": source.get("bbox"), "row": None, "field": field_of(path),
        "value": None if value is None else str(value), "raw": source.get("raw"), "proposal": None, "confidence": source.get("confidence"),
    }  # fmt: skip
