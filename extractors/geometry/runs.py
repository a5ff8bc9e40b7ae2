"""Runs of True in a row of flags."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


def flags_to_runs(flags: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """Begin and end (half open) of each run of True, in order; ``flags`` has shape (n,)."""
    import numpy as np

    edges = np.flatnonzero(np.diff(np.concatenate(([0], flags.astype(np.int8), [0]))))
    return list(zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True))
