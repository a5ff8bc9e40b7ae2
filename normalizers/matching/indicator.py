"""What an entry of the taxonomy is, and what can be wrong with a user's own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

Direction = Literal["positive", "negative", "equal", "qualitative"]


class TaxonomyError(Exception):
    """A user's taxonomy file cannot be used: what is wrong, and the way out."""

    def __init__(self, reason: str, way_out: str) -> None:
        super().__init__(f"{reason} {way_out}")
        self.reason = reason
        self.way_out = way_out


@dataclass(frozen=True, slots=True)
class Indicator:
    """One canonical third-level indicator.

    ``units`` are the usual ones, the commonest first; empty for one judged in
    words. ``direction`` says which way is better, ``level2`` where it usually stands.
    """

    id: str
    name: str
    level2: str
    direction: Direction
    units: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()

    @property
    def department(self) -> str:
        """The first part of the id: ``judicial``, ``common`` …"""
        return self.id.partition(".")[0]

    def spellings(self) -> Iterator[str]:
        yield self.name
        yield from self.aliases
