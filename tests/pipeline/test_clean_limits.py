"""A document that takes too long or too much to clean comes as read; all others come as ever."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from pipeline.cleaning.limited import LimitedPool, Limits
from pipeline.cli import cli
from pipeline.dataset import Dataset
from pipeline.errors import JobError, NoSpaceError
from tests.normalizers.forms import form_text
from tests.normalizers.test_costs import form


@dataclass(frozen=True)
class Errands:
    """A chunk whose documents say by their names what becomes of the process that takes them."""

    names: tuple[str, ...]
    folder: Path
    given_up: dict[str, str] = field(default_factory=dict)

    def rest(self, done: int, given_up: dict[str, str]) -> Errands:
        return replace(self, names=self.names[done:], given_up=given_up)


def run_errands(chunk: Errands) -> Iterator[str]:
    for name in chunk.names:
        if name in chunk.given_up:
            yield f"{name}: {chunk.given_up[name]}"
            continue
        if name == "hangs":
            time.sleep(600)
        if name == "grows":
            held = [b"x" * (1 << 22) for _ in range(2_000)]
            time.sleep(600 + len(held))
        if name == "dies" or (name == "dies-once" and not (chunk.folder / "died").exists()):
            (chunk.folder / "died").touch()
            os.kill(os.getpid(), signal.SIGKILL)
        if name == "full":
            raise NoSpaceError("No space.", "Make some.")
        yield name


def errands(folder: Path, *chunks: tuple[str, ...], seconds: float = 0.0, most_bytes: int = 0, jobs: int = 1) -> list[str]:
    pool = LimitedPool(Limits(seconds, most_bytes))
    try:
        return sorted(name for done in pool.spread(run_errands, [Errands(names, folder) for names in chunks], jobs) for name in done)
    finally:
        pool.close()


def test_who_breaks_no_limit_is_not_touched(tmp_path: Path) -> None:
    assert errands(tmp_path, ("a", "b"), ("c",), seconds=60, jobs=2) == ["a", "b", "c"]


def test_a_document_that_hangs_is_given_up(tmp_path: Path) -> None:
    assert errands(tmp_path, ("a", "hangs", "b"), ("c",), seconds=1.5) == ["a", "b", "c", "hangs: it took longer than 1.5 seconds"]


def test_a_document_that_grows_is_given_up(tmp_path: Path) -> None:
    found = errands(tmp_path, ("a", "grows", "b"), most_bytes=400 << 20)
    assert found == ["a", "b", "grows: it took more than 400 MB"]


def test_a_document_that_kills_its_process_is_tried_twice(tmp_path: Path) -> None:
    assert errands(tmp_path, ("dies-once", "a"), seconds=60) == ["a", "dies-once"]
    assert errands(tmp_path, ("a", "dies", "b"), seconds=60) == ["a", "b", "dies: the process that cleaned it died"]


def test_what_ends_the_job_still_does(tmp_path: Path) -> None:
    with pytest.raises(NoSpaceError):
        errands(tmp_path, ("a", "full"), seconds=60)


def test_what_hangs_even_when_given_up_ends_the_job(tmp_path: Path) -> None:
    pool = LimitedPool(Limits(0.1))
    pool.given_up["hangs"] = "again"
    try:
        with pytest.raises(JobError):
            list(pool.spread(hang, [Errands(("hangs",), tmp_path)], 1))
    finally:
        pool.close()


def hang(chunk: Errands) -> Iterator[str]:
    time.sleep(600)
    yield from chunk.names


def test_a_form_that_takes_too_long_comes_as_read(tmp_path: Path) -> None:
    inbox, out = tmp_path / "in", tmp_path / "out"
    inbox.mkdir()
    (inbox / "a.txt").write_text(form_text(), encoding="utf-8")
    (inbox / "long.txt").write_text(form(2_500), encoding="utf-8")
    result = CliRunner().invoke(cli, ["extract", str(inbox), "-o", str(out), "--jobs", "1", "--clean-timeout", "1"])
    assert result.exit_code == 1 and "1 document could not be cleaned" in result.output, result.output
    found = {Path(each["document"]["path"]).name: each for each in Dataset(out).load_documents()}
    assert len(found["a.txt"]["tables"]) == 1
    (finding,) = found["long.txt"]["findings"]
    assert finding["code"] == "document.not-cleaned" and "longer than 1 seconds" in finding["message"]
    assert len(found["long.txt"]["grids"][0]["cells"]) > 20_000
    again = CliRunner().invoke(cli, ["clean", str(out), "--jobs", "1", "--clean-timeout", "600"])
    assert again.exit_code == 1, again.output  # nothing that it is made of has changed
