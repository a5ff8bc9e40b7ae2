"""Blocks of money, lines of filing and unknown words in builds of bench/layouts: as filed text and as a transcript."""

from __future__ import annotations

from pathlib import Path

import pytest

from extractors.tables.wrap import unwrap
from tests.normalizers.family_layouts import FOLDER, Layout, clean_layout, load_layouts
from tests.normalizers.test_family_layouts import at


@pytest.mark.parametrize("notation", ["pdf", "html"])
@pytest.mark.parametrize("layout", load_layouts(FOLDER.parent / "money"), ids=lambda layout: str(layout.id))
def test_a_block_is_read(layout: Layout, notation: str, tmp_path: Path) -> None:
    document = clean_layout(layout, notation, tmp_path)
    (table,) = document["tables"]
    assert {path: at(table, path) for path in layout.expected} == layout.expected
    assert [{name: at(row, name) for name in layout.indicators[0]} for row in table["indicators"]] == list(layout.indicators)
    if notation == "pdf":
        asked = {found["code"] for found in document["findings"] if found["severity"] == "review"}
        unknown = {found["code"] for found in document["findings"] if found["code"].startswith("layout.unknown")}
        assert asked | unknown == set(layout.findings)


@pytest.mark.parametrize(
    ("wrapped", "said"),
    [("15,985,00\n0.00", "15,985,000.00"), ("8235.\n50", "8235.50"), ("12,\n788", "12,788"), ("120\n80", "120 80")],
)
def test_a_number_that_a_narrow_cell_wraps_is_one(wrapped: str, said: str) -> None:
    assert unwrap(wrapped) == said
