"""Two pieces of work on one page at the same time give what they give one after the other."""

from __future__ import annotations

from pathlib import Path
from threading import get_ident

import pytest

from extractors.options import ReadOptions
from extractors.reading import read_file
from extractors.run_in_parallel import side_by_side

SAMPLES = Path(__file__).parents[2] / "samples"


@pytest.mark.parametrize("sample", ["bw-scan/input.tiff", "colour-scan-seal/input.pdf"])
def test_a_page_reads_the_same_with_one_thread_and_with_more(sample: str) -> None:
    alone, together = (read_file(SAMPLES / sample, ReadOptions(threads=threads, device="cpu")) for threads in (1, 3))
    assert together == alone


@pytest.mark.parametrize("threads", [1, 2])
def test_both_results_come_back_in_their_order(threads: int) -> None:
    assert side_by_side(lambda: "one", lambda: 2, threads) == ("one", 2)


def test_one_thread_is_not_left() -> None:
    here = get_ident()
    assert side_by_side(get_ident, get_ident, 1) == (here, here)
    aside, own = side_by_side(get_ident, get_ident, 2)
    assert own == here != aside


@pytest.mark.parametrize("threads", [1, 2])
@pytest.mark.parametrize("first_fails", [True, False])
def test_an_error_of_either_is_raised(threads: int, first_fails: bool) -> None:
    def fail() -> None:
        raise ValueError("ink")

    with pytest.raises(ValueError, match="ink"):
        side_by_side(fail if first_fails else int, int if first_fails else fail, threads)
