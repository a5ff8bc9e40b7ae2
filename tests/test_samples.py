"""Every sample through the command, held against what it delivered before and against the truth of its maker.

``pytest tests/test_samples.py --rewrite-expected`` accepts what extract delivers now; look at the diff before you commit.
"""

from __future__ import annotations

import difflib
import json
from pathlib import Path

import pytest

from bench.forms.compare import misses
from bench.forms.expect import dataset_to_expectation, delivered, expectation_to_text, extract, rewrite, sample_inputs
from extractors.ocr.fast_recognizer import SWITCH as FULL_PRECISION
from extractors.ocr.models import BUNDLED, find_quick_model
from extractors.options import ReadOptions

INPUTS = sample_inputs()
WITH_TRUTH = [name for name, path in INPUTS.items() if path.with_name("truth.json").exists()]


@pytest.fixture(scope="module")
def dataset(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Path:
    folder = tmp_path_factory.mktemp("dataset")
    with pytest.MonkeyPatch.context() as patch:
        # Half precision reads a doubtful line otherwise than full, and not every processor has it.
        patch.setenv(FULL_PRECISION, "1")
        extract(list(INPUTS.values()), folder)
    if request.config.getoption("--rewrite-expected"):
        rewrite(folder)
    return folder


def test_every_sample_has_its_notes() -> None:
    assert len(INPUTS) == 6
    for path in INPUTS.values():
        assert path.with_name("NOTES.md").exists()
        assert path.stat().st_size < 600_000


@pytest.mark.parametrize("name", INPUTS)
def test_sample_is_delivered_as_expected(name: str, dataset: Path) -> None:
    path = INPUTS[name]
    if _is_recognised(path, dataset) and find_quick_model(ReadOptions()) is None:
        pytest.skip("What is expected of a scan was read by two models, of which one needs Python 3.11.")
    expected = path.with_name("expected.json").read_text(encoding="utf-8")
    found = expectation_to_text(dataset_to_expectation(path, dataset))
    changes = difflib.unified_diff(expected.splitlines(), found.splitlines(), "expected.json", "delivered", lineterm="", n=2)
    assert found == expected, "\n" + "\n".join(changes)


def _is_recognised(path: Path, dataset: Path) -> bool:
    document = delivered(path, dataset)
    return document is not None and any(source["engine"].startswith(BUNDLED) for source in document["provenance"].values())


@pytest.mark.parametrize("name", WITH_TRUTH)
def test_sample_has_no_silent_error(name: str, dataset: Path) -> None:
    """A field is as the maker printed it, or a person is asked to look at it."""
    path = INPUTS[name]
    document = delivered(path, dataset)
    assert document is not None
    silent = [miss for miss in misses(document, json.loads(path.with_name("truth.json").read_text(encoding="utf-8"))) if not miss.marked]
    assert not silent, "\n" + "\n".join(map(str, silent))
