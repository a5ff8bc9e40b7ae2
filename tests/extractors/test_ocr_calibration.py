from __future__ import annotations

from extractors.ocr.calibration import calibrated


def test_more_certain_is_never_less_right_and_nothing_is_beyond_doubt() -> None:
    steps = [calibrated(raw / 200) for raw in range(201)]
    assert steps == sorted(steps)
    assert steps[0] == 0.0
    assert 0.99 < steps[-1] < 1.0


def test_values_outside_are_held_at_the_ends() -> None:
    assert calibrated(-1.0) == calibrated(0.0)
    assert calibrated(2.0) == calibrated(1.0)
