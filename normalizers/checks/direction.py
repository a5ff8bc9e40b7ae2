"""Which way is better: operator, name, second level and scoring standard must point the same way."""

from __future__ import annotations

import re
from functools import lru_cache

from normalizers.checks.check import check
from normalizers.checks.figures import fold
from normalizers.doubts.misreading import already_marked, row_severity
from normalizers.matching.taxonomy import Taxonomy, level2_of
from normalizers.record import IndicatorRow, TargetTable
from normalizers.vocabulary.units import load_units

_AT_LEAST, _AT_MOST = ("≥", ">"), ("≤", "<")
_COST_LEVELS = ("经济成本指标", "社会成本指标", "生态环境成本指标", "成本指标")
_MORE_IS_BETTER = re.compile(
    r"(?<![不未])(完成|及时|合格|达标|覆盖|到位|满意|办结|普及|参与|准确|入学|就业|成功|兑现|发放)率$|(?<!不)满意度$"
)
_LESS_IS_BETTER = re.compile(r"(事故|投诉|差错|死亡|发病|失业|辍学|不合格|漏管|脱管|违规|犯罪|超标|结余)(发生)?率$")
_SCORED_AT_LEAST = re.compile(r"大于或?等于|达到或超过|不低于|不少于")
_SCORED_AT_MOST = re.compile(r"小于或?等于|控制在|不超过|不高于|未超")


@check("operator.direction", scope="taxonomy")
def operator_direction(table: TargetTable, taxonomy: Taxonomy) -> None:
    """I1: a cost is not ≥, a completion rate or satisfaction not ≤, and the scoring standard rewards the same side.

    ≥ and ≤ are the signs most often read for each other, so a contradiction is
    marked wherever the operator may be misread. What an indicator's canonical
    entry says counts when the name is that entry's own. A standard for more
    beside ≤ is often just the template's wording left in (a rate of errors, a
    response time): by itself it marks only what is counted.
    """
    for row in table.rows:
        operator, path = row.text("operator"), row.path("operator")
        if operator not in _AT_LEAST + _AT_MOST or already_marked(table, path):
            continue
        side = "at least" if operator in _AT_LEAST else "at most"
        against = [reason for reason, says in _cues(row, taxonomy) if says != side]
        template = _template_standard(row) if side == "at most" else ""
        if against or template:
            reasons = " and ".join([*against, template] if template else against)
            message = f"{row.text('level3')}: {operator} {row.text('value')} asks for {side} that, but {reasons}."
            certain = against or _is_count(row)
            table.find(path, "operator.direction", message, row_severity(row, "operator") if certain else "info")


def all_cues(row: IndicatorRow, taxonomy: Taxonomy) -> list[tuple[str, str]]:
    """Every reason with the side that it speaks for, the template's wording included."""
    template = _template_standard(row)
    return _cues(row, taxonomy) + ([(template, "at least")] if template else [])


def _cues(row: IndicatorRow, taxonomy: Taxonomy) -> list[tuple[str, str]]:
    """Every reason with the side that it speaks for."""
    name, level2 = fold(row.text("level3")), level2_of(row.text("level2"))
    cues = []
    if level2 in _COST_LEVELS:
        cues.append((f"{level2} is a ceiling", "at most"))
    if _LESS_IS_BETTER.search(name):
        cues.append(("the less of it the better", "at most"))
    elif _MORE_IS_BETTER.search(name):
        cues.append(("the more of it the better", "at least"))
    elif level2 not in _COST_LEVELS:
        canonical = _direction(row, taxonomy)
        if canonical:
            cues.append((f"its canonical entry {row.match.indicator_name} is the other way round", canonical))
    scored = re.split(r"[，,；;。]", row.text("scoring_standard"))[0]
    if _SCORED_AT_MOST.search(scored):
        cues.append((f"the scoring standard says {scored!r}", "at most"))
    return cues


def _template_standard(row: IndicatorRow) -> str:
    """The scoring standard where it rewards more; empty for costs, whose standards are of all kinds."""
    scored = re.split(r"[，,；;。]", row.text("scoring_standard"))[0]
    more = _SCORED_AT_LEAST.search(scored) and not _SCORED_AT_MOST.search(scored)
    return f"the scoring standard says {scored!r}" if more and level2_of(row.text("level2")) not in _COST_LEVELS else ""


def _is_count(row: IndicatorRow) -> bool:
    """Things counted or measured under 数量指标, of which more is better; neither a share nor a time."""
    dimension = load_units().dimension(row.text("unit"))
    return level2_of(row.text("level2")) == "数量指标" and dimension not in (None, "ratio", "time", "money", "other")


def _direction(row: IndicatorRow, taxonomy: Taxonomy) -> str | None:
    if row.match.indicator_id is None or row.match.method not in ("exact", "alias"):
        return None
    direction = _directions(taxonomy).get(row.match.indicator_id)
    return {"positive": "at least", "negative": "at most"}.get(direction or "")


@lru_cache(maxsize=4)
def _directions(taxonomy: Taxonomy) -> dict[str, str]:
    return {each.id: each.direction for each in taxonomy.indicators}
