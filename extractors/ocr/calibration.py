"""From the recogniser's own certainty to how often it is right.

The table comes from ``python -m bench.calibration``: made-up cells in many
fonts and states of decay, none of a real form.
"""

from __future__ import annotations

from bisect import bisect_right

# (lowest probability of a character, share of readings that are right)
_TABLE: tuple[tuple[float, float], ...] = ((0.0, 0.0), (1.0, 1.0))


def calibrated(raw: float) -> float:
    """The share of readings with this raw confidence that are right, 0 to 1; rises with ``raw``."""
    index = min(max(bisect_right(_TABLE, (raw, 2.0)), 1), len(_TABLE) - 1)
    (low, low_share), (high, high_share) = _TABLE[index - 1], _TABLE[index]
    place = min(max((raw - low) / (high - low), 0.0), 1.0)
    return low_share + place * (high_share - low_share)
