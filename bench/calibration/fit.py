"""Weights of the cues by logistic regression, then a rising table from their sum to the share that is right."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate, groupby
from typing import TYPE_CHECKING

import numpy as np

from bench.calibration.samples import Sample
from normalizers.doubts.confidence import Calibration

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

FOLDS = 5
# Pulls weights towards zero; as much as one value that speaks against each cue.
_RIDGE = 1.0
# A knot of the table rests on this many values at least.
_LEAST = 25


def fit(samples: Sequence[Sample]) -> dict[str, Calibration]:
    """A calibration for each family. The table is made from sums that were weighed without the document itself."""
    families = sorted({each.family for each in samples})
    return {family: _fit_family([each for each in samples if each.family == family]) for family in families}


def _fit_family(samples: Sequence[Sample]) -> Calibration:
    documents = sorted({each.document for each in samples})
    scored: list[tuple[float, bool]] = []
    for fold in range(FOLDS):
        aside = set(documents[fold::FOLDS])
        weights = weigh([each for each in samples if each.document not in aside])
        ruler = Calibration(weights, ())
        scored += [(ruler.score(each.cues), each.right) for each in samples if each.document in aside]
    return Calibration(weigh(samples), tuple(knots(scored)))


def weigh(samples: Sequence[Sample]) -> dict[str, float]:
    """Logistic regression by Newton's method, with a ridge on every cue but ``always``."""
    names = sorted({name for each in samples for name in each.cues})
    cues = np.array([[each.cues.get(name, 0.0) for name in names] for each in samples])
    right = np.array([each.right for each in samples], np.float64)
    ridge = np.array([0.01 if name == "always" else _RIDGE for name in names])
    weights = np.zeros(len(names))
    for _ in range(50):
        share = 1.0 / (1.0 + np.exp(-np.clip(cues @ weights, -30, 30)))
        slope = cues.T @ (right - share) - ridge * weights
        curve = (cues * (share * (1 - share))[:, None]).T @ cues + np.diag(ridge)
        step = np.linalg.solve(curve, slope)
        weights += step
        if float(np.abs(step).max()) < 1e-6:
            break
    return dict(zip(names, (round(float(weight), 3) for weight in weights), strict=True))


def knots(scored: Iterable[tuple[float, bool]]) -> list[tuple[float, float]]:
    """Pool adjacent violators: (sum of weights, share right), rising; one more wrong than seen in each, so that few values claim little."""
    blocks: list[list[float]] = []  # sum of scores, right, count
    for score, group in groupby(sorted(scored), lambda pair: round(pair[0], 2)):
        rights = [right for _, right in group]
        blocks.append([score * len(rights), float(sum(rights)), float(len(rights))])
        while len(blocks) > 1 and (_share(blocks[-2]) >= _share(blocks[-1]) or blocks[-2][2] < _LEAST):
            last = blocks.pop()
            blocks[-1] = [a + b for a, b in zip(blocks[-1], last, strict=True)]
    if len(blocks) > 1 and blocks[-1][2] < _LEAST:
        last = blocks.pop()
        blocks[-1] = [a + b for a, b in zip(blocks[-1], last, strict=True)]
    shares = accumulate((right / (count + 1) for _, right, count in blocks), max)
    found = [(round(total / count, 3), round(share, 5)) for (total, _, count), share in zip(blocks, shares, strict=True)]
    return found if len(found) > 1 else [(found[0][0] - 1.0, found[0][1]), found[0]]


def _share(block: Sequence[float]) -> float:
    return block[1] / block[2]


def calibration_to_toml(families: Mapping[str, Calibration], story: str) -> str:
    """The text of ``confidence.toml``."""
    lines = [f"# {line}".rstrip() for line in story.splitlines()]
    for name, each in families.items():
        lines += ["", f"[{name}]", "table = ["]
        lines += [f"  [{score:g}, {share:g}]," for score, share in each.table]
        lines += ["]", "", f"[{name}.weights]"]
        lines += [f"{cue} = {weight:g}" for cue, weight in sorted(each.weights.items(), key=lambda item: -abs(item[1]))]
    return "\n".join(lines) + "\n"
