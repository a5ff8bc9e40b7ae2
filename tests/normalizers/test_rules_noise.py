"""Properties over generated noise: nothing whole is touched, every text replays, the book is stable."""

from __future__ import annotations

from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from normalizers.clean import mend_fields, mend_table
from normalizers.record import Field
from normalizers.rules.roles import EVERY
from normalizers.rules.rule import mend_field
from normalizers.rules.rulebook import RULEBOOK, mend_by_book
from normalizers.rules.table_rule import Context
from normalizers.vocabulary.phrases import scoring_phrases
from tests.clean_forms import clean_table
from tests.noise import SEALS, TEXT_NOISE, spoil_table

ALPHABET = "达到或超过标准值得满分，,。.：:；;（(）)0123456789 Oo%％\\$≥≧><=geqleq\u3000\u200b⼀万元件年月日/-—|￥ab定性无"
TEXTS = st.one_of(st.text(ALPHABET, max_size=24), st.text(max_size=12))


@given(seed=st.integers(0, 10**6), rate=st.sampled_from([0.0, 0.05, 0.3]))
@settings(max_examples=60, deadline=None)
def test_noise_is_mended_or_marked_and_replays(seed: int, rate: float) -> None:
    rng = Random(seed)
    table = clean_table(rng)
    injuries = spoil_table(table, rate, rng)
    mend_fields(table)
    mend_table(table, Context(seal_codes=SEALS))
    marked = {found.path for found in table.findings if found.severity == "review"}
    for path, field in table.all_fields():
        text = field.raw
        for step in field.steps:
            assert step.before == text, path
            text = step.after
        assert text == field.text, path
        truth = injuries[path].truth if path in injuries else field.raw
        if field.text != truth and field.steps:
            assert {path, path.rpartition("/")[0]} & marked, f"{path}: {truth!r} -> {field.raw!r} -> {field.text!r}"
        if path not in injuries:
            assert field.text == truth, path


@given(text=TEXTS, role=st.sampled_from(sorted(EVERY)))
@settings(max_examples=2000, deadline=None)
def test_the_book_leaves_its_own_output_alone(text: str, role: str) -> None:
    field = Field(text, text)
    mend_field(field, role, RULEBOOK)
    again = Field(field.text, field.text)
    mend_field(again, role, RULEBOOK)
    assert again.text == field.text


@given(text=TEXTS)
@settings(max_examples=500, deadline=None)
def test_each_rule_leaves_its_own_output_alone(text: str) -> None:
    for rule in RULEBOOK:
        once = rule.mend(text)
        assert rule.mend(once) == once, rule.id


@given(seed=st.integers(0, 10**6), noise=st.sampled_from([each for each in TEXT_NOISE if "scoring_standard" in each.roles]))
@settings(max_examples=400, deadline=None)
def test_a_spoilt_wording_becomes_itself_or_nothing(seed: int, noise: object) -> None:
    rng = Random(seed)
    wording = rng.choice(scoring_phrases())
    spoilt = noise.spoil(wording, rng)  # type: ignore[attr-defined]
    if spoilt is None:
        return
    field = Field(spoilt, spoilt)
    mend_by_book(field, "scoring_standard")
    assert not any(step.rule.startswith("phrases.") for step in field.steps) or field.text in scoring_phrases()
