"""The two forms: one for a department on a page, one for a project over pages."""

from __future__ import annotations

from dataclasses import replace

from bench.forms.content import Filing, seed_to_filing
from bench.forms.html import filing_as_laid_out
from bench.forms.layout import Layout, seed_to_layout

# How many rows with an indicator each form has at least; it has 17 fields more and 8 a row.
FORMS = {"short": 9, "long": 26}
FONT = "Noto Sans CJK SC"
_SEED = 4711


def form(name: str) -> tuple[Filing, Layout]:
    """The filing of this name and the layout that all programs are asked for."""
    layout = replace(
        seed_to_layout(_SEED), font=FONT, size=9.0, line=1.0, padding=2.0, landscape=False, side_label=False, merge_level1=True,
        merge_level2=True, shaded=False, review="", signoff_in_table=False, signoff_lines=1, spaced_names=False, split_rows=False,
        thousands=False,
    )  # fmt: skip
    return filing_as_laid_out(_filing(FORMS[name]), layout), layout


def _filing(rows: int) -> Filing:
    """One project whose rows are those of as many projects as it takes, each category together."""
    filing = seed_to_filing(_SEED, 1, overall=False)
    own, names, seed = list(filing.forms[0].rows), {row.level3 for row in filing.forms[0].rows}, _SEED
    while sum(row.level3 is not None for row in own) < rows:
        seed += 1
        more = [row for row in seed_to_filing(seed, 1, overall=False).forms[0].rows if row.level3 and row.level3 not in names]
        names |= {row.level3 for row in more}
        own += more
    filled = {row.level2 for row in own if row.level3}
    order = list(dict.fromkeys((row.level1, row.level2) for row in own))
    kept = [row for row in own if row.level3 or row.level2 not in filled]
    firsts = list(dict.fromkeys(level1 for level1, _ in order))
    kept.sort(key=lambda row: (firsts.index(row.level1), order.index((row.level1, row.level2))))
    filing.forms[0] = replace(filing.forms[0], rows=tuple(kept))
    return filing
