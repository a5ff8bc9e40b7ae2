"""When a file of an inbox is taken, by a clock that the test sets."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.inputs.settling import Settling
from pipeline.inputs.walk import Input


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def items(tmp_path: Path) -> list[Input]:
    path = tmp_path / "a.pdf"
    path.write_bytes(b"%PDF-1.4 half")
    return [Input(path, "a.pdf")]


def test_a_file_without_its_end_is_waited_for(clock: Clock, items: list[Input]) -> None:
    settling = Settling(5.0, clock, is_whole=lambda path: path.read_bytes().endswith(b"%%EOF"))
    settling.look(items)
    clock.now = 30.0
    assert settling.look(items) == ([], 1)
    items[0].path.write_bytes(b"%PDF-1.4 half and half %%EOF")
    settling.look(items)
    clock.now = 36.0
    assert settling.look(items) == (items, 0)


def test_a_file_that_never_gets_its_end_is_taken_as_it_is(clock: Clock, items: list[Input]) -> None:
    settling = Settling(5.0, clock, is_whole=lambda _path: False)
    settling.look(items)
    clock.now = 59.0
    assert settling.look(items) == ([], 1)
    clock.now = 60.0
    assert settling.look(items) == (items, 0)


def test_what_may_pass_is_tried_again_after_a_minute_then_two(clock: Clock, items: list[Input]) -> None:
    settling = Settling(0.0, clock)
    tried = []
    for second in range(0, 400, 5):
        clock.now = float(second)
        ready, _ = settling.look(items)
        if ready:
            tried.append(second)
            settling.take(ready)
            settling.try_again([items[0].key])
    assert tried == [0, 60, 180]
    settling.try_again([])
    clock.now = 5000.0
    assert settling.look(items) == ([], 0)


def test_what_went_away_is_new_when_it_comes_back(clock: Clock, items: list[Input]) -> None:
    settling = Settling(0.0, clock)
    settling.take(settling.look(items)[0])
    assert settling.look(items) == ([], 0)
    settling.look([])
    assert settling.look(items) == (items, 0)
    settling.take(items)
    settling.forget_all()
    assert settling.look(items) == (items, 0)
