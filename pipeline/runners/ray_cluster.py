"""The Ray cluster: which machines are in it, and starting readers there. Ray is imported when it is asked for."""

from __future__ import annotations

import os
import signal
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from types import ModuleType
from typing import Any

from extractors.ocr.fast_recognizer import SWITCH as FULL_PRECISION
from extractors.options import ReadOptions
from pipeline.dataset import Dataset
from pipeline.errors import JobError, UsageError
from pipeline.messages import tell
from pipeline.runners.remote_reader import RemoteReader
from pipeline.settings import Settings

_KNOCK_SECONDS = 10.0
# Under `uv run` Ray would send the working folder to every node and build an environment there: nodes have a release of their own.
_NO_COPY = ("RAY_ENABLE_UV_RUN_RUNTIME_ENV", "0")


@dataclass(frozen=True, slots=True)
class Node:
    """A machine of the cluster; several may have one ``name``."""

    id: str
    name: str
    cpus: int


class Cluster:
    """A connection to a Ray cluster.

    Raises:
        UsageError: Ray is not installed.
        JobError: no cluster answers.
    """

    def __init__(self, settings: Settings) -> None:
        self.ray = connect(settings.ray_address)
        self._settings = settings

    def nodes(self) -> list[Node]:
        """Machines that are up and have processors, in a fixed order."""
        found = [
            Node(each["NodeID"], each["NodeManagerHostname"], int(each["Resources"].get("CPU", 0)))
            for each in self.ray.nodes()
            if each["Alive"]
        ]
        return sorted((node for node in found if node.cpus), key=lambda node: node.id)

    def start(self, node: Node, dataset: Path) -> Any:
        """A reader on this machine, as soon as a processor is free there."""
        from ray.util.scheduling_strategies import NodeAffinitySchedulingStrategy

        settings = replace(self._settings, jobs=node.cpus, ledger=None, read=_on_a_node(self._settings.read))
        environment = {FULL_PRECISION: os.environ[FULL_PRECISION]} if FULL_PRECISION in os.environ else {}
        place = NodeAffinitySchedulingStrategy(node.id, soft=False)
        remote = self.ray.remote(num_cpus=1)(RemoteReader)
        return remote.options(scheduling_strategy=place).remote(settings, dataset, Dataset(dataset).identity(), environment)

    def ready(self, refs: list[Any], seconds: float) -> list[Any]:
        """Those of the answers that are there; waits so long for the first."""
        if not refs or not self.ray.wait(refs, timeout=seconds)[0]:
            return []
        there: list[Any] = self.ray.wait(refs, num_returns=len(refs), timeout=0)[0]
        return there


def _on_a_node(options: ReadOptions) -> ReadOptions:
    """A reader has one core there, and its own working folder."""
    model_dir, draw_dir = options.ocr_model_dir, options.draw_dir
    return replace(
        options,
        threads=1,
        ocr_model_dir=model_dir.absolute() if model_dir else None,
        draw_dir=draw_dir.absolute() if draw_dir else None,
    )


def connect(address: str | None) -> ModuleType:
    """The Ray module, connected."""
    os.environ.setdefault(*_NO_COPY)
    try:
        import ray
    except ImportError as error:
        raise UsageError(*tell("ray.missing")) from error
    if not ray.is_initialized():
        address = address or os.environ.get("RAY_ADDRESS") or "auto"
        with _our_signals():
            try:
                _knock(address)
                ray.init(address=address, namespace="jixiao", logging_level="ERROR", log_to_driver=False)
            except Exception as error:  # OSError, ValueError, RuntimeError, and what gRPC has of its own
                reason = str(error).strip().split("\n")[0].rstrip(".")
                raise JobError(*tell("ray.no-answer", address=address, reason=reason)) from error
    module: ModuleType = ray
    return module


def _knock(address: str) -> None:
    """Ray would try for minutes where nobody listens."""
    host, _, port = address.rpartition("://")[2].rpartition(":")
    if host and port.isdigit():
        socket.create_connection((host.strip("[]"), int(port)), timeout=_KNOCK_SECONDS).close()


@contextmanager
def _our_signals() -> Iterator[None]:
    """Ray would leave at once on SIGTERM; a run ends what it has in hand."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    handler = signal.getsignal(signal.SIGTERM)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, handler)
