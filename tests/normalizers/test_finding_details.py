"""Findings as work: one a cause, with its place, its weight and what else was read."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from extractors.model import BBox, Cell, Document, Page, Reading, Source
from normalizers.assemble import assemble
from normalizers.cleaned import CleanDocument
from normalizers.finding_details import one_a_cause
from normalizers.record import TargetTable
from tests.normalizers.target_tables import project


def delivered(table: TargetTable) -> list[dict[str, Any]]:
    page = Page(1, 595, 842, "ocr")
    value = assemble(CleanDocument(Document("a.pdf", "ab" * 32, "application/pdf", [page], []), [table], []))
    return [each for each in value["findings"] if each["severity"] == "review"]


def at(table: TargetTable, path: str, box: BBox, readings: tuple[Reading, ...] = ()) -> None:
    field = dict(table.all_fields())[path]
    assert field.source is not None
    field.source = replace(field.source, bbox=box)
    field.cell = Cell(range(1), range(1), field.raw, 1, box, readings=readings, origin="picture")


def test_fields_of_one_cell_have_one_cause() -> None:
    table = project()
    for index in range(3):
        at(table, f"indicators/{index}/level1", BBox(10, 20, 30, 90))
        table.find(f"indicators/{index}/level1", "reading.under-seal", "A seal touches it.")
    found = delivered(table)
    assert len({each["finding_id"] for each in found}) == 1 and len(one_a_cause(found)) == 1
    assert found[0]["also"] == ["/tables/0/indicators/1/level1", "/tables/0/indicators/2/level1"]


def test_two_cells_and_two_codes_are_two_causes() -> None:
    table = project()
    at(table, "funds/total", BBox(10, 20, 30, 40))
    at(table, "funds/carry_over", BBox(10, 60, 30, 80))
    for path in ("funds/total", "funds/carry_over"):
        table.find(path, "reading.doubt", "Read with confidence 0.60 only.")
    table.find("funds/total", "funds.sum-mismatch", "36.5 is not 30 + 6.")
    assert len(one_a_cause(delivered(table))) == 3


def test_a_finding_says_where_it_stands_and_what_else_was_read() -> None:
    table = project()
    at(table, "indicators/1/value", BBox(100, 200, 130, 215), (Reading("116", 0.4, "second"), Reading("113", 0.7, "second-number")))
    table.find("indicators/1/value", "reading.doubt", "Read in two ways.")
    (found,) = delivered(table)
    assert (found["page_no"], found["bbox"], found["row"], found["field"]) == (1, [100, 200, 130, 215], 2, "value")
    assert (found["value"], found["raw"], found["proposal"]) == ("118", "118", "113")
    assert found["table_id"].endswith("-1") and found["also"] == []


def test_a_figure_comes_before_a_name_before_a_remark() -> None:
    table = project()
    for top, path in enumerate(("funds/total", "signoff/filled_by", "indicators/0/explanation")):
        at(table, path, BBox(10, 20 * top, 30, 20 * top + 10))
        table.find(path, "reading.doubt", "Read with confidence 0.60 only.")
        dict(table.all_fields())[path].confidence = 0.6
    assert [each["priority"] for each in sorted(delivered(table), key=lambda each: each["priority"])] == [1, 2, 3]


def test_what_is_nearly_sure_can_wait() -> None:
    table = project()
    table.find("funds/total", "reading.doubt", "A seal touches it.")
    field = table.fields["funds/total"]
    for confidence, priority in ((0.989, 1), (0.99, 2)):
        field.confidence = confidence
        assert [each["priority"] for each in delivered(table)] == [priority]


def test_a_row_has_the_box_around_its_cells() -> None:
    table = project()
    for name, row_field in table.rows[0].fields.items():
        row_field.source = Source(1, BBox(10, 50, 20, 60) if name != "value" else BBox(90, 45, 99, 60), "paddleocr", 0.9, "picture")
    table.find("indicators/0", "layout.unplaced-row", "Something stands here.")
    (found,) = delivered(table)
    assert found["bbox"] == [10, 45, 99, 60] and found["field"] is None
