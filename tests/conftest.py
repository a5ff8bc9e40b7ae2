"""Options of the test run."""

from __future__ import annotations

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--rewrite-expected", action="store_true", help="write samples/*/expected.json as extract delivers them now")


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests compare with English words, whatever the machine speaks; what a test chooses ends with it."""
    monkeypatch.setenv("JIXIAO_LANG", "en")
    monkeypatch.setenv("LANGUAGE", "en")
    monkeypatch.setenv("JIXIAO_LOG_FORMAT", "text")
