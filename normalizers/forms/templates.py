"""The declared forms: which words of a title, a funds matrix or a goal block mean what."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from normalizers.vocabulary.bundled import bundled
from normalizers.vocabulary.label_keys import head_key, plain
from normalizers.vocabulary.user_words import FIELDS, UserWords, load_user_words


@dataclass(frozen=True)
class Template:
    """One form of the family, as ``templates.toml`` or a user's file declares it; heads by their key."""

    kind: str
    title: tuple[str, ...]
    funds_columns: dict[str, str]
    goal_columns: dict[str, str]
    task_columns: dict[str, str]
    without_checks: frozenset[str] = frozenset()


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
