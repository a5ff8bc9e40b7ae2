"""stub"""
from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from extractors.model import Document
from extractors.reads import read_to_document
from pipeline.dataset import Dataset, in_order, load_json, to_json, write_whole
from pipeline.errors import JobError
from pipeline.ledger import opened
from pipeline.settings import Settings
from pipeline.tally import Tally
from pipeline.versions import rulebook_version


def clean_dataset(dataset: Dataset, settings: Settings, on_document: Callable[[int, int], None] = lambda _done, _total: None) -> Tally:
    """Clean every read of a dataset and write its documents and exports.

    No file but the reads (and the taxonomy) is opened. Documents whose read is
    gone are removed. Same reads, same bytes.

    Args:
        on_document: told after each document how many are done, of how many.

    Raises:
        JobError: the dataset cannot be written.
    """
    from normalizers.clean import clean_batch

    dataset.create()
    paths = in_order(dataset.reads)
    tally = Tally()
    written = set()
    for index, value in enumerate(clean_batch(lambda: _open_reads(paths), settings.clean)):
        target = dataset.document_path(value["document"]["sha256"])
        write_whole(target, to_json(value))
        written.add(target.name)
        tally.add(value)
        on_document(index + 1, len(paths))
    for stale in dataset.documents.glob("*.json"):
        if stale.name not in written:
            stale.unlink()
    write_exports(dataset, settings.formats)
    _note_cleaned(dataset, settings)
    return tally


def _note_cleaned(dataset: Dataset, settings: Settings) -> None:
    with opened(dataset) as ledger:
        ledger.note_cleaned(rulebook_version(settings.clean.taxonomy_file, settings.clean.templates_file))


def _open_reads(paths: list[Path]) -> Iterator[Document]:
    for path in paths:
        try:
            yield read_to_document(load_json(path))
        except (ValueError, KeyError, TypeError) as error:
            raise JobError(f"{path} is no read of this version: {error}.", "Delete it and run `jixiao read` on its input again.") from error


def write_exports(dataset: Dataset, formats: Iterable[str]) -> None:
    """The dataset-wide files of each format, complete or not at all."""
    from pipeline.export import formats_of, writer_of

    for name in formats_of(dataset, formats):
        writer_of(name)(dataset)
