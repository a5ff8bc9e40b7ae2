"""Options of the test run."""

from __future__ import annotations

import pytest
from hypothesis import settings

settings.register_profile("same", derandomize=True)
settings.register_profile("random", derandomize=False)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--rewrite-expected", action="store_true", help="write samples/*/expected.json as extract delivers them now")
    parser.addoption("--random", action="store_true", help="draw other examples in generated tests each time")


def pytest_configure(config: pytest.Config) -> None:
    """A change is judged on the same examples as the one before it; other ones are looked for on purpose, with ``--random``."""
    settings.load_profile("random" if config.getoption("--random") else "same")


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests compare with English words, whatever the machine speaks; what a test chooses ends with it."""
    monkeypatch.setenv("JIXIAO_LANG", "en")
    monkeypatch.setenv("LANGUAGE", "en")
    monkeypatch.setenv("JIXIAO_LOG_FORMAT", "text")
