"""A check compares what a form says with itself and says where two figures do not agree."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

Scope = Literal["table", "taxonomy", "document", "batch"]


@dataclass(frozen=True, slots=True)
class Check:
    """One check with the codes that its findings may carry.

    Attributes:
        id: stable name, ``family.what``; the code of its main finding.
        scope: what ``work`` takes: a table, a table and the taxonomy, the tables of a document, or these with their
            facts and those of the batch.
        work: the function; it adds findings and changes nothing.
        also: further codes of its findings, such as ``family.insufficient-data``.
        kinds: the templates it applies to; empty for all.
    """

    id: str
    scope: Scope
    work: Callable[..., None]
    also: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()

    @property
    def story(self) -> str:
        """What is compared and why it matters."""
        return (self.work.__doc__ or "").strip()

    def applies_to(self, kind: str) -> bool:
        return not self.kinds or kind in self.kinds


def check(id: str, scope: Scope = "table", also: Sequence[str] = (), kinds: Sequence[str] = ()) -> Callable[[Callable[..., Any]], Check]:
    """Turn a function into a Check; its docstring is the check's story."""
    return lambda work: Check(id, scope, work, tuple(also), tuple(kinds))
