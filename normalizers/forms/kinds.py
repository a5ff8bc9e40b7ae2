"""Which form of the family a table is: by its title, and by the heads that only one of them has."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from extractors.tables.wrap import unwrap
from normalizers.forms.header.header_fields import HeaderBlock
from normalizers.forms.segments import Row
from normalizers.forms.templates import Template
from normalizers.vocabulary.labels import Labels

# Titles that name the scope of a form only, or nothing: the heads say more.
_SAY_LESS = ("overall", "project")
_EVALUATED = frozenset({"actual_value", "score"})
_PLANNED = frozenset({"value", "interim_value"})


def kind_of_heads(columns: Iterable[str], rows: Sequence[Row], labels: Labels) -> str | None:
    """What was done and scored is a self-evaluation; what is done so far, or expected, is monitored; None for a plan.

    Args:
        columns: names of the columns of the indicators.
        rows: above the indicators, where the funds have heads of their own.
    """
    names = set(columns)
    if {"interim_value", "likelihood"} & names or {"expected_value", "deviation"} <= names:
        return "monitoring"
    if names >= _EVALUATED or ("score" in names and not names & _PLANNED):
        return "self_evaluation"
    funds = [_funds_heads(row, labels) for row in rows]
    if any("expected" in heads and "executed" in heads for heads in funds):
        return "monitoring"
    done = "actual_value" in names or "reason" in names
    return "self_evaluation" if done and any({"executed", "rate"} <= heads for heads in funds) else None


def _funds_heads(row: Row, labels: Labels) -> set[str]:
    return {name for cell in row.cells if row.begins(cell) and (name := labels.fund_column_of(unwrap(cell.text)))}


def template_by_heads(named: Template | None, kind: str | None, templates: Sequence[Template]) -> Template | None:
    """The form of the title; that of the heads where the title is missing or says less."""
    if kind is None or (named is not None and named.kind not in _SAY_LESS):
        return named
    return next((each for each in templates if each.kind == kind), named)


def contradiction(template: Template | None, kind: str | None) -> str | None:
    """The kind that the heads say, where the title says another one."""
    if template is None or kind is None or template.kind in (*_SAY_LESS, kind):
        return None
    return kind


def kind_of_table(template: Template | None, block: HeaderBlock) -> str:
    """The kind in the output; a form without a title that says one is a project's or a department's."""
    if template is not None and template.kind != "project":
        return template.kind
    if "project_name" in block.fields or block.has_funds:
        return "project"
    return "overall" if "unit_name" in block.fields else "project"
