"""Several readings of one cell, and what to make of them."""

from __future__ import annotations

from normalizers.record import Field, Finding


def choose_reading(field: Field, role: str) -> list[Finding]:
    """Choose among the readings of a cell; findings have an empty path, for the caller to fill."""
    return []
