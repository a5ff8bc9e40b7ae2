"""Which columns a rule may look at: sets of roles, named once."""

from __future__ import annotations

from functools import lru_cache

LEVELS = frozenset({"level1", "level2"})
# What an indicator aims at or reached: a number as a rule, words sometimes.
VALUES = frozenset({"value", "actual_value", "interim_value", "expected_value", "previous_value", "value_before_previous"})
NUMBERS = VALUES | {"fund", "points", "score", "weight", "total_score"}
PERSONS = frozenset({"filled_by", "responsible"})
REVIEWS = frozenset({"business_review", "performance_review"})
NAMES = frozenset({"title", "unit_name", "project_name", "department"})
SENTENCES = frozenset(
    {"overall_goal", "mid_term_goal", "actual_outcome", "explanation", "scoring_standard", "remark", "reason", "basis", "deviation"}
)
RUNNING = SENTENCES | NAMES | {"level3"}
LABELS = frozenset({"label", "header"})
SHORT = frozenset({"operator", "unit", "phone", "filled_on", "fiscal_year"})
# A column or a labelled value that no template knows.
OTHER = "other"
EVERY = RUNNING | LEVELS | NUMBERS | PERSONS | REVIEWS | LABELS | SHORT | {OTHER}


@lru_cache(maxsize=4096)
def role_of(path: str) -> str:
    """The column role of a field: the last part of its path; all amounts are ``fund``."""
    return "fund" if path.startswith(("funds/", "mid_term_funds/", "funds_execution/")) else path.rsplit("/", 1)[-1]
