"""Crops and pages for the review page: PNG, one at a time, the latest kept."""

from __future__ import annotations

import threading
from collections import OrderedDict
from typing import Any

from pipeline.crop import crop_of_box
from pipeline.dataset import Dataset
from pipeline.errors import UsageError
from pipeline.messages import tell
from pipeline.originals import original_of

_MOST_KEPT = 64
# Points around a cell: its neighbours tell what it is.
_MARGIN = 18.0
_PAGE_SCALE = 110 / 72


class Pictures:
    """PNG bytes by document and place; pdfium draws one page at a time."""

    def __init__(self, dataset: Dataset) -> None:
        self._dataset = dataset
        self._lock = threading.Lock()
        self._kept: OrderedDict[tuple[Any, ...], bytes] = OrderedDict()

    def crop(self, document: dict[str, Any], finding: dict[str, Any]) -> bytes:
        """The place of a finding with what stands around it.

        Raises:
            UsageError: it has no place in a picture, or the original is gone.
        """
        if not finding["bbox"] or not finding["page_no"]:
            raise UsageError(*tell("review.no-place"))
        return self._png(document, finding["page_no"], finding["bbox"], _MARGIN, 200 / 72)

    def page(self, document: dict[str, Any], page_no: int) -> bytes:
        """A whole page at 110 dpi.

        Raises:
            UsageError: there is no such page, or the original is gone.
        """
        page = next((each for each in document["document"]["pages"] if each["page_no"] == page_no), None)
        if page is None:
            raise UsageError(*tell("review.no-page", page_no=page_no))
        return self._png(document, page_no, [0.0, 0.0, page["width"], page["height"]], 0.0, _PAGE_SCALE)

    def _png(self, document: dict[str, Any], page_no: int, box: list[float], margin: float, scale: float) -> bytes:
        import cv2

        key = (document["document"]["sha256"], page_no, tuple(box), scale)
        with self._lock:
            if key not in self._kept:
                with original_of(self._dataset, document) as original:
                    _, data = cv2.imencode(".png", crop_of_box(original, document, page_no, box, margin, scale))
                self._kept[key] = data.tobytes()
                if len(self._kept) > _MOST_KEPT:
                    self._kept.popitem(last=False)
            self._kept.move_to_end(key)
            return self._kept[key]
