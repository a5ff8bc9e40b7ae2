"""One job of reading, in whatever process and on whatever machine it happens."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from extractors.options import ReadOptions
from pipeline.dataset import Dataset, to_json, unpacking_folder, write_whole
from pipeline.errors import JobError
from pipeline.inputs.failures import Failure, from_error
from pipeline.inputs.names import names_in_key
from pipeline.inputs.outcome import Outcome
from pipeline.messages import tell
from pipeline.settings import LONG_PAGES

if TYPE_CHECKING:
    from extractors.containers.listing import Listing
    from extractors.containers.unpacker import Unpacker
    from extractors.model import Document
    from extractors.page_prefetch import PageSource


@dataclass(frozen=True, slots=True)
class Task:
    """One content to read and where its read goes; ``key`` says where in the archive ``path`` it lies, if it does."""

    path: Path
    name: str
    sha256: str
    dataset: Path
    key: str = ""


@dataclass(frozen=True, slots=True)
class Result:
    """A task that is done: its outcome, or what an archive holds, or the failure of the input, or what ends the job."""

    task: Task
    outcome: Outcome | None = None
    failure: Failure | None = None
    job_error: JobError | None = None
    listing: Listing | None = None


@dataclass(frozen=True, slots=True)
class Job:
    """What one process does in one go: a short document, one page of a long one, or putting the pages together.

    ``page_no`` is from 1 and 0 for other steps; ``page_count`` is that of a document to put together.
    """

    task: Task
    step: Literal["document", "page", "assemble"] = "document"
    page_no: int = 0
    page_count: int = 0


@dataclass(frozen=True, slots=True)
class Long:
    """The document is to be read page by page; which pages are not read yet."""

    page_count: int
    missing: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class PageRead:
    """The page is read and stored."""

    page_no: int
    seconds: float


Reply = Result | Long | PageRead
OnPage = Callable[[int], None]


@dataclass(slots=True)
class Desk:
    """What a process keeps between jobs: the long file that it works on, open, and the archive that it lies in.

    Call ``do`` for each job, ``close`` at the end.
    """

    options: ReadOptions
    long_pages: int = LONG_PAGES
    _open: ExitStack = field(default_factory=ExitStack)
    _source: PageSource | None = None
    _sha256: str = ""
    _unpacker: Unpacker | None = None
    _unpacked: tuple[str, Path] | None = None

    def do(self, job: Job, on_page: OnPage = lambda _page_no: None) -> Reply:
        """Do one job; whatever goes wrong with the file is a Failure.

        Args:
            on_page: told the number of each page before it is read.
        """
        try:
            if job.step == "page":
                return self._read_page(job, on_page)
            if job.step == "assemble":
                return self._assemble(job)
            listed = self._list(job.task, on_page)
            return listed or self._split(job.task) or _read_one(job.task, self._file(job.task), self.options, on_page)
        except JobError as error:
            return Result(job.task, job_error=error)
        except Exception as error:  # one broken file is a line in failures.csv, whatever it broke
            return Result(job.task, failure=from_error(job.task.name, error))

    def close(self) -> None:
        """Give the open file back, and remove what was unpacked."""
        self._end_source()
        self._unpacked = None
        if self._unpacker is not None:
            self._unpacker.close()
            self._unpacker = None

    def _end_source(self) -> None:
        self._open.close()
        self._source, self._sha256 = None, ""

    def _file(self, task: Task) -> Path:
        """The file to read: a member of an archive is unpacked for as long as it is asked for.

        Raises:
            ReadError: it cannot be unpacked.
        """
        from extractors.containers.unpacker import Unpacker

        inside = names_in_key(task.key)
        if not inside:
            return task.path
        if self._unpacked is None or self._unpacked[0] != task.key:
            self._end_source()
            self._unpacked = None
            if self._unpacker is None:
                self._unpacker = Unpacker(unpacking_folder(task.dataset))
            self._unpacked = (task.key, self._unpacker.file(task.path, inside))
        return self._unpacked[1]

    def _list(self, task: Task, on_page: OnPage) -> Result | None:
        """What an archive holds; None for a document."""
        from extractors.containers.kinds import container_of
        from extractors.containers.listing import list_members

        file = self._file(task)
        container = container_of(file)
        if container is None:
            return None
        return Result(task, listing=list_members(file, container, len(names_in_key(task.key)), unpacking_folder(task.dataset), on_page))

    def _split(self, task: Task) -> Long | None:
        """None for what is read in one go, and for what cannot be opened: its reader says why."""
        from extractors.errors import ReadError
        from extractors.identify import identify
        from extractors.readers import reader_of
        from pipeline.page_store import PageStore

        try:
            if not reader_of(identify(self._file(task))).pages:
                return None
            count = self._opened(task).page_count
        except ReadError:
            return None
        if count <= self.long_pages:
            self._end_source()
            return None
        return Long(count, tuple(PageStore(task.dataset, task.sha256, self.options).missing(count)))

    def _opened(self, task: Task) -> PageSource:
        from extractors.reading import open_pages

        if self._source is None or self._sha256 != task.sha256:
            self._end_source()
            self._source = self._open.enter_context(open_pages(self._file(task), self.options))
            self._sha256 = task.sha256
        return self._source

    def _read_page(self, job: Job, on_page: OnPage) -> PageRead:
        from extractors.errors import BrokenFileError, PictureSizeError
        from extractors.reading import unread_page
        from pipeline.page_store import PageStore, StoredPage

        started, source = time.monotonic(), self._opened(job.task)
        on_page(job.page_no)
        try:
            stored = StoredPage(*source.open_page(job.page_no - 1).read())
        except (BrokenFileError, PictureSizeError) as error:
            stored = StoredPage(unread_page(job.page_no - 1, error), [], (error.code, error.reason, error.way_out))
        PageStore(job.task.dataset, job.task.sha256, self.options).put(job.page_no, stored)
        return PageRead(job.page_no, time.monotonic() - started)

    def _assemble(self, job: Job) -> Reply:
        from extractors.identify import identify
        from extractors.reading import assemble
        from pipeline.page_store import PageStore

        started, task = time.monotonic(), job.task
        store = PageStore(task.dataset, task.sha256, self.options)
        stored = [store.get(page_no) for page_no in range(1, job.page_count + 1)]
        pages = [each for each in stored if each is not None]
        if len(pages) < len(stored):
            return Long(job.page_count, tuple(store.missing(job.page_count)))
        self._end_source()
        if all(each.failure for each in pages):
            assert pages[0].failure is not None
            return Result(task, failure=Failure(task.name, *pages[0].failure))
        tables = [table for each in pages for table in each.tables]
        options = replace(self.options, name=task.name)
        file = self._file(task)
        document = assemble(file, identify(file), [each.page for each in pages], tables, options)
        result = _deliver(document, task, started)
        if result.outcome is not None:
            store.clear()
        return result


def _read_one(task: Task, file: Path, options: ReadOptions, on_page: OnPage | None = None) -> Result:
    """Read one file whole and write its read; whatever goes wrong with the file is a Failure.

    Args:
        file: where it lies, unpacked.
        on_page: told the number of each page before it is read.
    """
    from extractors.reading import read_file

    started = time.monotonic()
    try:
        return _deliver(read_file(file, replace(options, name=task.name), on_page), task, started)
    except Exception as error:  # one broken file is a line in failures.csv, whatever it broke
        return Result(task, failure=from_error(task.name, error))


def _deliver(document: Document, task: Task, started: float) -> Result:
    """Write the read of a document, if it is still the one that was asked for."""
    from extractors.reads import document_to_read

    text = to_json(document_to_read(document))
    if document.sha256 != task.sha256:
        return Result(task, failure=Failure(task.name, "changed", *tell("failure.changed")))
    try:
        write_whole(Dataset(task.dataset).read_path(document.sha256), text)
    except JobError as error:
        return Result(task, job_error=error)
    digest = hashlib.sha256(text.encode()).hexdigest()
    return Result(task, Outcome(document.sha256, document.page_count, len(document.tables), time.monotonic() - started, digest))
