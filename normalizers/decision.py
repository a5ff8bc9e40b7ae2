"""One decision of one person about one value or one finding."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal, get_args

Action = Literal["accept", "correct", "reject", "unreadable"]
ACTIONS: tuple[str, ...] = get_args(Action)
# ``here``: this place of this document; ``raw``: this field wherever the same was read.
Scope = Literal["here", "raw"]


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision of one person.

    ``document`` is the sha256 of the content; ``field`` the name inside its row or table (``value``, ``funds/total``),
    None where the decision is on a finding about a row, a table or a page; ``before`` is the text that stood there,
    ``after`` what is right (for ``correct``). ``finding_id`` is the finding that led to it, None for none.
    """

    decision_id: str
    when: str
    who: str
    action: Action
    document: str
    path: str
    field: str | None
    raw: str | None
    before: str | None
    after: str | None
    page_no: int | None = None
    bbox: tuple[float, float, float, float] | None = None
    scope: Scope = "here"
    reason: str | None = None
    finding_id: str | None = None

    @property
    def target(self) -> tuple[Any, ...]:
        """What it is about: a later decision on the same takes its place."""
        if self.field is None:
            return (self.document, self.finding_id)
        return (self.field, self.raw) if self.scope == "raw" else (self.document, self.field, self.page_no, self.bbox, self.path)

    @property
    def text(self) -> str:
        """The text that it gives the field."""
        return {"accept": self.before, "correct": self.after, "reject": self.raw, "unreadable": ""}[self.action] or ""
