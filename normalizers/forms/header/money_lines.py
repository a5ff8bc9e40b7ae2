"""Labels of amounts: which line of the funds, and of which period, a label names."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from normalizers.vocabulary.label_keys import label_key
from normalizers.vocabulary.labels import Labels

Period = Literal["", "annual", "mid_term"]
_PERIOD_WORDS: tuple[tuple[Period, str], ...] = (
    ("mid_term", r"(项目)?(实施期间?|中长期|中期|长期|项目期|全周期|全期)|20\d\d年?[-—~至]+20\d\d年|(项目)?累计|三年"),
    ("annual", r"(项目)?(本年度?|当年度?|年度|全年程?|20\d\d年度?)"),
)
_UNIT = re.compile(r"[(（](单位[:：])?(百万元|千元|亿元|万元|元)[)）][:：]?$")
_TOTAL = re.compile(
    r"^(项目)?(总?资金|总?预算|总?金额|经费|总?投资|申请|支出)*(总额|总量|合计|总计|总预算|总投资|总金额|总资金|金额|预算数?|资金)$"
)
# The whole without a period: 预算支出总额, 项目总金额.
_OF = "(项目|资金|预算|经费|支出|投资|申请|申报)"
_WHOLE = re.compile(rf"^{_OF}*(总额|总金额|总资金|总经费|总投资)$|^{_OF}+(合计|总计)$")
_SUM = ("合计", "总计", "小计", "总额", "总量")
# Sources of money that the contract has no line for; 其中 before them and what kind of money they are change nothing.
_SOURCE = re.compile(
    r"^(其中)?(上级|本级|中央|省级?|自治区|市级?|州级|市县|地市|县级?|区级?|县区|镇级?|乡镇|地方|财政|专户|单位|事业|经营|自筹|社会|银行|债券|专项|一般|统筹|整合|"
    r"配套|贷款|政府性?|基金|国有资本|经营|公共|预算|债务|外资|捐赠|结余|转移支付|直达|非税|管理|往来|补助|安排)+(资金|补助|收入|预算|拨款|经费|债券|贷款)$"
)


@dataclass(frozen=True, slots=True)
class MoneyLine:
    """What a label of an amount says; ``line`` is a field of the funds, or empty for a source of the form's own."""

    period: Period
    line: str


@lru_cache(maxsize=16384)
def money_line(text: str, labels: Labels) -> MoneyLine | None:
    """The line that a label names; None for a text that is no label of an amount.

    >>> from normalizers.vocabulary.labels import load_labels
    >>> money_line("实施期金额：", load_labels()), money_line("其中：中央补助", load_labels())
    (MoneyLine(period='mid_term', line='total'), MoneyLine(period='', line=''))
    >>> money_line("项目名称", load_labels())
    """
    bare = _UNIT.sub("", text.strip())
    if not bare:
        return None
    period, rest = _split_period(label_key(bare))
    known = labels.fund_of(bare) or (labels.fund_of(rest) if period and len(rest) > 1 else None)
    if known == "mid_term":
        return MoneyLine("mid_term", "total")
    if known is not None:
        return MoneyLine(period, known)
    if period and _TOTAL.match(rest):
        return MoneyLine(period, "total")
    if not period and _WHOLE.match(rest):
        return MoneyLine("", "total")
    return MoneyLine(period, "") if _SOURCE.match(rest) else None


def is_sum(text: str) -> bool:
    """True for the label of the sum of a list."""
    return label_key(_UNIT.sub("", text.strip())) in _SUM


def period_of(text: str) -> Period:
    """The period that a label begins with or consists of."""
    return _split_period(label_key(text))[0]


def _split_period(key: str) -> tuple[Period, str]:
    for period, words in _PERIOD_WORDS:
        found = re.match(words, key)
        if found:
            return period, key[found.end() :]
    return "", key
