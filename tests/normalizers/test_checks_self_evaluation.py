"""Checks of forms that say what became of a plan: self-evaluation, monitoring, and plans over years."""

from __future__ import annotations

import pytest

from normalizers.checks.catalogue import check_table
from normalizers.matching.taxonomy import load_taxonomy
from normalizers.record import TargetTable
from normalizers.typed import type_table
from tests.normalizers.target_tables import PLEASED, QUALITY, ROADS, ROWS, TRAVEL, changed, codes, field, found, project, row

MATRIX = {
    "total": {"initial_budget": "120", "adjusted_budget": "110", "executed": "99", "points": "10", "rate": "90%", "score": "9"},
    "fiscal_appropriation": {"initial_budget": "100", "adjusted_budget": "90", "executed": "79"},
    "carry_over": {"initial_budget": "20", "adjusted_budget": "20", "executed": "20"},
    "other": {"initial_budget": "", "adjusted_budget": "", "executed": ""},
}
SCORES = [("125公里", "40", "40"), ("97.5%", "10", "8"), ("有所改善", "30", "30"), ("93%", "10", "10")]


def evaluation(**changes: str) -> TargetTable:
    """A self-evaluation in order; ``total__rate="80%"`` changes one cell of the matrix."""
    table = project((ROADS, QUALITY, TRAVEL, PLEASED), kind="self_evaluation", signoff__filled_on="2032-02-03")
    table.has_funds = False
    for line, columns in MATRIX.items():
        for column, text in columns.items():
            table.fields[f"funds_execution/{line}/{column}"] = field(changes.get(f"{line}__{column}", text))
    table.fields["total_score"] = field(changes.get("total_score", "97"))
    for each, (actual, points, score) in zip(table.rows, SCORES, strict=True):
        each.fields |= {
            "actual_value": field(actual),
            "points": field(points),
            "score": field(score),
            "reason": field("雨季停工" if score == "8" else ""),
        }
    type_table(table)
    return table


def check(table: TargetTable) -> TargetTable:
    check_table(table, load_taxonomy())
    return table


def paths(table: TargetTable, code: str) -> set[str]:
    return {each.path for each in found(table, code)}


def test_in_order() -> None:
    table = check(evaluation())
    assert codes(table, "review") == set()
    assert not {code for code in codes(table) if code.startswith(("execution.", "score."))}


def test_a_column_of_the_matrix_adds_up() -> None:
    table = check(evaluation(carry_over__executed="30"))
    assert paths(table, "execution.sum-mismatch") == {
        f"funds_execution/{line}/executed" for line in ("total", "fiscal_appropriation", "carry_over")
    }


@pytest.mark.parametrize(
    ("changes", "suspects"),
    [
        ({"total__rate": "80%"}, {"rate"}),
        ({"total__rate": "80%", "total__score": "8"}, {"executed", "adjusted_budget"}),
        ({"total__rate": "80%", "total__score": "5"}, {"rate", "executed", "adjusted_budget"}),
        ({"total__rate": "90"}, set()),
        ({"total__rate": "0.9"}, set()),
        ({"total__rate": "90.00%"}, set()),
    ],
)
def test_the_score_tells_which_figure_of_the_rate_is_in_doubt(changes: dict[str, str], suspects: set[str]) -> None:
    table = check(evaluation(**changes))
    assert paths(table, "execution.rate") == {f"funds_execution/total/{name}" for name in suspects}


def test_a_rate_without_amounts_is_insufficient_data() -> None:
    table = check(evaluation(total__executed=""))
    assert [each.severity for each in found(table, "execution.insufficient-data")] == ["info"]


def test_spending_above_the_budget() -> None:
    table = check(evaluation(total__executed="119", total__rate="108.18%", total__score="10"))
    assert "funds_execution/total/executed" in paths(table, "execution.over-budget")


def test_points_and_scores_add_up() -> None:
    assert [each.path for each in found(check(evaluation(total_score="79")), "score.total")] == ["total_score"]
    table = evaluation()
    table.rows[0].fields["points"] = field("4")
    assert paths(check(table), "score.points-total") == {""}
    assert paths(table, "score.above-points") == {"indicators/0/points", "indicators/0/score"}


def test_a_row_without_points_is_insufficient_data() -> None:
    table = evaluation()
    table.rows[2].fields["points"] = field("")
    assert codes(check(table), "info") >= {"score.insufficient-data"} and "score.points-total" not in codes(table)


def test_a_missed_target_has_a_reason_and_not_all_points() -> None:
    table = evaluation()
    table.rows[1].fields |= {"reason": field("无"), "score": field("10")}
    assert {each.severity for code in ("score.no-reason", "score.outcome") for each in found(check(table), code)} == {"info"}


def test_mid_term_funds() -> None:
    table = project(kind="application")
    table.fields |= {"mid_term_funds/total": field("90"), "mid_term_funds/fiscal_appropriation": field("90")}
    table.rows.append(row(("成本指标", "经济成本指标", "预算成本", "≤", "90", "万元", "三年经费"), horizon="mid_term"))
    type_table(table)
    assert not codes(check(table), "review") - {"required.missing"}
    table.fields["mid_term_funds/total"] = field("30")
    type_table(table)
    assert paths(check(table), "funds.mid-term") == {"mid_term_funds/total", "mid_term_funds/fiscal_appropriation", "funds/total"}


def test_full_points_with_a_reason_for_missing_the_target() -> None:
    table = evaluation()
    table.rows[0].fields["reason"] = field("雨季停工，工期滞后")
    assert paths(check(table), "score.reason-at-full") == {"indicators/0/reason"}
    table = evaluation()
    table.rows[0].fields["reason"] = field("已完成")
    assert not found(check(table), "score.reason-at-full")


def test_unusual_weights_are_noted() -> None:
    assert {each.severity for each in found(check(evaluation()), "score.level-weights")} <= {"info"}
    table = evaluation()
    for each, points in zip(table.rows, ("45", "5", "30", "10"), strict=True):
        each.fields |= {"points": field(points), "score": field(points)}
    assert not found(check(table), "score.level-weights")
    table.rows[0].fields["points"] = field("20")
    (finding,) = found(check(table), "score.level-weights")
    assert "产出指标 25" in finding.message


def test_not_accepted_yet_reached_in_full() -> None:
    table = evaluation()
    table.rows[1].fields["reason"] = field("项目尚未验收")
    assert paths(check(table), "contradiction.not-accepted") == {"indicators/0/score"}
    table = evaluation()
    table.rows[1].fields["reason"] = field("全部通过验收")
    assert not found(check(table), "contradiction.not-accepted")


def test_much_done_with_little_spent() -> None:
    table = check(evaluation(total__executed="0.9"))
    (finding,) = found(table, "contradiction.little-spent")
    assert "0.9 of 110" in finding.message
    assert not found(check(evaluation()), "contradiction.little-spent")


@pytest.mark.parametrize(("actual", "late"), [("2032年2月", True), ("2031年12月20日", False), ("2031年11月", False), ("按期", False)])
def test_done_after_the_date_with_full_points(actual: str, late: bool) -> None:
    table = evaluation()
    table.rows[0].fields |= {"value": field("2031年12月底前"), "actual_value": field(actual)}
    assert bool(found(check(table), "contradiction.late")) is late


def test_no_complaint_is_no_satisfaction() -> None:
    table = project((*ROWS[:-1], changed(PLEASED, explanation="全年无群众投诉")))
    assert paths(check(table), "contradiction.no-complaint") == {"indicators/4/explanation"}
    assert not found(check(project()), "contradiction.no-complaint")


def test_the_score_of_execution_is_its_points_times_the_rate() -> None:
    table = check(evaluation(total__score="6", total_score="94"))
    assert paths(table, "execution.score") == {"funds_execution/total/score", "funds_execution/total/points"}
    assert not paths(check(evaluation(total__score="8.9")), "execution.score"), "rounded"


def test_a_score_that_would_make_the_total_right_is_in_doubt_as_well() -> None:
    table = evaluation()
    table.rows[0].fields["score"] = field("10")
    assert paths(check(table), "score.total") == {"total_score", "indicators/0/score"}
    assert paths(check(evaluation(total_score="90")), "score.total") == {"total_score"}, "no single score explains it"


def test_a_rate_that_is_no_figure_is_asked_about() -> None:
    assert paths(evaluation(total__rate="九成"), "type.no-figure") == {"funds_execution/total/rate"}


def test_a_matrix_in_yuan_is_delivered_in_wan() -> None:
    table = evaluation()
    table.funds_unit = "元"
    for line in ("total", "fiscal_appropriation", "carry_over"):
        for column in ("initial_budget", "adjusted_budget", "executed"):
            cell = table.fields[f"funds_execution/{line}/{column}"]
            table.fields[f"funds_execution/{line}/{column}"] = field(f"{cell.text}0000")
    type_table(table)
    assert [table.value(f"funds_execution/total/{name}") for name in ("executed", "points", "rate", "score")] == [99, 10, 90, 9]
    assert not {code for code in codes(check(table)) if code.startswith("execution.")}
