"""The declared forms: which words of a title, a funds matrix or a goal block mean what."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from normalizers.forms.templates_file import UserWords, bundled, load_user_words
from normalizers.vocabulary.labels import label_key, plain

KINDS = ("overall", "project", "self_evaluation", "monitoring", "application")
# What the heads of a block may stand for.
FIELDS = {
    "funds_columns": ("initial_budget", "adjusted_budget", "executed", "points", "rate", "score", "expected"),
    "goal_columns": ("overall_goal", "mid_term_goal", "actual_outcome"),
    "task_columns": ("task", "content", "amount", "fiscal_appropriation", "other"),
}
_MONTHS = re.compile(r"^(20\d\d年?)?\d{1,2}[-—~至到]?\d{0,2}月(?=[\u4e00-\u9fff])")
_POINTS = re.compile(r"[(（]\d+分[^()（）]*[)）]")
_YEARS = re.compile(r"(20[\dX]{2}年?)?[-—~至到]*(20[\dX+n]{2,4}年?)?$")


@dataclass(frozen=True)
class Template:
    """One form of the family, as ``templates.toml`` or a user's file declares it; heads by their key."""

    kind: str
    title: tuple[str, ...]
    funds_columns: dict[str, str]
    goal_columns: dict[str, str]
    task_columns: dict[str, str]
    without_checks: frozenset[str] = frozenset()


@lru_cache(maxsize=16384)
def head_key(text: str) -> str:
    """Key of a head without the months, years or points that change from form to form.

    >>> head_key("1-7月执行数") == head_key("1—9月 执行数") == "执行数"
    True
    """
    squeezed = re.sub(r"\s", "", plain(text))
    return _YEARS.sub("", label_key(_MONTHS.sub("", _POINTS.sub("", squeezed))))


def load_templates(user_file: Path | None = None) -> tuple[Template, ...]:
    """The forms that come with the program, the most particular title first; a user's own before them.

    Raises:
        TemplateFileError: the user's file cannot be used.
    """
    own = _own_templates(load_user_words(user_file)) if user_file else ()
    return own + _bundled_templates()


@lru_cache(maxsize=1)
def _bundled_templates() -> tuple[Template, ...]:
    return tuple(_template(each) for each in bundled("templates.toml")["template"])


@lru_cache(maxsize=8)
def _own_templates(own: UserWords) -> tuple[Template, ...]:
    """A user's form knows the heads of our form of its kind, too; its own words win."""
    ours = {each.kind: each for each in _bundled_templates()}
    return tuple(_template(each, ours[each["kind"]]) for each in own.templates)


def _template(entry: dict[str, Any], base: Template | None = None) -> Template:
    inherited = (base.funds_columns, base.goal_columns, base.task_columns) if base is not None else ({}, {}, {})
    funds, goals, tasks = ({**ours, **_heads(entry.get(block, {}))} for block, ours in zip(FIELDS, inherited, strict=True))
    titles = tuple(re.sub(r"\s", "", word) for word in entry["title"])
    return Template(entry["kind"], titles, funds, goals, tasks, frozenset(entry.get("without_checks", ())))


def _heads(section: dict[str, list[str]]) -> dict[str, str]:
    return {head_key(alias): name for name, aliases in section.items() for alias in aliases}


def template_of(title: str, templates: Sequence[Template]) -> Template | None:
    """The first form that a title names; None when it names none."""
    squeezed = re.sub(r"\s", "", plain(title))
    return next((each for each in templates if any(word in squeezed for word in each.title)), None)
