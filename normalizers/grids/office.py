"""The office that a line over a table names."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.model import TextLine
from normalizers.vocabulary.characters import HAN_RANGE
from normalizers.vocabulary.label_keys import plain

# What ends the name of an office or of the place that it is of.
_OFFICE = re.compile(
    rf"^[{HAN_RANGE}（）()·]{{2,28}}?(局|委|委员会|办公室|法院|检察院|研究院|医院|中心|工作站|管理站|公路站|研究所|派出所|联合会|协会|政府|公司"
    r"|学校|中学|小学|幼儿园|大队|总队|支队|厅|馆|社|街道|街道办事处|管理处)$"
)
_UNIT_LINE = re.compile(
    rf"^(?:部门|单位|编制单位|填报单位|预算单位|编报单位)(?:名称)?(?:[(（].{{1,6}}[)）])?\s*[:：]\s*([{HAN_RANGE}（）()·]{{4,30}})"
)


def is_office(text: str) -> bool:
    """True for a text that ends like the name of an office."""
    return bool(_OFFICE.match(text))


def to_office(lines: Sequence[TextLine]) -> str:
    """The office that the lines over a table name: 部门：云田县档案馆 单位：万元; empty where none does."""
    for line in reversed(lines):
        for text in (*(word.text for word in line.words), line.text):
            found = _UNIT_LINE.match(plain(text).strip())
            if found and is_office(found.group(1)):
                return found.group(1)
    return ""
