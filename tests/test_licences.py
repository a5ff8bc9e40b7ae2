"""docs/licences.md names all that jixiao asks for; `python -m bench.licences > docs/licences.md` makes it anew."""

from __future__ import annotations

import re
from pathlib import Path

from packaging.requirements import Requirement

from bench.licences import declared, is_strict

PAGE = (Path(__file__).parents[1] / "docs" / "licences.md").read_text(encoding="utf-8")


def key(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def test_every_requirement_stands_in_the_table_with_a_licence() -> None:
    lines = [line.removeprefix("| ").split(" | ") for line in PAGE.splitlines() if line.startswith("| ")]
    rows = {key(cells[0]): cells[2] for cells in lines if len(cells) > 2}
    asked = {key(Requirement(text).name) for requirements in declared().values() for text in requirements}
    # What only an older Python needs is not there when the table is made on a newer one.
    assert asked - rows.keys() <= {"tomli"}
    assert not [name for name in asked & rows.keys() if not rows[name].strip() or "not declared" in rows[name]]


def test_a_licence_that_leaves_no_choice_is_told_from_one_that_does() -> None:
    assert is_strict("GPL-3.0-only") and is_strict("GNU Affero General Public License v3")
    assert not is_strict("LGPL-3.0-only") and not is_strict("GPL-2.0 OR MIT") and not is_strict("Apache-2.0")
