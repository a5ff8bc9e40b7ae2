"""Tables of what a confidence promised beside what came true."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from bench.calibration.samples import Sample

EDGES = (0.0, 0.5, 0.8, 0.9, 0.95, 0.98, 0.99, 0.999, 1.0001)
Judge = Callable[[Sample], float]


def reliability(samples: Sequence[Sample], judge: Judge) -> Iterator[str]:
    """Lines of a Markdown table: values by their confidence, with the share that is right."""
    yield "| confidence | values | mean confidence | right | wrong | wrong and not marked |"
    yield "|---|---|---|---|---|---|"
    for low, high in zip(EDGES, EDGES[1:], strict=False):
        yield from _line(f"{low:g} to {min(high, 1.0):g}", [each for each in samples if low <= judge(each) < high], judge)
    yield from _line("**0.99 and more**", [each for each in samples if judge(each) >= 0.99], judge)
    yield from _line("all", samples, judge)


def _line(name: str, inside: Sequence[Sample], judge: Judge) -> Iterator[str]:
    if not inside:
        return
    right, count = sum(each.right for each in inside), len(inside)
    silent = sum(not each.right and not each.marked for each in inside)
    mean = sum(map(judge, inside)) / count
    yield f"| {name} | {count:,} | {mean:.4f} | {right / count:.2%} | {count - right} | {silent} |"


def brier(samples: Sequence[Sample], judge: Judge) -> float:
    """Mean square of confidence less outcome; 0 is best."""
    return sum((judge(each) - each.right) ** 2 for each in samples) / max(1, len(samples))
