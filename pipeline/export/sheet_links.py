"""Where cells of the workbook lead to: the page in the file that was read, the picture of the place."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

from pipeline.export.crop_files import FOLDER, name_of_crop
from pipeline.export.delivery import Delivery
from pipeline.inputs.names import split_name


class Links:
    """The links of one workbook; none where people's names are masked: the originals name them."""

    def __init__(self, delivery: Delivery) -> None:
        self._masked = delivery.masked
        crops = delivery.folder / FOLDER
        self._crops = frozenset(path.name for path in crops.glob("*.png")) if crops.is_dir() and not delivery.masked else frozenset()

    def page(self, document: str, page_no: Any) -> str | None:
        """The page of a file as a URL; of what lies in an archive the archive."""
        address = None if self._masked else _address(document)
        return f"{address}#page={page_no}" if address and page_no else address

    def crop(self, finding: dict[str, Any]) -> str | None:
        """The picture of a finding's place beside the workbook, where there is one."""
        name = name_of_crop(finding["sha256"], finding["finding_id"])
        return f"{FOLDER}/{name}" if name in self._crops else None


@lru_cache(maxsize=4)
def _address(document: str) -> str | None:
    path, _ = split_name(document)
    try:
        file = Path(path).absolute()
        return file.as_uri() if file.is_file() else None
    except (OSError, ValueError):
        return None
