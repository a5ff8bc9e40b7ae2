"""Readers of page pictures that give text with its place on the true page, ours and others."""

from __future__ import annotations

import json
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from extractors.model import BBox, Document

DPI = 200
# Box in points of the true page, and text.
Piece = tuple[tuple[float, float, float, float], str]
# Takes a picture (BGR uint8) and the 3x3 matrix from points of the true page to its pixels.
Reader = Callable[[Any, Any], list[Piece]]


def cell_readers(threads: int, img2table: Path | None) -> dict[str, Reader]:
    """Readers by name; ``img2table`` is an interpreter that has it with rapidocr, None leaves it out."""
    readers: dict[str, Reader] = {"jixiao, as read": _ours(threads), "jixiao, delivered": _ours(threads, True)}
    readers |= {"rapidocr": _rapidocr(threads), "paddleocr": _paddleocr(threads)}
    return readers | ({"img2table": _img2table(img2table)} if img2table is not None else {})


def _ours(threads: int, delivered: bool = False) -> Reader:
    """Cells as read, or with what the cleaning stage delivers for them; the page as it lies, nothing told about it."""
    from extractors.ocr.engine import load_engine
    from extractors.options import ReadOptions
    from extractors.pictures.scan import read_picture

    options = ReadOptions(threads=threads, device="cpu")
    engine = load_engine(options)

    def read(picture: Any, matrix: Any) -> list[Piece]:
        import numpy as np

        page, tables = read_picture(picture, 1, None, engine, options)
        way = np.linalg.inv(matrix) @ np.array(page.transform).reshape(3, 3)
        document = Document("page", "", "image/png", [page], tables)
        texts = _delivered(document) if delivered else {}
        pieces = []
        for cell in (cell for table in tables for cell in table.cells):
            text = texts.get(cell.bbox, cell.text)
            if cell.bbox is not None and text:
                pieces.append((_box([(cell.bbox.x0, cell.bbox.top), (cell.bbox.x1, cell.bbox.bottom)], way), text))
        return pieces

    return read


def _delivered(document: Document) -> dict[BBox | None, str]:
    """The final text of each cell that became a field."""
    from normalizers.clean import mend_document
    from normalizers.settings import CleanSettings

    fields = [field for table in mend_document(document, CleanSettings()).tables for _, field in table.all_fields()]
    return {field.cell.bbox: field.text for field in fields if field.cell is not None}


def _rapidocr(threads: int) -> Reader:
    from rapidocr import RapidOCR

    engine = RapidOCR(params={"EngineConfig.onnxruntime.intra_op_num_threads": threads, "Global.text_score": 0.0})

    def read(picture: Any, matrix: Any) -> list[Piece]:
        upright, way = _upright(picture, matrix)
        result: Any = engine(upright)
        return [(_box(quad, way), text) for quad, text in zip(result.boxes, result.txts, strict=True)] if result.txts else []

    return read


def _paddleocr(threads: int) -> Reader:
    from bench.scan_speed import open_paddleocr

    engine = open_paddleocr(threads)

    def read(picture: Any, matrix: Any) -> list[Piece]:
        upright, way = _upright(picture, matrix)
        result = next(iter(engine.predict(upright)))
        return [(_box(quad, way), text) for quad, text in zip(result["rec_polys"], result["rec_texts"], strict=True)]

    return read


def _img2table(python: Path) -> Reader:
    def read(picture: Any, matrix: Any) -> list[Piece]:
        import cv2
        import numpy as np

        straight, size = np.diag([DPI / 72, DPI / 72, 1.0]), max(picture.shape[:2])
        flat = cv2.warpPerspective(picture, straight @ np.linalg.inv(matrix), (size, size), flags=cv2.INTER_CUBIC, borderValue=(255,) * 3)
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "page.png"
            cv2.imwrite(str(file), flat)
            script = Path(__file__).with_name("img2table_cells.py")
            done = subprocess.run([python, script, file], capture_output=True, text=True, check=True, timeout=600)
        cells = json.loads(done.stdout.splitlines()[-1])
        # A spanning cell stands once in each place of the grid.
        return [(_box([(x0, y0), (x1, y1)], np.linalg.inv(straight)), text) for x0, y0, x1, y1, text in {tuple(each) for each in cells}]

    return read


def _upright(picture: Any, matrix: Any) -> tuple[Any, Any]:
    """The picture in the quarter turn that stands upright, and the way from its pixels to true points."""
    import numpy as np

    from bench.register import quarter_turns, turned

    turns = quarter_turns(matrix)
    return np.ascontiguousarray(np.rot90(picture, turns)), np.linalg.inv(turned(matrix, picture.shape[:2], turns))


def _box(corners: Any, way: Any) -> tuple[float, float, float, float]:
    from bench.register import moved

    places = moved([(float(x), float(y)) for x, y in corners], way)
    xs, ys = [x for x, _ in places], [y for _, y in places]
    return min(xs), min(ys), max(xs), max(ys)
