"""Write docs/family.md: every layout of tests/cases/family as a picture. Run: python -m docs.make_family"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from tests.normalizers.family_layouts import Layout, layout_rows, load_layouts

PAGE = Path(__file__).parent / "family.md"
_HEADINGS = {
    "application": "Applications",
    "evaluation": "Self-evaluations",
    "monitoring": "Monitoring",
    "overall": "Departments and units as a whole",
    "lists": "Lists with a project in each row, or in some rows",
}
# What stands before this line is written by hand.
_MARK = "<!-- From here on made by: python -m docs.make_family -->"


def page() -> str:
    """The text of docs/family.md: its introduction as it stands, and the layouts."""
    parts = [PAGE.read_text(encoding="utf-8").split(_MARK)[0] + _MARK + "\n"]
    for name, layouts in groupby(sorted(load_layouts(), key=_place), key=_group):
        parts.append(f"## {_HEADINGS[name]}\n")
        parts += [text for layout in layouts for text in _layout(layout)]
    return "\n".join(parts)


def _group(layout: Layout) -> str:
    return layout.id.split("/")[0]


def _place(layout: Layout) -> int:
    return list(_HEADINGS).index(_group(layout))


def _layout(layout: Layout) -> Iterator[str]:
    yield f"### {layout.name}\n"
    kind = f"Kind `{layout.expected['kind']}`. " if "kind" in layout.expected else ""
    yield f"{kind}Seen: {layout.seen}. Test: `{layout.id}`.\n"
    yield "\n".join(f"> {line}  " for line in layout.lines) + "\n"
    yield "<table>\n" + layout_rows(layout) + "\n</table>\n"
    if layout.foot:
        yield "\n".join(f"> {line}  " for line in layout.foot) + "\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
