"""Every layout of the family that is known, filed as text and as a transcript: each field where it belongs, nothing asked."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from docs.make_family import PAGE, page
from tests.normalizers.family_layouts import Layout, clean_layout, load_layouts, picture_to_rows

LAYOUTS = load_layouts()


def at(value: Any, path: str) -> Any:
    for key in path.split("/"):
        value = value[int(key)] if isinstance(value, list) else value.get(key) if value else None
    return value


@pytest.mark.parametrize("notation", ["pdf", "html"])
@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: str(layout.id))
def test_a_layout_is_read(layout: Layout, notation: str, tmp_path: Path) -> None:
    document = clean_layout(layout, notation, tmp_path)
    (table,) = document["tables"]
    assert {path: at(table, path) for path in layout.expected} == layout.expected
    rows = [{name: at(row, name) for name in expected} for row, expected in zip(table["indicators"], layout.indicators, strict=True)]
    assert rows == list(layout.indicators)
    if notation == "pdf":
        asked = {found["code"] for found in document["findings"] if found["severity"] == "review"}
        unknown = {found["code"] for found in document["findings"] if found["code"].startswith("layout.unknown")}
        assert asked | unknown == set(layout.findings)


def test_the_layouts_are_of_every_kind_and_many_provinces() -> None:
    assert {layout.expected["kind"] for layout in LAYOUTS if "kind" in layout.expected} == {
        "overall", "project", "self_evaluation", "monitoring", "application",
    }  # fmt: skip
    assert len({layout.id for layout in LAYOUTS}) == len(LAYOUTS) >= 20
    assert len({place.split()[0] for layout in LAYOUTS for place in layout.seen.split(", ")}) >= 10


def test_the_page_of_the_family_shows_them_as_they_are() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "make it again: python -m docs.make_family"


def test_a_picture_is_a_grid() -> None:
    assert picture_to_rows("a | < | b\n^ | ^ | c") == ((("a", 2, 2), "b"), ("c",))
    with pytest.raises(ValueError, match="2"):
        picture_to_rows("a | b\nc")
    with pytest.raises(ValueError, match="a"):
        picture_to_rows("a | <\n^ | b")
