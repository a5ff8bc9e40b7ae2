"""Every check, in the order it runs, and the three ways to run them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from normalizers.checks import (
    across,
    columns,
    contradictions,
    cross_table,
    dates,
    direction,
    execution,
    funds,
    indicators,
    lengths,
    levels,
    per_mille,
    projects,
    required,
    same_file,
    scores,
    signoff,
    wording,
)
from normalizers.checks.check import Check
from normalizers.consensus.facts import scopes_of
from normalizers.consensus.opinions import Consensus, collect_document, describe_consensus
from normalizers.doubts.settle_doubts import confirm
from normalizers.matching.taxonomy import Taxonomy
from normalizers.record import TargetTable

CHECKS: tuple[Check, ...] = (
    funds.funds_sum,
    funds.funds_lines,
    funds.funds_negative,
    funds.cost_against_total,
    funds.mid_term_funds,
    execution.execution_sums,
    execution.execution_rate,
    required.required_fields,
    required.department_given,
    required.unit_in_title,
    required.placeholders,
    lengths.header_lengths,
    levels.parent_of_level2,
    levels.rate_in_quantity,
    levels.covered_levels,
    columns.lost_columns,
    indicators.complete_row,
    indicators.blank_cell,
    indicators.value_beside_lost_sign,
    indicators.operator_fits_value,
    indicators.value_is_number,
    indicators.percent_range,
    indicators.unit_known,
    indicators.unit_fits_name,
    per_mille.per_mille,
    direction.operator_direction,
    wording.frequency,
    wording.name_and_explanation,
    wording.name_repeated_in_explanation,
    wording.goal_promises,
    wording.duplicate_rows,
    scores.score_within_points,
    scores.score_fits_outcome,
    scores.score_level_weights,
    scores.score_totals,
    contradictions.full_points_without_acceptance,
    contradictions.much_done_with_little_spent,
    contradictions.full_points_after_the_date,
    contradictions.no_complaint_is_no_satisfaction,
    signoff.signed,
    signoff.filler_is_not_responsible,
    signoff.names_nearly_alike,
    same_file.signed_alike,
    signoff.phone_format,
    signoff.person_format,
    dates.filing_date,
    dates.title_year,
    dates.goal_year,
    dates.year_of_the_document,
    projects.project_totals,
    projects.duplicate_projects,
    cross_table.same_indicator_same_target,
    cross_table.overall_covers_projects,
    cross_table.sentinels_stand_everywhere,
    across.same_project_in_other_documents,
    across.projects_of_other_documents,
    across.targets_of_other_documents,
)


def check_table(table: TargetTable, taxonomy: Taxonomy) -> None:
    """Add the findings that one table gives by itself, and settle doubts of the reader; no value changes."""
    for each in CHECKS:
        if not each.applies_to(table.kind) or each.id in table.without_checks:
            continue
        if each.scope == "table":
            each.work(table)
        elif each.scope == "taxonomy":
            each.work(table, taxonomy)
    confirm(table, taxonomy)


def check_document(tables: Sequence[TargetTable]) -> None:
    """Add the findings that the tables of one document give together."""
    for each in CHECKS:
        if each.scope == "document":
            each.work(tables)


def check_batch(tables: Sequence[TargetTable], consensus: Consensus, document: str) -> None:
    """Add the findings that the documents of a batch give together.

    Args:
        consensus: built from the facts of all documents, in any order.
        document: the name under which this document was collected.
    """
    if not any(consensus.spans_documents(scope) for scope in scopes_of(tables, document)):
        return
    own = consensus.as_collected(collect_document(tables, document))
    for each in CHECKS:
        if each.scope == "batch":
            for scope in sorted({facts.scope for facts in own}):
                members = [index for index, facts in enumerate(own) if facts.scope == scope]
                each.work([tables[i] for i in members], [own[i] for i in members], consensus.facts(scope))


def describe_checks() -> list[dict[str, Any]]:
    """The checks and what consensus says, as plain data in the order they run; for ``jixiao rules`` and the documentation."""
    checks = [
        {"id": each.id, "codes": [each.id, *each.also], "scope": each.scope, "kinds": list(each.kinds), "story": each.story}
        for each in CHECKS
    ]
    return describe_consensus() + checks
