"""How a row finds its canonical indicator."""

from __future__ import annotations

from normalizers.record import IndicatorRow, Match
from normalizers.taxonomy import Taxonomy


def match_row(row: IndicatorRow, taxonomy: Taxonomy) -> Match:
    """The canonical indicator of a row; never changes a filed value."""
    return Match()
