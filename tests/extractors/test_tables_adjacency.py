"""The measure of the ICDAR 2013 benchmark counts what the competition counts."""

from __future__ import annotations

from pathlib import Path

from bench.adjacency import relations, score_document

TABLE = [(0, 0, 0, 0, "Year"), (0, 0, 1, 2, "Sum"), (1, 1, 0, 0, "2022"), (1, 1, 1, 1, ""), (1, 1, 2, 2, "7 %")]


def test_relations_skip_and_count_blanks() -> None:
    assert relations(TABLE) == {("right", "YEAR", "SUM", 0): 1, ("below", "YEAR", "2022", 0): 1, ("right", "2022", "7_", 1): 1} | {
        ("below", "SUM", "7_", 0): 1
    }


def test_truth_against_itself_and_against_less() -> None:
    assert score_document([TABLE], [TABLE]).f1 == 1
    half = score_document([TABLE], [[cell for cell in TABLE if cell[4] != "7 %"]])
    assert (half.true, half.found, half.right) == (4, 2, 2)
    assert score_document([TABLE], []).f1 == 0


def test_a_table_that_is_none_counts_against() -> None:
    assert score_document([TABLE], [TABLE, TABLE]).precision == 0.5


def test_truth_files_are_read(tmp_path: Path) -> None:
    from bench.adjacency import read_truth

    path = tmp_path / "a-str.xml"
    path.write_text(
        '<document><table><region row-increment="0" col-increment="0"><cell start-row="0" start-col="0" end-col="1"><content>A</content>'
        '</cell></region><region row-increment="1" col-increment="0"><cell start-row="0" start-col="0"><content>B</content></cell></region>'
        "</table></document>"
    )
    assert read_truth(path) == [[(0, 0, 0, 1, "A"), (1, 1, 0, 0, "B")]]
