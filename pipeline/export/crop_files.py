"""A picture of each place that a person should look at: ``crops/<sha12>-<finding_id>.png``, for the links of the workbook."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from pipeline.crop import PageCutter
from pipeline.dataset import discard, written_whole
from pipeline.errors import UsageError, from_os_error
from pipeline.export.delivery import Delivery
from pipeline.export.rows import COLUMNS
from pipeline.messages import tell
from pipeline.originals import original_of

FOLDER = "crops"
_OWN = re.compile(r"^[0-9a-f]{12}-[0-9a-f]{12}\.png$")
# Points around a cell: its neighbours tell what it is.
_MARGIN = 18.0


def name_of_crop(sha256: str, finding_id: str) -> str:
    """What the picture of a finding is called."""
    return f"{sha256[:12]}-{finding_id}.png"


def write(delivery: Delivery) -> None:
    """The picture of each finding for a person that has a place on a page; one that is there already is kept.

    What cannot be drawn (the original is gone, the file has no pages) has none.

    Raises:
        UsageError: people's names are masked: pictures show them.
        JobError: the folder cannot be written.
    """
    if delivery.masked:
        raise UsageError(*tell("crops.masked"))
    folder = delivery.folder / FOLDER
    kept: set[str] = set()
    try:
        folder.mkdir(exist_ok=True)
        with delivery.source() as source:
            for rows in source.documents():
                wanted = {name_of_crop(each["sha256"], each["finding_id"]): each for each in _with_a_place(rows["findings"])}
                kept |= wanted.keys()
                _draw(delivery, {name: each for name, each in wanted.items() if not (folder / name).exists()})
        for path in folder.glob("*.png"):
            if path.name not in kept and _OWN.match(path.name):
                discard(path)
    except OSError as error:
        raise from_os_error(error, folder) from error


def _with_a_place(rows: list[list[Any]]) -> Iterator[dict[str, Any]]:
    for row in rows:
        finding = dict(zip(COLUMNS["findings"], row, strict=True))
        if finding["severity"] == "review" and finding["bbox"] and finding["page_no"]:
            yield finding


def _draw(delivery: Delivery, wanted: dict[str, dict[str, Any]]) -> None:
    """The pictures of one document, page by page."""
    if not wanted:
        return
    document = delivery.dataset.load_document(next(iter(wanted.values()))["sha256"])
    if document is None:
        return
    try:
        with original_of(delivery.dataset, document) as original:
            cutter = PageCutter(original, document)
            for name, finding in sorted(wanted.items(), key=lambda each: int(each[1]["page_no"])):
                box = [float(part) for part in finding["bbox"].split()]
                data = cutter.png(int(finding["page_no"]), box, _MARGIN)
                with written_whole(delivery.folder / FOLDER / name) as (aside,):
                    aside.write_bytes(data)
    except UsageError:
        return
