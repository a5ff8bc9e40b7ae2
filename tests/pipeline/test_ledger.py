"""The ledger on SQLite and on a real PostgreSQL server: claims, paths, failures, a server that goes away."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from pipeline.dataset import Dataset
from pipeline.errors import LedgerAwayError, UsageError
from pipeline.inputs.failures import Failure
from pipeline.inputs.outcome import Outcome
from pipeline.ledger import Ledger, Seen, beating, claims, open_ledger
from pipeline.process_identity import is_dead, this_owner
from tests.normalizers.forms import form_text
from tests.pipeline.commands import run
from tests.pipeline.postgres import Server, running

A, B, C = "a" * 64, "b" * 64, "c" * 64
LOCKED = Failure("in/locked.pdf", "encrypted", "The file is locked.", "Unlock it.")


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with running() as started:
        yield started


@pytest.fixture(params=["sqlite", "postgres"])
def where(request: pytest.FixtureRequest, tmp_path: Path) -> Path | str:
    return tmp_path / "ledger.sqlite" if request.param == "sqlite" else str(request.getfixturevalue("server").url)


@pytest.fixture
def ledger(where: Path | str, request: pytest.FixtureRequest) -> Iterator[Ledger]:
    opened = Ledger(where, request.node.name[:60])
    yield opened
    opened.close()


def other_process(ledger: Ledger, owner: str) -> Ledger:
    """The same ledger as another process sees it."""
    import copy

    other = copy.copy(ledger)
    other._owner = owner
    return other


def outcome(sha256: str) -> Outcome:
    return Outcome(sha256, 1, 1, 0.5)


def test_a_content_has_all_its_paths_and_one_state(ledger: Ledger) -> None:
    standings = ledger.note_seen([Seen("in/b.pdf", A), Seen("in/a.pdf", A), Seen("in/c.pdf", B)], "v1")
    assert {sha256: each.state for sha256, each in standings.items()} == {A: "new", B: "new"}
    assert ledger.claim(A) and ledger.claim(B)
    ledger.note_read("in/b.pdf", outcome(A), "v1")
    assert list(ledger.read_contents()) == [(A, "in/a.pdf"), (A, "in/b.pdf")]
    assert ledger.is_read(A) and not ledger.is_read(B)


def test_a_path_with_other_bytes_leaves_the_old_content_without_a_path(ledger: Ledger) -> None:
    for path, sha256 in (("in/a.pdf", A), ("in/a.pdf", B)):
        ledger.note_seen([Seen(path, sha256)], "v1")
        ledger.claim(sha256)
        ledger.note_read(path, outcome(sha256), "v1")
    assert list(ledger.read_contents()) == [(A, ""), (B, "in/a.pdf")]


def test_a_moment_without_access_does_not_take_a_document_away(ledger: Ledger) -> None:
    ledger.note_seen([Seen("in/a.pdf", A)], "v1")
    ledger.claim(A)
    ledger.note_read("in/a.pdf", outcome(A), "v1")
    ledger.note_failure(Failure("in/a.pdf", "access", "It cannot be opened.", "Give the right to read it."))
    assert list(ledger.read_contents()) == [(A, "in/a.pdf")] and len(ledger.failures()) == 1
    assert ledger.forget_failures() == 1
    assert list(ledger.read_contents()) == [(A, "in/a.pdf")] and not ledger.failures()


def test_one_of_two_processes_reads_a_content(ledger: Ledger) -> None:
    other = other_process(ledger, "far-away:1:1")
    assert ledger.claim(A) and not other.claim(A)
    assert ledger.claim(A)  # the answer to a commit was lost: asked again, it is still ours
    assert other.standings([A], "v1")[A].state == "reading"
    ledger.give_back()
    assert other.claim(A) and not ledger.claim(A)


def test_many_claims_at_once_give_each_content_to_one(ledger: Ledger) -> None:
    shas = [f"{number:064x}" for number in range(30)]
    processes = [other_process(ledger, f"machine{number}:1:1") for number in range(4)]
    with ThreadPoolExecutor(4) as pool:
        taken = list(pool.map(lambda process: [sha256 for sha256 in shas if process.claim(sha256)], processes))
    assert sorted(sha256 for each in taken for sha256 in each) == shas


def test_the_claims_of_a_dead_machine_expire(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(claims, "LEASE_SECONDS", 0.2)
    dead, slow = other_process(ledger, "far-away:1:1"), other_process(ledger, "alive:1:1")
    assert dead.claim(A) and slow.claim(B)
    with beating(slow, pause=0.05):
        time.sleep(0.4)
        assert ledger.claim(A) and not ledger.claim(B)
    assert ledger.claim(B)  # given back at the end


def test_the_claims_of_a_killed_process_of_this_machine_are_free_at_once(ledger: Ledger) -> None:
    host, pid, start = this_owner().split(":")
    earlier = f"{host}:{pid}:{int(start) - 1}"
    assert is_dead(earlier) and not is_dead(this_owner()) and not is_dead("far-away:1:1")
    assert other_process(ledger, earlier).claim(A)
    assert ledger.claim(A)


def test_what_fails_for_good_is_known_until_the_readers_change(ledger: Ledger) -> None:
    ledger.note_seen([Seen(LOCKED.path, A)], "v1")
    ledger.claim(A)
    ledger.note_failure(LOCKED, A, "v1")
    standing = ledger.note_seen([Seen("in/copy.pdf", A)], "v1")[A]
    assert standing.state == "failed" and standing.failure is not None and standing.failure.code == "encrypted"
    assert [failure.path for failure in ledger.failures()] == ["in/copy.pdf", LOCKED.path]
    assert ledger.note_seen([Seen(LOCKED.path, A)], "v2")[A].state == "new" and ledger.claim(A)
    ledger.note_read(LOCKED.path, outcome(A), "v2")
    assert not ledger.failures()


def test_datasets_in_one_database_do_not_see_each_other(where: Path | str) -> None:
    for name in ("one", "two"):
        ledger = Ledger(where, name)
        assert ledger.claim(C) and not ledger.is_read(C)
        ledger.note_read("in/a.pdf", outcome(C), "v1")
        assert list(ledger.read_contents()) == [(C, "in/a.pdf")]
        ledger.close()


def test_more_contents_than_a_page_come_in_order(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    shas = [f"{number:064x}" for number in range(40)]
    for sha256 in shas:
        ledger.note_seen([Seen(f"in/{sha256[-2:]}.pdf", sha256), Seen(f"in/年{sha256[-2:]}.pdf", sha256)], "v1")
        ledger.note_read(f"in/{sha256[-2:]}.pdf", outcome(sha256), "v1")
    monkeypatch.setattr("pipeline.ledger.rows.CHUNK", 1)
    found = list(ledger.read_contents())
    assert found == [(sha256, path) for sha256 in shas for path in (f"in/{sha256[-2:]}.pdf", f"in/年{sha256[-2:]}.pdf")]


def delivered(dataset: Path) -> dict[str, bytes]:
    """All files that people use, by name."""
    files = [*dataset.glob("*.csv"), *(dataset / "documents").iterdir(), *(dataset / "reads").iterdir()]
    return {str(path.relative_to(dataset)): path.read_bytes() for path in files}


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "in"
    folder.mkdir()
    for number in range(6):
        (folder / f"form{number}.txt").write_text(form_text().replace("36.5", f"3{number}.5"), encoding="utf-8")
    (folder / "prose.txt").write_text("项目名称和资金总额，没有表格。", encoding="utf-8")
    return folder


def test_a_dataset_with_its_ledger_in_postgres_is_the_same(inbox: Path, tmp_path: Path, server: Server) -> None:
    run("extract", inbox, "-o", tmp_path / "local", "--jobs", 1)
    result = run("extract", inbox, "-o", tmp_path / "shared", "--jobs", 1, "--ledger", server.url)
    assert result.exit_code == 1 and "6 read" in result.output, result.output
    assert delivered(tmp_path / "shared") == delivered(tmp_path / "local")
    assert "0 read, 6 known" in run("extract", inbox, "-o", tmp_path / "shared", "--jobs", 1, "--ledger", server.url).output
    assert "1 failed input" in run("retry", tmp_path / "shared", "--ledger", server.url).output
    assert not (tmp_path / "shared" / "ledger.sqlite").exists()


def test_a_command_without_the_url_does_not_begin_a_second_ledger(inbox: Path, tmp_path: Path, server: Server) -> None:
    run("read", inbox, "-o", tmp_path / "out", "--jobs", 1, "--ledger", server.url)
    result = run("clean", tmp_path / "out")
    assert result.exit_code == 2 and "--ledger" in result.output
    with pytest.raises(UsageError):
        open_ledger(Dataset(tmp_path / "out"))
    assert run("clean", tmp_path / "out", "--ledger", server.url).exit_code == 0


def test_a_ledger_in_the_folder_moves_into_the_database(inbox: Path, tmp_path: Path, server: Server) -> None:
    run("extract", inbox, "-o", tmp_path / "out", "--jobs", 1)
    before = delivered(tmp_path / "out")
    result = run("extract", inbox, "-o", tmp_path / "out", "--jobs", 1, "--ledger", server.url)
    assert "0 read, 6 known already, 0 failed" in result.output and "failed before" in result.output
    assert delivered(tmp_path / "out") == before
    assert [path.name for path in (tmp_path / "out").glob("ledger*")] == ["ledger.sqlite.moved"]
    assert run("clean", tmp_path / "out").exit_code == 2


def test_two_machines_share_the_work(inbox: Path, tmp_path: Path, server: Server) -> None:
    for number in range(30):
        (inbox / f"more{number}.txt").write_text(form_text().replace("36.5", f"4{number}.5"), encoding="utf-8")
    words = ["extract", str(inbox), "-o", str(tmp_path / "out"), "--jobs", "1", "--ledger", server.url]
    both = [subprocess.Popen([sys.executable, "-m", "pipeline.cli", *words], stdout=subprocess.PIPE, text=True) for _ in range(2)]
    said = [process.communicate(timeout=90)[0] for process in both]
    assert [process.returncode for process in both] == [1, 1], said
    assert sum(int(text.split()[1]) for text in said) == 36, said  # "files  N read, ...": none was read twice
    run("extract", inbox, "-o", tmp_path / "alone", "--jobs", 1)
    assert delivered(tmp_path / "out") == delivered(tmp_path / "alone")


def test_a_server_that_stops_and_starts_again_costs_nothing(inbox: Path, tmp_path: Path) -> None:
    for number in range(30):
        (inbox / f"more{number}.txt").write_text(form_text().replace("36.5", f"4{number}.5"), encoding="utf-8")
    with running() as server:
        words = ["extract", str(inbox), "-o", str(tmp_path / "out"), "--jobs", "1", "--log-format", "json", "--ledger", server.url]
        process = subprocess.Popen([sys.executable, "-m", "pipeline.cli", *words], stderr=subprocess.PIPE, text=True)
        assert process.stderr is not None
        process.stderr.readline()  # one file is read: it is under way
        server.stop()
        threading.Timer(1.5, server.start).start()
        rest = process.communicate(timeout=60)[1]
        assert process.returncode == 1 and "Traceback" not in rest, rest
        run("extract", inbox, "-o", tmp_path / "undisturbed", "--jobs", 1)
        assert delivered(tmp_path / "out") == delivered(tmp_path / "undisturbed")


def test_a_server_that_stays_away_ends_the_run_with_what_to_do(tmp_path: Path) -> None:
    with running() as server:
        ledger = Ledger(server.url, "away", patience=0.5)
        assert ledger.claim(A)
        server.stop()
        with pytest.raises(LedgerAwayError) as caught:
            ledger.note_read("in/a.pdf", outcome(A), "v1")
        assert "did not answer" in caught.value.reason and "same command again" in caught.value.way_out
        began = time.monotonic()
        with pytest.raises(LedgerAwayError):
            ledger.failures()
        assert time.monotonic() - began < 0.4  # whoever tidies up does not wait again
        server.start()
        ledger.note_read("in/a.pdf", outcome(A), "v1")
        assert ledger.is_read(A)
        ledger.close()


@pytest.mark.parametrize("url", ["mysql://x/y", "nonsense"])
def test_a_url_that_is_none_is_wrong_usage(url: str, inbox: Path, tmp_path: Path) -> None:
    result = run("extract", inbox, "-o", tmp_path / "out", "--ledger", url)
    assert result.exit_code == 2 and "--ledger" in result.output and "Traceback" not in result.output
