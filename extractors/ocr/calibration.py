"""From the recogniser's own certainty to how often it is right.

The table comes from ``python -m bench.calibration --pages 40 --seed 2``: made-up
cells in many fonts and states of decay, none of a real form. The free reading
is nearly honest by itself; only its middle promises too much.
"""

from __future__ import annotations

from bisect import bisect_right

# (lowest probability of a character, share of readings that are right)
_TABLE: tuple[tuple[float, float], ...] = (
    (0.0, 0.0),
    (0.3572, 0.3793),
    (0.5326, 0.5),
    (0.6502, 0.5),
    (0.7109, 0.5714),
    (0.7794, 0.6),
    (0.8675, 0.7941),
    (0.9358, 0.8182),
    (0.9982, 0.9987),
    (1.0, 0.9987),
)


def calibrated(raw: float) -> float:
    """The share of readings with this raw confidence that are right, 0 to 1; rises with ``raw``."""
    index = min(max(bisect_right(_TABLE, (raw, 2.0)), 1), len(_TABLE) - 1)
    (low, low_share), (high, high_share) = _TABLE[index - 1], _TABLE[index]
    place = min(max((raw - low) / (high - low), 0.0), 1.0)
    return low_share + place * (high_share - low_share)
