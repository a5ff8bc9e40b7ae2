"""Pages of a long document that were read and wait for the others: they outlive a killed run.

They lie in ``DATASET/.pages``, a folder a document; numbers are kept to the last
bit, so that the document comes out as if one process had read it whole.
"""

from __future__ import annotations

import hashlib
import io
import pickle
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from extractors.model import Page, Table
from extractors.options import ReadOptions
from pipeline.dataset import Dataset, aside_of, discard
from pipeline.dataset.own_names import is_page, is_page_folder
from pipeline.errors import from_os_error
from pipeline.versions import reader_version

_WEEK = 7 * 86400.0
# Code, reason and way out of a page that could not be read.
PageFailure = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class StoredPage:
    """One page as its reader returned it; ``failure`` when it stands for a page that cannot be read."""

    page: Page
    tables: list[Table]
    failure: PageFailure | None = None


class PageStore:
    """The pages of one content, read by one version of the readers."""

    def __init__(self, dataset: Path, sha256: str, options: ReadOptions) -> None:
        version = hashlib.sha256(reader_version(options).encode()).hexdigest()[:8]
        self._folder = _root(dataset) / f"{sha256[:12]}-{version}"

    def put(self, page_no: int, stored: StoredPage) -> None:
        """Raises JobError when the dataset cannot be written."""
        path = self._path(page_no)
        aside = aside_of(path)
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            # Not synced: what a loss of power spoils is told from a page and read again.
            aside.write_bytes(pickle.dumps((stored.page, stored.tables, stored.failure), protocol=5))
            aside.replace(path)
        except OSError as error:
            discard(aside)
            raise from_os_error(error, path) from error

    def get(self, page_no: int) -> StoredPage | None:
        """None when the page was not read, or its file is spoiled."""
        path = self._path(page_no)
        try:
            page, tables, failure = _PlainUnpickler(io.BytesIO(path.read_bytes())).load()
        except FileNotFoundError:
            return None
        except Exception:  # a spoiled pickle raises nearly anything
            discard(path)
            return None
        return StoredPage(page, tables, failure)

    def missing(self, page_count: int) -> list[int]:
        """Numbers of the pages that were not read yet."""
        return [page_no for page_no in range(1, page_count + 1) if not self._path(page_no).exists()]

    def clear(self) -> None:
        """The document is whole; its pages are not needed any more."""
        _remove(self._folder)

    def _path(self, page_no: int) -> Path:
        return self._folder / f"{page_no}.page"


def sweep_pages(dataset: Dataset) -> None:
    """Remove pages of documents that are whole by now, and those that nobody came back for in a week."""
    root = _root(dataset.root)
    for folder in filter(is_page_folder, root.iterdir() if root.is_dir() else ()):
        try:
            touched = folder.stat().st_mtime
            read = dataset.reads / f"{folder.name.partition('-')[0]}.json"
            if touched < time.time() - _WEEK or (read.exists() and read.stat().st_mtime > touched):
                _remove(folder)
        except OSError:
            continue  # another machine was faster


def _root(dataset: Path) -> Path:
    return dataset / ".pages"


def _remove(folder: Path) -> None:
    """Pages only: what somebody else put there keeps its folder."""
    try:
        for path in filter(is_page, folder.iterdir() if is_page_folder(folder) else ()):
            discard(path)
        folder.rmdir()
        folder.parent.rmdir()
    except OSError:
        return  # other documents have pages there


class _PlainUnpickler(pickle.Unpickler):
    """Loads pages and nothing else: a file that somebody put there must not run code."""

    def find_class(self, module: str, name: str) -> Any:
        plain = module == "extractors.model" or (module, name) in {("builtins", "range"), ("numpy", "dtype")}
        if not plain and not (module in ("numpy.core.multiarray", "numpy._core.multiarray") and name == "scalar"):
            raise pickle.UnpicklingError(f"{module}.{name} is no part of a page")
        return super().find_class(module, name)
