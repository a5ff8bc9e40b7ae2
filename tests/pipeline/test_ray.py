"""The same work on a Ray cluster: two nodes of one processor each, and one of them dies."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from extractors.options import ReadOptions
from pipeline.batch import clean_dataset, read_inputs
from pipeline.dataset import Dataset
from pipeline.errors import JobError, UsageError
from pipeline.inputs.hashing import hash_file
from pipeline.inputs.walk import Input, walk_inputs
from pipeline.read_job import Result, Task
from pipeline.runners import check_runner, read_all
from pipeline.settings import Settings
from tests.pipeline.bad_inputs import hanging_pdf, pdf_without_table
from tests.pipeline.postgres import running
from tests.pipeline.test_long_documents import pdf_of_pages

SAMPLES = Path(__file__).parents[2] / "samples"
SETTINGS = Settings(read=ReadOptions(threads=1), jobs=2)
NOT_INSTALLED = "Ray is not installed (pip install 'jixiao[ray]')"
ON_RAY = replace(SETTINGS, runner="ray")
# Ray looks at this once, when it is imported; the program itself sets it in time.
os.environ["RAY_ENABLE_UV_RUN_RUNTIME_ENV"] = "0"


class Nodes:
    """A cluster on this machine; every node is a group of processes that can be killed as a machine dies."""

    def __init__(self, ray: Any) -> None:
        from ray.cluster_utils import Cluster

        self._cluster = Cluster(initialize_head=True, head_node_args={**_SMALL, **_HEAD})
        self._second = self._cluster.add_node(**_SMALL)
        self.address: str = self._cluster.address
        ray.init(address=self.address, logging_level="ERROR", log_to_driver=False)

    def kill_second(self) -> None:
        """All at once, as when the power goes: the node's own processes and the readers below them."""
        for info in [each for infos in self._second.all_processes.values() for each in infos]:
            for pid in [*_below(info.process.pid), info.process.pid]:
                _kill(pid)

    def stop(self, ray: Any) -> None:
        ray.shutdown()
        self._cluster.shutdown()


_SMALL = {"num_cpus": 1, "object_store_memory": 80 << 20}
# A node that does not answer is given up after seconds, not after a minute.
_WATCHFUL = {
    "health_check_initial_delay_ms": 1000,
    "health_check_period_ms": 500,
    "health_check_timeout_ms": 3000,
    "health_check_failure_threshold": 3,
}
_HEAD = {"include_dashboard": False, "_system_config": _WATCHFUL}


def _below(pid: int) -> list[int]:
    listed = subprocess.run(["ps", "-o", "pid=", "--ppid", str(pid)], capture_output=True, text=True).stdout.split()
    return [each for child in map(int, listed) for each in (*_below(child), child)]


def _kill(pid: int) -> None:
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        return


@pytest.fixture(scope="module")
def nodes() -> Iterator[Nodes]:
    os.environ["RAY_USAGE_STATS_ENABLED"] = "0"
    ray = pytest.importorskip("ray", reason=NOT_INSTALLED)
    # Readers import the code from here, as they would from an installed release.
    os.environ["PYTHONPATH"] = os.pathsep.join([str(SAMPLES.parent), os.environ.get("PYTHONPATH", "")]).strip(os.pathsep)
    started = Nodes(ray)
    yield started
    started.stop(ray)


@pytest.fixture(autouse=True)
def little_patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """A cluster that cannot start a reader fails a test in two minutes, not in ten."""
    monkeypatch.setattr("pipeline.runners.ray_runner._PATIENCE", 120.0)


def task_of(path: Path, dataset: Path) -> Task:
    Dataset(dataset).create()
    return Task(path, path.name, hash_file(Input(path, path.name)), dataset)


def make_inbox(folder: Path) -> None:
    """Born-digital files, transcripts, a scan, a long document, one that is broken."""
    folder.mkdir()
    for number in range(8):
        for sample in ("born-digital/input.pdf", "transcript/input.txt"):
            path = folder / f"{number}{Path(sample).suffix}"
            path.write_bytes((SAMPLES / sample).read_bytes() + b"\n" * number)
    shutil.copy(SAMPLES / "bw-scan" / "input.tiff", folder / "scan.tiff")
    pdf_of_pages(folder / "long.pdf", 30)
    (folder / "broken.pdf").write_bytes(b"%PDF-1.4\n")


def deliver(inbox: Path, root: Path, settings: Settings, on_result: Any = lambda _: None) -> dict[str, bytes]:
    """Read and clean; the files of the dataset that are for people, and the reads."""
    dataset = Dataset(root, settings.ledger)
    read_inputs(walk_inputs([inbox], root), dataset, settings, lambda _: None, on_result)
    clean_dataset(dataset, settings)
    found = [*root.glob("*.csv"), *(root / "reads").iterdir(), *(root / "documents").iterdir()]
    # What a killed node had half written is swept later: a minute ago it might have been alive.
    return {str(path.relative_to(root)): path.read_bytes() for path in found if not path.name.startswith(".")}


def test_a_cluster_that_is_not_there_is_said_at_once() -> None:
    """Before the cluster of these tests is started: a process has one connection."""
    pytest.importorskip("ray", reason=NOT_INSTALLED)
    began = time.monotonic()
    with pytest.raises(JobError, match="No Ray cluster answers at 127.0.0.1:1: .*refused"):
        check_runner(replace(ON_RAY, ledger="postgresql+psycopg://nobody@localhost/none", ray_address="127.0.0.1:1"))
    assert time.monotonic() - began < 20


def test_what_is_missing_is_said_before_anything_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(UsageError, match="PostgreSQL"):
        check_runner(ON_RAY)
    with pytest.raises(UsageError, match="GPU"):
        check_runner(replace(ON_RAY, ledger="postgresql+psycopg://nobody@localhost/none", read=ReadOptions(device="gpu")))
    monkeypatch.setitem(sys.modules, "ray", None)
    with pytest.raises(UsageError, match="not installed") as caught:
        check_runner(replace(ON_RAY, ledger="postgresql+psycopg://nobody@localhost/none"))
    assert "jixiao[ray]" in caught.value.way_out


def test_limits_hold_on_the_cluster(nodes: Nodes, tmp_path: Path) -> None:
    hanging_pdf(tmp_path / "hangs.pdf")
    task = task_of(tmp_path / "hangs.pdf", tmp_path / "out")
    (late,) = read_all([task], replace(ON_RAY, read=replace(ON_RAY.read, page_timeout=0.5)))
    assert late.failure is not None and late.failure.code == "page-timeout"
    (late,) = read_all([task], replace(ON_RAY, document_timeout=1e-6))
    assert late.failure is not None and late.failure.code == "timeout"


def test_a_worn_process_is_replaced(nodes: Nodes, tmp_path: Path) -> None:
    for number in range(4):
        pdf_without_table(tmp_path / f"{number}.pdf")
        (tmp_path / f"{number}.pdf").write_bytes((tmp_path / f"{number}.pdf").read_bytes() + b"%" * number)
    tasks = [task_of(tmp_path / f"{number}.pdf", tmp_path / "out") for number in range(4)]
    results = list(read_all(tasks, replace(ON_RAY, recycle_pages=1)))
    assert len(results) == 4 and all(result.outcome is not None for result in results)


def test_a_file_that_no_node_can_open_is_named(nodes: Nodes, tmp_path: Path) -> None:
    pdf_without_table(tmp_path / "fine.pdf")
    pdf_without_table(tmp_path / "gone.pdf")
    (tmp_path / "gone.pdf").write_bytes((tmp_path / "gone.pdf").read_bytes() + b"%")
    tasks = [task_of(tmp_path / name, tmp_path / "out") for name in ("gone.pdf", "fine.pdf")]
    (tmp_path / "gone.pdf").unlink()
    results = {result.task.name: result for result in read_all(tasks, ON_RAY)}
    assert results["fine.pdf"].outcome is not None
    failure = results["gone.pdf"].failure
    assert failure is not None and failure.code == "not-shared" and str(tmp_path / "gone.pdf") in failure.reason
    assert "same path on every node" in failure.way_out


def test_nodes_of_another_release_are_not_used(nodes: Nodes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pdf_without_table(tmp_path / "fine.pdf")
    monkeypatch.setattr("pipeline.runners.ray_runner.release_of", lambda _: "another")
    with pytest.raises(JobError, match="No node of the Ray cluster can read: .* its release is another"):
        list(read_all([task_of(tmp_path / "fine.pdf", tmp_path / "out")], ON_RAY))


def test_a_run_that_is_stopped_leaves(nodes: Nodes, tmp_path: Path) -> None:
    make_inbox(tmp_path / "in")
    tasks = (task_of(path, tmp_path / "out") for path in sorted((tmp_path / "in").iterdir()))
    results: list[Result] = []
    for result in read_all(tasks, ON_RAY, lambda: bool(results)):
        results.append(result)
    assert 1 <= len(results) <= 3


def test_a_node_that_dies_costs_nothing(nodes: Nodes, tmp_path: Path) -> None:
    """Last: the second node stays dead."""
    make_inbox(tmp_path / "in")
    wanted = deliver(tmp_path / "in", tmp_path / "local", SETTINGS)
    results: list[Result] = []
    killer = threading.Thread(target=nodes.kill_second)

    def on_result(result: Result) -> None:
        results.append(result)
        if len(results) == 6:
            killer.start()

    with running() as server:
        on_ray = replace(ON_RAY, ledger=server.url)
        got = deliver(tmp_path / "in", tmp_path / "ray", on_ray, on_result)
        killer.join()
        again = time.monotonic()
        assert deliver(tmp_path / "in", tmp_path / "ray", on_ray) == got
        assert time.monotonic() - again < 20
    assert got == wanted
    assert [result.task.name for result in results if result.failure] == [str(tmp_path / "in" / "broken.pdf")]
