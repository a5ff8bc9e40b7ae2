"""Cells of pictures by img2table with RapidOCR; run by an interpreter that has both: ``python img2table_cells.py PICTURE...``.

A line of JSON for each picture: [[x0, top, x1, bottom, text], ...] in pixels.
"""

import json
import sys


def main() -> None:
    from img2table.document import Image
    from img2table.ocr import RapidOCR
    from rapidocr import LangRec

    reader = RapidOCR({"Rec.lang_type": LangRec.CH, "Global.text_score": 0.0})
    for path in sys.argv[1:]:
        tables = Image(path).extract_tables(ocr=reader, min_confidence=1)
        cells = [cell for table in tables for row in table.content.values() for cell in row]
        print(json.dumps([[c.bbox.x1, c.bbox.y1, c.bbox.x2, c.bbox.y2, c.value or ""] for c in cells]), flush=True)


main()
