"""A rule mends one kind of noise in one text; the rulebook runs them in order."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from normalizers.record import Field

Mend = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Rule:
    """One small function ``str -> str`` with its reasons and its proof.

    Attributes:
        id: stable name, ``family.what``; it stands in corrections.csv.
        roles: the column roles whose text it looks at.
        mend: the function; must leave its own output alone.
        examples: pairs (before, after).
        near_misses: text that looks alike and must stay as it is.
        certain: False when the rule guesses; a guess also makes a finding.
    """

    id: str
    roles: frozenset[str]
    mend: Mend
    examples: tuple[tuple[str, str], ...]
    near_misses: tuple[str, ...]
    certain: bool = True

    @property
    def story(self) -> str:
        """Why it is safe and what it might wrongly touch."""
        return (self.mend.__doc__ or "").strip()


def rule(
    id: str,
    roles: Iterable[str],
    examples: Iterable[tuple[str, str]],
    near_misses: Iterable[str],
    certain: bool = True,
) -> Callable[[Mend], Rule]:
    """Turn a small function into a Rule; its docstring is the rule's story."""

    def decorate(mend: Mend) -> Rule:
        return Rule(id, frozenset(roles), mend, tuple(examples), tuple(near_misses), certain)

    return decorate


def mend_field(field: Field, role: str, book: Iterable[Rule]) -> list[Rule]:
    """Run every rule of the book that looks at this role, in order.

    Returns the rules that changed the text but are not certain; the caller
    makes a finding of each.
    """
    guesses = []
    for each in book:
        if role in each.roles:
            after = each.mend(field.text)
            # Most rules leave most texts alone.
            if after != field.text:
                field.change(each.id, after)
                if not each.certain:
                    guesses.append(each)
    return guesses
