"""Header fields longer than their kind can be: something of another block ran into them."""

from __future__ import annotations

import re

from normalizers.checks.check import check
from normalizers.doubts.misreading import already_marked
from normalizers.record import TargetTable
from normalizers.vocabulary.characters import HAN_RANGE

# The longest that real forms have, and half as much again; names of offices with several seals count on.
_MOST = {"title": 80, "unit_name": 45, "project_name": 120, "department": 60}
# A name that is followed by another: 县水利局县教育局县文化馆.
_OFFICES = re.compile(rf"(?<=[{HAN_RANGE}]{{3}})(?:局|馆|院|委员会|中学|小学|政府|中心|公路站)(?=[{HAN_RANGE}]{{3}})")
_MANY_OFFICES = 3


@check("header.too-long")
def header_lengths(table: TargetTable) -> None:
    """A name of a unit, a project or a department has no more characters than its kind; more is a list or a text that ran in."""
    for path, most in _MOST.items():
        text = table.text(path)
        listed = path == "unit_name" and len(_OFFICES.findall(text)) >= _MANY_OFFICES
        if (len(text) > most or listed) and not already_marked(table, path):
            what = "names several offices" if listed and len(text) <= most else f"has {len(text)} characters"
            table.find(path, "header.too-long", f"The field {what}; something else may have run into it. Compare with the page.")
