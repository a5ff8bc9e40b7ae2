"""Starting and ending a process that reads."""

from __future__ import annotations

import multiprocessing
from dataclasses import dataclass, replace
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from extractors.options import ReadOptions
from pipeline.processes.memory import hard_limit
from pipeline.runners.worker import work
from pipeline.settings import Settings

# fork would copy the threads' locks of OCR and PDF libraries in whatever state they are.
_CONTEXT = multiprocessing.get_context("spawn")
# What a worker with more threads would take of memory is not worth its while.
_MOST_THREADS = 4


@dataclass(frozen=True, slots=True)
class Terms:
    """What a reader is told at its start; ``most_bytes`` is what it may take of memory, 0 for no limit."""

    read: ReadOptions
    long_pages: int
    most_bytes: int

    @staticmethod
    def of(settings: Settings, is_lone: bool) -> Terms:
        """Those of a run; ``is_lone``: there is one document, and nobody else to leave cores for."""
        read = settings.read
        if is_lone:
            read = replace(read, threads=max(read.threads or 1, min(_MOST_THREADS, settings.jobs)))
        return Terms(read, settings.long_pages, most_bytes(settings, is_lone))


@dataclass(frozen=True, slots=True)
class ReaderProcess:
    """A process that waits for jobs at the other end of a pipe."""

    terms: Terms
    process: Any
    pipe: Connection

    def end(self, kill: bool = False) -> None:
        """Let it go after the job in hand; or at once."""
        if kill:
            self.process.kill()
        else:
            try:
                self.pipe.send(None)
            except (BrokenPipeError, OSError):
                self.process.kill()
        self.pipe.close()
        self.process.join(timeout=5)


def most_bytes(settings: Settings, is_lone: bool) -> int:
    """Memory that one reader of a run may take; 0 for no limit."""
    return hard_limit(settings.worker_memory, 1 if is_lone else settings.jobs)


def start_reader(terms: Terms, for_file: Path | None = None) -> ReaderProcess:
    """Start a reader; it loads what it needs for this file before the first job comes."""
    ours, theirs = _CONTEXT.Pipe()
    args = (theirs, terms.read, terms.long_pages, terms.most_bytes, for_file)
    process = _CONTEXT.Process(target=work, args=args, daemon=True)
    process.start()
    theirs.close()
    return ReaderProcess(terms, process, ours)
