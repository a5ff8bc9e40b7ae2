"""The declared forms: which words of a title, a funds matrix or a goal block mean what."""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from normalizers.labels import label_key, plain

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

_MONTHS = re.compile(r"^(20\d\d年?)?\d{1,2}[-—~至到]?\d{0,2}月(?=[\u4e00-\u9fff])")
_YEARS = re.compile(r"(20[\dX]{2}年?)?[-—~至到]*(20[\dX+n]{2,4}年?)?$")


@dataclass(frozen=True)
class Template:
    """One form of the family, as ``templates.toml`` declares it; heads by their key."""

    kind: str
    title: tuple[str, ...]
    funds_columns: dict[str, str]
    goal_columns: dict[str, str]


def head_key(text: str) -> str:
    """Key of a head without the months or years that change from form to form.

    >>> head_key("1-7月执行数") == head_key("1—9月 执行数") == "执行数"
    True
    """
    squeezed = re.sub(r"\s", "", plain(text))
    return _YEARS.sub("", label_key(_MONTHS.sub("", squeezed)))


@lru_cache(maxsize=1)
def load_templates() -> tuple[Template, ...]:
    """The forms that come with the program, the most particular title first."""
    data = tomllib.loads((files("normalizers") / "data" / "templates.toml").read_text(encoding="utf-8"))
    return tuple(
        Template(each["kind"], tuple(each["title"]), _heads(each.get("funds_columns", {})), _heads(each.get("goal_columns", {})))
        for each in data["template"]
    )


def _heads(section: dict[str, list[str]]) -> dict[str, str]:
    return {head_key(alias): name for name, aliases in section.items() for alias in aliases}


def template_of(title: str) -> Template | None:
    """The form that a title names; None when it names none."""
    squeezed = re.sub(r"\s", "", plain(title))
    return next((each for each in load_templates() if any(word in squeezed for word in each.title)), None)
