"""% for ‰: asked about where OCR read it, noted where it was filed as characters."""

from __future__ import annotations

import pytest

from extractors.model import Source
from normalizers.checks.per_mille import per_mille
from normalizers.matching.match import match_row
from normalizers.matching.taxonomy import load_taxonomy
from normalizers.record import Field, IndicatorRow, TargetTable
from tests.engines import origin_of_engine


def table_with(unit: str, engine: str) -> TargetTable:
    texts = {"level2": "生态效益指标", "level3": "森林火灾受害率", "operator": "≤", "value": "0.9", "unit": unit}
    source = Source(1, None, engine, 0.99, origin_of_engine(engine))
    row = IndicatorRow({name: Field(text, text, source=source) for name, text in texts.items()})
    row.match = match_row(row, load_taxonomy())
    return TargetTable("project", {}, [row], [], [1])


@pytest.mark.parametrize(
    ("unit", "engine", "severities"),
    [("%", "some-recogniser", ["review"]), ("‰", "some-recogniser", []), ("%", "pdfium", ["info"])],
)
def test_a_sign_that_lost_its_ring(unit: str, engine: str, severities: list[str]) -> None:
    table = table_with(unit, engine)
    per_mille.work(table, load_taxonomy())
    assert [found.severity for found in table.findings] == severities
