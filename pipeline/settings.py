"""What a user chose for a run, gathered once and handed down."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path

from extractors.options import ReadOptions
from normalizers.settings import CleanSettings

# Longer documents are read page by page: by all workers at once, and a page that was read is never lost.
LONG_PAGES = 8
RUNNERS = ("local", "ray")


@dataclass(frozen=True)
class Settings:
    """Settings of one run.

    ``jobs`` is the number of worker processes; ``recycle_pages`` how many pages a
    worker reads before a fresh one takes its place, ``worker_memory`` how many bytes
    it may have between two pages (four times that while it reads one), 0 for no limit;
    documents of more than ``long_pages`` are read page by page, by all workers;
    ``follow_links`` reads
    files outside of a given folder that a link in it leads to; ``document_timeout`` seconds
    for one file, 0 for no limit (that of a page is in ``read``); ``reread`` reads
    again all that is given, ``reread_outdated`` what another version of the readers
    read; ``clean_timeout`` seconds and ``clean_memory`` bytes, four times that at most, are for cleaning one
    document, 0 for no limit; ``log_format`` is ``text`` or ``json``, a line a document; ``ledger`` the
    URL of a PostgreSQL database, None for SQLite in the dataset; ``runner`` is where
    files are read, ``local`` or ``ray``; ``ray_address`` that of the cluster, None to
    ask the environment; ``ray_jobs`` the most readers on it, 0 for one a processor.
    """

    read: ReadOptions = field(default_factory=ReadOptions)
    clean: CleanSettings = field(default_factory=CleanSettings)
    formats: tuple[str, ...] = ("json", "csv")
    jobs: int = 1
    recycle_pages: int = 200
    worker_memory: int = 0
    long_pages: int = LONG_PAGES
    document_timeout: float = 0.0
    clean_timeout: float = 0.0
    clean_memory: int = 0
    follow_links: bool = False
    reread: bool = False
    reread_outdated: bool = False
    ledger: str | None = None
    log_format: str = "text"
    runner: str = "local"
    ray_address: str | None = None
    ray_jobs: int = 0

    @property
    def watches_cleaning(self) -> bool:
        """Whether documents are cleaned under limits, by processes that are watched."""
        return bool(self.clean_timeout or self.clean_memory)


def default_jobs() -> int:
    """One worker a core that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return max(1, len(os.sched_getaffinity(0)))
    return os.cpu_count() or 1


def read_options(
    ocr_model: str | None, ocr_model_dir: Path | None, device: str, draw_dir: Path | None, page_timeout: float, jobs: int
) -> ReadOptions:
    """Options for each worker; the cores are shared between them."""
    threads = max(1, default_jobs() // max(1, jobs))
    return ReadOptions(ocr_model, ocr_model_dir, draw_dir, page_timeout, device, threads)
