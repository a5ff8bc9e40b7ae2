"""The arithmetic behind the measurements in ``bench``."""

from __future__ import annotations

import random

import pytest

from bench.calibration.fit import fit, knots
from bench.calibration.samples import Sample, same
from bench.scan_accuracy import folded
from bench.soak import slope_of


def test_a_slope_comes_with_its_doubt() -> None:
    slope, error = slope_of([(x, 600.0 + 0.2 * x) for x in range(50, 500, 10)])
    assert (slope, error) == (pytest.approx(0.2), pytest.approx(0.0, abs=1e-6))
    slope, error = slope_of([(x, 600.0 + (x // 10) % 2 * 8) for x in range(50, 500, 10)])
    assert abs(slope) < error


def test_the_table_rises_and_few_values_claim_little() -> None:
    table = knots([(float(index), index % 4 != 0 or index > 200) for index in range(400)])
    assert [share for _, share in table] == sorted(share for _, share in table)
    assert 0.99 < table[-1][1] < 1.0
    assert 0.6 < table[0][1] < 0.8


def test_a_fit_finds_the_cue_that_speaks_against_a_value() -> None:
    rng = random.Random(3)
    samples = []
    for index in range(2000):
        bad = float(rng.random() < 0.3)
        cues = {"always": 1.0, "second-differs": bad} if bad else {"always": 1.0}
        right = rng.random() < (0.5 if bad else 0.995)
        samples.append(Sample(f"doc{index % 20}", "a", "ink", "number", cues, 1.0, right, False))
    calibration = fit(samples)["ink"]
    assert calibration.weights["second-differs"] < -2
    assert calibration.confidence({"always": 1.0, "second-differs": 1.0}) == pytest.approx(0.5, abs=0.08)
    assert calibration.confidence({"always": 1.0}) > 0.98


def test_what_counts_as_the_same_value() -> None:
    assert same("1,926", ["1,926", "1926"]) and same(8, 8.0) and same("达到，得分。", "达到,得分")
    assert not same("8", "9") and not same(None, "8")
    assert folded("⩾") == folded(">=") == folded("≥") and folded("1,234") == "1234" and folded("甲\n乙") == "甲乙"
