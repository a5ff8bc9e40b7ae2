"""The maker of forms: nothing real in it, the same seed gives the same form, and its slips can be undone."""

from __future__ import annotations

import json
import re
from pathlib import Path

import gb2260
import numpy as np
import pytest

import jixiao
from bench.forms.compare import misses, same
from bench.forms.content import LEVELS, load_words, seed_to_filing
from bench.forms.damage import DAMAGES
from bench.forms.degrade import Wear, wear_page
from bench.forms.html import filing_as_laid_out, filing_to_html
from bench.forms.layout import seed_to_layout
from bench.forms.make import make_transcript
from bench.forms.noise import NOISES
from bench.forms.transcript import STYLES, filing_to_transcript
from bench.forms.truth import filing_to_truth


def test_counties_do_not_exist() -> None:
    for county in load_words()["county"]:
        with pytest.raises(ValueError, match="division code"):
            gb2260.get(county["code"])


@pytest.mark.parametrize("seed", range(20))
def test_filing_is_a_right_one(seed: int) -> None:
    """Sums hold, parents hold, phones are plainly made up."""
    filing = seed_to_filing(seed)
    assert filing == seed_to_filing(seed)
    for form in filing_to_truth(filing)["tables"]:
        parts = [form["funds"].get(key) or 0 for key in ("fiscal_appropriation", "carry_over", "other")]
        assert form["kind"] == "overall" or sum(parts) == pytest.approx(form["funds"]["total"])
        assert all(row["l2"] in LEVELS[row["l1"]] for row in form["rows"])
        assert re.fullmatch(r"1\d\d0000\d{4}", form["signoff"]["phone"])


def test_layouts_print_every_word_of_the_truth() -> None:
    for seed in range(20):
        layout = seed_to_layout(seed)
        html = filing_to_html(filing_as_laid_out(seed_to_filing(seed), layout), layout)
        for form in seed_to_filing(seed).forms:
            assert form.goal in html
            assert all(row.level3 in html for row in form.rows if row.level3)


def test_wear_is_the_same_for_the_same_generator() -> None:
    page = np.full((60, 40, 3), 255, np.uint8)
    wear = Wear(skew=1, blur=0.5, noise=5, speckles=3, photo=True, rotation=1)
    first, second = (wear_page(page, wear, np.random.default_rng(3)) for _ in range(2))
    assert np.array_equal(first, second)
    assert first.shape[0] < first.shape[1]


@pytest.mark.parametrize("name", [name for name, damage in DAMAGES.items() if damage.paper or damage.glass])
def test_mishap_changes_the_page_and_is_the_same_for_the_same_generator(name: str) -> None:
    page = np.full((297, 210, 3), 240, np.uint8)
    page[100:200:10, 30:180] = 0
    first, second = (_befallen(name, page, np.random.default_rng(5)) for _ in range(2))
    assert np.array_equal(first, second)
    assert not np.array_equal(first, page)


def _befallen(name: str, page: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    for step in (DAMAGES[name].paper, DAMAGES[name].glass):
        page = step(page, rng) if step else page
    return page


def test_same_folds_width_and_reads_numbers() -> None:
    assert same("满分，否则", "满分,否则")
    assert same(8, 8.0)
    assert same("12400", ["12,400", "12400"])
    assert not same(None, 8)


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("noise", NOISES)
def test_each_slip_leaves_no_silent_error(noise: str, style: str, tmp_path: Path) -> None:
    filing = seed_to_filing(7025, forms=3, overall=True)
    path = tmp_path / "form.txt"
    path.write_text(filing_to_transcript(filing, style, [[NOISES[noise]]] * 3), encoding="utf-8")
    silent = [miss for miss in misses(_cleaned(path), filing_to_truth(filing)) if not miss.marked]
    assert not silent, "\n" + "\n".join(map(str, silent))


@pytest.mark.parametrize("seed", range(4100, 4112))
def test_slips_together_leave_no_silent_error(seed: int, tmp_path: Path) -> None:
    path = make_transcript(seed, tmp_path)
    truth = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    silent = [miss for miss in misses(_cleaned(path), truth) if not miss.marked]
    assert not silent, "\n" + "\n".join(map(str, silent))


def _cleaned(path: Path) -> dict[str, object]:
    return jixiao.clean(jixiao.read(path)).json
