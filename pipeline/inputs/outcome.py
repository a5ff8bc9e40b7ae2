"""What reading one content came to."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Outcome:
    """What reading one content came to; ``digest`` is the sha256 of the file of its read."""

    sha256: str
    pages: int
    tables: int
    seconds: float
    digest: str = ""
