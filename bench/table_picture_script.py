"""Run by an interpreter that has the peer: ``python table_picture_script.py NAME PICTURE...``.

A line ``TABLES`` with JSON for each picture: a list of tables, each a list of
[first row, last row, first column, last column, text].
"""

import json
import sys
from typing import Any

Cells = list[list[Any]]


def main() -> None:
    name, *files = sys.argv[1:]
    for path in files:
        tables = slanet(path) if name == "SLANet-plus" else img2table(path, name.endswith("straightened"))
        print("TABLES " + json.dumps(tables), flush=True)


_kept: dict[str, Any] = {}


def open_once(name: str, make: Any) -> Any:
    if name not in _kept:
        _kept[name] = make()
    return _kept[name]


def img2table(path: str, straightened: bool) -> list[Cells]:
    from img2table.document import Image
    from img2table.ocr import RapidOCR
    from rapidocr import LangRec

    reader = open_once("ocr", lambda: RapidOCR({"Rec.lang_type": LangRec.CH, "Global.text_score": 0.0}))
    tables = Image(path, detect_rotation=straightened).extract_tables(ocr=reader, min_confidence=1)
    return [spans(table.content) for table in tables]


def spans(content: dict[int, Any]) -> Cells:
    """A spanning cell stands once in each place of the grid, with the same box."""
    places: dict[tuple[int, ...], list[tuple[int, int, str]]] = {}
    for i, row in enumerate(content.values()):
        for j, cell in enumerate(row):
            box = cell.bbox
            places.setdefault((box.x1, box.y1, box.x2, box.y2), []).append((i, j, cell.value or ""))
    return [
        [min(p[0] for p in found), max(p[0] for p in found), min(p[1] for p in found), max(p[1] for p in found), found[0][2]]
        for found in places.values()
    ]


def slanet(path: str) -> list[Cells]:
    import cv2
    from rapid_table import RapidTable
    from rapidocr import LangRec, RapidOCR

    ocr = open_once("ocr", lambda: RapidOCR(params={"Rec.lang_type": LangRec.CH, "Global.text_score": 0.0}))
    table = open_once("table", RapidTable)
    picture = cv2.imread(path)
    found = ocr(picture)
    if not found.txts:
        return []
    words = [[quad.tolist(), text, score] for quad, text, score in zip(found.boxes, found.txts, found.scores, strict=True)]
    html = getattr(answer := table(picture, words), "pred_html", None)
    return [html_cells(html if html is not None else answer[0])]


def html_cells(html: str) -> Cells:
    from bs4 import BeautifulSoup

    taken: set[tuple[int, int]] = set()
    cells: Cells = []
    for i, row in enumerate(BeautifulSoup(html, "html.parser").find_all("tr")):
        j = 0
        for cell in row.find_all(["td", "th"]):
            while (i, j) in taken:
                j += 1
            down, across = int(cell.get("rowspan") or 1), int(cell.get("colspan") or 1)
            taken |= {(i + a, j + b) for a in range(down) for b in range(across)}
            cells.append([i, i + down - 1, j, j + across - 1, cell.get_text()])
            j += across
    return cells


main()
