"""Which columns a rule may look at: sets of roles, named once."""

from __future__ import annotations

LEVELS = frozenset({"level1", "level2"})
NUMBERS = frozenset({"fund", "value"})
PERSONS = frozenset({"filled_by", "responsible"})
REVIEWS = frozenset({"business_review", "performance_review"})
NAMES = frozenset({"title", "unit_name", "project_name", "department"})
SENTENCES = frozenset({"overall_goal", "explanation", "scoring_standard", "remark"})
RUNNING = SENTENCES | NAMES | {"level3"}
LABELS = frozenset({"label", "header"})
SHORT = frozenset({"operator", "unit", "phone", "filled_on", "fiscal_year"})
EVERY = RUNNING | LEVELS | NUMBERS | PERSONS | REVIEWS | LABELS | SHORT
