"""JSON: the documents themselves, in place already; another folder gets copies, and loses those that left the dataset."""

from __future__ import annotations

from pipeline.dataset import discard, is_document, sync_folder, to_json, write_aside
from pipeline.errors import from_os_error
from pipeline.export.delivery import Delivery
from pipeline.export.masking import mask_document


def write(delivery: Delivery) -> None:
    """Nothing to do in the dataset itself: ``documents/`` is its JSON.

    Raises:
        JobError: the folder cannot be written.
    """
    if delivery.is_own:
        return
    folder = delivery.folder / "documents"
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise from_os_error(error, folder) from error
    kept = set()
    for document in delivery.dataset.load_documents():
        name = delivery.dataset.document_path(document["document"]["sha256"]).name
        write_aside(folder / name, to_json(mask_document(document) if delivery.masked else document).encode())
        kept.add(name)
    for path in folder.glob("*.json"):
        if path.name not in kept and is_document(path):
            discard(path)
    sync_folder(folder)
