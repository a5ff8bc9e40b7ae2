"""The folder of a dataset: whose it is, where each file stands, and how a file is put there whole."""

from __future__ import annotations

from pipeline.dataset.files import aside_of, discard, load_json, publish, sync_folder, to_json, write_aside, write_whole, written_whole
from pipeline.dataset.folder import Dataset, in_order, json_files
from pipeline.dataset.mark import is_vacant
from pipeline.dataset.own_names import NAME_DIGITS, is_document
from pipeline.dataset.plain_files import made_plainly, read_plainly
from pipeline.dataset.unpacked import sweep_unpacked, unpacking_folder

__all__ = [
    "NAME_DIGITS", "Dataset", "aside_of", "discard", "in_order", "is_document", "is_vacant", "json_files", "load_json", "made_plainly",
    "publish", "read_plainly", "sweep_unpacked", "sync_folder", "to_json", "unpacking_folder", "write_aside", "write_whole",
    "written_whole",
]  # fmt: skip
