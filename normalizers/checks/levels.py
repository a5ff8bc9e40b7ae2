"""First and second levels: known names, the right parent, what a form must cover."""

from __future__ import annotations

from rapidfuzz.distance import Levenshtein

from normalizers.checks.check import check
from normalizers.checks.indicators import is_rate
from normalizers.doubts.misreading import row_severity, table_severity
from normalizers.matching.taxonomy import is_old_generation, level1_for, level1_of, level2_of, load_levels
from normalizers.record import Severity, TargetTable
from normalizers.vocabulary.label_keys import label_key
from normalizers.vocabulary.levels import is_level1_of_other_system, is_level2_of_other_system

_REQUIRED = ("产出指标", "效益指标")
_USUAL = "满意度指标"
# 数量, 质量: the shortest second level is two characters without 指标.
_SHORTEST_LEVEL = 2


@check("level.parent", also=("level.unknown", "level.missing", "level.other-system"))
def parent_of_level2(table: TargetTable) -> None:
    """The first level is a function of the second; a row that says otherwise is kept and marked.

    A form whose second levels are mostly of another system (投入、过程 …; 运行成本、
    管理效率 …) is not measured by this one: it is noted once.
    """
    old = _is_old(table)
    if _other_system(table):
        names = "、".join(dict.fromkeys(row.text("level2") for row in table.rows))
        table.find(
            "", "level.other-system", f"The second levels ({names}) are of another indicator system; parents were not tested.", "info"
        )
        return
    for index, row in enumerate(table.rows):
        first, second = row.text("level1"), row.text("level2")
        for name in ("level1", "level2"):
            if not row.text(name):
                table.find(row.path(name), "level.missing", f"Row {index + 1} ({row.text('level3')}) has no {name}.")
        if first and not _is_known_first(first) and not level1_for(second, old):
            message = f"Row {index + 1}: {first!r} is no known first level."
            table.find(row.path("level1"), "level.unknown", message, row_severity(row, "level1"), f"level1 {first}")
        if not second:
            continue
        parent = level1_for(second, old)
        if parent is None:
            # A first level that is not divided stands in both columns: 满意度指标, 满意度指标.
            undivided = bool(first) and level1_of(second) is not None and level1_of(second) == level1_of(first)
            if not undivided and not is_level2_of_other_system(second):
                _unknown(table, index, second)
        elif first and level1_of(first) != parent:
            message = f"Row {index + 1}: {second} stands under {first!r}; its first level is {parent}. As filed, not changed."
            table.find(row.path("level1"), "level.parent", message, row_severity(row, "level1", "level2"))


def _is_known_first(text: str) -> bool:
    return level1_of(text) is not None or level2_of(text) is not None or is_level1_of_other_system(text)


def _other_system(table: TargetTable) -> bool:
    """True when most second levels are neither known nor a known one misread."""
    foreign = [row for row in table.rows if row.text("level2") and _is_foreign(row.text("level2"))]
    return len(foreign) >= 3 and 2 * len(foreign) > len(table.rows)


def _is_foreign(text: str) -> bool:
    return is_level2_of_other_system(text) or not _resembles_known(label_key(text))


def _resembles_known(key: str) -> bool:
    return any(known in key or Levenshtein.distance(known, key, score_cutoff=2) <= 2 for known in load_levels().level2_keys)


def _unknown(table: TargetTable, index: int, second: str) -> None:
    message = f"Row {index + 1}: {second!r} is no known second level."
    # A single character is a rest of a name (a page break, a stray line), whoever read it.
    row = table.rows[index]
    severity: Severity = "review" if len(label_key(second)) < _SHORTEST_LEVEL else row_severity(row, "level2")
    table.find(row.path("level2"), "level.unknown", message, severity, f"level2 {second}")


@check("level.rate-in-quantity")
def rate_in_quantity(table: TargetTable) -> None:
    """N09: 数量指标 counts; a rate there is usually a 质量指标 or 时效指标. As filed."""
    for row in table.rows:
        if level2_of(row.text("level2")) == "数量指标" and is_rate(row):
            message = f"{row.text('level3')} is a rate under 数量指标; 质量指标 or 时效指标 is usual. As filed."
            table.find(row.path("level2"), "level.rate-in-quantity", message, "info")


@check("coverage.missing-level1", also=("coverage.no-satisfaction", "coverage.no-indicators"))
def covered_levels(table: TargetTable) -> None:
    """产出 and 效益 are mandatory, 满意度 is usual (101号 lets projects that do not face the public omit it).

    A level whose lines stand blank on the page is an odd filing; one that has no
    line at all may have been lost in reading.
    """
    if not table.rows:
        table.find("", "coverage.no-indicators", "The form has no row with an indicator; compare with the page.")
        return
    old = _is_old(table)
    filled = {level1_for(row.text("level2"), old) or level1_of(row.text("level1")) for row in table.rows}
    if not filled & {*_REQUIRED, _USUAL} or _other_system(table):
        return
    blank = {level1_for(text, old) for text in table.blank_level2}
    for name in _REQUIRED:
        if name not in filled:
            where = "its lines are blank" if name in blank else "the form has no line for it"
            message = f"No indicator of {name}, which is mandatory; {where}."
            table.find("", "coverage.missing-level1", message, "info" if name in blank else table_severity(table))
    if _USUAL not in filled:
        message = "No indicator of 服务对象满意度; allowed where a project does not face the public, its weight then goes to 效益."
        table.find("", "coverage.no-satisfaction", message, "info")


def _is_old(table: TargetTable) -> bool:
    seconds = tuple(row.text("level2") for row in [*table.rows, *table.blank_rows])
    return is_old_generation(seconds, tuple(row.text("level1") for row in [*table.rows, *table.blank_rows]))
