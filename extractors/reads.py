"""Documents to JSON and back: the file format of ``reads/``.

Same document, same bytes: keys in a fixed order, floats rounded.
"""

from __future__ import annotations

from typing import Any

from extractors.model import BBox, Cell, Document, HiddenText, Page, PageMark, PageNote, Place, Reading, Seal, Table, TextLine, Word

READS_VERSION = "3"


def document_to_read(document: Document) -> dict[str, Any]:
    """The JSON value of a document, as it stands in ``reads/<sha12>.json``."""
    return {
        "reads_version": READS_VERSION,
        "path": document.path,
        "sha256": document.sha256,
        "media_type": document.media_type,
        "pages": [_page_out(page) for page in document.pages],
        "tables": [_table_out(table) for table in document.tables],
    }


def read_to_document(read: dict[str, Any]) -> Document:
    """The document that ``document_to_read`` wrote.

    Raises:
        ValueError: the file was written by another version of the format.
    """
    if read.get("reads_version") != READS_VERSION:
        raise ValueError(f"reads_version {read.get('reads_version')!r} is not {READS_VERSION!r}; read the input again")
    return Document(
        read["path"], read["sha256"], read["media_type"], [_page_in(p) for p in read["pages"]], [_table_in(t) for t in read["tables"]]
    )


def _box_out(box: BBox | None) -> list[float] | None:
    return None if box is None else box.as_list()


def _box_in(value: list[float] | None) -> BBox | None:
    return None if value is None else BBox(*value)


def _page_out(page: Page) -> dict[str, Any]:
    return {
        "page_no": page.page_no,
        "width": round(page.width, 2),
        "height": round(page.height, 2),
        "reader": page.reader,
        "rotation": page.rotation,
        "skew_degrees": round(page.skew_degrees, 3),
        "transform": [round(v, 8) for v in page.transform],
        "lines": [_line_out(line) for line in page.lines],
        "seals": [{"bbox": _box_out(seal.bbox), "code": seal.code} for seal in page.seals],
        "notes": [{"code": note.code, "severity": note.severity, "message": note.message} for note in page.notes],
        **({} if page.gutter is None else {"gutter": round(page.gutter, 2)}),
        "hidden_text": [{"text": each.text, "bbox": _box_out(each.bbox), "reason": each.reason} for each in page.hidden_text],
        "marks": [{"text": each.text, "bbox": _box_out(each.bbox), "kind": each.kind} for each in page.marks],
        **({"first_of_document": True} if page.first_of_document else {}),
    }


def _page_in(value: dict[str, Any]) -> Page:
    return Page(
        value["page_no"], value["width"], value["height"], value["reader"], value["rotation"], value["skew_degrees"],
        tuple(value["transform"]), [_line_in(line, value["page_no"]) for line in value["lines"]],
        [Seal(BBox(*seal["bbox"]), seal["code"]) for seal in value["seals"]],
        [_note_in(note) for note in value["notes"]], value.get("gutter"),
        [HiddenText(each["text"], BBox(*each["bbox"]), each["reason"]) for each in value["hidden_text"]],
        [PageMark(each["text"], BBox(*each["bbox"]), each["kind"]) for each in value["marks"]],
        value.get("first_of_document", False),
    )  # fmt: skip


def _note_in(value: dict[str, Any]) -> PageNote:
    return PageNote(value["code"], value["severity"], value["message"])


def _line_out(line: TextLine) -> dict[str, Any]:
    words = [{"text": w.text, "bbox": w.bbox.as_list(), "confidence": round(w.confidence, 4)} for w in line.words]
    return {"text": line.text, "bbox": line.bbox.as_list(), "confidence": round(line.confidence, 4), "words": words}


def _line_in(value: dict[str, Any], page_no: int) -> TextLine:
    words = tuple(Word(w["text"], BBox(*w["bbox"]), w["confidence"]) for w in value["words"])
    return TextLine(value["text"], page_no, BBox(*value["bbox"]), value["confidence"], words)


def _table_out(table: Table) -> dict[str, Any]:
    return {"row_count": table.row_count, "col_count": table.col_count, "cells": [_cell_out(cell) for cell in table.cells]}


def _table_in(value: dict[str, Any]) -> Table:
    return Table([_cell_in(cell) for cell in value["cells"]], value["row_count"], value["col_count"])


def _cell_out(cell: Cell) -> dict[str, Any]:
    return {
        "rows": [cell.rows.start, cell.rows.stop],
        "cols": [cell.cols.start, cell.cols.stop],
        "text": cell.text,
        "page_no": cell.page_no,
        "bbox": _box_out(cell.bbox),
        "confidence": round(cell.confidence, 4),
        "engine": cell.engine,
        "origin": cell.origin,
        "readings": [{"text": r.text, "confidence": round(r.confidence, 4), "how": r.how} for r in cell.readings],
        "marks": list(cell.marks),
        **({} if cell.place is None else {"place": cell.place.as_dict()}),
    }


def _cell_in(value: dict[str, Any]) -> Cell:
    readings = tuple(Reading(r["text"], r["confidence"], r["how"]) for r in value["readings"])
    return Cell(
        range(*value["rows"]), range(*value["cols"]), value["text"], value["page_no"], _box_in(value["bbox"]),
        value["confidence"], value["engine"], readings, tuple(value["marks"]),
        origin=value["origin"], place=Place(**value["place"]) if "place" in value else None,
    )  # fmt: skip
