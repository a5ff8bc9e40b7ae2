"""One declaration for each field that a form can have: all that is said of it elsewhere comes from here.

Which rules look at it (``rules/roles.py``), how its text becomes a value (``typed.py``), where it
stands in the output (``assemble.py``), its columns and their headings in the exports
(``pipeline/export``), the JSON Schema and ``docs/fields.md`` (``pipeline/schema.py`` writes both).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, get_args

# Where a field stands: its table, or an object or list inside it.
Block = Literal["table", "funds", "mid_term_funds", "funds_execution", "signoff", "indicators"]
# amount: money, delivered in 万元; figure: a number without a unit of money.
Type = Literal["text", "year", "date", "amount", "figure"]
# What its text is, for the rules; None for what no rule of texts mends.
Speech = Literal["name", "sentence", "indicator", "level", "value", "number", "fund", "person", "review", "short"]
Kind = Literal["overall", "project", "self_evaluation", "monitoring", "application"]
KINDS: tuple[Kind, ...] = get_args(Kind)

_COLUMN_PREFIX = {"funds": "funds_", "mid_term_funds": "mid_term_", "funds_execution": "execution_"}


@dataclass(frozen=True, slots=True)
class Declared:
    """One field of the contract.

    Attributes:
        block: where it stands.
        name: its key there.
        type: what its value is.
        speech: what its text is, which says what rules look at it.
        heading: its Chinese heading in files for people.
        description: what the schema says of it.
        kinds: kinds of forms that have it; empty for all.
        always: whether its key is there, with null, on a form that has no place for it.
        last: its column stands behind those of version 1.0, which keep their places.
        choices: the only values there can be; empty for any.
    """

    block: Block
    name: str
    type: Type
    speech: Speech | None
    heading: str
    description: str
    kinds: tuple[Kind, ...] = ()
    always: bool = True
    last: bool = False
    choices: tuple[str, ...] = ()

    @property
    def column(self) -> str:
        """What it is called in flat tables."""
        return f"{_COLUMN_PREFIX.get(self.block, '')}{self.name}"


def _funds(block: Block, headings: tuple[str, str, str, str], always: bool = True) -> tuple[Declared, ...]:
    lines = zip(("total", "fiscal_appropriation", "carry_over", "other"), headings, strict=True)
    said = ("年度资金总额", "财政拨款", "上年结转", "其他资金")
    return tuple(
        Declared(block, name, "amount", "fund", f"{heading}（万元）", text, always=always)
        for (name, heading), text in zip(lines, said, strict=True)
    )


def _spent(name: str, type: Type, heading: str, description: str) -> Declared:
    return Declared("funds_execution", name, type, "fund", heading, description, ("self_evaluation", "monitoring"), always=False)


_TABLE = (
    Declared("table", "title", "text", "name", "标题", "Title as printed"),
    Declared("table", "fiscal_year", "year", "short", "年度", ""),
    Declared("table", "unit_name", "text", "name", "单位名称", "单位名称"),
    Declared("table", "project_name", "text", "name", "项目名称", "项目名称"),
    Declared("table", "department", "text", "name", "主管部门", "主管部门"),
    Declared("table", "overall_goal", "text", "sentence", "年度总体目标", "年度总体目标"),
    Declared("table", "mid_term_goal", "text", "sentence", "中期目标", "中期目标", ("application",), always=False),
    Declared("table", "actual_outcome", "text", "sentence", "实际完成情况", "实际完成情况", ("self_evaluation",), always=False),
    Declared("table", "total_score", "figure", "number", "总分", "总分", ("self_evaluation",), always=False),
)
_FUNDS = _funds("funds", ("年度资金总额", "财政拨款", "上年结转", "其他资金"))
_MID_TERM = _funds("mid_term_funds", ("中期资金总额", "中期财政拨款", "中期上年结转", "中期其他资金"), always=False)
_SPENT = (
    _spent("initial_budget", "amount", "年初预算数（万元）", "年初预算数"),
    _spent("adjusted_budget", "amount", "全年预算数（万元）", "全年预算数"),
    _spent("executed", "amount", "执行数（万元）", "执行数"),
    _spent("expected", "amount", "全年预计执行数（万元）", "全年预计执行数"),
    _spent("rate", "figure", "执行率", "执行率, in percent"),
    _spent("points", "figure", "执行率分值", "分值"),
    _spent("score", "figure", "执行率得分", "得分"),
)
_SIGNOFF = (
    Declared("signoff", "business_review", "text", "review", "业务股室审核", "业务股室审核"),
    Declared("signoff", "performance_review", "text", "review", "绩效股审核", "绩效股审核"),
    Declared("signoff", "filled_by", "text", "person", "填表人", "填表人"),
    Declared("signoff", "phone", "text", "short", "联系电话", "联系电话"),
    Declared("signoff", "filled_on", "date", "short", "填表日期", "填表日期, ISO"),
    Declared("signoff", "responsible", "text", "person", "单位负责人", "单位负责人"),
)
_OPERATOR = "指标类型; null where the form has none. Another text than the six only with a finding."
_INDICATORS = (
    Declared("indicators", "level1", "text", "level", "一级指标", "一级指标"),
    Declared("indicators", "level2", "text", "level", "二级指标", "二级指标"),
    Declared("indicators", "level3", "text", "indicator", "三级指标", "三级指标, as filed"),
    Declared("indicators", "operator", "text", "short", "指标类型", _OPERATOR),
    Declared("indicators", "value", "text", "value", "指标值", "指标值 as clean text"),
    Declared("indicators", "unit", "text", "short", "计量单位", "计量单位"),
    Declared("indicators", "explanation", "text", "sentence", "指标解释", "指标解释"),
    Declared("indicators", "scoring_standard", "text", "sentence", "评（扣）分标准", "评（扣）分标准"),
    Declared("indicators", "remark", "text", "sentence", "备注", "备注"),
)
# Columns that only some forms have; the target is words or a number, what is reached as well.
_SOMETIMES = (
    Declared(
        "indicators", "horizon", "text", None, "期间", "which of the two plans the row belongs to.", ("application",),
        always=False, choices=("mid_term", "annual"),
    ),
    Declared("indicators", "actual_value", "text", "value", "实际完成值", "实际完成值", ("self_evaluation",), always=False),
    Declared("indicators", "points", "text", "number", "分值", "分值 or 权重", always=False),
    Declared("indicators", "score", "text", "number", "得分", "得分", always=False),
    Declared("indicators", "reason", "text", "sentence", "原因", "偏差原因分析及改进措施", always=False),
    Declared("indicators", "interim_value", "text", "value", "执行情况", "执行情况", ("monitoring",), always=False),
    Declared("indicators", "expected_value", "text", "value", "全年预计", "全年预计完成情况", ("monitoring",), always=False),
    Declared("indicators", "deviation", "text", "sentence", "偏差原因", "偏差原因", ("monitoring",), always=False),
    Declared("indicators", "likelihood", "text", None, "完成可能性", "完成目标可能性", ("monitoring",), always=False),
    Declared("indicators", "basis", "text", "sentence", "指标值确定依据", "指标值确定依据", always=False, last=True),
    Declared("indicators", "previous_value", "text", "value", "上年指标值", "上年指标值", always=False, last=True),
    Declared("indicators", "value_before_previous", "text", "value", "前年指标值", "前年指标值", always=False, last=True),
)  # fmt: skip

CONTRACT: tuple[Declared, ...] = (*_TABLE, *_FUNDS, *_MID_TERM, *_SPENT, *_SIGNOFF, *_INDICATORS, *_SOMETIMES)

# Keys of a table in the order of the output; fields that are not named here follow in the order of their declaration.
TABLE_KEYS = (
    "table_id", "kind", "title", "fiscal_year", "pages", "unit_name", "project_name", "department", "filing_unit", "filing_unit_source",
    "funds", "overall_goal", "indicators", "blank_level2", "signoff",
)  # fmt: skip


def fields_of(block: Block, always: bool | None = None) -> tuple[Declared, ...]:
    """The fields of a block in the order of their declaration; with ``always`` only those that all forms have, or the others."""
    return tuple(each for each in CONTRACT if each.block == block and always in (None, each.always))


def names_of(block: Block, always: bool | None = None) -> tuple[str, ...]:
    """The names of ``fields_of``."""
    return tuple(each.name for each in fields_of(block, always))


def spoken_as(*speeches: Speech) -> frozenset[str]:
    """Names of all fields whose text is one of these."""
    return frozenset(each.name for each in CONTRACT if each.speech in speeches)


@lru_cache(maxsize=4096)
def declaration_of(path: str) -> Declared | None:
    """The declaration of a field by its path inside a table; None for a label or a column that the contract has no place for.

    >>> declaration_of("funds_execution/total/executed").heading, declaration_of("indicators/3/unit").type
    ('执行数（万元）', 'text')
    >>> declaration_of("other_fields/unit") is None
    True
    """
    head, _, rest = path.partition("/")
    block, name = (head, rest.rpartition("/")[2]) if rest else ("table", head)
    return next((each for each in CONTRACT if (each.block, each.name) == (block, name)), None)
