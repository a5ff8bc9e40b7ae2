"""Heads of the blocks above the indicators: a template's own words first, then what their parts say."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from normalizers.forms.templates import Template, load_templates
from normalizers.vocabulary.label_keys import head_key, label_key
from normalizers.vocabulary.labels import Labels

GOALS = ("overall_goal", "mid_term_goal", "actual_outcome")
# The column of a list that has one amount a line.
AMOUNT = "amount"
_FIGURE = re.compile(r"^[¥￥]?-?[\d.,，]+(百万元|千元|亿元|万元|元)?[%％]?$")
_NOTHING = re.compile(r"^[—–\-/／\\无]*$")
_AMOUNT_HEAD = re.compile(
    r"^((本|当)?年度?|20\d\d年度?|申报|申请|项目|预算|安排|批复|下达)*(预算|金额|资金|经费|预算数|预算额|申报数|安排数|批复数)$"
)
_UNIT = re.compile(r"[(（](单位[:：])?(百万元|千元|亿元|万元|元)[)）]$")
_FISCAL = re.compile(r"^20\d\d年(?=度)")
_ANNUAL = ("年", "预期", "年初")


@dataclass(frozen=True)
class BlockHeads:
    """The words of heads for one form."""

    labels: Labels
    template: Template | None
    fiscal_year: int | None = None

    def fund_column(self, text: str) -> str | None:
        """Column of the matrix of funds; ``own`` for one that is understood and has no field."""
        if not text:
            return None
        own = self.template.funds_columns.get(head_key(text)) if self.template is not None else None
        usual = _usual("self_evaluation").funds_columns.get(head_key(text))
        return own or self.labels.fund_column_of(text, self.fiscal_year) or usual

    def goal_column(self, text: str) -> str | None:
        """One of ``GOALS``; None for any other text."""
        own = self.template.goal_columns.get(head_key(text)) if self.template is not None and text else None
        found = own or (self.labels.goal_column_of(_FISCAL.sub("", text)) if text else None)
        return found if found in GOALS else None

    def task_column(self, text: str) -> str | None:
        """Column of a list of tasks."""
        if not text:
            return None
        own = self.template.task_columns.get(head_key(text)) if self.template is not None else None
        return own or _usual("overall").task_columns.get(head_key(text))


@lru_cache(maxsize=8)
def _usual(kind: str) -> Template:
    """The form of a kind, whose blocks other forms have, too."""
    return next(each for each in load_templates() if each.kind == kind)


def is_figure(text: str) -> bool:
    """True for a number, with or without a unit of money or a per cent sign."""
    return bool(_FIGURE.match(re.sub(r"\s", "", text)))


def is_blank(text: str) -> bool:
    """True for no text, and for the strokes that stand for none."""
    return bool(_NOTHING.match(text.strip()))


def is_amount_head(text: str) -> bool:
    """True for a head over one amount a line: 金额, 2027年预算数（万元）."""
    return bool(_AMOUNT_HEAD.match(label_key(_UNIT.sub("", text.strip()))))


def says_the_year(text: str) -> bool:
    """True for a goal's label that names a year's goal."""
    return any(word in text for word in _ANNUAL)
