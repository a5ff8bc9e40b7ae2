"""Which tests run which lines, and how long each test takes: measured once with coverage.py."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any

from bench.mutants.running import Times, in_child

ROOMS = ("normalizers/rules", "normalizers/checks", "extractors/tables", "extractors/ocr")
TESTS = ("tests/normalizers", "tests/extractors", "tests/test_forms.py", "tests/test_samples.py")
_HOURS = 2 * 3600.0


class CoverageMap:
    """Tests by the lines that they run."""

    def __init__(self, seconds: dict[str, float], lines: dict[str, dict[str, list[str]]]) -> None:
        self._seconds = seconds
        self._lines = lines

    def tests_for(self, file: str, line: int, budget: float) -> list[str]:
        """Tests that may notice a change of this line: first those that run it, then others that run its module; the fast ones first.

        What is made once for several tests, or kept, is run by the first of them alone: hence the others.

        Args:
            budget: how many seconds of tests there may be; the first is always there.
        """
        own = self._lines.get(file, {})
        near = set(own.get(str(line), []))
        far = {test for tests in own.values() for test in tests} - near
        chosen: list[str] = []
        for test in [*sorted(near, key=self._cost), *sorted(far, key=self._cost)]:
            budget -= self._cost(test)
            if budget < 0 and chosen:
                break
            chosen.append(test)
        return chosen

    def _cost(self, test: str) -> float:
        return self._seconds.get(test, 1.0)


def load_map(root: Path, kept: Path) -> CoverageMap:
    """The map of the checkout at ``root``; measured when ``kept`` does not hold it yet."""
    if not kept.exists():
        measured = in_child(root, lambda: _measure(root), _HOURS)
        if measured is None:
            raise SystemExit("the tests could not be measured")
        kept.write_text(json.dumps(measured), encoding="utf-8")
    value = json.loads(kept.read_text(encoding="utf-8"))
    return CoverageMap(value["seconds"], value["lines"])


def _measure(root: Path) -> dict[str, Any]:
    import coverage
    import pytest

    times = Times()
    measuring = coverage.Coverage(data_file=None, include=[f"{root}/{room}/*" for room in ROOMS], config_file=False)
    measuring.start()
    with tempfile.TemporaryDirectory(prefix="mutant-") as folder:
        pytest.main(["-q", "-p", "no:cacheprovider", f"--basetemp={folder}/tests", *TESTS], plugins=[times, _Contexts(measuring)])
    measuring.stop()
    data = measuring.get_data()
    # A test that fails without any change tells nothing.
    broken = {None, "", *times.failed}
    lines = {}
    for file in data.measured_files():
        by_line = data.contexts_by_lineno(file)
        lines[str(Path(file).relative_to(root))] = {str(line): sorted(set(tests) - broken) for line, tests in by_line.items()}
    return {"seconds": times.seconds, "lines": lines}


class _Contexts:
    """A pytest plugin that tells coverage.py which test runs."""

    def __init__(self, measuring: Any) -> None:
        self._measuring = measuring

    def pytest_runtest_logstart(self, nodeid: str) -> None:
        self._measuring.switch_context(nodeid)
