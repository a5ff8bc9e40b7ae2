"""Decoding made-up probabilities, where the right answer can be counted by hand."""

from __future__ import annotations

import math

import numpy as np
import pytest

from extractors.ocr.decode import KEPT, LineProbs, decode_number, decode_operator, greedy, log_probability


def line(*steps: dict[str, float]) -> LineProbs:
    """A line from its steps, each character -> probability; "" is the blank, what is missing goes to the blank."""
    kept = np.zeros((len(steps), len(KEPT)), np.float32)
    blank = np.zeros(len(steps), np.float32)
    for row, step in enumerate(steps):
        for char, prob in step.items():
            if char:
                kept[row, KEPT.index(char)] = prob
        blank[row] = step.get("", 1.0 - sum(step.values()))
    return LineProbs("", (), (), blank, kept, 0.0, len(steps))


def test_greedy_merges_runs_and_keeps_doubles_with_a_blank_between() -> None:
    best = np.array([0, 1, 1, 0, 1, 2, 2, 0])
    probs = np.array([0.9, 0.5, 0.8, 0.9, 0.7, 0.6, 0.4, 0.9], np.float32)
    text, char_probs, char_steps = greedy(best, probs, ["blank", "1", "2"])
    assert text == "112"
    assert char_probs == pytest.approx((0.8, 0.7, 0.6))
    assert char_steps == (2, 4, 5)


def test_log_probability_sums_all_ways_to_spread_a_text() -> None:
    # "1" over two steps: 1_, _1 and 11.
    two = line({"1": 0.6, "": 0.4}, {"1": 0.5, "": 0.5})
    assert math.exp(log_probability(two, "1")) == pytest.approx(0.6 * 0.5 + 0.4 * 0.5 + 0.6 * 0.5, rel=1e-4)


def test_the_same_digit_twice_needs_a_blank_between() -> None:
    assert decode_number(line({"1": 0.9}, {"1": 0.9})).text == "1"
    assert decode_number(line({"1": 0.9}, {"": 0.9, "1": 0.1}, {"1": 0.9})).text == "11"


def test_a_letter_in_a_number_column_gives_the_next_best_digit() -> None:
    # The free reading would be "V"; only 0.2 of the step is left to digits.
    choice = decode_number(line({"": 0.9, "1": 0.1}, {"7": 0.15, "1": 0.05, "": 0.0}))
    assert choice.text == "7"
    assert choice.fit < 0.3


@pytest.mark.parametrize(
    ("spelling", "operator"),
    [("≥", "≥"), ("≧", "≥"), (">=", "≥"), ("《", "≤"), ("<=", "≤"), ("＝", "="), (">", ">"), ("＜", "<"), ("定性", "定性")],
)
def test_every_spelling_of_an_operator(spelling: str, operator: str) -> None:
    choice = decode_operator(line(*({char: 0.95} for char in spelling)))
    assert choice.text == operator
    assert choice.probability > 0.9


def test_close_operators_have_a_small_margin() -> None:
    choice = decode_operator(line({"≥": 0.5, ">": 0.45}))
    assert (choice.text, choice.runner_up) == ("≥", ">")
    assert choice.margin < 0.1


def test_the_number_behind_is_left_out() -> None:
    with_company = line({"≤": 0.9}, {"8": 0.9}, {"": 0.9}, {"0": 0.9})
    assert decode_operator(with_company, "80").text == "≤"
    assert decode_number(line({"1": 0.9}, {"8": 0.9}, {"0": 0.9}), "80").text == "1"
    assert decode_number(line({"8": 0.9}, {"0": 0.9}), "80").text == ""


def test_no_steps_no_text() -> None:
    assert decode_number(line()).text == ""
    assert decode_operator(line()).probability == 0.0
