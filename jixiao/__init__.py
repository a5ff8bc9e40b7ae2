"""Performance-target tables (绩效目标表) into one clean dataset: what a program may call.

Nothing here prints: what happens is logged (``logging.getLogger("jixiao")``), and what
cannot go on is raised as one of the errors in ``jixiao.errors``.
"""

from __future__ import annotations

from extractors.model import Document
from extractors.options import ReadOptions
from jixiao.dataset import Dataset, open_dataset
from jixiao.document import CleanedDocument, Finding, Row, Table
from jixiao.reading import clean, read
from jixiao.runs import Report, explain, extract
from normalizers.settings import CleanSettings
from pipeline.settings import Settings

__all__ = [
    "CleanSettings", "CleanedDocument", "Dataset", "Document", "Finding", "ReadOptions", "Report", "Row", "Settings", "Table", "clean",
    "explain", "extract", "open_dataset", "read",
]  # fmt: skip
