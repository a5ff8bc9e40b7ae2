"""One form of every kind of the measurement: what is read is what a person sees, with fonts and without."""

from __future__ import annotations

from pathlib import Path

from bench.painted import harmless
from bench.painted.__main__ import TRICKS, measure


def test_what_is_hidden_stamped_or_filled_in_is_read_as_it_is_seen(tmp_path: Path) -> None:
    _, whole = measure(TRICKS, 11, len(TRICKS), tmp_path)
    assert whole.files == len(TRICKS)
    assert (whole.silent, whole.lost) == (0, 0)
    assert whole.right >= 0.99 * whole.fields


def test_what_only_looks_so_is_read_without_a_finding(tmp_path: Path) -> None:
    _, whole = measure(harmless.KINDS, 11, len(harmless.KINDS), tmp_path)
    assert whole.right == whole.fields
    assert dict(whole.findings) == {}
